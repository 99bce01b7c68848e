"""Small painted signs for the time bar's buttons, in the theme's ink at any pixel ratio.

Floor: ui; neighbours: time_bar. No fonts: play and step signs are missing from many.
"""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QIcon,
    QIconEngine,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
)

Draw = Callable[[QPainter], None]


def _triangle(painter: QPainter, left: float, right: float) -> None:
    painter.drawPolygon(QPolygonF([QPointF(left, 3), QPointF(left, 13), QPointF(right, 8)]))


def _play(painter: QPainter) -> None:
    _triangle(painter, 4.5, 13)


def _play_back(painter: QPainter) -> None:
    _triangle(painter, 11.5, 3)


def _pause(painter: QPainter) -> None:
    painter.drawRect(QRectF(4, 3, 3, 10))
    painter.drawRect(QRectF(9, 3, 3, 10))


def _step_forward(painter: QPainter) -> None:
    _triangle(painter, 3.5, 10)
    painter.drawRect(QRectF(10.6, 3, 2, 10))


def _step_back(painter: QPainter) -> None:
    _triangle(painter, 12.5, 6)
    painter.drawRect(QRectF(3.4, 3, 2, 10))


def _loop(painter: QPainter) -> None:
    """A ring, open at its top right, with a head on the open end."""
    pen = QPen(painter.brush().color(), 1.7)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.strokePath(_arc(), pen)
    painter.setBrush(pen.color())
    end = QPointF(8 + 5 * cos(pi / 9), 8 - 5 * sin(pi / 9))
    head = [end + QPointF(-3.6, -0.6), end + QPointF(2.2, -1.8), end + QPointF(0.2, 3.2)]
    painter.drawPolygon(QPolygonF(head))


def _arc() -> QPainterPath:
    path = QPainterPath()
    box = QRectF(3, 3, 10, 10)
    path.arcMoveTo(box, 75)
    path.arcTo(box, 75, 300)
    return path


SIGNS: Final[dict[str, Draw]] = {
    "play": _play,
    "play_back": _play_back,
    "pause": _pause,
    "step_forward": _step_forward,
    "step_back": _step_back,
    "loop": _loop,
}


class _Engine(QIconEngine):
    """Paints one sign, drawn in a square of 16, into any rectangle."""

    def __init__(self, name: str, ink: QColor, faint: QColor) -> None:
        super().__init__()
        self._name, self._ink, self._faint = name, ink, faint

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint the sign."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.topLeft())
        painter.scale(rect.width() / 16, rect.height() / 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._faint if mode == QIcon.Mode.Disabled else self._ink)
        SIGNS[self._name](painter)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the sign on a clear ground."""
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPointF(0, 0).toPoint(), size), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        """Return a copy."""
        return _Engine(self._name, self._ink, self._faint)


def sign_icon(name: str, ink: QColor, faint: QColor) -> QIcon:
    """Return a sign as an icon; KeyError for an unknown name."""
    if name not in SIGNS:
        raise KeyError(name)
    return QIcon(_Engine(name, ink, faint))
