"""Draws a scaling run: processor time against the number of points, both in powers of ten.

Drawn with Qt, as the maps are, so that the plot needs no library of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log10
from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPen, QPolygonF
from PySide6.QtSvg import QSvgGenerator

from atlas.render.fonts import load_fonts
from atlas.render.style import Style, load_style
from tests.perf.figures import Figure

WIDTH, HEIGHT = 900, 520
BOX = QRectF(86, 56, 560, 380)
LOW_MS, HIGH_MS = 0.01, 1000.0
SERIES = (
    ("day p95", "accent", "a day of the slider, p95", Qt.PenStyle.DashLine),
    ("day", "accent", "a day of the slider", Qt.PenStyle.SolidLine),
    ("zoom", "actor.thai", "a zoom by 4 %", Qt.PenStyle.DashLine),
    ("pan", "focus", "a pan of 10 px", Qt.PenStyle.DotLine),
    ("tick", "actor.own", "choose and count", Qt.PenStyle.SolidLine),
    ("hit", "actor.china", "what is under the pointer", Qt.PenStyle.DashDotLine),
)
Runs = Mapping[int, Sequence[Figure]]


def plot(runs: Runs, path: Path, goal_ms: float) -> None:
    """Draw the median of each series into an SVG or PNG file."""
    app = QGuiApplication.instance() or QGuiApplication([])
    load_fonts()
    style = load_style("paper")
    if path.suffix == ".svg":
        device: QSvgGenerator | QImage = QSvgGenerator()
        device.setFileName(str(path))
        device.setSize(QSize(WIDTH, HEIGHT))
        device.setViewBox(QRect(0, 0, WIDTH, HEIGHT))
        device.setTitle("Cost against the number of points of an overlay")
    else:
        device = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    with QPainter(device) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), style.color("paper"))
        _paint(painter, runs, style, goal_ms)
    if isinstance(device, QImage):
        device.save(str(path))
    del app


def _paint(painter: QPainter, runs: Runs, style: Style, goal_ms: float) -> None:
    counts = sorted(count for count in runs if count)
    left, right = log10(counts[0]), log10(counts[-1])
    low, high = log10(LOW_MS), log10(HIGH_MS)

    def spot(count: float, ms: float) -> QPointF:
        across = (log10(count) - left) / max(right - left, 1e-9)
        up = (log10(min(max(ms, LOW_MS), HIGH_MS)) - low) / (high - low)
        return QPointF(BOX.left() + across * BOX.width(), BOX.bottom() - up * BOX.height())

    _frame(painter, counts, style, spot)
    goal = spot(counts[0], goal_ms)
    painter.setPen(QPen(style.color("text_soft"), 1.2, Qt.PenStyle.DashLine))
    painter.drawLine(goal, QPointF(BOX.right(), goal.y()))
    _say(
        painter,
        style,
        QPointF(BOX.left() + 8, goal.y() - 7),
        f"goal for the slider's p95: {goal_ms:.0f} ms",
        12,
    )
    ends: list[float] = []
    for name, ink, words, line in SERIES:
        values = {count: _value(runs[count], name) for count in counts}
        _series(painter, style, [spot(c, ms) for c, ms in values.items()], style.color(ink), line)
        y = _apart(spot(counts[-1], values[counts[-1]]).y(), ends)
        painter.setPen(style.color(ink))
        painter.setFont(style.font("label_bold", 12))
        painter.drawText(QPointF(BOX.right() + 12, y + 4), words)


def _value(figures: Sequence[Figure], name: str) -> float:
    """Return a figure's median, or its p95 if the name says so."""
    asked, _, p95 = name.partition(" ")
    one = next(one for one in figures if one.name == asked)
    return one.p95 if p95 else one.p50


def _apart(y: float, taken: list[float]) -> float:
    """Return the nearest height at which words do not stand on others."""
    for away in range(0, 200, 2):
        for tried in (y - away, y + away):
            if all(abs(tried - other) >= 17 for other in taken):
                taken.append(tried)
                return tried
    return y


def _series(
    painter: QPainter, style: Style, at: list[QPointF], ink: QColor, line: Qt.PenStyle
) -> None:
    painter.setPen(QPen(ink, 2.2, line))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(at))
    painter.setPen(QPen(style.color("paper"), 1.5))
    painter.setBrush(ink)
    for point in at:
        painter.drawEllipse(point, 4.2, 4.2)


def _frame(
    painter: QPainter, counts: list[int], style: Style, spot: Callable[[float, float], QPointF]
) -> None:
    title = "A reader's own overlay: milliseconds of processor against its dated points"
    _say(painter, style, QPointF(BOX.left() - 60, 32), title, 15, "label_bold")
    ms = LOW_MS
    while ms <= HIGH_MS * 1.001:
        y = spot(counts[0], ms).y()
        painter.setPen(QPen(style.color("rule"), 0.8))
        painter.drawLine(QPointF(BOX.left(), y), QPointF(BOX.right(), y))
        _say(painter, style, QPointF(BOX.left() - 52, y + 4), f"{ms:g}", 12)
        ms *= 10
    for count in counts:
        x = spot(count, 1.0).x()
        painter.setPen(QPen(style.color("rule"), 0.8))
        painter.drawLine(QPointF(x, BOX.top()), QPointF(x, BOX.bottom()))
        _say(painter, style, QPointF(x - 24, BOX.bottom() + 20), f"{count:,}", 12)
    foot = "The window's thread at 1920 x 1080, no graphics card; python -m tests.perf.scaling"
    _say(painter, style, QPointF(BOX.left(), HEIGHT - 30), foot, 12)


def _say(
    painter: QPainter, style: Style, at: QPointF, words: str, size_px: float, role: str = "label"
) -> None:
    painter.setFont(style.font(role, size_px))
    painter.setPen(style.color("text"))
    painter.drawText(at, words)
