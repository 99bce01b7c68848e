"""The legend drawn: one symbol and its words a line. Floor: render; neighbours: marks, style."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPen, QPolygonF

from atlas.core.arrow_shape import ArrowSizes, arrow_shape
from atlas.core.legend import LegendEntry, legend_of
from atlas.core.lettering import wrapped
from atlas.core.scene import Scene
from atlas.render.letters import measured
from atlas.render.marks import draw_symbol, with_alpha
from atlas.render.sides import side_brush
from atlas.render.style import Style

ROW_PX: Final = 18.0
_LINE_PX: Final = 13.5
_SYMBOL_W: Final = 34.0
_PAD: Final = 10.0
_TEXT_PX: Final = 11.5
_LINE_CHARS: Final = 38
"""Longer words take a second line: a legend must leave room for the map."""
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@lru_cache(maxsize=4)
def _entries(scene: Scene) -> tuple[LegendEntry, ...]:
    return legend_of(scene)


def _lines(entry: LegendEntry) -> tuple[str, ...]:
    return wrapped(entry.words, _LINE_CHARS)


def _height_px(entry: LegendEntry) -> float:
    return ROW_PX + _LINE_PX * (len(_lines(entry)) - 1)


def legend_size(scene: Scene) -> tuple[float, float]:
    """Return width and height of the legend in pixels; 0 x 0 when there is nothing to explain."""
    entries = _entries(scene)
    if not entries:
        return 0.0, 0.0
    lines = (line for entry in entries for line in _lines(entry))
    words = max(measured(line, "label", _TEXT_PX, 0.0) for line in lines)
    return words + _SYMBOL_W + 2 * _PAD + 4, sum(map(_height_px, entries)) + 2 * _PAD - 4


def paint_legend(painter: QPainter, scene: Scene, style: Style, box: QRectF) -> None:
    """Paint the legend into its box."""
    top = box.top() + _PAD - 2
    for entry in _entries(scene):
        height = _height_px(entry)
        y = top + height / 2
        top += height
        painter.save()
        painter.translate(box.left() + _PAD + _SYMBOL_W / 2 - 4, y)
        paint_entry(painter, entry, style)
        painter.restore()
        painter.setFont(style.font("label", _TEXT_PX))
        painter.setPen(style.color("text"))
        left, lines = box.left() + _PAD + _SYMBOL_W, _lines(entry)
        first = y - _LINE_PX * (len(lines) - 1) / 2
        for row, line in enumerate(lines):
            words = QRectF(left, first + row * _LINE_PX - 9, box.width(), 18)
            painter.drawText(words, _LEFT, line)


def paint_entry(painter: QPainter, entry: LegendEntry, style: Style) -> None:
    """Draw a legend symbol around the painter's origin, within about 26 x 14 px."""
    ink = style.actor(entry.actor)
    painter.setOpacity(entry.ink)
    if entry.symbol.startswith("arrow"):
        _arrow_sample(painter, entry.symbol, style, entry.actor)
    elif entry.symbol.startswith("tie"):
        pen = QPen(ink, 2.4)
        if entry.symbol == "tie-against":
            pen.setDashPattern([2.4, 1.6])
        painter.setPen(pen)
        painter.drawLine(QPointF(-12, 0), QPointF(8, 0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon(QPolygonF([QPointF(13, 0), QPointF(5, 4.5), QPointF(5, -4.5)]))
    elif entry.symbol in ("route", "front"):
        pen = QPen(ink, 2.2)
        pen.setDashPattern([0.1, 2.4] if entry.symbol == "route" else [3.0, 1.6])
        if entry.symbol == "route":
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(-12, 0), QPointF(12, 0))
    elif entry.symbol == "side":
        painter.setPen(QPen(with_alpha(style.color("border"), 0.6), 0.8))
        painter.setBrush(style.color("land"))
        painter.drawRect(QRectF(-11, -6, 22, 12))
        painter.setBrush(side_brush(entry.actor, not entry.doubt, style))
        painter.drawRect(QRectF(-11, -6, 22, 12))
    elif entry.symbol in ("hatch", "zone", "disc"):
        _area_sample(painter, entry, style)
    else:
        draw_symbol(painter, entry.symbol, ink, style, entry.doubt, 6.0)


def _arrow_sample(painter: QPainter, symbol: str, style: Style, actor: str) -> None:
    sizes = ArrowSizes(1.0, 2.6, 9.0, 5.5)
    shape = arrow_shape(((-13.0, 2.0), (0.0, -1.0), (13.0, 0.0)), ((0.0, 1.0),), sizes)
    if shape is None:
        return
    ink = style.actor(actor)
    hollow = symbol == "arrow-open"
    pattern = style.pattern(actor)
    outlined = hollow or pattern != Qt.BrushStyle.SolidPattern
    painter.setPen(QPen(ink, 1.0) if outlined else Qt.PenStyle.NoPen)
    fills = [QBrush(style.color("halo"))] if outlined else []
    if not hollow:
        fills.append(QBrush(with_alpha(ink, 0.45 if symbol == "arrow-pale" else 1.0), pattern))
    for ring in (*shape.bodies, shape.head):
        for fill in fills:
            painter.setBrush(fill)
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in ring]))
    spine = Qt.PenStyle.DotLine if symbol == "arrow-sea" else style.spine(actor)
    if spine != Qt.PenStyle.NoPen and not hollow:
        painter.setPen(QPen(style.color("halo"), 1.0, spine))
        painter.drawLine(QPointF(-9, 0), QPointF(3, 0))


def _area_sample(painter: QPainter, entry: LegendEntry, style: Style) -> None:
    ink = style.actor(entry.actor)
    box = QRectF(-11, -6, 22, 12)
    if entry.symbol == "hatch":
        painter.fillRect(box, QBrush(with_alpha(ink, 0.6), Qt.BrushStyle.BDiagPattern))
        return
    pen = QPen(with_alpha(ink, 0.7), 1.0)
    pen.setDashPattern([2.0, 2.0])
    painter.setPen(pen)
    painter.setBrush(with_alpha(ink, 0.12))
    if entry.symbol == "disc":
        painter.drawEllipse(QPointF(0, 0), 7, 7)
    else:
        painter.drawRect(box)


def entry_image(entry: LegendEntry, style: Style, size_px: int, ratio: float = 1.0) -> QImage:
    """Return a legend symbol as a picture of its own, `size_px` square."""
    side = round(size_px * ratio)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(size_px / 2, size_px / 2)
        painter.scale(size_px / 30, size_px / 30)
        paint_entry(painter, entry, style)
    return image
