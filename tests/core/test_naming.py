"""Names by the reader's choice of language: recorded ones only, each for its own time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from atlas.core import actions
from atlas.core.model import DatedName, Place, draws_all
from atlas.core.naming import NAME_LANGUAGES, Naming, names_of
from atlas.core.resolve import resolve
from atlas.core.store import Store
from atlas.core.when import span_from_edtf
from tests.core.samples import FOREVER, atlas, day, polity, saigon, state, town


def naming(language: str) -> Naming:
    return Naming(language, draws_all)


def without_khmer(text: str) -> bool:
    return not any("\u1780" <= char <= "\u17ff" for char in text)


def vietnamese() -> Place:
    place = saigon()
    first, second = (name.span for name in place.names)
    own = (DatedName("Sài Gòn", "vi", first), DatedName("Thành phố Hồ Chí Minh", "vi", second))
    return place._replace(country="VN", names=(*place.names, *own))


def called(place: Place, language: str, on: str) -> list[str]:
    pieces = names_of(place, naming(language))
    return [p.text for p in pieces if p.first_day <= day(on) <= p.last_day]


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("english", "Saigon", "Ho Chi Minh City"),
        ("local", "Sài Gòn", "Thành phố Hồ Chí Minh"),
        ("both", "Saigon\nSài Gòn", "Ho Chi Minh City\nThành phố Hồ Chí Minh"),
    ],
)
def test_a_town_is_named_in_the_chosen_language(language: str, before: str, after: str) -> None:
    assert called(vietnamese(), language, "1976-07-01") == [before]
    assert called(vietnamese(), language, "1976-07-02") == [after]


def test_a_name_in_a_tongue_not_spoken_there_is_no_local_name() -> None:
    french = DatedName("Saïgon", "fr", FOREVER)
    place = vietnamese()._replace(names=(DatedName("Saigon", "en", FOREVER), french))
    assert called(place, "local", "1970-01-01") == ["Saigon"]
    assert called(place, "both", "1970-01-01") == ["Saigon"]


def test_a_local_name_is_used_only_for_its_own_time() -> None:
    names = (
        DatedName("Town", "en", FOREVER),
        DatedName("ទីក្រុង", "km", span_from_edtf("1960", "1969")),
    )
    place = town("t", names=names, country="KH")
    assert called(place, "local", "1959-12-31") == ["Town"]
    assert called(place, "local", "1960-01-01") == ["ទីក្រុង"]
    assert called(place, "local", "1970-01-01") == ["Town"]


def test_a_name_that_goes_on_is_one_piece() -> None:
    names = (
        DatedName("Old", "en", span_from_edtf("", "1969")),
        DatedName("New", "en", span_from_edtf("1970", "")),
        DatedName("ក", "km", FOREVER),
    )
    place = town("t", names=names, country="KH")
    assert [piece.text for piece in names_of(place, naming("local"))] == ["ក"]
    assert [piece.text for piece in names_of(place, naming("english"))] == ["Old", "New"]


def test_what_no_font_can_draw_keeps_its_latin_form() -> None:
    own = Naming("both", without_khmer)
    assert own.shown("Cambodia", "កម្ពុជា") == "Cambodia"
    assert own.shown("Korea", "កម្ពុជា / Choson") == "Korea\nChoson"
    assert naming("both").shown("Cambodia", "កម្ពុជា (Kampuchea)") == "Cambodia\nកម្ពុជា"


def test_names_that_differ_in_marks_only_are_not_said_twice() -> None:
    assert naming("both").shown("Da Nang", "Đà Nẵng") == "Đà Nẵng"
    assert naming("both").shown("Malaysia", "Malaysia") == "Malaysia"


def test_the_map_names_a_country_as_it_names_itself() -> None:
    known = atlas(polities=(polity("KH", ("a",))._replace(label="Cambodia", endonym="កម្ពុជា"),))
    for language, text in (
        ("english", "Cambodia"),
        ("local", "កម្ពុជា"),
        ("both", "Cambodia\nកម្ពុជា"),
    ):
        scene = resolve(state(name_language=language), known)
        assert [wish.text for wish in scene.wishes.items] == [text]
    latin = replace(known, can_draw=without_khmer)
    assert resolve(state(name_language="local"), latin).wishes.items[0].text == "Cambodia"


def test_the_choice_is_an_action_that_can_be_undone() -> None:
    store = Store(state())
    store.do(actions.set_name_language("local"))
    assert store.state.name_language == "local"
    assert store.undo()
    assert store.state.name_language == NAME_LANGUAGES[0] == "english"
    with pytest.raises(ValueError, match="not “khmer”"):
        actions.set_name_language("khmer")
