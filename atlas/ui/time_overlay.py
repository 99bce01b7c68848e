"""The moving part of the time track: playhead, chapter in force, window brush, hover plate.

Floor: ui; neighbours: time_paint for the still part below it. Painted on every change of date,
so it holds few strokes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from atlas.core.timescale import TimeScale
from atlas.core.when import Span
from atlas.core.words import day_in_words
from atlas.render.marks import with_alpha
from atlas.render.style import Style
from atlas.ui.time_hover import HoverPlate
from atlas.ui.time_layout import AXIS_PX, CHAPTERS_PX, EVENTS_PX, OVERVIEW_PX, Bracket
from atlas.ui.time_paint import LABEL_PX, NAME_PX, bracket_box, paint_bracket_label

PLATE_PAD_PX: Final = 7.0


def paint_open_chapter(painter: QPainter, bracket: Bracket, style: Style) -> None:
    """Mark the bracket of the open panel: filled with the accent, its words in paper."""
    painter.fillRect(bracket_box(bracket), style.color("accent"))
    paint_bracket_label(painter, bracket, style, style.color("panel"), bold=True)


def paint_chapter_in_force(painter: QPainter, bracket: Bracket, style: Style) -> None:
    """Mark the bracket that holds the date: a stroke along its foot."""
    box = bracket_box(bracket)
    painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 3.0), style.color("accent"))


def paint_playhead(
    painter: QPainter, detail: TimeScale, overview: TimeScale, day: int, style: Style
) -> None:
    """Paint the date's line through both strips; outside the window only in the overview."""
    ink = style.color("accent")
    x = overview.to_px(day + 0.5)
    painter.setPen(QPen(ink, 2))
    painter.drawLine(QPointF(x, OVERVIEW_PX[0] - 2), QPointF(x, OVERVIEW_PX[1] + 1))
    if not detail.holds(day):
        return
    x = detail.to_px(day + 0.5)
    width_px = 1 / detail.days_per_px
    if width_px > 3:
        day_box = QRectF(
            detail.to_px(day), EVENTS_PX[0] - 3, width_px, AXIS_PX[0] - EVENTS_PX[0] + 3
        )
        painter.fillRect(day_box, with_alpha(ink, 0.13))
    painter.setPen(QPen(ink, 1.6))
    painter.drawLine(QPointF(x, CHAPTERS_PX[0] - 2), QPointF(x, AXIS_PX[0] + 4))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    top = CHAPTERS_PX[0] - 5
    painter.drawPolygon(QPolygonF([QPointF(x - 5, top), QPointF(x + 5, top), QPointF(x, top + 7)]))


def paint_range(
    painter: QPainter,
    detail: TimeScale,
    overview: TimeScale,
    days: tuple[int, int],
    style: Style,
) -> None:
    """Paint a stretch of time through both strips, and the handle at its first day."""
    ink = style.color("accent")
    for scale, (top, bottom) in (
        (detail, (CHAPTERS_PX[1] + 2, AXIS_PX[0])),
        (overview, OVERVIEW_PX),
    ):
        left = max(scale.to_px(days[0]), scale.left_px)
        right = min(scale.to_px(days[1] + 1), scale.right_px)
        if right > left:
            painter.fillRect(QRectF(left, top, right - left, bottom - top), with_alpha(ink, 0.14))
    if not detail.holds(days[0]):
        return
    x, top = detail.to_px(days[0] + 0.5), CHAPTERS_PX[0] - 5
    painter.setPen(QPen(ink, 1.6))
    painter.drawLine(QPointF(x, CHAPTERS_PX[0] - 2), QPointF(x, AXIS_PX[0] + 4))
    painter.setPen(QPen(ink, 1.4))
    painter.setBrush(style.color("panel"))
    painter.drawPolygon(QPolygonF([QPointF(x - 5, top), QPointF(x + 5, top), QPointF(x, top + 7)]))


def paint_date_plate(
    painter: QPainter, detail: TimeScale, day: int, text: str, style: Style
) -> QRectF:
    """Write the date under the playhead, over the axis; return where."""
    if not detail.holds(day):
        return QRectF()
    box = _plate_box(detail, day, text, style)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.color("accent"))
    painter.drawRoundedRect(box, 3, 3)
    painter.setFont(style.font("label_bold", LABEL_PX))
    painter.setPen(style.color("panel"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    return box


def _plate_box(detail: TimeScale, day: int, text: str, style: Style) -> QRectF:
    font = style.font("label_bold", LABEL_PX)
    width = QFontMetricsF(font).horizontalAdvance(text) + 2 * PLATE_PAD_PX
    left = detail.to_px(day + 0.5) - width / 2
    left = min(max(left, detail.left_px), detail.right_px - width)
    return QRectF(left, AXIS_PX[0] + 2.5, width, AXIS_PX[1] - AXIS_PX[0] - 3)


def paint_other(
    painter: QPainter, detail: TimeScale, overview: TimeScale, day: int, style: Style
) -> None:
    """Paint the line of the date compared with, dashed, through both strips, and its handle."""
    pen = QPen(style.color("focus"), 1.6)
    pen.setDashPattern([3, 2])
    painter.setPen(pen)
    x = overview.to_px(day + 0.5)
    painter.drawLine(QPointF(x, OVERVIEW_PX[0] - 2), QPointF(x, OVERVIEW_PX[1] + 1))
    if not detail.holds(day):
        return
    x, top = detail.to_px(day + 0.5), CHAPTERS_PX[0] - 4
    painter.drawLine(QPointF(x, top), QPointF(x, AXIS_PX[0] + 4))
    painter.setPen(QPen(style.color("panel"), 1))
    painter.setBrush(style.color("focus"))
    painter.drawRect(QRectF(x - 4.5, top, 9, 9))


def paint_other_plate(
    painter: QPainter, detail: TimeScale, day: int, beside: QRectF, style: Style
) -> None:
    """Write the date compared with over the axis, beside the plate of the first date."""
    if not detail.holds(day):
        return
    text = day_in_words(day)
    box = _plate_box(detail, day, text, style)
    if box.intersects(beside.adjusted(-3, 0, 3, 0)):
        to_right = beside.right() + 3
        fits = to_right + box.width() <= detail.right_px
        goes_left = box.center().x() < beside.center().x() and (
            beside.left() - 3 - box.width() >= detail.left_px
        )
        left = beside.left() - 3 - box.width() if goes_left or not fits else to_right
        box.moveLeft(left)
    painter.setPen(QPen(style.color("focus"), 1.5))
    painter.setBrush(style.color("panel"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setFont(style.font("label_bold", LABEL_PX))
    painter.setPen(style.color("focus"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def paint_brush(
    painter: QPainter, overview: TimeScale, first: float, end: float, style: Style
) -> None:
    """Paint the window's frame over the overview; what lies outside it stays as readable."""
    left, right = overview.to_px(first), overview.to_px(end)
    top, bottom = OVERVIEW_PX
    whole = right - left >= overview.width_px - 1
    painter.setPen(QPen(style.color("border"), 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush if whole else with_alpha(style.color("accent"), 0.16))
    painter.drawRoundedRect(QRectF(left, top, max(right - left, 3.0), bottom - top), 2, 2)


def paint_spans(painter: QPainter, detail: TimeScale, spans: Iterable[Span], style: Style) -> None:
    """Paint when the selected thing was there: solid where sure, faint where possible."""
    ink, y = style.color("focus"), EVENTS_PX[0] - 3.5
    for span in spans:
        pieces = (
            (span.earliest_start_day, span.latest_end_day, 0.35),
            (span.latest_start_day, span.earliest_end_day, 1.0),
        )
        for first, end, alpha in pieces:
            left = max(detail.to_px(first), detail.left_px)
            right = min(detail.to_px(end), detail.right_px)
            if end > first and right >= left:
                painter.fillRect(QRectF(left, y, max(right - left, 2.5), 3), with_alpha(ink, alpha))


def paint_hover_line(painter: QPainter, x_px: float, style: Style) -> None:
    """Paint the hair under the pointer."""
    pen = QPen(with_alpha(style.color("text"), 0.5), 1)
    pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    x = round(x_px) + 0.5
    painter.drawLine(QPointF(x, CHAPTERS_PX[1]), QPointF(x, AXIS_PX[0]))


def paint_plate(
    painter: QPainter, plate: HoverPlate, style: Style, bounds_px: tuple[float, float]
) -> None:
    """Write one or two lines on a small plate near a pixel, kept between two bounds."""
    lines, x_px, row_px = plate.lines, plate.x_px, plate.row_px
    first, second = style.font("label_bold", NAME_PX), style.font("label", NAME_PX)
    fonts = [first, second][: len(lines)] if len(lines) > 1 else [second]
    widest = max(QFontMetricsF(f).horizontalAdvance(t) for f, t in zip(fonts, lines, strict=True))
    width, line_px = widest + 2 * PLATE_PAD_PX, 15.0
    height = line_px * len(lines) + 5
    left = min(max(x_px - width / 2, bounds_px[0]), max(bounds_px[1] - width, bounds_px[0]))
    top = (row_px[0] + row_px[1]) / 2 - height / 2
    painter.setPen(QPen(style.color("plate_edge"), 1))
    painter.setBrush(style.color("panel"))
    painter.drawRoundedRect(QRectF(left, top, width, height), 3, 3)
    painter.setPen(style.color("text"))
    for index, (font, text) in enumerate(zip(fonts, lines, strict=True)):
        painter.setFont(font)
        box = QRectF(left + PLATE_PAD_PX, top + 2.5 + index * line_px, widest + 1, line_px)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)


def paint_focus(painter: QPainter, box: QRectF, style: Style) -> None:
    """Frame the track while it has the keyboard."""
    painter.setPen(QPen(style.color("focus"), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
