from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from atlas.app.library import Library
from atlas.core.legend import LegendEntry, legend_of
from atlas.core.scene import Mark, Scene
from atlas.core.symbology import SIGNS
from atlas.render.legend_box import entry_image, legend_size
from atlas.render.marks import SYMBOL_PX, draw_symbol, paint_area, paint_disc, paint_symbol
from atlas.render.painter import MapPainter
from atlas.render.style import Style
from atlas.render.symbols import SymbolError, path_of, symbol_names, symbol_path
from tests.records import replace
from tests.render.scenes import blank, count_near, differing, panel_scenes, pixels_of, scene_at

BLACK = QColor("black")
NOT_SYMBOLS = {"tie", "tie-against", "arrow", "arrow-sea", "arrow-open", "route", "front", "zone"}


def at_12_px(name: str) -> QImage:
    image = blank((14, 14))
    device = QPainter(image)
    device.setRenderHint(QPainter.RenderHint.Antialiasing)
    device.translate(7, 7)
    device.scale(6, 6)
    device.fillPath(symbol_path(name), BLACK)
    device.end()
    return image


def drawn(name: str, style: Style, hollow: bool) -> QImage:
    image = blank((30, 30))
    device = QPainter(image)
    device.setRenderHint(QPainter.RenderHint.Antialiasing)
    device.translate(15, 15)
    draw_symbol(device, name, BLACK, style, hollow, SYMBOL_PX)
    device.end()
    return image


def test_shapes_tell_symbols_apart_at_12_px_in_black() -> None:
    images = {name: pixels_of(at_12_px(name))[:, :, 0] for name in symbol_names()}
    for one, other in combinations(images, 2):
        whole_pixels = float(np.abs(images[one] - images[other]).sum()) / 255
        assert whole_pixels >= 14, (one, other)


@pytest.mark.parametrize("name", symbol_names())
def test_a_symbol_fills_its_square_and_no_more(name: str) -> None:
    box = symbol_path(name).boundingRect()
    assert QRectF(-1.01, -1.01, 2.02, 2.02).contains(box)
    assert max(box.width(), box.height()) >= 1.4
    inked = 14 * 14 * 255 - pixels_of(at_12_px(name))[:, :, 0].sum()
    assert inked / 255 >= 20


def test_every_symbol_of_the_signs_is_in_the_set() -> None:
    wanted = {sign.spot_symbol or sign.symbol for sign in SIGNS.values()}
    assert wanted - NOT_SYMBOLS <= set(symbol_names())


def test_an_unknown_symbol_is_the_ring() -> None:
    assert symbol_path("no-such-symbol") == symbol_path("ring")


@pytest.mark.parametrize("name", symbol_names())
def test_doubt_is_visible_in_every_symbol(paper: Style, name: str) -> None:
    full, hollow = drawn(name, paper, False), drawn(name, paper, True)
    assert differing(full, hollow, by_more_than=40) >= 60


@pytest.mark.parametrize("name", ["hexagon", "triangle", "square", "diamond", "flame", "shield"])
def test_doubt_is_hollow(paper: Style, name: str) -> None:
    halo = paper.color("halo")
    full, hollow = drawn(name, paper, False), drawn(name, paper, True)
    assert full.pixelColor(15, 16) == BLACK
    assert hollow.pixelColor(15, 16) == halo


def mark_in(scene: Scene, **more: object) -> Mark:
    made = Mark("m", scene.camera.x_m, scene.camera.y_m, "square", "dk", 1.0, False, "high", 0.0,
                "A place", 2, "Camp")  # fmt: skip
    return replace(made, **more)


def painted(painter: MapPainter, style: Style, scene: Scene, mark: Mark) -> QImage:
    image = blank(scene.size_px)
    device = QPainter(image)
    device.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_disc(device, mark, style, painter.frame(scene))
    paint_symbol(device, mark, style, painter.frame(scene), mark.feature_id == scene.selection)
    device.end()
    return image


@pytest.fixture
def scene(library: Library) -> Scene:
    return scene_at(library.atlas, "1970-01-01", size_px=(300, 300))


def extent_px(image: QImage) -> tuple[int, int]:
    """Width and height of what is not white."""
    rows, columns = np.nonzero((pixels_of(image) < 250).any(axis=2))
    return int(columns.max() - columns.min() + 1), int(rows.max() - rows.min() + 1)


def test_the_disc_of_an_uncertain_place_is_to_scale(
    painter: MapPainter, paper: Style, scene: Scene
) -> None:
    radius_px = 60
    mark = mark_in(scene, disc_m=radius_px * scene.camera.m_per_px)
    width, height = extent_px(painted(painter, paper, scene, mark))
    assert abs(width - 2 * radius_px) <= 3
    assert abs(height - 2 * radius_px) <= 3


def test_a_disc_smaller_than_the_symbol_is_not_drawn(
    painter: MapPainter, paper: Style, scene: Scene
) -> None:
    small = mark_in(scene, disc_m=8 * scene.camera.m_per_px)
    assert painted(painter, paper, scene, small) == painted(painter, paper, scene, mark_in(scene))


def test_a_claimed_place_is_hatched_and_has_no_dot(
    painter: MapPainter, paper: Style, scene: Scene
) -> None:
    disc_m = 60 * scene.camera.m_per_px
    image = painted(painter, paper, scene, mark_in(scene, disc_m=disc_m, hatched=True))
    assert count_near(image, paper.actor("dk"), within=40) == 0
    assert min(extent_px(image)) >= 118


def test_the_selected_mark_is_ringed(painter: MapPainter, paper: Style, scene: Scene) -> None:
    plain = painted(painter, paper, scene, mark_in(scene))
    chosen = painted(painter, paper, replace(scene, selection="m"), mark_in(scene))
    focus = paper.color("focus")
    assert count_near(plain, focus) == 0
    assert count_near(chosen, focus) > 20


def test_fading_ink_is_fainter(painter: MapPainter, paper: Style, scene: Scene) -> None:
    darkest = [
        int(pixels_of(painted(painter, paper, scene, mark_in(scene, ink=ink))).min())
        for ink in (1.0, 0.6, 0.25)
    ]
    assert darkest == sorted(set(darkest))


def test_claimed_areas_are_hatched_and_zones_are_bounded(
    painter: MapPainter, paper: Style, library: Library
) -> None:
    scene = scene_at(library.atlas, "1977-06-01", (102.0, 10.0, 108.0, 15.0), (300, 300))
    area = replace(scene.areas[0], actor="dk")
    images = []
    for hatched in (False, True):
        image = blank(scene.size_px)
        device = QPainter(image)
        paint_area(device, replace(area, hatched=hatched), paper, painter.frame(scene))
        device.end()
        images.append(image)
    assert images[0] != images[1]
    assert all(image != blank(scene.size_px) for image in images)


def test_every_legend_line_has_a_picture_and_the_box_holds_its_words(
    library: Library, paper: Style
) -> None:
    for scene in panel_scenes(library.atlas, (1280, 800)):
        entries = legend_of(scene)
        width, height = legend_size(scene)
        assert (width > 60 and height > 8 * len(entries)) or not entries
        for entry in entries:
            image = entry_image(entry, paper, 30)
            assert image.size().width() == 30
            assert any(image.pixelColor(x, 15).alpha() > 0 for x in range(30)), entry


def test_legend_pictures_take_the_density_of_the_screen(paper: Style) -> None:
    image = entry_image(LegendEntry("star", "dk", ""), paper, 20, 2.0)
    assert image.size().width() == 40
    assert image.devicePixelRatio() == 2.0


def test_outlines_are_read_as_svg_has_them() -> None:
    path = path_of("M0 -1 L1 0 C1 0.5 0.5 1 0 1 Z")
    assert path.boundingRect() == QRectF(0, -1, 1, 2)
    assert path.contains(QPointF(0.4, 0.2))


@pytest.mark.parametrize(
    "outline", ["M0 0 Q1 1 2 2", "M0 0 L1", "L1 1 Z", "M0 zero", "M0 0 L1 1 !"]
)
def test_what_is_no_outline_is_refused(outline: str) -> None:
    with pytest.raises(SymbolError, match="outline"):
        path_of(outline)
