from __future__ import annotations

from itertools import pairwise
from math import hypot

import pytest
from PySide6.QtCore import QRectF

from atlas.app.export import panes_of
from atlas.app.export_options import ExportOptions
from atlas.app.library import Library
from atlas.core import actions, viewport
from atlas.core.legend import LegendEntry, legend_of
from atlas.core.quiet import hidden_weight
from atlas.core.scene import Scene
from atlas.render.furniture import furniture_pieces
from atlas.render.legend_layout import FULL_ROWS, lay_out
from atlas.render.painter import MapPainter
from atlas.render.style import Style
from tests.records import replace
from tests.render.scenes import ALL_FURNITURE, CAMBODIA, INDOCHINA, day, px_of, scene_at

PAGES = ((1200, 800), (900, 700), (800, 500), (1280, 720), (794, 1123))


def box_of(scene: Scene, kind: str) -> QRectF | None:
    return next((p.box for p in furniture_pieces(scene) if p.kind == kind), None)


def full(library: Library, on: str, box: tuple[float, ...], size: tuple[int, int]) -> Scene:
    bbox = (box[0], box[1], box[2], box[3])
    return scene_at(library.atlas, on, bbox, size, furniture=ALL_FURNITURE)


@pytest.mark.parametrize("size_px", PAGES)
@pytest.mark.parametrize("box", [CAMBODIA, INDOCHINA])
def test_furniture_keeps_its_corners_while_the_date_moves(
    library: Library, paper: Style, box: tuple[float, ...], size_px: tuple[int, int]
) -> None:
    corners = set()
    for on in ("1970-04-30", "1978-12-25", "1979-01-01", "1979-01-17", "1979-03-20", "1982-06-22"):
        scene = full(library, on, box, size_px)
        legend, overview = box_of(scene, "legend"), box_of(scene, "overview")
        if legend is not None:
            left, upper = legend.left() < 20, legend.top() < 80
            corners.add(
                (
                    legend.left() if left else legend.right(),
                    legend.top() if upper else legend.bottom(),
                )
            )
        corners.add(overview.getRect() if overview else None)
    assert len(corners) <= 2


def test_the_legend_leaves_the_start_of_an_advance_to_be_seen(
    library: Library, paper: Style
) -> None:
    """On 1 January 1979 columns set out from the highlands in the east, towards Kratie."""
    scene = full(library, "1979-01-01", CAMBODIA, (1200, 800))
    legend = box_of(scene, "legend")
    assert legend is not None
    advancing = [arrow for arrow in scene.arrows if arrow.actor == "vietnam"]
    assert len(advancing) > 3
    for arrow in advancing:
        for x_m, y_m in arrow.lines_m[0]:
            x, y = viewport.to_px(scene.camera, scene.size_px, x_m, y_m)
            assert not legend.contains(x, y), arrow.feature_id


def test_a_small_picture_full_of_the_story_has_its_legend_below_the_map(
    library: Library, painter: MapPainter, paper: Style
) -> None:
    """All of Cambodia in a picture for a page of text, at the height of the campaign."""
    atlas = library.atlas
    for size_px, below in (((900, 700), True), ((800, 500), True), ((1600, 1000), False)):
        state = actions.open_panel(atlas.story.panel("deng"))(
            actions.initial_state(atlas.story, size_px)
        )
        state = replace(state, day=day("1979-01-17"), camera=viewport.fit_bbox(CAMBODIA, size_px))
        (pane,) = panes_of(library, state, ExportOptions(size_px=size_px))
        scene = pane.scene
        assert scene.legend_below is below
        legend, credits_ = box_of(scene, "legend"), box_of(scene, "credits")
        assert legend is not None
        assert credits_ is not None
        if not below:
            continue
        assert legend.width() == size_px[0]
        assert legend.bottom() == credits_.top()
        for lon, lat in ((102.2, 10.2), (105.0, 10.2), (107.8, 10.2), (104.9, 14.8)):
            assert 0 <= px_of(scene, lon, lat)[1] <= legend.top()
        assert {cell.entry for cell in lay_out(legend_of(scene), 3, even=True).cells} >= set(
            legend_of(scene)
        )
        (film_pane,) = panes_of(library, state, ExportOptions(size_px=size_px), steady=True)
        assert not film_pane.scene.legend_below


def test_a_short_legend_never_takes_a_strip(library: Library, paper: Style) -> None:
    story = library.atlas.story
    state = actions.initial_state(story, (800, 500))
    state = actions.open_panel(story.panel("meeting-1960"))(state)
    (pane,) = panes_of(library, state, ExportOptions(size_px=(800, 500)))
    assert not pane.scene.legend_below


@pytest.mark.parametrize("size_px", PAGES)
def test_no_other_corner_hides_less_of_the_story(
    library: Library, paper: Style, size_px: tuple[int, int]
) -> None:
    scene = full(library, "1979-01-07", CAMBODIA, size_px)
    legend = box_of(scene, "legend")
    assert legend is not None
    width, _ = size_px
    w, h = legend.width(), legend.height()

    def hidden(left: float, top: float) -> float:
        return hidden_weight(scene.wishes, scene.camera, size_px, (left, top, left + w, top + h))

    bottom = legend.bottom() - h
    assert hidden(legend.left(), legend.top()) <= hidden(width - 14 - w, bottom) + 4


def test_a_view_a_little_aside_has_its_legend_in_the_same_corner(
    library: Library, paper: Style
) -> None:
    scene = full(library, "1979-01-07", CAMBODIA, (1200, 800))
    boxes = [
        box_of(replace(scene, camera=viewport.panned(scene.camera, dx, 0)), "legend")
        for dx in range(0, 60, 7)
    ]
    lefts = [box.left() for box in boxes if box]
    assert len(lefts) == 9
    assert sum(one != other for one, other in pairwise(lefts)) <= 1


def test_lines_alike_stand_under_one_heading_and_short_ones_two_to_a_row(paper: Style) -> None:
    ties = [LegendEntry("tie", who, f"Support or supply: {who}") for who in ("china", "us", "ussr")]
    signs = [LegendEntry("crate", "", "Aid"), LegendEntry("cross", "", "Death")]
    wide = LegendEntry("square", "vietnam", "Base area across the border: Vietnam")
    layout = lay_out((*ties, *signs, wide), 1)
    heading = [cell for cell in layout.cells if cell.entry is None]
    assert [cell.lines for cell in heading] == [("Support or supply",)]
    assert [cell.lines for cell in layout.cells if cell.entry in ties] == [
        ("China",), ("Us",), ("Ussr",),
    ]  # fmt: skip
    aid, death = (cell for cell in layout.cells if cell.entry in signs)
    assert aid.y_px == death.y_px
    assert aid.x_px < death.x_px


@pytest.mark.parametrize("columns", [1, 2, 3, 4])
def test_every_line_has_a_cell_of_its_own_inside_the_box(paper: Style, columns: int) -> None:
    entries = [LegendEntry("star", "dk", f"Sign with a long enough name {i}") for i in range(19)]
    layout = lay_out(entries, columns)
    assert [cell.entry for cell in layout.cells] == entries
    assert len({cell.x_px for cell in layout.cells}) == columns
    for cell in layout.cells:
        assert 0 < cell.x_px < layout.width_px
        assert 8 < cell.y_px < layout.height_px - 8
    for one in layout.cells:
        near = [c for c in layout.cells if hypot(c.x_px - one.x_px, c.y_px - one.y_px) < 16]
        assert near == [one]


def test_few_lines_stay_in_one_column(paper: Style) -> None:
    entries = [LegendEntry("star", "dk", f"A sign with a name {i}") for i in range(FULL_ROWS // 4)]
    assert len({cell.x_px for cell in lay_out(entries, 3).cells}) == 1
    assert lay_out((), 3).cells == ()


def test_the_legend_says_all_that_it_said_in_one_list(library: Library, paper: Style) -> None:
    entries = legend_of(full(library, "1979-01-07", INDOCHINA, (1200, 800)))
    assert {cell.entry for cell in lay_out(entries, 2).cells} - {None} == set(entries)
