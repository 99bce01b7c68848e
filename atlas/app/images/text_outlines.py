"""Text set into a box as `QPainter` would set it, but as shapes. Floor: app.

Neighbour: watched_painter. For programs that have none of the fonts.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath, QTextLayout, QTextOption

from atlas.render.letters import shapes_of

_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight)
_CENTRE: Final = int(Qt.AlignmentFlag.AlignHCenter)
_MIDDLE: Final = int(Qt.AlignmentFlag.AlignVCenter)
_BOTTOM: Final = int(Qt.AlignmentFlag.AlignBottom)
_WRAPPED: Final = int(Qt.TextFlag.TextWordWrap)
_WIDE: Final = 1e6


def outlined_block(box: QRectF, flags: int, text: str, font: QFont) -> QPainterPath:
    """Return the shapes of a text aligned and wrapped in a box as the flags of Qt say."""
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setUseDesignMetrics(True)
    wraps = bool(flags & _WRAPPED)
    option.setWrapMode(QTextOption.WrapMode.WordWrap if wraps else QTextOption.WrapMode.ManualWrap)
    layout.setTextOption(option)
    height = _set(layout, box.width() if wraps else _WIDE, QFontMetricsF(font).leading())
    room = box.height() - height
    top = box.top() + (room if flags & _BOTTOM else room / 2 if flags & _MIDDLE else 0.0)
    shapes = QPainterPath()
    for index in range(layout.lineCount()):
        line = layout.lineAt(index)
        spare = box.width() - line.naturalTextWidth()
        left = box.left() + (spare if flags & _RIGHT else spare / 2 if flags & _CENTRE else 0.0)
        shapes.addPath(shapes_of(line, QPointF(left, top)))
    shapes.setFillRule(Qt.FillRule.WindingFill)
    return shapes


def _set(layout: QTextLayout, width_px: float, leading_px: float) -> float:
    """Break a text into lines from the top; return their height."""
    height = -leading_px
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width_px)
        height += leading_px
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return height
