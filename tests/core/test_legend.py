from __future__ import annotations

from pathlib import Path

import pytest

from atlas.app.library import Library, open_library
from atlas.core import actions
from atlas.core.legend import MAX_ENTRIES, LegendEntry, legend_of
from atlas.core.resolve import resolve
from atlas.core.scene import Area, Arrow, Mark, Scene, Stretch
from atlas.core.state import State
from atlas.core.symbology import SIGNS
from atlas.core.viewport import Camera, extent_m
from tests.core import samples
from tests.records import replace

EMPTY = replace(resolve(samples.state(), samples.atlas()), camera=Camera(0.0, 0.0, 1000.0))
MARK = Mark("m", 0.0, 0.0, "triangle", "dk", 1.0, False, "high", 0.0, "A camp", 2, "Camp")
ARROW = Arrow(
    "a", "advance-axis", "vietnam", (((0.0, 0.0), (9e4, 0.0)),), (Stretch(0.0, 1.0, True),), 1.0,
    False, 1.0,
)  # fmt: skip
RING = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))
AREA = Area("z", "dk_zones", "dk", (RING,), 1.0, False, False, "", (0.0, 0.0))


def with_marks(*marks: Mark) -> Scene:
    return replace(EMPTY, marks=marks)


def words(scene: Scene) -> list[str]:
    return [entry.words for entry in legend_of(scene)]


@pytest.fixture(scope="module")
def library(pack_path: Path) -> Library:
    return open_library(pack_file=pack_path)


def test_nothing_to_see_is_nothing_to_explain() -> None:
    assert legend_of(EMPTY) == ()


def test_a_mark_is_explained_once_for_each_actor() -> None:
    scene = with_marks(MARK, replace(MARK, feature_id="n"), replace(MARK, actor="cpt"))
    assert legend_of(scene) == (
        LegendEntry("triangle", "cpt", "Camp: Communist Party of Thailand"),
        LegendEntry("triangle", "dk", "Camp: Khmer Rouge"),
    )


def test_an_actor_that_says_nothing_is_not_named() -> None:
    camp = replace(MARK, symbol="tent", kind_words="Refugee camp")
    assert words(with_marks(replace(camp, actor="refugees"))) == ["Refugee camp"]
    assert words(with_marks(replace(camp, actor=""))) == ["Refugee camp"]
    assert words(with_marks(replace(camp, actor="other"))) == ["Refugee camp"]
    assert words(with_marks(replace(MARK, actor="refugees"))) == ["Camp: Refugees"]


def test_a_mark_without_words_takes_those_of_its_symbol() -> None:
    assert words(with_marks(replace(MARK, kind_words="", actor=""))) == ["Camp"]


def test_arrows_are_explained_by_kind_and_actor() -> None:
    back = replace(ARROW, feature_id="b", kind="withdrawal")
    scene = replace(EMPTY, arrows=(ARROW, replace(ARROW, feature_id="c"), back))
    assert legend_of(scene) == (
        LegendEntry("arrow", "vietnam", "Axis of advance: Vietnam"),
        LegendEntry("arrow-open", "vietnam", "Withdrawal or redeployment: Vietnam"),
    )


@pytest.mark.parametrize("nobody", ["", "other"])
def test_arrows_without_an_actor_are_set_apart_from_those_with_one(nobody: str) -> None:
    aid = replace(ARROW, kind="support", actor=nobody)
    assert words(replace(EMPTY, arrows=(aid,))) == ["Support or supply"]
    both = replace(EMPTY, arrows=(aid, replace(aid, actor="china")))
    assert sorted(words(both)) == ["Support or supply: China", "Support or supply: others"]


def test_what_lies_outside_the_picture_is_not_explained() -> None:
    _, _, east_m, north_m = extent_m(EMPTY.camera, EMPTY.size_px)
    camp = replace(MARK, x_m=east_m + 1e5)
    beyond = (((east_m + 1e4, 0.0), (east_m + 9e4, north_m)),)
    scene = replace(EMPTY, marks=(camp,), arrows=(replace(ARROW, lines_m=beyond),))
    assert legend_of(scene) == ()
    across = (((east_m + 1e4, 0.0), (-east_m, 0.0)),)
    assert words(replace(EMPTY, arrows=(replace(ARROW, lines_m=across),))) == [
        "Axis of advance: Vietnam"
    ]


def test_a_place_outside_whose_disc_reaches_in_is_explained() -> None:
    _, _, east_m, _ = extent_m(EMPTY.camera, EMPTY.size_px)
    claimed = replace(MARK, x_m=east_m + 1e4, disc_m=5e4, hatched=True)
    assert "Claimed or likely, not located" in words(with_marks(claimed))


def test_areas_are_zones_or_hatched_doubt() -> None:
    zone, claimed = AREA, replace(AREA, hatched=True)
    assert words(replace(EMPTY, areas=(zone,))) == ["Zone, limits schematic"]
    assert words(replace(EMPTY, areas=(claimed,))) == ["Claimed or likely, not located"]
    assert len(words(replace(EMPTY, areas=(zone, claimed)))) == 2


def test_an_area_outside_the_picture_is_not_explained() -> None:
    east_m = 9e5
    away = replace(AREA, rings_m=(tuple((x + east_m, y) for x, y in RING),))
    assert words(replace(EMPTY, areas=(away,))) == []
    assert words(replace(EMPTY, areas=(AREA, away))) == ["Zone, limits schematic"]


def test_a_disc_too_small_to_be_drawn_is_not_explained() -> None:
    discs = [replace(MARK, disc_m=radius_m) for radius_m in (10_900.0, 11_100.0)]
    told = ["Disc: place known only to within this" in words(with_marks(disc)) for disc in discs]
    assert told == [False, True]


def test_a_hatched_mark_has_no_symbol_to_explain() -> None:
    claimed = replace(MARK, hatched=True, disc_m=70_000.0)
    entries = legend_of(with_marks(claimed))
    assert "triangle" not in {entry.symbol for entry in entries}
    assert entries[0].words == "Claimed or likely, not located"


@pytest.mark.parametrize(
    ("scene", "line"),
    [
        (with_marks(replace(MARK, doubt=True)), "Hollow or ringed: date in doubt"),
        (with_marks(replace(MARK, disc_m=12e3)), "Disc: place known only to within this"),
        (with_marks(replace(MARK, ink=0.5)), "Fading: just past"),
        (replace(EMPTY, arrows=(replace(ARROW, ink=0.5),)), "Fading: just past"),
        (
            replace(EMPTY, arrows=(replace(ARROW, stretches=(Stretch(0.0, 1.0, False),)),)),
            "Pale stretch: date interpolated",
        ),
    ],
)
def test_each_doubt_is_explained_where_it_shows_and_only_there(scene: Scene, line: str) -> None:
    assert words(scene).count(line) == 1
    assert line not in words(replace(EMPTY, marks=(MARK,), arrows=(ARROW,)))


def test_a_possible_feature_is_not_called_past() -> None:
    """Its ink is the less for doubt, which the hollow symbol says."""
    scene = resolve(samples.state(), samples.atlas(samples.camp(start="1969~", end="1970")))
    assert scene.marks[0].doubt
    assert "Fading: just past" not in words(scene)


def test_doubt_is_explained_even_where_the_legend_is_full() -> None:
    crowd = [replace(MARK, kind_words=f"Kind {i:02}") for i in range(40)]
    claimed = replace(AREA, hatched=True)
    scene = replace(with_marks(*crowd, replace(MARK, doubt=True)), areas=(claimed,))
    assert len(legend_of(scene)) < MAX_ENTRIES  # a low picture has a short legend
    entries = legend_of(replace(scene, size_px=(1200, 900)))
    assert len(entries) == MAX_ENTRIES + 2
    assert entries[-2].symbol == "hatch"
    assert entries[-1].doubt


def test_of_a_long_list_what_is_shown_most_is_explained() -> None:
    crowd = [replace(MARK, kind_words=f"Kind {i:02}") for i in range(40)]
    often = replace(MARK, kind_words="Zone of it")
    scene = replace(with_marks(*crowd, often, often), size_px=(1200, 900))
    told = words(scene)
    assert len(told) == MAX_ENTRIES
    assert told[-1].startswith("Zone of it")
    assert told[0].startswith("Kind 00")


def test_every_panel_explains_all_its_marks_and_arrows_and_nothing_else(library: Library) -> None:
    atlas = library.atlas
    for panel in atlas.story.panels:
        state = actions.open_panel(panel)(actions.initial_state(atlas.story, (1280, 800)))
        scene = resolve(state, atlas)
        entries = [(e.symbol, e.actor) for e in legend_of(scene) if e.actor != "other"]
        marks = {(m.symbol, m.actor) for m in scene.marks if not m.hatched}
        arrows = {(SIGNS[a.kind].symbol, a.actor) for a in scene.arrows}
        assert set(entries) <= marks | arrows, panel.id
        x_min, y_min, x_max, y_max = extent_m(scene.camera, scene.size_px)
        inside = {
            (m.symbol, m.actor)
            for m in scene.marks
            if not m.hatched and x_min <= m.x_m <= x_max and y_min <= m.y_m <= y_max
        }
        if len(entries) < MAX_ENTRIES:
            assert {row for row in inside if row[1] != "other"} <= set(entries), panel.id
        assert len(set(legend_of(scene))) == len(legend_of(scene)), panel.id


def test_a_hidden_layer_is_not_explained(library: Library) -> None:
    atlas = library.atlas
    state: State = actions.initial_state(atlas.story, (1280, 800))
    state = actions.open_panel(atlas.story.panel("deng"))(state)
    assert legend_of(resolve(state, atlas))
    overlays = {layer.id for layer in atlas.story.layers if layer.group == "overlay"}
    assert legend_of(resolve(replace(state, layers=state.layers - overlays), atlas)) == ()
