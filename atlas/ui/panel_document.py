"""Writes a panel into a QTextDocument, run by run: look is set as formats, text stays text.

Floor: ui; neighbours: panel_markup for the blocks, verdicts for the signs after claims,
panel_view, which shows the document. No HTML is made or read anywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QTextListFormat,
)

from atlas.core.model import Claim
from atlas.core.panel_markup import Block, Link, Run
from atlas.core.typesetting import NO_BREAK_SPACE, typed
from atlas.core.verdicts import VERDICTS, verdict_of
from atlas.render.marks import with_alpha
from atlas.render.style import Style
from atlas.render.verdict_signs import badge
from atlas.ui.plain_text import plain

LINE_HEIGHT: Final = 112.0
"""Per cent of the font's own line: with Noto Serif about one and a half times its size."""
SMALL: Final = 0.8
UNBROKEN_GAP: Final = "\u2060\u202f"
"""Keeps a sign on the line of the word before it."""
_SIGNS: Final = frozenset((*UNBROKEN_GAP, "\ufffc"))
_CLINGING: Final = ".,;:!?)]’”"
"""What stands before a sign, as before a footnote's: a line may break after any image."""
SOURCES: Final = "sources"
_HEADING_SIZES: Final = {1: 1.35, 2: 1.12, 3: 1.0, 4: 0.95}
_UNDERLINE: Final = QTextCharFormat.UnderlineStyle


@dataclass(frozen=True, slots=True)
class Look:
    """How a panel is set: theme, size of its text, pixels of the screen per pixel."""

    style: Style
    text_px: float
    pixel_ratio: float = 1.0


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a link stands in the document: first and last position, end exclusive."""

    link: Link
    start: int
    end: int


class PanelWriter:
    """Writes blocks into an empty document and remembers where the links stand."""

    def __init__(self, document: QTextDocument, look: Look, verdict: Callable[[str], str]) -> None:
        self._document, self._look, self._verdict = document, look, verdict
        self._cursor = QTextCursor(document)
        self._placed: list[Placed] = []
        self._first = True
        self._small = False
        self._written = 0
        """Letters of the next run that stand already, before a sign."""
        document.setIndentWidth(look.text_px * 1.1)

    def write(self, blocks: Sequence[Block]) -> tuple[Placed, ...]:
        """Write all blocks; returns the links in reading order."""
        before = ""
        # One edit: else Qt lays out a paragraph anew for every run of it.
        self._cursor.beginEditBlock()
        for block in blocks:
            if block.kind == "heading":
                self._small = block.text.strip().lower() == SOURCES
            self._begin(block, before)
            for run, following in zip_longest(block.runs, block.runs[1:]):
                self._write_run(run, following, block)
            before = block.kind + block.mark[-1:]
        self._cursor.endEditBlock()
        return tuple(self._placed)

    def write_verdicts(self, claims: Sequence[Claim]) -> None:
        """Write how many of the claims got which verdict: summary and key to the signs in one."""
        counts = Counter(claim.verdict for claim in claims)
        size_px = self._look.text_px * SMALL
        form = self._text_format("label", size_px, "text_soft")
        self._new_block(self._block_format(size_px, above=0, below=0.9))
        self._cursor.insertText("Claims checked: ", form)
        for index, name in enumerate(name for name in VERDICTS if counts[name]):
            words = f"{counts[name]} {verdict_of(name).word.lower()}".replace(" ", NO_BREAK_SPACE)
            self._cursor.insertText(f"{'   ' if index else ''}{words}{UNBROKEN_GAP}", form)
            self._insert_badge(name, size_px, "")

    def write_link_key(self) -> None:
        """Write what the looks of the links mean, each in its own look."""
        size_px = self._look.text_px * SMALL
        form = self._text_format("label", size_px, "text_soft")
        self._new_block(self._block_format(size_px, above=0, below=0.9))
        self._cursor.insertText("Links lead to: ", form)
        for index, (kind, words) in enumerate(_LINK_WORDS.items()):
            if index:
                self._cursor.insertText(",   ", form)
            look = self._text_format("label", size_px, "text")
            self._mark_link(look, Link(kind, ""))
            look.setAnchor(False)
            look.setAnchorHref("")
            self._cursor.insertText(words.replace(" ", NO_BREAK_SPACE), look)

    def _new_block(self, form: QTextBlockFormat) -> None:
        if self._first:
            self._cursor.setBlockFormat(form)
        else:
            self._cursor.insertBlock(form)
        self._first = False

    def _begin(self, block: Block, before: str) -> None:
        text_px = self._size_px(block)
        if block.kind == "heading":
            self._new_block(self._block_format(text_px, above=1.1, below=0.35))
        elif block.kind == "item":
            self._begin_item(block, text_px, goes_on=before == block.kind + block.mark[-1:])
        elif block.kind == "quote":
            form = self._block_format(text_px, above=0, below=0.75)
            form.setLeftMargin(text_px * 1.4)
            self._new_block(form)
        else:
            self._new_block(self._block_format(text_px, above=0, below=0.75))
        if block.kind == "rule":
            self._cursor.insertText(
                "\u2013\u2009\u2013\u2009\u2013", self._format_of(Run(""), block)
            )

    def _begin_item(self, block: Block, text_px: float, goes_on: bool) -> None:
        current = self._cursor.currentList() if goes_on else None
        self._new_block(self._block_format(text_px, above=0, below=0.28))
        self._cursor.setBlockCharFormat(self._format_of(Run(""), block))
        if current is not None:
            current.add(self._cursor.block())
            return
        form = QTextListFormat()
        styles = QTextListFormat.Style
        form.setStyle(styles.ListDisc if block.mark == "•" else styles.ListDecimal)
        form.setIndent(1)
        self._cursor.createList(form)

    def _block_format(self, text_px: float, above: float, below: float) -> QTextBlockFormat:
        form = QTextBlockFormat()
        height = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        form.setLineHeight(LINE_HEIGHT, height)
        form.setTopMargin(0 if self._first else above * text_px)
        form.setBottomMargin(below * text_px)
        return form

    def _write_run(self, run: Run, following: Run | None, block: Block) -> None:
        start = self._cursor.position()
        self._cursor.insertText(run.text[self._written :], self._format_of(run, block))
        self._written = 0
        link = run.link
        if link is None:
            return
        if link.kind == "claim" and (following is None or following.link != link):
            # Part of the link, so that words and sign are one stop of the Tab key.
            gap = self._format_of(replace(run, text=""), block)
            gap.setUnderlineStyle(_UNDERLINE.NoUnderline)
            after = following.text if following else ""
            self._written = len(after) - len(after.lstrip(_CLINGING))
            self._cursor.insertText(after[: self._written] + UNBROKEN_GAP, gap)
            self._insert_badge(self._verdict(link.target), self._size_px(block) * 0.86, link.href)
        self._placed.append(Placed(link, start, self._cursor.position()))

    def _insert_badge(self, verdict: str, size_px: float, href: str) -> None:
        size_px = round(size_px)
        url = f"badge:{verdict}-{size_px}"
        image = badge(verdict, self._look.style, size_px, self._look.pixel_ratio)
        self._document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(url), image)
        form = QTextImageFormat()
        form.setName(url)
        form.setWidth(size_px)
        form.setHeight(size_px)
        form.setToolTip(plain(verdict_of(verdict).word))
        if href:
            form.setAnchor(True)
            form.setAnchorHref(href)
        self._cursor.insertImage(form)

    def _size_px(self, block: Block) -> float:
        if block.kind == "heading":
            if self._small:
                return self._look.text_px * 0.9
            return self._look.text_px * _HEADING_SIZES[block.level]
        return self._look.text_px * (SMALL if self._small else 1.0)

    def _format_of(self, run: Run, block: Block) -> QTextCharFormat:
        bold = run.bold or block.kind == "heading"
        italic = run.italic or block.kind == "quote"
        role = "title" if bold else "body_italic" if italic else "body"
        ink = "text_soft" if self._small else "text"
        form = self._text_format(role, self._size_px(block), ink)
        if bold and italic:
            form.setFontItalic(True)
        if run.link is not None:
            self._mark_link(form, run.link)
        return form

    def _text_format(self, role: str, size_px: float, ink: str) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setFont(QFont(self._look.style.font(role, size_px)))
        form.setForeground(self._look.style.color(ink))
        return form

    def _mark_link(self, form: QTextCharFormat, link: Link) -> None:
        form.setAnchor(True)
        form.setAnchorHref(link.href)
        ink, line, alpha = _LINK_LOOKS[link.kind]
        color: QColor = self._look.style.color(ink)
        form.setForeground(color)
        form.setUnderlineStyle(line)
        form.setUnderlineColor(with_alpha(color, alpha))


def between_signs(
    document: QTextDocument, stretches: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield stretches of one paragraph each in parts between signs: Qt darkens a sign it lights."""
    for start, end in stretches:
        block = document.findBlock(start)
        first = start
        for at, char in enumerate(block.text()[start - block.position() :][: end - start], start):
            if char == "\ufffc":
                if at > first:
                    yield first, at
                first = at + 1
        if end > first:
            yield first, end


def find_words(document: QTextDocument, words: str) -> tuple[int, int] | None:
    """Return where words of one paragraph begin and end.

    The signs of verdicts do not count, and typed and printers' quotes and dashes are the same.
    """
    block = document.begin()
    while block.isValid():
        text = block.text()
        places = [i for i, char in enumerate(text) if char not in _SIGNS]
        at = typed("".join(text[i] for i in places)).find(typed(words))
        if at >= 0:
            first, last = places[at], places[at + len(words) - 1]
            return block.position() + first, block.position() + last + 1
        block = block.next()
    return None


_LINK_WORDS: Final = {
    "feature": "marks on the map",
    "place": "places",
    "date": "dates",
    "claim": "checked claims",
}
_LINK_LOOKS: Final = {
    "feature": ("accent", _UNDERLINE.SingleUnderline, 0.35),
    "date": ("text", _UNDERLINE.DotLine, 0.9),
    "place": ("focus", _UNDERLINE.SingleUnderline, 0.35),
    "claim": ("text", _UNDERLINE.SingleUnderline, 0.16),
    "panel": ("accent", _UNDERLINE.SingleUnderline, 0.35),
    "web": ("focus", _UNDERLINE.SingleUnderline, 0.8),
}
"""Ink, underline and its strength by kind of link: kinds differ in more than colour."""
