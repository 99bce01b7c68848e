from __future__ import annotations

import random
from itertools import combinations
from math import atan2, degrees

import pytest
from pyproj import Geod, Transformer
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from atlas.app.library import Library
from atlas.core import viewport
from atlas.core.projection import ATLAS_PROJECTION, Projection
from atlas.core.projections import ALL
from atlas.core.scene import Scene
from atlas.core.viewport import Camera
from atlas.render.furniture import (
    MARGIN_PX,
    Piece,
    bar_length_m,
    furniture_pieces,
    ground_m_per_px,
    north_bearing_deg,
    paint_furniture,
)
from atlas.render.style import Style
from tests.records import replace
from tests.render.scenes import ALL_FURNITURE, apart, blank, panel_scenes, scene_at

SIZES = ((320, 240), (360, 640), (480, 360), (640, 480), (1024, 768), (1920, 1080), (2560, 1440))
NEEDFUL = {"plate", "north_arrow", "credits", "scale_bar"}
WGS84 = Geod(ellps="WGS84")
TO_MAP = Transformer.from_crs(
    "EPSG:4326", "+proj=laea +lat_0=24 +lon_0=104 +datum=WGS84", always_xy=True
)
MIDDLES = ((104.9, 11.6), (105.8, 21.0), (116.4, 39.9), (80.0, 30.0), (130.0, 45.0), (95.0, 3.0))


def scene_over(scene: Scene, lon_deg: float, lat_deg: float, m_per_px: float) -> Scene:
    return replace(scene, camera=Camera(*ATLAS_PROJECTION.forward(lon_deg, lat_deg), m_per_px))


def piece_of(scene: Scene, kind: str) -> Piece:
    (piece,) = [piece for piece in furniture_pieces(scene) if piece.kind == kind]
    return piece


def painted(scene: Scene, style: Style, *pieces: Piece) -> QImage:
    image = blank(scene.size_px)
    device = QPainter(image)
    device.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_furniture(device, scene, style, pieces)
    device.end()
    return image


@pytest.fixture
def scene(library: Library, paper: Style) -> Scene:
    return scene_at(library.atlas, "1979-01-07", size_px=(640, 480), furniture=ALL_FURNITURE)


@pytest.mark.parametrize("size_px", SIZES)
def test_every_piece_stands_inside_the_picture_and_beside_the_others(
    library: Library, paper: Style, size_px: tuple[int, int]
) -> None:
    picture = QRectF(0, 0, *size_px)
    for scene in panel_scenes(library.atlas, size_px):
        pieces = furniture_pieces(scene)
        needful = {"plate", "credits"} if size_px[0] < 360 else NEEDFUL
        assert needful <= {p.kind for p in pieces}
        assert all(picture.contains(piece.box) for piece in pieces)
        for one, other in combinations(pieces, 2):
            assert not one.box.intersects(other.box), (scene.title, one, other)


@pytest.mark.parametrize("size_px", [(360, 640), (640, 480), (1280, 720)])
def test_a_legend_of_one_line_finds_room(
    library: Library, paper: Style, size_px: tuple[int, int]
) -> None:
    full = scene_at(library.atlas, "1979-01-07", size_px=size_px, furniture=ALL_FURNITURE)
    scene = replace(full, arrows=(), areas=(), marks=full.marks[:1])
    assert "legend" in {piece.kind for piece in furniture_pieces(scene)}


def test_only_what_is_wanted_is_there(scene: Scene) -> None:
    assert furniture_pieces(replace(scene, furniture=frozenset())) == ()
    only_scale = replace(scene, furniture=frozenset({"scale_bar"}))
    assert [piece.kind for piece in furniture_pieces(only_scale)] == ["scale_bar"]
    empty = replace(scene, marks=(), arrows=(), areas=())
    assert "legend" not in {piece.kind for piece in furniture_pieces(empty)}


@pytest.mark.parametrize("size_px", [(320, 240), (640, 480)])
@pytest.mark.parametrize("m_per_px", [140.0, 900.0, 9000.0])
def test_nothing_is_painted_outside_its_box(
    library: Library, paper: Style, size_px: tuple[int, int], m_per_px: float
) -> None:
    scene = scene_at(library.atlas, "1979-01-07", size_px=size_px, furniture=ALL_FURNITURE)
    scene = scene_over(scene, 104.9, 11.6, m_per_px)
    for piece in furniture_pieces(scene):
        image = painted(scene, paper, piece)
        cover = QPainter(image)
        cover.fillRect(piece.box.adjusted(-2, -2, 2, 2), Qt.GlobalColor.white)
        cover.end()
        assert image == blank(size_px), piece.kind


@pytest.mark.parametrize("width_px", range(300, 2000, 130))
def test_credits_are_never_clipped(library: Library, paper: Style, width_px: int) -> None:
    scene = scene_at(
        library.atlas, "1979-01-07", size_px=(width_px, 400), furniture=frozenset({"credits"})
    )
    box = piece_of(scene, "credits").box
    room = QRectF(0, 0, box.width() - 2 * MARGIN_PX, box.height() - 5)
    flags = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
    metrics = QFontMetricsF(paper.font("label", 9.5))
    assert room.contains(metrics.boundingRect(room, flags, "  ·  ".join(scene.credits)))


def chance_middles() -> list[tuple[float, float]]:
    """Twenty places in the region, the same every time."""
    chance = random.Random(1979)
    return [(chance.uniform(75, 133), chance.uniform(0, 52)) for _ in range(20)]


@pytest.mark.parametrize("projection", ALL, ids=lambda p: p.key)
@pytest.mark.parametrize("ground_m", [140.0, 1200.0, 6000.0])
def test_the_scale_bar_is_as_long_as_geodesy_says(
    scene: Scene, projection: Projection, ground_m: float
) -> None:
    back = Transformer.from_crs(projection.proj_text, "EPSG:4326", always_xy=True)
    for middle_deg in chance_middles():
        x_m, y_m = projection.forward(*middle_deg)
        m_per_px = ground_m * projection.stretch_at(x_m, y_m)
        there = replace(scene, camera=Camera(x_m, y_m, m_per_px, projection))
        said_m = bar_length_m(ground_m_per_px(there), 150)
        half_m = said_m / ground_m_per_px(there) * m_per_px / 2
        west, east = (back.transform(x_m + side, y_m) for side in (-half_m, half_m))
        assert WGS84.inv(*west, *east)[2] == pytest.approx(said_m, rel=0.005), middle_deg


def test_the_bar_is_true_where_the_story_s_maps_have_their_middle(
    library: Library, paper: Style
) -> None:
    """Laid level across the middle, the bar spans the length it names, within half a percent."""
    for scene in panel_scenes(library.atlas, (1280, 800)):
        true_m_per_px = ground_m_per_px(scene)
        length_m = bar_length_m(true_m_per_px, 150)
        half_px = length_m / true_m_per_px / 2
        ends = []
        for x_px in (640 - half_px, 640 + half_px):
            x_m, y_m = viewport.to_m(scene.camera, scene.size_px, x_px, 400)
            ends.append(TO_MAP.transform(x_m, y_m, direction="INVERSE"))
        _, _, distance_m = WGS84.inv(*ends[0], *ends[1])
        assert distance_m == pytest.approx(length_m, rel=0.005), scene.title


@pytest.mark.parametrize("m_per_px", [140.0, 333.0, 1200.0, 5000.0])
def test_the_painted_bar_is_as_long_as_it_says(scene: Scene, paper: Style, m_per_px: float) -> None:
    there = scene_over(scene, 104.9, 11.6, m_per_px)
    piece = piece_of(there, "scale_bar")
    image = painted(there, paper, piece)
    # Across the bar's middle, below its words: from the first dark pixel to the last.
    y = round(piece.box.bottom() - 9 + 0.5)
    ink = paper.color("text")
    dark = [x for x in range(image.width()) if apart(image.pixelColor(x, y), ink) < 90]
    length_px = bar_length_m(ground_m_per_px(there), 150) / ground_m_per_px(there)
    assert dark[-1] - dark[0] == pytest.approx(length_px, abs=2)


def test_bars_are_round_lengths_that_fit() -> None:
    for m_per_px in (1.0, 7.7, 140.0, 333.3, 1999.0, 12_000.0):
        length_m = bar_length_m(m_per_px, 150)
        assert 60 <= length_m / m_per_px <= 150
        assert str(int(length_m)).rstrip("0") in {"1", "2", "5"}


@pytest.mark.parametrize("middle_deg", MIDDLES)
def test_the_arrow_points_along_the_meridian(scene: Scene, middle_deg: tuple[float, float]) -> None:
    there = scene_over(scene, *middle_deg, 2000.0)
    for x_px, y_px in ((320.0, 240.0), (40.0, 30.0), (600.0, 450.0)):
        at_m = viewport.to_m(there.camera, there.size_px, x_px, y_px)
        lon, lat = TO_MAP.transform(*at_m, direction="INVERSE")
        x_m, y_m = TO_MAP.transform(lon, lat + 1e-4)
        bearing_deg = degrees(atan2(x_m - at_m[0], y_m - at_m[1]))
        assert north_bearing_deg(there, x_px, y_px) == pytest.approx(bearing_deg, abs=0.05)


def test_north_is_up_on_the_middle_meridian_only(scene: Scene) -> None:
    assert north_bearing_deg(scene_over(scene, 104.0, 15.0, 900.0), 320, 240) == pytest.approx(0)
    assert north_bearing_deg(scene_over(scene, 120.0, 30.0, 900.0), 320, 240) < -5
    assert north_bearing_deg(scene_over(scene, 90.0, 30.0, 900.0), 320, 240) > 5


def test_the_arrow_painted_leans_as_the_meridian_does(scene: Scene, paper: Style) -> None:
    def dark_columns(lon_deg: float) -> list[int]:
        there = scene_over(scene, lon_deg, 40.0, 900.0)
        piece = piece_of(there, "north_arrow")
        image = painted(there, paper, piece)
        row = range(int(piece.box.left()), int(piece.box.right()))
        y = int(piece.box.top()) + 16
        ink = paper.color("text")
        return [x for x in row if apart(image.pixelColor(x, y), ink) < 120]

    west, middle, east = (dark_columns(lon) for lon in (80.0, 104.0, 130.0))
    # Near the tip: the further right, the further it leans.
    assert max(east) < max(middle) < max(west)


@pytest.mark.parametrize(("width", "lines"), [(640, 1), (297, 2)])
def test_a_stretch_of_time_has_its_plate_on_a_narrow_map(
    scene: Scene, width: int, lines: int
) -> None:
    narrow = replace(
        scene,
        size_px=(width, 375),
        furniture=frozenset({"date"}),
        date_text="25 Dec 1978 – 7 Jan 1979",
        range_days=13,
    )
    one_day = piece_of(replace(narrow, date_text="7 January 1979"), "plate").box.height()
    assert (piece_of(narrow, "plate").box.height() > one_day) == (lines == 2)
