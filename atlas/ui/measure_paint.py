"""Paints what is measured: lines along the ellipsoid, points, and plates that tell lengths.

Floor: ui; neighbours: measure. Lines follow their true course, which bends on most maps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from atlas.core.geodesic import course, geodesic
from atlas.core.measurement import (
    Measurement,
    area_in_words,
    leg_course,
    leg_in_words,
    length_in_words,
    sum_in_words,
)
from atlas.core.model import PointDeg
from atlas.core.scene import Scene
from atlas.core.viewport import to_px
from atlas.render.style import Style

_POINT_PX: Final = 4.5
_FONT_PX: Final = 13.0
_GAP_PX: Final = 12.0
_CROSS_PX: Final = 9.0
_FILL_ALPHA: Final = 45


@dataclass(frozen=True, slots=True)
class Figure:
    """What is to be painted: points set, the free end if there is one, a cross for the keyboard."""

    measurement: Measurement
    free_deg: PointDeg | None = None
    cross: bool = False


def paint_figure(painter: QPainter, scene: Scene, style: Style, figure: Figure) -> None:
    """Paint a measurement over the map."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    lines = [_line(scene, leg_course(*ends)) for ends in figure.measurement.ends]
    _strokes(painter, style, figure, lines)
    _free_leg(painter, scene, style, figure)
    for index, point in enumerate(figure.measurement.points):
        _point(painter, _px(scene, point), style, first=index == 0)
    if figure.cross:
        _cross(painter, QPointF(scene.size_px[0] / 2, scene.size_px[1] / 2), style)
    font = style.font("label", _FONT_PX)
    taken: list[QRectF] = []
    for words, box in _plates(scene, figure, lines, font):
        if not any(box.intersects(other) for other in taken):
            taken.append(box)
            _plate(painter, box, words, font, style)
    painter.restore()


def _strokes(painter: QPainter, style: Style, figure: Figure, lines: list[list[QPointF]]) -> None:
    ink = style.color("focus")
    painter.setPen(Qt.PenStyle.NoPen)
    if figure.measurement.closed:
        fill = QColor(ink)
        fill.setAlpha(_FILL_ALPHA)
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF([point for line in lines for point in line]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((style.color("halo"), 4.5), (ink, 2.0)):
        painter.setPen(QPen(color, width))
        for line in lines:
            painter.drawPolyline(QPolygonF(line))


def _free_leg(painter: QPainter, scene: Scene, style: Style, figure: Figure) -> None:
    if figure.free_deg is None or not figure.measurement.points:
        return
    line = QPolygonF(_line(scene, course(figure.measurement.points[-1], figure.free_deg)))
    for color, width in ((style.color("halo"), 4.0), (style.color("focus"), 1.6)):
        pen = QPen(color, width)
        if width < 2:
            pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        painter.drawPolyline(line)


def _plates(
    scene: Scene, figure: Figure, lines: list[list[QPointF]], font: QFont
) -> Iterator[tuple[str, QRectF]]:
    """Yield what is written and where: the sum first, then every leg that has the room."""
    measurement, metrics = figure.measurement, QFontMetricsF(font)
    if not measurement.points:
        return
    last, width = _px(scene, measurement.points[-1]), scene.size_px[0]
    if measurement.closed:
        corners = [_px(scene, point) for point in measurement.points]
        middle = sum(corners[1:], corners[0]) / len(corners)
        words = (
            f"{area_in_words(measurement.area_m2)}\nround {length_in_words(measurement.length_m)}"
        )
        yield words, _box(metrics, words, middle)
    elif figure.free_deg is not None:
        one = geodesic(measurement.points[-1], figure.free_deg)
        words = leg_in_words(one)
        if measurement.ends:
            words += f"\nTotal {length_in_words(measurement.length_m + one.length_m)}"
        yield words, _beside(metrics, words, _px(scene, figure.free_deg), width)
    elif measurement.ends:
        words = sum_in_words(measurement) if len(lines) > 1 else leg_in_words(measurement.legs[0])
        yield words, _beside(metrics, words, last, width)
    for one, line in zip(measurement.legs, lines, strict=True):
        words = length_in_words(one.length_m)
        box = _box(metrics, words, line[len(line) // 2] if len(line) > 2 else _between(line))
        reach = line[-1] - line[0]
        if hypot(reach.x(), reach.y()) > box.width() + 2 * _GAP_PX:
            yield words, box


def _box(metrics: QFontMetricsF, words: str, middle: QPointF) -> QRectF:
    lines = words.split("\n")
    width = max(metrics.horizontalAdvance(line) for line in lines) + 12
    box = QRectF(0, 0, width, metrics.height() * len(lines) + 6)
    box.moveCenter(middle)
    return box


def _beside(metrics: QFontMetricsF, words: str, at: QPointF, width: float) -> QRectF:
    """Return the box right of a point, or left of it where the picture ends."""
    box = _box(metrics, words, at)
    box.moveLeft(at.x() + _GAP_PX)
    if box.right() > width - 4:
        box.moveRight(at.x() - _GAP_PX)
    return box


def _plate(painter: QPainter, box: QRectF, words: str, font: QFont, style: Style) -> None:
    painter.setPen(QPen(style.color("plate_edge"), 1.0))
    painter.setBrush(style.color("plate"))
    painter.drawRoundedRect(box, 3, 3)
    painter.setFont(font)
    painter.setPen(style.color("text"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


def _point(painter: QPainter, at: QPointF, style: Style, *, first: bool) -> None:
    painter.setPen(QPen(style.color("focus"), 2.0))
    painter.setBrush(style.color("halo"))
    radius = _POINT_PX + first
    painter.drawEllipse(at, radius, radius)


def _cross(painter: QPainter, at: QPointF, style: Style) -> None:
    for color, width in ((style.color("halo"), 4.0), (style.color("focus"), 1.6)):
        painter.setPen(QPen(color, width))
        for away in (QPointF(_CROSS_PX, 0), QPointF(0, _CROSS_PX)):
            painter.drawLine(at - away, at + away)


def _line(scene: Scene, points: tuple[PointDeg, ...]) -> list[QPointF]:
    return [_px(scene, point) for point in points]


def _px(scene: Scene, point: PointDeg) -> QPointF:
    point_m = scene.camera.projection.forward(*point)
    return QPointF(*to_px(scene.camera, scene.size_px, *point_m))


def _between(line: list[QPointF]) -> QPointF:
    return (line[0] + line[-1]) / 2
