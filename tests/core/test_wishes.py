"""Names wanted around a view: which, in which order, and on which days."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atlas.core.model import Atlas, Province
from atlas.core.resolve import ink_and_doubt
from atlas.core.traces import last_lettered_day
from atlas.core.viewport import MAX_M_PER_PX, MIN_M_PER_PX, Camera, extent_m
from atlas.core.when import span_from_edtf
from atlas.core.wish import Wish
from atlas.core.wishes import deepest_rank, neighbourhood, wishes_around
from tests.core.samples import atlas, camp, day, polity, saigon, state, town
from tests.records import replace

ALL = frozenset({"places", "polities"})


def wishes(known: Atlas, layers: frozenset[str] = ALL) -> tuple[Wish, ...]:
    view = state()
    return wishes_around(known, layers, neighbourhood(view.camera, view.viewport_px)).items


def on(items: tuple[Wish, ...], text: str) -> list[str]:
    return [w.text for w in items if w.first_day <= day(text) <= w.last_day]


def test_countries_come_largest_first_and_outlines_are_not_named() -> None:
    known = atlas(
        polities=(polity("A", ("a",)), polity("B", ("b", "c")), polity("C", ("c",), kind="outline"))
    )
    assert [wish.text for wish in wishes(known)] == ["B", "A"]
    assert wishes(known, frozenset()) == ()


def test_a_town_has_its_name_of_the_day() -> None:
    items = wishes(atlas(places=(saigon(),)))
    assert on(items, "1976-07-01") == ["Saigon"]
    assert on(items, "1976-07-02") == ["Ho Chi Minh City"]


def test_a_town_is_a_capital_only_while_it_was() -> None:
    reign = (span_from_edtf("1950", "1959"),)
    items = wishes(atlas(places=(replace(town("hue"), capital_spans=reign),)))
    kinds = {w.kind for w in items if w.first_day <= day("1955-01-01") <= w.last_day}
    assert kinds == {"capital"}
    for date in ("1949-12-31", "1960-01-01"):
        assert {w.kind for w in items if w.first_day <= day(date) <= w.last_day} == {"town"}


def test_a_town_is_not_named_before_it_was_founded() -> None:
    items = wishes(atlas(places=(replace(town("new"), first_day=day("2005-11-06")),)))
    assert on(items, "2005-11-05") == []
    assert on(items, "2005-11-06") == ["New"]


def test_towns_in_view_the_most_important_first() -> None:
    places = (town("small", 4), town("big", 1), town("away", 0, 9e6), town("hamlet", 10))
    assert [wish.owner for wish in wishes(atlas(places=places))] == ["big", "small"]
    assert wishes(atlas(places=places), frozenset()) == ()


@given(st.floats(MIN_M_PER_PX, MAX_M_PER_PX), st.floats(1.0, 4.0))
def test_coming_closer_never_hides_a_town(m_per_px: float, factor: float) -> None:
    assert deepest_rank(m_per_px / factor) >= deepest_rank(m_per_px)


@given(
    st.floats(-3e6, 3e6), st.floats(-3e6, 3e6), st.floats(MIN_M_PER_PX, MAX_M_PER_PX),
    st.integers(200, 4000), st.integers(200, 3000),
)  # fmt: skip
def test_a_neighbourhood_holds_the_whole_view(
    x_m: float, y_m: float, m_per_px: float, width: int, height: int
) -> None:
    camera = Camera(x_m, y_m, m_per_px)
    inner, outer = extent_m(camera, (width, height)), neighbourhood(camera, (width, height)).box_m
    assert outer[0] <= inner[0]
    assert outer[1] <= inner[1]
    assert outer[2] >= inner[2]
    assert outer[3] >= inner[3]


def test_provinces_are_lettered_from_their_day_and_close_up_only() -> None:
    province = Province("Ratanakiri", 0.0, -1_000_000.0, 40_000.0, day("1963-01-01"))
    known = replace(atlas(), provinces=(province,))
    near = neighbourhood(replace(state().camera, m_per_px=500.0), (800, 600))
    items = wishes_around(known, frozenset({"provinces"}), near).items
    assert on(items, "1962-12-31") == []
    assert on(items, "1963-01-01") == ["Ratanakiri"]
    far = neighbourhood(replace(state().camera, m_per_px=5000.0), (800, 600))
    assert wishes_around(known, frozenset({"provinces"}), far).items == ()


def test_a_sign_is_lettered_until_it_has_faded_by_half() -> None:
    for kind in ("death", "battle", "camp"):
        feature = camp(start="1968-01-01", end="1968-01-02", kind=kind)
        last = last_lettered_day(feature)
        assert ink_and_doubt(feature, last)[0] >= 0.45
        assert ink_and_doubt(feature, last + 1)[0] < 0.45


def test_a_small_country_has_one_place_to_be_named_and_all_its_rooms() -> None:
    rooms = ((0.0, -1_000_000.0, 200_000.0), (300_000.0, -1_000_000.0, 100_000.0))
    large = polity("A", ("a",))._replace(anchors_m=rooms)
    small = polity("B", ("b",))._replace(anchors_m=tuple((x, y, r / 9) for x, y, r in rooms))
    found = wishes(atlas(polities=(large, small)))
    assert [wish.text for wish in found] == ["A", "A", "B"]
    assert found[-1].rooms == small.anchors_m


def test_what_a_panel_opens_with_is_named_before_countries_and_the_rest_after() -> None:
    opening = camp("opening", "1970-03-18", "1970-03-18", kind="war", rank=2)
    fresh = camp("fresh", "1970-03-10", "1970-03-10", kind="war", rank=1)
    lesser = camp("lesser", "1970-03-11", "1970-03-11", kind="war", rank=2)
    standing = camp("standing", "1970-03-18", "1975", kind="headquarters", rank=1)
    stale = camp("stale", "1970-02-01", "1970-02-01", kind="war", rank=1)
    known = atlas(standing, stale, lesser, fresh, opening, polities=(polity("Land", ("a",)),))
    items = wishes(known, ALL | {"camps"})
    assert [w.text for w in items] == ["Opening", "Fresh", "Land", "Lesser", "Standing", "Stale"]


def test_on_small_scales_what_is_known_by_a_number_is_not_lettered() -> None:
    known = atlas(camp("numbered", name="Base Area 702 (Lunch)"), camp("named"))
    view = state()
    for m_per_px, texts in ((1_000.0, ["Base Area 702 (Lunch)", "Named"]), (4_000.0, ["Named"])):
        around = neighbourhood(replace(view.camera, m_per_px=m_per_px), view.viewport_px)
        items = wishes_around(known, frozenset({"camps"}), around).items
        assert sorted(w.text for w in items) == texts
