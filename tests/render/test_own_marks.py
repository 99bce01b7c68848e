"""Signs of a reader's own places: what is painted, what of it a click meets, what it may cost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QIODevice, QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from atlas.app.library import Library
from atlas.core.legend import HOLLOW, legend_of
from atlas.core.own import OwnCell, OwnCells
from atlas.core.scene import Scene
from atlas.core.viewport import to_m
from atlas.render.own_marks import MOST_PX, _placed, own_hits, paint_own, radius_px, sign_of
from atlas.render.painter import MapPainter
from atlas.render.style import Style, available_themes, load_style
from tests.render.scenes import INDOCHINA, scene_at

SIZE = (900, 700)
CELL_PX = 60.0
LAYER = "own:test-000000"


@pytest.fixture
def empty(library: Library) -> Scene:
    return scene_at(library.atlas, "1979-01-07", INDOCHINA, SIZE)


def cell(scene: Scene, x_px: float, y_px: float, number: int, **more: object) -> OwnCell:
    half_m = CELL_PX * scene.camera.m_per_px / 2
    x_m, y_m = to_m(scene.camera, SIZE, x_px, y_px)
    given = {"doubtful": 0, "past": 0, "reach_m": half_m if number > 1 else 0.0, **more}
    return OwnCell(f"{LAYER}#{x_px:.0f}-{y_px:.0f}", x_m, y_m, number, **given)


def with_own(scene: Scene, *cells: OwnCell) -> Scene:
    return scene._replace(own=(OwnCells(LAYER, "test.csv", cells),))


def painted(scene: Scene, style: Style) -> QImage:
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor("#888888"))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_own(painter, scene, style)
    return image


def spot(scene: Scene, index: int) -> tuple[float, float]:
    placed = _placed(scene.own[0], scene.camera, scene.size_px)[index]
    return placed.x_px, placed.y_px


def ring_of(image: QImage, at: tuple[float, float], radius: float) -> Iterator[QColor]:
    for dx, dy in ((radius, 0), (-radius, 0), (0, radius), (0, -radius)):
        yield image.pixelColor(round(at[0] + dx), round(at[1] + dy))


@pytest.mark.parametrize("theme", available_themes())
def test_what_is_sure_is_full_and_what_is_in_doubt_hollow(
    qapp: object, empty: Scene, theme: str
) -> None:
    style = load_style(theme)
    scene = with_own(empty, cell(empty, 200, 200, 500), cell(empty, 500, 200, 500, doubtful=500))
    image = painted(scene, style)
    inside = radius_px(500) - 4
    ink, paper = style.actor("own"), style.color("halo")
    assert all(color == ink for color in ring_of(image, spot(scene, 0), inside))
    assert all(color == paper for color in ring_of(image, spot(scene, 1), inside))


def test_what_is_just_past_is_fainter(empty: Scene, paper: Style) -> None:
    scene = with_own(empty, cell(empty, 200, 200, 500, past=500, ink=0.5))
    image = painted(scene, paper)
    (color, *_) = ring_of(image, spot(scene, 0), radius_px(500) - 4)
    assert color.lightness() > paper.actor("own").lightness() + 20


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 2_000_000), st.floats(100, 800), st.floats(100, 600))
def test_a_sign_stays_within_its_cell(library: Library, number: int, x: float, y: float) -> None:
    scene = scene_at(library.atlas, "1979-01-07", INDOCHINA, SIZE)
    scene = with_own(scene, cell(scene, x, y, number))
    (placed,) = _placed(scene.own[0], scene.camera, SIZE)
    side_m, k = 2 * placed.cell.reach_m, scene.camera.m_per_px
    x_m, y_m = to_m(scene.camera, SIZE, placed.x_px, placed.y_px)
    assert x_m // side_m == placed.cell.x_m // side_m
    assert y_m // side_m == placed.cell.y_m // side_m
    for across_m in (x_m, y_m):
        to_edge_px = min(across_m % side_m, side_m - across_m % side_m) / k
        assert to_edge_px >= placed.radius_px


def test_areas_grow_with_the_root_of_the_number() -> None:
    assert (radius_px(1600) / radius_px(400)) ** 2 == pytest.approx(2.0)
    assert radius_px(2) <= radius_px(50) <= radius_px(10**6) == MOST_PX


def test_a_click_meets_the_nearest_sign_and_marks_of_the_story_first(
    painter: MapPainter, empty: Scene
) -> None:
    scene = with_own(empty, cell(empty, 200, 200, 500), cell(empty, 500, 200, 1))
    frame = painter.frame(scene)
    from atlas.render.hits import hits_at

    for index in (0, 1):
        wanted = scene.own[0].cells[index].id
        assert own_hits(scene, *spot(scene, index)) == [wanted]
        assert wanted in hits_at(scene, frame, *spot(scene, index))
    assert own_hits(scene, spot(scene, 0)[0] + MOST_PX + 10, 200) == []
    mark = scene.marks[0]
    x, y = frame.to_px(mark.x_m, mark.y_m)
    both = with_own(empty, cell(empty, x, y, 1))
    assert hits_at(both, frame, x, y)[0] != both.own[0].cells[0].id


def test_the_legend_explains_numbers_places_and_doubt(empty: Scene) -> None:
    plain = empty._replace(marks=(), arrows=(), areas=())
    scene = with_own(plain, cell(empty, 200, 200, 12, doubtful=3), cell(empty, 500, 200, 1))
    words = [entry.words for entry in legend_of(scene)]
    assert "test.csv: so many places together" in words
    assert "test.csv: a place" in words
    assert HOLLOW in legend_of(scene)
    assert HOLLOW not in legend_of(with_own(plain, cell(empty, 500, 200, 1)))


def test_each_sign_costs_one_copy_however_many_places_it_stands_for(
    empty: Scene, paper: Style, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = with_own(
        empty, *(cell(empty, 40 + i % 13 * 60, 40 + i // 13 * 60, 10**6) for i in range(130))
    )
    painted(scene, paper)
    calls: list[str] = []
    for name in ("drawImage", "drawEllipse", "drawPath", "drawText", "strokePath", "fillPath"):
        draw = getattr(QPainter, name)
        monkeypatch.setattr(
            QPainter, name, lambda *a, draw=draw, name=name: (calls.append(name), draw(*a))[1]
        )
    painted(scene, paper)
    assert calls == ["drawImage"] * 130


def test_numbers_stay_numbers_in_files_of_lines(empty: Scene, paper: Style, qapp: object) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    svg = QSvgGenerator()
    svg.setOutputDevice(buffer)
    with QPainter(svg) as painter:
        paint_own(painter, with_own(empty, cell(empty, 200, 200, 47)), paper)
    text = bytes(buffer.data().data()).decode()
    assert "<image" not in text
    assert ">47<" in text.replace("\n", "")


def test_no_name_stands_on_a_number(painter: MapPainter, empty: Scene) -> None:
    from atlas.core.labels import Occupied
    from atlas.render.live import _clear_of_own, _name_box
    from atlas.render.names import placed_names

    names = placed_names(empty, painter.style, painter.frame(empty), Occupied())
    one = next(name for name in names if name.wish.kind == "town")
    x0, y0, x1, y1 = _name_box(one)
    scene = with_own(empty, cell(empty, (x0 + x1) / 2, (y0 + y1) / 2, 500))
    left = _clear_of_own(scene, names)
    assert one not in left
    assert len(names) - len(left) < 6
    assert _clear_of_own(empty, names) == names


def test_alike_cells_share_a_sign(empty: Scene) -> None:
    here, there = cell(empty, 100, 100, 1_201), cell(empty, 300, 300, 1_249)
    assert sign_of(here).number == sign_of(there).number == "1.2k"
    assert QPointF(*spot(with_own(empty, here), 0)) != QPointF(*spot(with_own(empty, there), 0))
