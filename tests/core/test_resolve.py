from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.model import Atlas, Feature
from atlas.core.resolve import FADED_INK, ink_and_doubt, resolve
from atlas.core.state import BASE_LAYERS
from atlas.core.when import When, span_from_edtf
from tests.core.samples import atlas, axis, camp, day, polity, saigon, state
from tests.records import replace


def test_the_scene_is_a_function_of_state_and_atlas() -> None:
    known = atlas(camp(), axis(), polities=(polity("KH", ("kh",)),), places=(saigon(),))
    assert resolve(state(), known) == resolve(state(), known)


def test_the_scene_carries_date_title_and_furniture() -> None:
    scene = resolve(state("1979-01-07", panel="late"), atlas())
    assert (scene.date_text, scene.title) == ("7 January 1979", "About late")
    assert scene.furniture == state().furniture
    assert scene.base_layers == set(BASE_LAYERS)


@pytest.mark.parametrize(
    ("on", "ink", "doubt"),
    [
        ("1967-12-31", 0.0, False),
        ("1968-06-01", 0.7, True),
        ("1969-06-01", 1.0, False),
        ("1971-01-01", 0.0, False),
    ],
)
def test_ink_follows_presence(on: str, ink: float, doubt: bool) -> None:
    assert ink_and_doubt(camp(), day(on)) == (ink, doubt)


@given(st.integers(0, 400))
def test_a_dated_act_fades_after_its_day_and_is_gone(past_days: int) -> None:
    act = camp("battle", "1979-01-07", "1979-01-07", kind="battle")
    on = day("1979-01-07")
    now, _ = ink_and_doubt(act, on + past_days)
    later, _ = ink_and_doubt(act, on + past_days + 1)
    assert later <= now <= 1.0
    assert now == 0.0 or now >= FADED_INK


@given(st.integers(day("1930-01-01"), day("2026-12-31")))
def test_what_has_ink_is_drawn_and_nothing_else(on: int) -> None:
    features = (
        camp("a"),
        camp("b", "1975", "1979"),
        camp("c", "", ""),
        camp("d", "1979-01-07", "1979-01-07"),
    )
    scene = resolve(replace(state(), day=on), atlas(*features))
    assert {mark.feature_id for mark in scene.marks} == {
        f.id for f in features if ink_and_doubt(f, on)[0] > 0
    }
    assert all(0 < mark.ink <= 1 for mark in scene.marks)


@pytest.mark.parametrize(
    ("feature", "shown"),
    [
        (camp(), True),
        (camp(layer="events"), False),
        (camp(inset=True), False),
        (camp(default_visible=False), False),
    ],
)
def test_layers_insets_and_hidden_features(feature: Feature, shown: bool) -> None:
    assert bool(resolve(state(), atlas(feature)).marks) is shown


def test_a_hidden_feature_shows_while_selected() -> None:
    hidden = atlas(camp(default_visible=False))
    assert resolve(state(selection="camp"), hidden).marks


def test_a_claim_without_a_place_is_hatched_never_a_dot() -> None:
    layer = "thai_border_camps"
    known = atlas(
        camp("vague", layer=layer, radius_m=90_000.0),
        camp("sharp", layer=layer),
        camp("said", layer=layer, draw_as="area-hatch"),
    )
    shown = resolve(state(layers=frozenset({layer})), known).marks
    hatched = {mark.feature_id: mark.hatched for mark in shown}
    assert hatched == {"vague": True, "sharp": False, "said": True}


def test_an_axis_grows_with_the_date_then_fades_and_goes() -> None:
    known = atlas(axis())
    lengths = [len(resolve(state(f"1978-12-{n}"), known).arrows) for n in (20, 22, 23, 30)]
    assert lengths == [0, 0, 1, 1]
    inks = [resolve(state(on), known).arrows for on in ("1978-12-30", "1979-02-15", "1979-06-01")]
    assert inks[0][0].ink == 1.0
    assert FADED_INK <= inks[1][0].ink < 1.0
    assert inks[2] == ()


def test_areas_become_areas() -> None:
    ring = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0))
    known = atlas(camp(geometry="polygons", parts_m=(ring,)))
    assert resolve(state(), known).areas[0].rings_m == (ring,)


def test_the_smaller_unit_owns_an_atom_two_claim() -> None:
    polities = (
        polity("CN", ("cn", "hk")),
        polity("HK", ("hk",)),
        polity("X", ("cn",), kind="outline"),
    )
    political = resolve(state(), atlas(polities=polities)).political
    assert dict(political.polity_of_atom) == {"cn": "CN", "hk": "HK"}
    assert political.outlined == ("X",)


def test_polities_change_on_their_day() -> None:
    polities = (
        polity("VN-S", ("s",), span_from_edtf("", "1976-07-01")),
        polity("VN", ("s", "n"), span_from_edtf("1976-07-02", "")),
    )
    known = atlas(polities=polities)
    assert dict(resolve(state("1976-07-01"), known).political.polity_of_atom) == {"s": "VN-S"}
    assert dict(resolve(state("1976-07-02"), known).political.polity_of_atom) == {
        "n": "VN",
        "s": "VN",
    }


def twins(**more: object) -> Atlas:
    told = camp("told", "1969-06-01", "1969-06-01", kind="event", same_as="fought")
    fought = camp("fought", "1969-06-01", "1969-06-01", kind="battle", same_as="told")
    return atlas(told, replace(fought, **more))


def test_of_two_signs_for_one_thing_the_more_telling_is_drawn() -> None:
    assert [m.feature_id for m in resolve(state(), twins()).marks] == ["fought"]


def test_the_other_sign_is_drawn_where_it_is_the_fresher_or_selected() -> None:
    over = When((span_from_edtf("1969-05-20", "1969-05-21"),))
    assert [m.feature_id for m in resolve(state(), twins(when=over)).marks] == ["told"]
    chosen = state(selection="told")
    assert [m.feature_id for m in resolve(chosen, twins()).marks] == ["told"]


def test_what_is_hatched_keeps_its_twin() -> None:
    hatched = {"layer": "ratanakiri_bases", "draw_as": "area-hatch"}
    asked = state(layers=frozenset({"camps", "ratanakiri_bases"}))
    assert len(resolve(asked, twins(**hatched)).marks) == 2


def test_towns_on_the_way_show_near_by_and_when_selected() -> None:
    known = atlas(camp(kind="place"))
    near = state()
    far = state(camera=replace(near.camera, m_per_px=5_000.0))
    assert resolve(near, known).marks
    assert not resolve(far, known).marks
    assert resolve(replace(far, selection="camp"), known).marks
