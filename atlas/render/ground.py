"""Sea, land and relief: what depends on the camera and the theme alone.

Floor: render; neighbours: basemap, style, frame. No single draw call is long: PySide6 holds the
interpreter's lock while Qt draws, and a long call would freeze the window.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen

from atlas.core.scene import Scene
from atlas.render.basemap import BaseMap
from atlas.render.frame import Frame, blends, is_cut_off, is_svg, metre_drawer
from atlas.render.parts import part
from atlas.render.shade_inks import inks
from atlas.render.style import Style

RELIEF_FULL_M_PER_PX: Final = 2500.0
RELIEF_LEAST: Final = 0.22
_STRIP_PX: Final = 64
_TRANSLUCENT: Final = QImage.Format.Format_ARGB32_Premultiplied
_FILE_DOTS_PER_PX: Final = 1.0
Cancelled = Callable[[], bool]


def never() -> bool:
    """Return False: nobody cancels."""
    return False


def paint_ground(
    painter: QPainter,
    scene: Scene,
    basemap: BaseMap,
    style: Style,
    frame: Frame,
    cancelled: Cancelled = never,
) -> bool:
    """Paint sea, land and relief; False if cancelled on the way.

    Where tints cannot be multiplied over it, the relief is left to `paint_relief`, after them.
    """
    if not scene.transparent:
        painter.fillRect(frame.rect_px, style.color("sea"))
    steps: tuple[tuple[str, Callable[[], None]], ...] = (
        ("depths", lambda: _depths(painter, scene, basemap, style, frame)),
        ("land", lambda: _fill(painter, basemap, style, frame, "land")),
        ("relief", lambda: _relief_under(painter, scene, basemap, style, frame)),
        ("edge of the region", lambda: _beyond(painter, scene, basemap, style, frame)),
    )
    for name, step in steps:
        if cancelled():
            return False
        with part(painter, name):
            step()
    return True


def _relief_under(
    painter: QPainter, scene: Scene, basemap: BaseMap, style: Style, frame: Frame
) -> None:
    if blends(painter):
        _relief(painter, scene, basemap, style, frame)


def paint_relief(
    painter: QPainter, scene: Scene, basemap: BaseMap, style: Style, frame: Frame
) -> None:
    """Paint the relief over tints instead of under them."""
    _relief(painter, scene, basemap, style, frame)
    _beyond(painter, scene, basemap, style, frame)


def _depths(painter: QPainter, scene: Scene, basemap: BaseMap, style: Style, frame: Frame) -> None:
    """Tint the sea darker by steps of depth, where the relief is shown."""
    if "relief" not in scene.base_layers or not basemap.has("depths"):
        return
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    draw = metre_drawer(painter, frame)
    for piece in basemap.pieces("depths", frame.level, frame.box_m):
        painter.setBrush(style.color(f"sea_{piece.feature + 1}"))
        draw(piece.path)
    painter.restore()


def _fill(painter: QPainter, basemap: BaseMap, style: Style, frame: Frame, layer: str) -> None:
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.color(layer))
    draw = metre_drawer(painter, frame)
    for piece in basemap.pieces(layer, frame.level, frame.box_m):
        draw(piece.path)
    painter.restore()


def relief_opacity(m_per_px: float) -> float:
    """Return how strongly the relief shows: it fades out where its 2 arc-minutes get coarse."""
    if m_per_px >= RELIEF_FULL_M_PER_PX:
        return 1.0
    return RELIEF_LEAST + (1 - RELIEF_LEAST) * (m_per_px / RELIEF_FULL_M_PER_PX)


def _strength(scene: Scene, style: Style) -> float:
    """Return how strongly the relief shows: by scale, by theme, and as the reader wants it."""
    shown = style.relief_strength * scene.strength("relief")
    return shown * relief_opacity(scene.camera.m_per_px)


def _relief(painter: QPainter, scene: Scene, basemap: BaseMap, style: Style, frame: Frame) -> None:
    if "relief" not in scene.base_layers:
        return
    small = scene.camera.m_per_px > 4500
    name = "relief/shade_small.grey" if small else "relief/shade.grey"
    image = basemap.shade(
        name, style.color("shade_dark"), style.color("shade_light"), style.shade_alpha
    )
    painter.save()
    painter.setOpacity(_strength(scene, style))
    if blends(painter):
        _in_strips(painter, image, basemap, frame)
    else:
        _in_one_call(painter, image, basemap, frame)
    painter.restore()


def _in_strips(painter: QPainter, image: QImage, basemap: BaseMap, frame: Frame) -> None:
    """Draw the relief in calls short enough not to freeze the window."""
    x_min, y_min, x_max, y_max = basemap.relief_box_m
    k_x, k_y = image.width() / (x_max - x_min), image.height() / (y_max - y_min)
    box = frame.box_m
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    height_px = frame.rect_px.height()
    strip_m = (box[3] - box[1]) / height_px
    for top in range(0, int(height_px) + 1, _STRIP_PX):
        depth = min(_STRIP_PX, height_px - top)
        if depth <= 0:
            break
        target = QRectF(0, top, frame.rect_px.width(), depth)
        if is_cut_off(painter, target):
            continue
        y_top = box[3] - top * strip_m
        source = QRectF(
            (box[0] - x_min) * k_x,
            (y_max - y_top) * k_y,
            (box[2] - box[0]) * k_x,
            depth * strip_m * k_y,
        )
        part = source.toAlignedRect().adjusted(-2, -2, 2, 2).intersected(image.rect())
        painter.drawImage(
            target,
            image.copy(part).convertToFormat(_TRANSLUCENT),
            source.translated(-part.left(), -part.top()),
        )


def _in_one_call(painter: QPainter, image: QImage, basemap: BaseMap, frame: Frame) -> None:
    """Draw the part of the relief in view: SVG knows whole images only, files need no strips."""
    x_min, y_min, x_max, y_max = basemap.relief_box_m
    k_x, k_y = image.width() / (x_max - x_min), image.height() / (y_max - y_min)
    west, south, east, north = frame.box_m
    wanted = QRectF((west - x_min) * k_x, (y_max - north) * k_y, 0, 0)
    wanted.setSize(QSizeF((east - west) * k_x, (north - south) * k_y))
    part = wanted.toAlignedRect().intersected(image.rect())
    if part.isEmpty():
        return
    left, top = frame.to_px(x_min + part.left() / k_x, y_max - part.top() / k_y)
    k = frame.camera.m_per_px
    size = QSizeF(part.width() / k_x / k, part.height() / k_y / k)
    seen = image.copy(part)
    # Enlarged here: many readers of PDF and SVG show small pictures as blocks.
    dots = (size * _FILE_DOTS_PER_PX).toSize()
    if is_svg(painter):
        smooth = Qt.TransformationMode.SmoothTransformation
        one = seen.convertToFormat(_TRANSLUCENT)
        drawn = [one.scaled(dots, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)]
    else:
        drawn = list(inks(seen, dots))
    for picture in drawn:
        painter.drawImage(QRectF(QPointF(left, top), size), picture)


def _beyond(painter: QPainter, scene: Scene, basemap: BaseMap, style: Style, frame: Frame) -> None:
    """Cover what lies beyond the mapped region with blank paper, and rule its edge."""
    if basemap.covers(frame.box_m):
        return
    outside = QPainterPath()
    outside.addRect(frame.rect_px.adjusted(-2, -2, 2, 2))
    region = frame.transform.map(basemap.region_path)
    painter.save()
    if scene.transparent:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.fillPath(outside.subtracted(region), style.color("paper"))
    painter.restore()
    painter.strokePath(region, QPen(style.color("plate_edge"), 1.2))
