from __future__ import annotations

from statistics import median
from time import perf_counter

import pytest
from PySide6.QtCore import QBuffer, QPointF, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from atlas.app.library import Library
from atlas.core.projection import ATLAS_PROJECTION
from atlas.core.scene import Scene
from atlas.core.state import FURNITURE, SCREEN_FURNITURE
from atlas.core.viewport import REGION_DEG, region_m
from atlas.render.basemap import BaseMap
from atlas.render.furniture import MARGIN_PX, furniture_pieces
from atlas.render.overview import (
    Overview,
    overview_box,
    overview_size_px,
    region_share,
    view_on_overview,
)
from atlas.render.painter import MapPainter
from atlas.render.style import Style, load_style
from tests.records import replace
from tests.render.scenes import (
    ALL_FURNITURE,
    CAMBODIA,
    apart,
    blank,
    count_near,
    panel_scenes,
    picture_of,
    pixels_of,
    scene_at,
)

ONLY = frozenset({"overview"})
SIZES = ((640, 440), (800, 600), (1200, 800), (1920, 1080), (700, 1400))
CLOSE = (104.5, 11.2, 105.3, 11.9)


def box_in(scene: Scene) -> QRectF | None:
    found = [piece.box for piece in furniture_pieces(scene) if piece.kind == "overview"]
    return found[0] if found else None


def box_of(scene: Scene) -> QRectF:
    box = box_in(scene)
    assert box is not None
    return box


def scene_over(
    library: Library,
    bbox_deg: tuple[float, float, float, float],
    size_px: tuple[int, int] = (1200, 800),
    furniture: frozenset[str] = ONLY,
) -> Scene:
    return scene_at(library.atlas, "1979-01-07", bbox_deg, size_px, layers=(), furniture=furniture)


def px_on(box: QRectF, lon_deg: float, lat_deg: float) -> QPointF:
    """Where a place lies on the overview, reckoned from the region's edges alone."""
    x_m, y_m = ATLAS_PROJECTION.forward(lon_deg, lat_deg)
    x_min, y_min, x_max, y_max = region_m(ATLAS_PROJECTION)
    inner = box.adjusted(4, 4, -4, -4)
    return QPointF(
        inner.left() + (x_m - x_min) / (x_max - x_min) * inner.width(),
        inner.bottom() - (y_m - y_min) / (y_max - y_min) * inner.height(),
    )


def painted(overview: Overview, scene: Scene) -> QImage:
    image = blank(scene.size_px)
    with QPainter(image) as device:
        device.setRenderHint(QPainter.RenderHint.Antialiasing)
        overview.paint(device, scene, box_of(scene))
    return image


def test_files_have_it_and_the_screen_has_it_on_request() -> None:
    assert "overview" in FURNITURE
    assert "overview" not in SCREEN_FURNITURE


@pytest.mark.parametrize("size_px", SIZES)
def test_it_stands_inside_the_picture_beside_the_other_pieces(
    library: Library, paper: Style, size_px: tuple[int, int]
) -> None:
    picture = QRectF(0, 0, *size_px)
    for scene in panel_scenes(library.atlas, size_px):
        box = box_in(scene)
        others = [p.box for p in furniture_pieces(scene) if p.kind != "overview"]
        if box is not None:
            assert picture.contains(box)
            assert not any(box.intersects(other) for other in others), scene.title


def test_its_place_is_above_the_scale_bar_and_stays_while_the_date_moves(
    library: Library, paper: Style
) -> None:
    pieces = {
        p.kind: p.box
        for p in furniture_pieces(scene_over(library, CAMBODIA, furniture=ALL_FURNITURE))
    }
    assert pieces["overview"].left() == pieces["scale_bar"].left()
    assert pieces["overview"].bottom() == pieces["scale_bar"].top() - MARGIN_PX
    found = {
        box_of(
            scene_at(library.atlas, on, CAMBODIA, (1200, 800), furniture=ALL_FURNITURE)
        ).getRect()
        for on in ("1960-09-30", "1979-01-07", "1985-02-15")
    }
    assert len(found) == 1


def test_it_leaves_a_corner_full_of_the_story(library: Library, paper: Style) -> None:
    """East of Phnom Penh, the capital in the lower left."""
    east = (104.75, 11.45, 106.5, 12.6)
    empty = scene_over(library, east)
    crowded = scene_at(library.atlas, "1979-01-07", east, (1200, 800), furniture=ONLY)
    assert box_of(empty).left() == MARGIN_PX
    assert box_in(crowded) != box_of(empty)


def test_it_goes_where_there_is_room(library: Library, paper: Style) -> None:
    scene = scene_over(library, CAMBODIA)
    left, right = QRectF(0, 0, 400, 800), QRectF(800, 0, 400, 800)
    corner, bar = QRectF(0, 0, 300, 80), QRectF(14, 752, 226, 34)

    def place(*taken: QRectF) -> QRectF | None:
        return overview_box(scene, taken, 786)

    above = place(corner, bar)
    assert above is not None
    assert (above.left(), above.bottom()) == (MARGIN_PX, bar.top() - MARGIN_PX)
    beside = place(left)
    assert beside is not None
    assert (beside.right(), beside.top()) == (1200 - MARGIN_PX, MARGIN_PX)
    assert place(left, right) is None


def test_a_small_picture_has_none(library: Library, paper: Style) -> None:
    for size_px in ((320, 240), (639, 900), (1200, 439)):
        assert box_in(scene_over(library, CAMBODIA, size_px)) is None


def test_a_view_of_the_whole_region_has_none(
    library: Library, painter: MapPainter, paper: Style
) -> None:
    scene = scene_over(library, REGION_DEG)
    assert region_share(scene) > 0.99
    assert box_in(scene) is None
    assert picture_of(painter, scene) == picture_of(painter, replace(scene, furniture=frozenset()))


def test_the_frame_holds_what_the_view_holds(library: Library, paper: Style) -> None:
    scene = scene_over(library, CAMBODIA)
    box = box_of(scene)
    view = view_on_overview(scene, box)
    for lon, lat, seen in (
        (104.9, 11.6, True),
        (102.3, 14.7, True),
        (105.8, 21.0, False),
        (116.4, 39.9, False),
    ):
        assert view.contains(px_on(box, lon, lat)) == seen


def test_the_frame_is_painted_around_the_view(
    library: Library, basemap: BaseMap, paper: Style
) -> None:
    scene = scene_over(library, (98.0, 6.0, 112.0, 24.0))
    box = box_of(scene)
    image = painted(Overview(basemap, paper), scene)
    view = view_on_overview(scene, box)
    ink, sides = paper.color("accent"), (view.left(), view.right())
    for x in sides:
        column = [
            image.pixelColor(int(x + dx), int(view.center().y()) + dy)
            for dx in (-1, 0, 1)
            for dy in (-6, 6)
        ]
        assert min(apart(color, ink) for color in column) < 60
    inner = view.adjusted(4, 4, -4, -4).toAlignedRect()
    outer = box.toAlignedRect().adjusted(6, 6, -6, -6)
    assert count_near(image, ink, inner, 40) == 0
    assert count_near(image, ink, outer, 60) > view.width()


def test_a_tiny_view_is_a_cross_centred_on_it(
    library: Library, basemap: BaseMap, paper: Style
) -> None:
    scene = scene_over(library, CLOSE)
    image = painted(Overview(basemap, paper), scene)
    at = px_on(box_of(scene), 104.9, 11.55)
    ink = paper.color("accent")
    for dx, dy in ((6, 0), (-6, 0), (0, 6), (0, -6)):
        near = [
            image.pixelColor(int(at.x() + dx + i), int(at.y() + dy + j))
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
        ]
        assert min(apart(color, ink) for color in near) < 60, (dx, dy)


@pytest.mark.parametrize("theme", ["paper", "night", "print"])
def test_land_sea_and_cambodia_are_told_apart(
    library: Library, basemap: BaseMap, paper: Style, theme: str
) -> None:
    style = load_style(theme)
    scene = scene_over(library, (118.0, 38.0, 124.0, 42.0))
    box = box_of(scene)
    image = painted(Overview(basemap, style), scene)
    land, sea, cambodia = (
        image.pixelColor(px_on(box, lon, lat).toPoint())
        for lon, lat in ((100.0, 35.0), (88.0, 12.0), (104.9, 12.6))
    )
    assert apart(land, style.color("land")) < 8
    assert apart(sea, style.color("sea")) < 8
    assert apart(cambodia, land) > 40


def test_nothing_is_painted_outside_its_box(
    library: Library, basemap: BaseMap, paper: Style
) -> None:
    for bbox_deg in (CAMBODIA, CLOSE, (72.0, -2.0, 90.0, 10.0)):
        scene = scene_over(library, bbox_deg)
        image = painted(Overview(basemap, paper), scene)
        with QPainter(image) as cover:
            cover.fillRect(box_of(scene).adjusted(-1, -1, 1, 1), "white")
        assert image == blank(scene.size_px)


def test_a_second_painting_costs_next_to_nothing(
    library: Library, basemap: BaseMap, paper: Style
) -> None:
    overview, scene = Overview(basemap, paper), scene_over(library, CAMBODIA)
    box, image = box_of(scene), blank(scene.size_px)
    times_ms = []
    with QPainter(image) as device:
        overview.paint(device, scene, box)
        for _ in range(20):
            start = perf_counter()
            overview.paint(device, scene, box)
            times_ms.append((perf_counter() - start) * 1000)
    assert median(times_ms) < 3.0


def test_a_fine_screen_gets_a_fine_overview(
    library: Library, basemap: BaseMap, paper: Style
) -> None:
    scene = scene_over(library, CAMBODIA)
    image = QImage(2400, 1600, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2.0)
    image.fill(0xFFFFFFFF)
    with QPainter(image) as device:
        Overview(basemap, paper).paint(device, scene, box_of(scene))
    box = box_of(scene)
    seen = pixels_of(image.copy(QRectF(box.topLeft() * 2, box.size() * 2).toAlignedRect()))
    # A picture of single pixels blown up would have each two rows alike.
    upper, lower = seen[0:260:2], seen[1:260:2]
    assert (upper != lower).any(axis=(1, 2)).mean() > 0.9


def test_a_drawing_gets_paths_not_a_picture(
    library: Library, basemap: BaseMap, paper: Style
) -> None:
    scene = scene_over(library, CAMBODIA)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    drawing = QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setSize(overview_size_px(ATLAS_PROJECTION).toSize())
    with QPainter(drawing) as device:
        Overview(basemap, paper).paint(device, scene, box_of(scene))
    text = bytes(buffer.data().data()).decode()
    assert "<image" not in text
    assert paper.color("accent").name() in text
    assert len(text) < 400_000
