from __future__ import annotations

from itertools import combinations
from math import hypot
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.app.library import Library, open_library
from atlas.core import actions, viewport
from atlas.core.asides import NARROW, WIDE, Spot, asides, leeway, spread
from atlas.core.day import day_from_ymd
from atlas.core.resolve import resolve
from atlas.core.scene import Mark, Scene
from tests.records import replace

pixels = st.floats(-60, 60)
days = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted)
spots = st.lists(
    st.builds(
        lambda x, y, d, a: (x, y, d[0], d[1], a), pixels, pixels, days, st.sampled_from("ab")
    ),
    max_size=12,
).map(lambda rows: [Spot(f"s{i}", (a, a), x, y, f, t) for i, (x, y, f, t, a) in enumerate(rows)])


@pytest.fixture(scope="module")
def library(pack_path: Path) -> Library:
    return open_library(pack_file=pack_path)


def scene_of(library: Library, panel: str, size_px: tuple[int, int] = (1200, 800)) -> Scene:
    story = library.atlas.story
    start = actions.initial_state(story, size_px)
    return resolve(actions.open_panel(story.panel(panel))(start), library.atlas)


def apart_px(one: Mark, other: Mark, m_per_px: float) -> float:
    return hypot(one.x_m - other.x_m, one.y_m - other.y_m) / m_per_px


def test_of_two_at_one_place_the_first_keeps_it_and_the_other_stands_clear() -> None:
    moved = spread([Spot("a", ("x", ""), 5, 5), Spot("b", ("y", ""), 5, 5)])
    assert set(moved) == {"b"}
    assert hypot(*moved["b"]) >= WIDE.apart_px - 1e-6


def test_those_never_seen_together_both_stand_where_they_belong() -> None:
    early, late = Spot("a", ("x", ""), 5, 5, 0, 9), Spot("b", ("y", ""), 5, 5, 10, 19)
    assert spread([early, late]) == {}
    assert set(spread([early, late._replace(first_day=9)])) == {"b"}


def test_two_signs_for_one_thing_both_stand_where_they_belong() -> None:
    """Only one of them is drawn."""
    assert spread([Spot("a", ("x", ""), 5, 5), Spot("b", ("y", ""), 5, 5, twin="a")]) == {}


def test_signs_that_look_alike_may_stand_nearer() -> None:
    one = Spot("a", ("square", "vietnam"), 0, 0)
    other = Spot("b", ("square", "vietnam"), 6, 0)
    assert spread([one, other]) == {}
    assert set(spread([one, other._replace(looks=("flag", "dk"))])) == {"b"}


@given(spots, st.sampled_from((WIDE, NARROW)))
def test_no_sign_goes_further_than_it_may(crowd: list[Spot], within: object) -> None:
    room = WIDE if within is WIDE else NARROW
    furthest = max(hypot(*shift) for shift in room.shifts)
    moved = spread(crowd, room)
    assert all(hypot(*shift) <= furthest + 1e-6 for shift in moved.values())
    assert not crowd or crowd[0].key not in moved


@pytest.mark.parametrize("m_per_px", [200.0, 900.0, 2000.0, 7000.0])
def test_in_no_scale_does_a_sign_of_the_story_lie_wholly_on_another(
    library: Library, m_per_px: float
) -> None:
    layers = frozenset(layer.id for layer in library.atlas.story.layers)
    moved = asides(library.atlas, layers, m_per_px)
    assert moved
    furthest = max(hypot(*shift) for shift in leeway(m_per_px).shifts)
    assert max(hypot(*shift) for shift in moved.values()) <= furthest + 1e-6


def test_every_panel_shows_each_of_its_signs(library: Library) -> None:
    for panel in library.atlas.story.panels:
        scene = scene_of(library, panel.id)
        k = scene.camera.m_per_px
        signs = [mark for mark in scene.marks if not mark.hatched]
        for one, other in combinations(signs, 2):
            least = 2.5 if (one.symbol, one.actor) == (other.symbol, other.actor) else 3.9
            assert apart_px(one, other, k) > least, (panel.id, one.label, other.label)


def test_the_headquarters_beside_cosvn_is_seen(library: Library) -> None:
    scene = scene_of(library, "insurgency-split")
    flag = next(mark for mark in scene.marks if mark.symbol == "flag")
    square = next(mark for mark in scene.marks if mark.symbol == "square")
    assert apart_px(flag, square, scene.camera.m_per_px) >= 6
    assert (flag.place_m is None) != (square.place_m is None)


def test_the_place_the_sources_give_is_kept_beside_the_sign(library: Library) -> None:
    scene = scene_of(library, "insurgency-split")
    places = {f.id: f.parts_m[0][0] for f in library.atlas.features if f.geometry == "point"}
    moved = [mark for mark in scene.marks if mark.place_m]
    assert moved
    for mark in scene.marks:
        assert (mark.place_m or (mark.x_m, mark.y_m)) == places[mark.feature_id]


def test_no_sign_moves_while_the_date_does(library: Library) -> None:
    story = library.atlas.story
    size_px = (1200, 800)
    start = actions.open_panel(story.panel("deng"))(actions.initial_state(story, size_px))
    camera = viewport.fit_bbox((102.0, 10.0, 108.0, 15.0), size_px)
    places: dict[str, set[tuple[float, float]]] = {}
    first = day_from_ymd(1978, 12, 20)
    for day in range(first, first + 90, 3):
        scene = resolve(replace(start, day=day, camera=camera), library.atlas)
        for mark in scene.marks:
            places.setdefault(mark.feature_id, set()).add((mark.x_m, mark.y_m))
    assert len(places) > 20
    assert all(len(found) == 1 for found in places.values())


def test_in_a_stretch_of_time_what_never_met_is_set_apart_too(library: Library) -> None:
    story = library.atlas.story
    state = actions.open_panel(story.panel("deng"))(actions.initial_state(story, (1200, 800)))
    state = replace(state, day=day_from_ymd(1979, 12, 31), range_days=3 * 365)
    scene = resolve(state, library.atlas)
    at_one: dict[tuple[float, float], int] = {}
    for mark in scene.marks:
        if not mark.hatched:
            key = round(mark.x_m / scene.camera.m_per_px), round(mark.y_m / scene.camera.m_per_px)
            at_one[key] = at_one.get(key, 0) + 1
    assert len(at_one) > 15
    assert max(at_one.values()) <= 2
