"""Paints the time track: the still part once per window and theme, the moving part every time.

Floor: ui; neighbours: time_layout, which says where things stand; render.style and render.marks
give inks and symbols. Everything is in logical pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from atlas.core.density import CROWDED_OUT
from atlas.core.symbology import sign_for
from atlas.core.timescale import Measure, Tick, TimeScale, ticks
from atlas.render.marks import draw_symbol, with_alpha
from atlas.render.style import Style, font
from atlas.ui.time_layout import (
    AXIS_PX,
    CHAPTERS_PX,
    EVENTS_PX,
    LANES,
    OVERVIEW_PX,
    Bracket,
    TrackMark,
    lane_y_px,
)

LABEL_PX: Final = 12.0
NAME_PX: Final = 11.0
SMALL_PX: Final = 10.0
_KIND_INKS: Final = {
    "war": "accent",
    "diplomacy": "focus",
    "party": "actor.cgdk",
    "regime": "actor.dk",
    "peace": "actor.thai",
    "aid": "actor.china",
    "death": "text",
}


@cache
def measured(role: str, size_px: float) -> Measure:
    """Return the function that gives the width of a text in a role's font, and remembers it."""
    metrics = QFontMetricsF(font(role, size_px))
    # A cache around Qt's own method would ask for its docs, which PySide writes when first asked.
    return lru_cache(maxsize=4096)(lambda text: metrics.horizontalAdvance(text))


def kind_ink(style: Style, kind: str) -> QColor:
    """Return the quiet ink of a kind of event."""
    return style.color(_KIND_INKS.get(kind, "text_soft"))


@dataclass(frozen=True, slots=True)
class StillPart:
    """What the track shows for one window: all of it stays while only the date changes."""

    detail: TimeScale
    overview: TimeScale
    brackets: tuple[Bracket, ...]
    marks: tuple[TrackMark, ...]
    overview_marks: tuple[TrackMark, ...]
    profile: tuple[float, ...]


def paint_still(painter: QPainter, part: StillPart, style: Style) -> None:
    """Paint ground, brackets, marks and axis of the detail."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_ground(painter, part.detail, style)
    _paint_axis(painter, part.detail, style)
    for bracket in part.brackets:
        _paint_bracket(painter, bracket, style)
    _paint_marks(painter, part.marks, style)


def _paint_ground(painter: QPainter, scale: TimeScale, style: Style) -> None:
    left, width = scale.left_px, scale.width_px
    row = QRectF(left, CHAPTERS_PX[0], width, AXIS_PX[1] - CHAPTERS_PX[0])
    painter.fillRect(row, style.color("paper"))
    painter.setPen(QPen(with_alpha(style.color("rule"), 0.45), 1))
    for lane in range(LANES):
        y = round(lane_y_px(lane)) + 0.5
        painter.drawLine(QPointF(left, y), QPointF(left + width, y))


def _paint_axis(painter: QPainter, scale: TimeScale, style: Style) -> None:
    plain = style.font("label", LABEL_PX)
    bold = style.font("label_bold", LABEL_PX)
    y = round(AXIS_PX[0]) + 0.5
    painter.setPen(QPen(style.color("text_soft"), 1))
    painter.drawLine(QPointF(scale.left_px, y), QPointF(scale.right_px, y))
    shown = ticks(scale, measured("label_bold", LABEL_PX))
    _paint_strokes(painter, shown, y, scale, style)
    for tick in shown:
        if tick.label:
            painter.setFont(bold if tick.rank == 0 else plain)
            painter.setPen(style.color("text" if tick.rank == 0 else "text_soft"))
            painter.drawText(QPointF(tick.label_left_px, AXIS_PX[1] - 5), tick.label)


def _paint_strokes(
    painter: QPainter, shown: Sequence[Tick], y_px: float, scale: TimeScale, style: Style
) -> None:
    """Draw all strokes of a rank at once: there may be hundreds."""
    above: list[QLineF] = []
    strokes: tuple[list[QLineF], ...] = ([], [], [])
    for tick in shown:
        if tick.x_px <= scale.left_px:
            continue
        x = round(tick.x_px) + 0.5
        # Without a label of its own it may stand on that of another: it stays above the letters.
        length = (18.0, 9.0 if tick.label else 4.0, 4.0)[tick.rank]
        strokes[tick.rank].append(QLineF(x, y_px, x, y_px + length))
        if tick.rank == 0:
            above.append(QLineF(x, CHAPTERS_PX[1] + 2, x, y_px))
    for rank, lines in enumerate(strokes):
        painter.setPen(QPen(style.color("text_soft" if rank < 2 else "rule"), 1))
        painter.drawLines(lines)
    painter.setPen(QPen(with_alpha(style.color("rule"), 0.7), 1))
    painter.drawLines(above)


def _paint_bracket(painter: QPainter, bracket: Bracket, style: Style) -> None:
    box = bracket_box(bracket)
    painter.fillRect(box, with_alpha(style.color("rule"), 0.38 if bracket.number % 2 else 0.22))
    painter.setPen(QPen(style.color("border"), 1))
    for x in (box.left(), box.right()):
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
    painter.drawLine(box.topLeft(), box.topRight())
    paint_bracket_label(painter, bracket, style, style.color("text"))


def paint_bracket_label(
    painter: QPainter, bracket: Bracket, style: Style, ink: QColor, bold: bool = False
) -> None:
    """Write a bracket's label: at its left if it holds a title, centred if only a number."""
    painter.setFont(style.font("label_bold" if bold else "label", NAME_PX))
    painter.setPen(ink)
    box = bracket_box(bracket)
    flag = Qt.AlignmentFlag.AlignVCenter
    if bracket.label.isdigit():
        painter.drawText(box, flag | Qt.AlignmentFlag.AlignHCenter, bracket.label)
    elif bracket.label:
        painter.drawText(box.adjusted(6, 0, 0, 0), flag, bracket.label)


def bracket_box(bracket: Bracket) -> QRectF:
    """Return the rectangle of a bracket, a hairline apart from its neighbours."""
    left, right = round(bracket.left_px) + 0.5, round(bracket.right_px) - 0.5
    top, bottom = CHAPTERS_PX
    return QRectF(left, top + 0.5, max(right - left, 1.0), bottom - top)


def _paint_marks(painter: QPainter, marks: Sequence[TrackMark], style: Style) -> None:
    painter.setFont(style.font("label", NAME_PX))
    bottom = EVENTS_PX[1]
    for mark in marks:
        if mark.lane == CROWDED_OUT:
            height = 22.0 if mark.rank <= 1 else 12.0
            painter.setPen(QPen(with_alpha(kind_ink(style, mark.kind), 0.55), 1))
            x = round(mark.x_px) + 0.5
            painter.drawLine(QPointF(x, bottom - height), QPointF(x, bottom))
    for mark in marks:
        if mark.lane != CROWDED_OUT:
            _paint_mark(painter, mark, style)


def _paint_mark(painter: QPainter, mark: TrackMark, style: Style) -> None:
    y, ink = lane_y_px(mark.lane), kind_ink(style, mark.kind)
    if mark.doubt and mark.last_px - mark.first_px > 12:
        pen = QPen(with_alpha(ink, 0.45), 2.5)
        if mark.cut:
            pen.setDashPattern([1.2, 1.6])
        painter.setPen(pen)
        painter.drawLine(QPointF(mark.first_px, y), QPointF(mark.last_px, y))
    painter.save()
    painter.translate(mark.x_px, y)
    painter.setPen(Qt.PenStyle.NoPen)
    half_px = 5.0 if mark.rank <= 1 else 3.75
    draw_symbol(painter, sign_for(mark.kind).symbol, ink, style, mark.doubt, half_px)
    painter.restore()
    if mark.label:
        painter.setPen(style.color("text" if mark.rank <= 1 else "text_soft"))
        painter.drawText(QPointF(mark.name_px, y + NAME_PX * 0.36), mark.label)


def paint_overview(painter: QPainter, part: StillPart, style: Style) -> None:
    """Paint the strip of the whole era: density, the chief events, decades."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = part.overview
    top, bottom = OVERVIEW_PX
    box = QRectF(scale.left_px, top, scale.width_px, bottom - top)
    painter.fillRect(box, style.color("paper"))
    _paint_profile(painter, part.profile, box, style)
    painter.setPen(QPen(with_alpha(style.color("accent"), 0.75), 1))
    for mark in part.overview_marks:
        if mark.rank <= 1:
            x = round(mark.x_px) + 0.5
            painter.drawLine(QPointF(x, top + 1), QPointF(x, top + 6))
    painter.setFont(style.font("label", SMALL_PX))
    for tick in ticks(scale, measured("label", SMALL_PX), sticky=False):
        if tick.rank == 0:
            x = round(tick.x_px) + 0.5
            painter.setPen(QPen(style.color("rule"), 1))
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))
            painter.setPen(style.color("text_soft"))
            painter.drawText(QPointF(tick.label_left_px, bottom - 4), tick.label)
    painter.setPen(QPen(style.color("rule"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))


def _paint_profile(painter: QPainter, values: Sequence[float], box: QRectF, style: Style) -> None:
    """Paint the density as a soft hill; the square root keeps a few things visible."""
    most = max(values, default=0.0)
    if most <= 0:
        return
    step = box.width() / len(values)
    hill = [
        QPointF(
            box.left() + (i + 0.5) * step, box.bottom() - (v / most) ** 0.5 * box.height() * 0.9
        )
        for i, v in enumerate(values)
    ]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(with_alpha(style.color("border"), 0.3))
    painter.drawPolygon(QPolygonF([box.bottomLeft(), *hill, box.bottomRight()]))
