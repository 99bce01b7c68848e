"""The small painted sign that stands after a claim and tells the verdict on it.

Floor: render; neighbours: marks, style; below: core.verdicts, which has the words. Every verdict
has a shape of its own, so that colour is never all there is to tell by.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from atlas.core.verdicts import verdict_of
from atlas.render.marks import with_alpha
from atlas.render.style import Style


def badge(name: str, style: Style, size_px: float, pixel_ratio: float) -> QImage:
    """Return a verdict's sign as an image `size_px` high and wide at a pixel ratio."""
    side = max(1, round(size_px * pixel_ratio))
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side / 16, side / 16)
    draw_sign(painter, name, style)
    painter.end()
    image.setDevicePixelRatio(pixel_ratio)
    return image


def draw_sign(painter: QPainter, name: str, style: Style) -> None:
    """Draw a verdict's sign at the painter's origin, 16 x 16 units."""
    ink = style.color(verdict_of(name).ink)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(with_alpha(ink, 0.16))
    painter.drawRoundedRect(QRectF(0, 0, 16, 16), 4, 4)
    if name in _SIGNS:
        pen = QPen(ink, 1.9 if name != "disputed" else 1.4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(_SIGNS[name](), pen)
    else:
        _question(painter, ink, style)


def _lines(*lines: tuple[tuple[float, float], ...]) -> QPainterPath:
    path = QPainterPath()
    for first, *rest in lines:
        path.moveTo(QPointF(*first))
        for point in rest:
            path.lineTo(QPointF(*point))
    return path


def _check() -> QPainterPath:
    return _lines(((3.6, 8.6), (6.8, 12.0), (12.4, 4.4)))


def _cross() -> QPainterPath:
    return _lines(((4.2, 4.2), (11.8, 11.8)), ((11.8, 4.2), (4.2, 11.8)))


def _about() -> QPainterPath:
    path = QPainterPath()
    for y in (5.8, 10.4):
        path.moveTo(QPointF(3.2, y + 0.7))
        path.cubicTo(QPointF(6.0, y - 3.2), QPointF(9.6, y + 3.4), QPointF(12.8, y - 0.7))
    return path


def _scales() -> QPainterPath:
    return _lines(
        ((8, 2.8), (8, 13)),
        ((5.4, 13), (10.6, 13)),
        ((3.4, 4.4), (12.6, 4.4)),
        ((3.4, 4.4), (1.6, 9.2), (5.2, 9.2), (3.4, 4.4)),
        ((12.6, 4.4), (10.8, 9.2), (14.4, 9.2), (12.6, 4.4)),
    )


_SIGNS: Final[dict[str, Callable[[], QPainterPath]]] = {
    "supported": _check,
    "imprecise": _about,
    "disputed": _scales,
    "wrong": _cross,
}


def _question(painter: QPainter, ink: QColor, style: Style) -> None:
    painter.setFont(style.font("label_bold", 12))
    painter.setPen(ink)
    painter.drawText(QRectF(0, 0, 16, 16), Qt.AlignmentFlag.AlignCenter, "?")
