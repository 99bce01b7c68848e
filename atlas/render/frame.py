"""The frame of one picture: from map metres to its pixels, and the detail it needs.

Floor: render; neighbours: basemap.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPainterPath, QPen, QTransform

from atlas.core.scene import Scene
from atlas.core.viewport import Camera, SizePx, extent_m
from atlas.render.basemap import BaseMap


class Frame(NamedTuple):
    """Everything a painting function needs to know of the picture's geometry."""

    camera: Camera
    size_px: SizePx
    level: str
    box_m: tuple[float, float, float, float]
    transform: QTransform

    @property
    def rect_px(self) -> QRectF:
        """The whole picture in logical pixels."""
        return QRectF(0, 0, *self.size_px)

    def to_px(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Return the pixel of a map point."""
        k = 1 / self.camera.m_per_px
        return (
            self.size_px[0] / 2 + (x_m - self.camera.x_m) * k,
            self.size_px[1] / 2 - (y_m - self.camera.y_m) * k,
        )


def frame_of(scene: Scene, basemap: BaseMap, detail: float = 1.0) -> Frame:
    """Return the frame of a scene; `detail` is device pixels per logical pixel."""
    camera, size_px = scene.camera, scene.size_px
    k = 1 / camera.m_per_px
    transform = QTransform()
    transform.translate(size_px[0] / 2, size_px[1] / 2)
    transform.scale(k, -k)
    transform.translate(-camera.x_m, -camera.y_m)
    level = basemap.level(camera.ground_m_per_px / detail)
    return Frame(camera, size_px, level, extent_m(camera, size_px), transform)


def blends(painter: QPainter) -> bool:
    """Tell whether the device can multiply colours: pictures can, PDF and SVG cannot."""
    # Asked by type: Qt's SVG engine claims blend modes and ignores them.
    return painter.paintEngine().type() not in (QPaintEngine.Type.Pdf, QPaintEngine.Type.SVG)


def is_cut_off(painter: QPainter, box_px: QRectF) -> bool:
    """Tell whether nothing of a box would show: large pictures are painted band by band."""
    return painter.hasClipping() and not painter.clipBoundingRect().intersects(box_px)


def is_svg(painter: QPainter) -> bool:
    """Tell whether the device is SVG: without letter spacing, widths that stay, image parts."""
    return painter.paintEngine().type() == QPaintEngine.Type.SVG


def metre_drawer(painter: QPainter, frame: Frame) -> Callable[[QPainterPath], None]:
    """Return what draws a path of map metres with the painter's pen in pixels.

    It may leave the painter transformed: save it before, restore it after.
    """
    if not blends(painter):
        from atlas.render.paths import seen_part

        rect = frame.rect_px
        return lambda path: painter.drawPath(seen_part(frame.transform.map(path), rect))
    painter.setTransform(frame.transform, True)
    return painter.drawPath


def dots_per_px(painter: QPainter) -> float:
    """Return how many dots of a picture a logical pixel takes; 1 in PDF and SVG, which have none.

    Ask it before the painter is set to map metres.
    """
    return painter.deviceTransform().m11() if blends(painter) else 1.0


def cosmetic_pen(color: QColor, width_px: float, dots: float = 1.0) -> QPen:
    """Return a pen whose width does not scale with the map, at `dots` per logical pixel.

    Its ends are round. Qt counts the width of such a pen in dots: on fine screens and posters it
    would be a hair.
    """
    pen = QPen(color, width_px * dots)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    # Points lie a dot apart: nobody sees how they are joined, and round takes half as long again.
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    return pen
