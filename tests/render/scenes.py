"""Scenes of the real atlas for the drawing tests, and what can be read off a picture of one."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from atlas.core import actions, viewport
from atlas.core.day import day_from_ymd
from atlas.core.model import Atlas
from atlas.core.projection import ATLAS_PROJECTION, Projection
from atlas.core.resolve import resolve
from atlas.core.scene import Scene
from atlas.core.state import BASE_LAYERS, FURNITURE
from atlas.render.painter import MapPainter
from tests.records import replace

INDOCHINA = (101.0, 8.0, 111.0, 24.0)
CAMBODIA = (102.2, 10.2, 107.8, 14.8)
NO_RELIEF = frozenset(BASE_LAYERS) - {"relief"}
ALL_FURNITURE = frozenset(FURNITURE)
# The dates borders, camps and arrows crowd at; the last one is quiet.
DATES = ("1942-06-01", "1960-09-30", "1970-04-30", "1979-01-07", "1985-02-15", "2020-01-01")


def day(text: str) -> int:
    year, month, of_month = (int(part) for part in text.split("-"))
    return day_from_ymd(year, month, of_month)


def scene_at(
    atlas: Atlas,
    on: str,
    bbox_deg: tuple[float, float, float, float] = INDOCHINA,
    size_px: tuple[int, int] = (640, 640),
    layers: Iterable[str] | None = None,
    furniture: frozenset[str] = frozenset(),
    projection: Projection = ATLAS_PROJECTION,
) -> Scene:
    """The atlas on a day, seen whole in a box; all layers and no furniture unless said."""
    state = actions.initial_state(atlas.story, size_px)
    wanted = frozenset(layer.id for layer in atlas.story.layers) if layers is None else layers
    return resolve(
        replace(
            state,
            day=day(on),
            camera=viewport.fit_bbox(bbox_deg, size_px, projection),
            layers=frozenset(wanted),
            furniture=furniture,
        ),
        atlas,
    )


def panel_scenes(atlas: Atlas, size_px: tuple[int, int]) -> list[Scene]:
    """What every panel of the story opens, with all furniture."""
    start = replace(actions.initial_state(atlas.story, size_px), furniture=ALL_FURNITURE)
    return [resolve(actions.open_panel(panel)(start), atlas) for panel in atlas.story.panels]


def blank(size_px: tuple[int, int], color: str = "white") -> QImage:
    image = QImage(*size_px, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    return image


def picture_of(painter: MapPainter, scene: Scene) -> QImage:
    """The whole scene painted as a file would get it."""
    image = blank(scene.size_px)
    device = QPainter(image)
    painter.paint(device, scene)
    device.end()
    return image


def base_of(painter: MapPainter, scene: Scene) -> QImage:
    """The scene's ground, water and countries, with nothing over them."""
    ground = painter.ground_image(scene, 1.0)
    assert ground is not None
    return painter.with_politics(ground, scene)


def px_of(scene: Scene, lon_deg: float, lat_deg: float) -> tuple[int, int]:
    x_m, y_m = scene.camera.projection.forward(lon_deg, lat_deg)
    x, y = viewport.to_px(scene.camera, scene.size_px, x_m, y_m)
    return int(x), int(y)


def color_at(image: QImage, scene: Scene, lon_deg: float, lat_deg: float) -> QColor:
    x, y = px_of(scene, lon_deg, lat_deg)
    assert image.rect().contains(x, y)
    return image.pixelColor(x, y)


def apart(one: QColor, other: QColor) -> int:
    """The largest difference of two colours in any channel, 0 to 255."""
    return max(
        abs(one.red() - other.red()),
        abs(one.green() - other.green()),
        abs(one.blue() - other.blue()),
    )


def multiplied(one: QColor, other: QColor) -> QColor:
    return QColor(
        round(one.red() * other.red() / 255),
        round(one.green() * other.green() / 255),
        round(one.blue() * other.blue() / 255),
    )


def pixels_of(image: QImage) -> NDArray[np.int16]:
    """The picture as (height, width, 3): blue, green, red."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), -1, 4)
    return rows[:, : rgb.width(), :3].astype(np.int16)


def count_near(image: QImage, color: QColor, box: QRect | None = None, within: int = 12) -> int:
    """How many pixels of a box are nearly a colour."""
    seen = pixels_of(image if box is None else image.copy(box.intersected(image.rect())))
    wanted = np.array([color.blue(), color.green(), color.red()], np.int16)
    return int((np.abs(seen - wanted).max(axis=2) <= within).sum())


def differing(one: QImage, other: QImage, by_more_than: int = 0) -> int:
    """How many pixels of two pictures of one size differ in any channel."""
    assert one.size() == other.size()
    apart_by = np.abs(pixels_of(one) - pixels_of(other)).max(axis=2)
    return int((apart_by > by_more_than).sum())
