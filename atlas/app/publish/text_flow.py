"""Sets paragraphs into columns of lines, page after page, without widows and orphans.

Floor: app; neighbours: booklet and booklet_text, which make the paragraphs. Lengths are logical
pixels (1/96 inch); inside Qt's layouts they are `FINE` times as large, so that letters stand where
the font's designer put them and not on whole pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile, tee
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from atlas.render.scripts import family_for
from atlas.render.style import Style, font
from atlas.render.verdict_signs import draw_sign

FINE: Final = 16
_HALVINGS: Final = 9
_LIGATURES: Final = ("liga", "clig", "dlig")
_SIGN_SHARE: Final = 0.92
_ROOM_FOR_SIGN: Final = "\u2060" + "\u00a0" * 4
"""What stands where a sign is painted; it never begins a line."""


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text of one look; `sign` paints a verdict's sign instead of the text."""

    text: str
    role: str = ""
    ink: str = ""
    href: str = ""
    raised: bool = False
    sign: str = ""
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """How a paragraph is set: font role, ink, and lengths in logical pixels."""

    role: str
    size_px: float
    leading_px: float
    above_px: float = 0.0
    ink: str = "text"
    indent_px: float = 0.0
    """How far all lines but the first stand in: the hanging indent of notes and works."""
    keeps_next: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words set in one kind; `anchor` names the place for links, `rule` draws a line above."""

    words: tuple[Words, ...]
    kind: Kind
    anchor: str = ""
    rule: bool = False


class Column(NamedTuple):
    """Where lines may stand on a page; the page counts from 0 within the flow."""

    page: int
    x_px: float
    y_px: float
    width_px: float
    height_px: float


class PlacedLine(NamedTuple):
    """A line of a paragraph on a page; `y_px` is the top of its leading."""

    page: int
    x_px: float
    y_px: float
    paragraph: int
    line: int


@dataclass(slots=True)
class Flow:
    """Paragraphs laid out in columns: where each line stands, ready to be drawn."""

    style: Style
    paragraphs: Sequence[Paragraph]
    layouts: list[QTextLayout] = field(default_factory=list)
    lines: list[PlacedLine] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """How many pages the lines take."""
        return max((line.page for line in self.lines), default=-1) + 1

    def page_of(self, anchor: str) -> int | None:
        """Return the page a named paragraph begins on, None if there is none of that name."""
        for line in self.lines:
            if line.line == 0 and self.paragraphs[line.paragraph].anchor == anchor:
                return line.page
        return None

    def end_px(self, page: int) -> float:
        """Return where the lowest line of a page ends."""
        ends = (
            x.y_px + self.paragraphs[x.paragraph].kind.leading_px
            for x in self.lines
            if x.page == page
        )
        return max(ends, default=0.0)

    def draw(self, painter: QPainter, page: int) -> None:
        """Draw the lines of one page."""
        for placed in self.lines:
            if placed.page == page:
                self._draw_line(painter, placed)

    def _draw_line(self, painter: QPainter, placed: PlacedLine) -> None:
        paragraph, layout = self.paragraphs[placed.paragraph], self.layouts[placed.paragraph]
        line, kind = layout.lineAt(placed.line), paragraph.kind
        baseline_px = placed.y_px + kind.leading_px * 0.76
        if paragraph.rule and placed.line == 0:
            painter.fillRect(
                round(placed.x_px), round(placed.y_px - 5), 28, 1, self.style.color("rule")
            )
        painter.save()
        painter.scale(1 / FINE, 1 / FINE)
        painter.setPen(self.style.color(kind.ink))
        y = baseline_px * FINE - line.ascent() - line.y()
        line.draw(painter, QPointF(placed.x_px * FINE, y))
        painter.restore()
        start, end = line.textStart(), line.textStart() + line.textLength()
        for at, sign in _signs(paragraph):
            if start <= at < end:
                x_px = placed.x_px + _x_of(line, at) / FINE
                self._draw_sign(painter, sign, x_px, baseline_px, kind.size_px * _SIGN_SHARE)

    def _draw_sign(
        self, painter: QPainter, name: str, x_px: float, baseline_px: float, side_px: float
    ) -> None:
        painter.save()
        painter.translate(x_px + side_px * 0.12, baseline_px - side_px * 0.88)
        painter.scale(side_px / 16, side_px / 16)
        draw_sign(painter, name, self.style)
        painter.restore()


def flowed(paragraphs: Sequence[Paragraph], columns: Iterable[Column], style: Style) -> Flow:
    """Set paragraphs into columns of one width, as many of them as it takes.

    Raises
    ------
    ValueError
        If the columns run out, or none is as high as two lines.
    """
    first, rest = tee(columns)
    width_px = _next(first).width_px
    flow = Flow(style, paragraphs, [_laid_out(p, width_px, style) for p in paragraphs])
    flow.lines = list(_placed(flow, rest))
    return flow


def balanced(
    paragraphs: Sequence[Paragraph], columns: Callable[[], Iterable[Column]], style: Style
) -> Flow:
    """Set paragraphs as `flowed` does, the columns of the last page about equally long."""
    flow = flowed(paragraphs, columns(), style)
    last, low, high = flow.pages - 1, 0.0, 1.0
    for _ in range(_HALVINGS):
        share = (low + high) / 2
        lines = _placed_within(flow, columns(), last, share)
        if lines is None:
            low = share
        else:
            high, flow.lines = share, lines
    return flow


def _placed_within(
    flow: Flow, columns: Iterable[Column], last: int, share: float
) -> list[PlacedLine] | None:
    """Place lines in columns cut to a share of their height on the last page; None if too low."""
    cut = (
        c if c.page < last else c._replace(height_px=c.height_px * share)
        for c in takewhile(lambda column: column.page <= last, columns)
    )
    try:
        return list(_placed(flow, cut))
    except ValueError:
        return None


def _placed(flow: Flow, columns: Iterable[Column]) -> Iterator[PlacedLine]:
    found = iter(columns)
    column = _next(found)
    y_px = column.y_px
    for index, paragraph in enumerate(flow.paragraphs):
        count, kind, done = flow.layouts[index].lineCount(), paragraph.kind, 0
        y_px += kind.above_px if y_px > column.y_px else 0
        while done < count:
            fits = _fitting(flow, index, done, y_px, column)
            for line in range(done, done + fits):
                yield PlacedLine(column.page, column.x_px, y_px, index, line)
                y_px += kind.leading_px
            done += fits
            if done < count:
                column = _next(found)
                y_px = column.y_px


def set_at(
    painter: QPainter,
    paragraph: Paragraph,
    at_px: tuple[float, float],
    width_px: float,
    style: Style,
) -> float:
    """Draw one paragraph with its top left corner at a place; return its height."""
    column = Column(0, *at_px, width_px, 1e6)
    flow = flowed((paragraph,), (column,), style)
    flow.draw(painter, 0)
    return flow.end_px(0) - at_px[1]


def width_of(text: str, kind: Kind) -> float:
    """Return the width of a line of text in logical pixels."""
    return QFontMetricsF(_font(kind.role, kind.size_px, text)).horizontalAdvance(text) / FINE


def _next(columns: Iterator[Column]) -> Column:
    column = next(columns, None)
    if column is None:
        raise ValueError("the text needs more columns")
    return column


def _fitting(flow: Flow, index: int, done: int, y_px: float, column: Column) -> int:
    """Return how many more lines of a paragraph go into what is left of a column."""
    kind, count = flow.paragraphs[index].kind, flow.layouts[index].lineCount()
    bottom_px = column.y_px + column.height_px
    fits = _lines_that_fit(count, done, int((bottom_px - y_px + 0.01) // kind.leading_px))
    at_top = y_px == column.y_px
    if at_top and not fits:
        if column.height_px < 2 * kind.leading_px:
            raise ValueError("a column is too low for two lines")
        return min(2, count - done)
    return fits if at_top or done or _next_fits(flow, index, y_px, bottom_px) else 0


def _lines_that_fit(count: int, done: int, room: int) -> int:
    """Return how many of the lines left go here: never one alone at the foot or the head."""
    left = count - done
    if room >= left:
        return left
    fits = room
    if left - fits == 1 and left > 2:
        fits -= 1
    if fits < 2 and done == 0 and count > 1:
        return 0
    return max(fits, 0)


def _next_fits(flow: Flow, index: int, y_px: float, bottom_px: float) -> bool:
    """Tell whether a heading has two lines of what follows below it."""
    paragraph = flow.paragraphs[index]
    if not paragraph.kind.keeps_next or index + 1 >= len(flow.paragraphs):
        return True
    after = flow.paragraphs[index + 1].kind
    wanted = min(2, flow.layouts[index + 1].lineCount()) * after.leading_px + after.above_px
    if after.keeps_next:
        wanted += 2 * after.leading_px
    own = flow.layouts[index].lineCount() * paragraph.kind.leading_px
    return y_px + own + wanted <= bottom_px


def _x_of(line: QTextLine, at: int) -> float:
    """Return where a sign of the text stands in its line; Qt answers with its place besides."""
    found: Any = line.cursorToX(at)
    return float(found[0] if isinstance(found, tuple) else found)


def _signs(paragraph: Paragraph) -> Iterator[tuple[int, str]]:
    at = 0
    for words in paragraph.words:
        if words.sign:
            yield at + 1, words.sign
        at += len(_shown(words))


def _shown(words: Words) -> str:
    return _ROOM_FOR_SIGN if words.sign else words.text


def _laid_out(paragraph: Paragraph, width_px: float, style: Style) -> QTextLayout:
    kind = paragraph.kind
    layout = QTextLayout("".join(map(_shown, paragraph.words)), _font(kind.role, kind.size_px, ""))
    layout.setFormats(list(_formats(paragraph, style)))
    option = QTextOption()
    option.setUseDesignMetrics(True)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    first = True
    while (line := layout.createLine()).isValid():
        indent = 0.0 if first else kind.indent_px
        line.setLineWidth((width_px - indent) * FINE)
        centring = (width_px * FINE - line.naturalTextWidth()) / 2 if kind.centred else 0.0
        line.setPosition(QPointF(indent * FINE + centring, 0))
        first = False
    layout.endLayout()
    return layout


def _formats(paragraph: Paragraph, style: Style) -> Iterator[QTextLayout.FormatRange]:
    at = 0
    for words in paragraph.words:
        made = QTextLayout.FormatRange()
        made.start, made.length = at, len(_shown(words))
        at += made.length
        made.format = _format(words, paragraph.kind, style)
        yield made


def _format(words: Words, kind: Kind, style: Style) -> QTextCharFormat:
    form = QTextCharFormat()
    role = words.role or kind.role
    form.setFont(_font(role, kind.size_px, words.text))
    form.setForeground(QColor(style.color(words.ink or kind.ink)))
    if words.raised:
        form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    if words.underlined:
        line = QColor(style.color("accent"))
        line.setAlphaF(0.45)
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        form.setUnderlineColor(line)
    if words.href:
        form.setAnchor(True)
        form.setAnchorHref(words.href)
    return form


def _font(role: str, size_px: float, text: str) -> QFont:
    made = QFont(font(role, 12))
    made.setPixelSize(round(size_px * FINE))
    if family := family_for(text):
        made.setFamilies([family, *made.families()])
    # Ligatures would be lost to whoever searches or copies the text of a PDF.
    for tag in _LIGATURES:
        made.setFeature(QFont.Tag(tag), 0)
    return made
