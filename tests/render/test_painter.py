from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QMarginsF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from atlas.app.library import Library
from atlas.core.scene import Scene
from atlas.core.wishes import NO_WISHES
from atlas.render.basemap import BaseMap
from atlas.render.letters import Letterer
from atlas.render.painter import MapPainter
from atlas.render.stamps import Stamps
from atlas.render.style import load_style
from tests.records import replace
from tests.render.scenes import (
    ALL_FURNITURE,
    CAMBODIA,
    DATES,
    blank,
    differing,
    panel_scenes,
    picture_of,
    scene_at,
)

SIZE = (600, 500)


def whole(library: Library, on: str = "1979-01-07") -> Scene:
    return scene_at(library.atlas, on, CAMBODIA, SIZE, furniture=ALL_FURNITURE)


def as_on_screen(painter: MapPainter, scene: Scene) -> QImage:
    """The scene put together from the pictures the window keeps."""
    ground = painter.ground_image(scene, 1.0)
    assert ground is not None
    image = painter.with_zones(painter.with_politics(ground, scene), scene, Stamps(1.0)).copy()
    device = QPainter(image)
    painter.paint_live(device, scene, Letterer(sprites=True))
    device.end()
    return image


@pytest.mark.parametrize("on", DATES)
def test_the_same_scene_gives_the_same_pixels(
    library: Library, painter: MapPainter, on: str
) -> None:
    scene = whole(library, on)
    first, second = picture_of(painter, scene), picture_of(painter, scene)
    # Qt rounds a letter's outline otherwise once the letter has been drawn as text.
    assert differing(first, second, by_more_than=16) == 0
    fresh = MapPainter(BaseMap(library.pack), load_style("paper"))
    assert picture_of(fresh, scene) == second == picture_of(painter, scene)


def test_painting_leaves_the_painter_as_it_was(library: Library, painter: MapPainter) -> None:
    image = blank(SIZE)
    device = QPainter(image)
    device.translate(7, 9)
    before = device.transform(), device.opacity(), device.hasClipping(), device.compositionMode()
    painter.paint(device, whole(library))
    after = device.transform(), device.opacity(), device.hasClipping(), device.compositionMode()
    device.end()
    assert after == before


def test_nothing_is_painted_outside_the_picture(library: Library, painter: MapPainter) -> None:
    image = blank((700, 600), "magenta")
    device = QPainter(image)
    device.translate(50, 50)
    painter.paint(device, whole(library))
    device.end()
    for box in ((0, 0, 700, 50), (0, 550, 700, 50), (0, 0, 50, 600), (650, 0, 50, 600)):
        part = image.copy(*box)
        assert part == blank((box[2], box[3]), "magenta")


@pytest.mark.parametrize("on", DATES)
def test_the_screen_shows_what_a_file_gets(library: Library, painter: MapPainter, on: str) -> None:
    """Base and arrows to a shade, the rest but for letters a fraction of a pixel aside."""
    scene = whole(library, on)
    screen, file = as_on_screen(painter, scene), picture_of(painter, scene)
    assert differing(screen, file, by_more_than=128) <= 0.004 * SIZE[0] * SIZE[1]
    near = tuple(replace(arrow, far="") for arrow in scene.arrows)
    plain = replace(scene, wishes=NO_WISHES, arrows=near, marks=(), areas=(), furniture=frozenset())
    assert differing(as_on_screen(painter, plain), picture_of(painter, plain), 4) == 0


def test_a_denser_picture_is_the_same_map(library: Library, painter: MapPainter) -> None:
    scene = whole(library)
    dense = QImage(SIZE[0] * 2, SIZE[1] * 2, QImage.Format.Format_RGB32)
    device = QPainter(dense)
    device.scale(2, 2)
    painter.paint(device, scene, 2.0)
    device.end()
    half = dense.scaled(*SIZE, mode=Qt.TransformationMode.SmoothTransformation)
    assert differing(half, picture_of(painter, scene), by_more_than=110) < 0.03 * SIZE[0] * SIZE[1]


@pytest.mark.parametrize("ratio", [1.25, 2.0, 300 / 96])
def test_lines_are_as_wide_on_fine_devices(
    library: Library, painter: MapPainter, ratio: float
) -> None:
    """Borders, rivers, coasts: Qt would rule them a hair wide at 300 dots per inch."""
    scene = scene_at(library.atlas, "1979-01-07", CAMBODIA, SIZE, ["polities", "rivers"])
    plain = replace(scene, political=replace(scene.political, polity_of_atom=()))

    def ink_at(density: float) -> float:
        width, height = (round(side * density) for side in SIZE)
        paper = QImage(width, height, QImage.Format.Format_RGB32)
        paper.setDevicePixelRatio(density)
        paper.fill("white")
        lined = painter.with_politics(paper, plain)
        return 255.0 - float(np.frombuffer(lined.constBits(), np.uint8).mean())

    assert ink_at(ratio) == pytest.approx(ink_at(1.0), rel=0.1)


def test_each_part_depends_on_what_its_key_says(library: Library, painter: MapPainter) -> None:
    """Between two days with equal keys, a kept picture may stand for a new one."""
    one, other = whole(library, "1979-01-04"), whole(library, "1979-01-05")
    assert one.arrows != other.arrows
    assert painter.politics_key(one) == painter.politics_key(other)
    ground, again = painter.ground_image(one, 1.0), painter.ground_image(other, 1.0)
    assert ground is not None
    assert ground == again
    assert painter.with_politics(ground, one) == painter.with_politics(ground, other)
    borders = whole(library, "1940-01-01"), whole(library, "1943-01-01")
    assert painter.politics_key(borders[0]) != painter.politics_key(borders[1])
    zones = whole(library, "1977-01-01"), whole(library, "1990-01-01")
    assert painter.zones_key(zones[0]) != painter.zones_key(zones[1])


def test_without_zones_the_picture_below_is_handed_on(
    library: Library, painter: MapPainter
) -> None:
    scene = scene_at(library.atlas, "1979-01-07", CAMBODIA, SIZE, ["polities"])
    ground = painter.ground_image(scene, 1.0)
    assert ground is not None
    assert painter.with_zones(ground, scene, Stamps(1.0)) is ground


def test_every_panel_paints(library: Library, painter: MapPainter) -> None:
    images = [picture_of(painter, scene) for scene in panel_scenes(library.atlas, (480, 360))]
    assert all(differing(one, other) > 500 for one, other in pairwise(images))


def on_svg(path: Path, painter: MapPainter, scene: Scene) -> None:
    device = QSvgGenerator()
    device.setFileName(str(path))
    device.setSize(QSize(*scene.size_px))
    device.setViewBox(blank(scene.size_px).rect())
    _paint_on(device, painter, scene)


def on_pdf(path: Path, painter: MapPainter, scene: Scene) -> None:
    device = QPdfWriter(str(path))
    device.setResolution(96)
    page = QSizeF(scene.size_px[0] * 0.75, scene.size_px[1] * 0.75)
    device.setPageSize(QPageSize(page, QPageSize.Unit.Point))
    device.setPageMargins(QMarginsF(0, 0, 0, 0))
    _paint_on(device, painter, scene)


def _paint_on(device: QSvgGenerator | QPdfWriter, painter: MapPainter, scene: Scene) -> None:
    # Any warning of Qt's fails the test.
    on_device = QPainter(device)
    painter.paint(on_device, scene, 2.0)
    assert on_device.end()


@pytest.mark.parametrize("theme", ["paper", "night", "print"])
@pytest.mark.parametrize("write", [on_svg, on_pdf])
def test_vector_files_are_painted_without_complaint(
    library: Library,
    basemap: BaseMap,
    qapp: object,
    tmp_path: Path,
    write: Callable[[Path, MapPainter, Scene], None],
    theme: str,
) -> None:
    path = tmp_path / "map"
    write(path, MapPainter(basemap, load_style(theme)), whole(library))
    content = path.read_bytes()
    assert content.startswith((b"%PDF-", b"<?xml"))
    assert len(content) > 50_000


def test_an_svg_is_sound_and_holds_its_words_as_text(
    library: Library, painter: MapPainter, tmp_path: Path
) -> None:
    path = tmp_path / "map.svg"
    on_svg(path, painter, whole(library))
    root = ElementTree.parse(path).getroot()
    words = " ".join("".join(node.itertext()) for node in root.iter() if node.tag.endswith("text"))
    assert "Phnom Penh" in words
    assert "7 January 1979" in words
    assert "Natural Earth" in words
    numbers = re.findall(r"\bnan\b|\binf\b", path.read_text(encoding="utf-8"), re.IGNORECASE)
    assert not numbers
