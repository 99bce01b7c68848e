"""Brushes of hatching as wide on every device: Qt's own are drawn in device pixels.

Floor: render; neighbours: frame; used by marks, arrows, sides, legend_box. At 300 dots per inch
Qt's lines would stand three times as close as on a screen, and be read as an even tint.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QTransform

from atlas.render.frame import blends

_SIDE_PX: Final = 8
"""After so many pixels Qt's patterns begin anew."""


def hatching(painter: QPainter, color: QColor, pattern: Qt.BrushStyle) -> QBrush:
    """Return a brush whose lines stand as far apart, in logical pixels, on every device."""
    ratio = painter.device().devicePixelRatioF() if blends(painter) else 1.0
    if ratio == 1.0 or pattern == Qt.BrushStyle.SolidPattern:
        return QBrush(color, pattern)
    side_px = round(_SIDE_PX * ratio)
    brush = QBrush(_tile(color.rgba(), pattern, side_px))
    brush.setTransform(QTransform.fromScale(_SIDE_PX / side_px, _SIDE_PX / side_px))
    return brush


@lru_cache(maxsize=64)
def _tile(rgba: int, pattern: Qt.BrushStyle, side_px: int) -> QImage:
    """Return a pattern's square at a size, cut from the midst of nine: its edges then join."""
    nine = QImage(3 * _SIDE_PX, 3 * _SIDE_PX, QImage.Format.Format_ARGB32_Premultiplied)
    nine.fill(Qt.GlobalColor.transparent)
    with QPainter(nine) as painter:
        painter.fillRect(nine.rect(), QBrush(QColor.fromRgba(rgba), pattern))
    large = nine.scaled(
        3 * side_px,
        3 * side_px,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    return large.copy(QRect(side_px, side_px, side_px, side_px))
