"""The booklet's paper: where type and maps stand on it, its running heads and page numbers.

Floor: app; neighbours: booklet, booklet_leaves, booklet_maps. Lengths are logical pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final, NamedTuple

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from atlas.app.pages import LOGICAL_DPI, MM_PER_INCH, Page
from atlas.app.publish.text_flow import Column, Kind, Paragraph, Words, set_at, width_of
from atlas.render.style import Style

SIDE_PX: Final = 66.0
TOP_PX: Final = 76.0
FOOT_PX: Final = 74.0
GAP_PX: Final = 26.0
MEASURE_PX: Final = 500.0
"""The longest line that is read with ease."""
_HEAD: Final = Kind("label", 9.2, 12.0, ink="text_soft")
_FOLIO: Final = Kind("body", 11.5, 14.0, ink="text_soft")


class Line(NamedTuple):
    """A line of the contents: number, words, page from 0, the anchor it leads to, its time."""

    number: str
    words: str
    page: int
    anchor: str
    when: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: `draw` gets the painter and the page's number, counted from 1."""

    draw: Callable[[QPainter, int], None]
    anchors: tuple[str, ...] = ()


def blank(_painter: QPainter, _number: int) -> None:
    """Draw nothing."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper, and the frames on it."""

    page: Page

    @property
    def width_px(self) -> float:
        """The width of the paper."""
        return self.page.width_mm / MM_PER_INCH * LOGICAL_DPI

    @property
    def height_px(self) -> float:
        """The height of the paper."""
        return self.page.height_mm / MM_PER_INCH * LOGICAL_DPI

    @property
    def block(self) -> QRectF:
        """What stands between the margins."""
        width = self.width_px - 2 * SIDE_PX
        return QRectF(SIDE_PX, TOP_PX, width, self.height_px - TOP_PX - FOOT_PX)

    def layout(self) -> QPageLayout:
        """Return the paper as Qt wants it, without margins: those are ours."""
        size = QPageSize(
            QSizeF(self.page.width_mm, self.page.height_mm),
            QPageSize.Unit.Millimeter,
            self.page.name,
            QPageSize.SizeMatchPolicy.ExactMatch,
        )
        return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))

    def columns(self, first_top_px: float = 0.0, number: int = 2) -> Iterator[Column]:
        """Yield columns of text for ever; those of the first page begin so much lower."""
        block = self.block
        width = (block.width() - (number - 1) * GAP_PX) / number
        width = min(width, MEASURE_PX)
        for page in count():
            top = first_top_px if page == 0 else 0.0
            for index in range(number):
                x = block.left() + index * (width + GAP_PX)
                yield Column(page, x, block.top() + top, width, block.height() - top)

    def draw_head(self, painter: QPainter, style: Style, words: str, number: int) -> None:
        """Draw running head and page number, on the outer side: even pages lie on the left."""
        block = self.block
        left = number % 2 == 0
        painter.fillRect(QRectF(block.left(), 54, block.width(), 0.8), style.color("rule"))
        for text, kind, y_px in (
            (words.upper(), _HEAD, 36.0),
            (str(number), _FOLIO, self.height_px - 48),
        ):
            draw_aside(painter, text, kind, block, y_px, style, left)


def draw_aside(
    painter: QPainter, text: str, kind: Kind, box: QRectF, y_px: float, style: Style, left: bool
) -> None:
    """Draw one line of text at the left or the right side of a box."""
    width_px = width_of(text, kind)
    x_px = box.left() if left else box.right() - width_px
    set_at(painter, Paragraph((Words(text),), kind), (x_px, y_px), width_px + 2, style)


def fill(painter: QPainter, box: QRectF, style: Style, color: str) -> None:
    """Fill a box with a colour of the style."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(box, style.color(color))
