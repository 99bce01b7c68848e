"""Small painted signs for the time bar's buttons, in the theme's ink at any pixel ratio.

Floor: ui; neighbours: time_bar. No fonts: play and step signs are missing from many.
"""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QIcon,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
)

Draw = Callable[[QPainter], None]
_SIDES_PX: Final = (16, 20, 24, 28, 32, 48, 64)
"""Device pixels of a sign at the usual pixel ratios and at twice its size."""


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


def sign_icon(name: str, ink: QColor, faint: QColor) -> QIcon:
    """Return a sign as an icon; KeyError for an unknown name.

    It is made of pictures, not of an engine that paints: PySide6 lets go of an engine written in
    Python while Qt still holds it.
    """
    icon = QIcon()
    for side_px in _SIDES_PX:
        icon.addPixmap(_picture(name, side_px, ink))
        icon.addPixmap(_picture(name, side_px, faint), QIcon.Mode.Disabled)
    return icon


def _picture(name: str, side_px: int, ink: QColor) -> QPixmap:
    """Return a sign, drawn in a square of 16, on a clear ground."""
    made = QPixmap(side_px, side_px)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(side_px / 16, side_px / 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        SIGNS[name](painter)
    return made
