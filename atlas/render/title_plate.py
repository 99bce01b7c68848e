"""The plate that names a section, at the left of a film's picture below its date.

What the atlas tells of lies in the middle and the east of nearly every view.

Floor: render; neighbours: furniture (the backing), letters, style.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from atlas.core.viewport import SizePx
from atlas.render.furniture import MARGIN_PX, paint_backing
from atlas.render.style import Style

_SHARE: Final = 0.36
"""How much of the picture's width a plate's words may take."""
_TOP_SHARE: Final = 0.2
_TITLE_SHARE: Final = 40.0
_LEAST_PX, _MOST_PX = 18.0, 44.0
_PAD: Final = 1.1
_LINES: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(
    Qt.TextFlag.TextWordWrap
)


class Plate(NamedTuple):
    """A line above, a title, a line below; empty lines take no room."""

    above: str
    title: str
    below: str


class _Line(NamedTuple):
    words: str
    role: str
    size_px: float
    ink: str


def paint_plate(
    painter: QPainter,
    style: Style,
    size_px: SizePx,
    plate: Plate,
    opacity: float = 1.0,
    taken: Sequence[QRectF] = (),
) -> None:
    """Paint a plate over a picture, its letters as large as that allows, below what is `taken`."""
    title_px = min(max(size_px[0] / _TITLE_SHARE, _LEAST_PX), _MOST_PX)
    lines = [
        _Line(plate.above, "body_italic", title_px * 0.52, "text_soft"),
        _Line(plate.title, "title", title_px, "text"),
        _Line(plate.below, "body", title_px * 0.6, "text_soft"),
    ]
    lines = [line for line in lines if line.words]
    room = QRectF(0, 0, size_px[0] * _SHARE, size_px[1])
    boxes = [_bounds(line, style, room) for line in lines]
    pad, gap = title_px * _PAD, title_px * 0.35
    width = max(box.width() for box in boxes) + 2 * pad
    height = sum(box.height() for box in boxes) + gap * (len(boxes) - 1) + 2 * pad * 0.8
    whole = _standing(QRectF(MARGIN_PX, size_px[1] * _TOP_SHARE, width, height), size_px, taken)
    painter.save()
    painter.setOpacity(opacity)
    paint_backing(painter, style, whole)
    top = whole.top() + pad * 0.8
    for line, box in zip(lines, boxes, strict=True):
        painter.setFont(style.font(line.role, line.size_px))
        painter.setPen(style.color(line.ink))
        place = QRectF(whole.left() + pad, top, box.width() + 2, box.height() + 2)
        painter.drawText(place, _LINES, line.words)
        top += box.height() + gap
    painter.restore()


def _standing(box: QRectF, size_px: SizePx, taken: Sequence[QRectF]) -> QRectF:
    """Return a box moved down past what is in its way, where it is if there is no room."""
    moved = QRectF(box)
    for other in sorted(taken, key=QRectF.top):
        if moved.intersects(other):
            moved.moveTop(other.bottom() + MARGIN_PX)
    return moved if moved.bottom() < size_px[1] else box


def _bounds(line: _Line, style: Style, room: QRectF) -> QRectF:
    metrics = QFontMetricsF(style.font(line.role, line.size_px))
    return metrics.boundingRect(room, _LINES, line.words)
