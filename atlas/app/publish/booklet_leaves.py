"""The booklet's pages of type: contents, sections, the key to the signs, and plain prose.

Floor: app; neighbours: booklet, booklet_sheet, text_flow; legend symbols come from render.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from atlas.app.library import Library
from atlas.app.publish.book import Section
from atlas.app.publish.book_text import span_of
from atlas.app.publish.booklet_sheet import Leaf, Line, Sheet, draw_aside
from atlas.app.publish.text_flow import (
    Column,
    Flow,
    Kind,
    Paragraph,
    Words,
    flowed,
    set_at,
    width_of,
)
from atlas.core.legend import DOUBTS, LegendEntry
from atlas.core.model import Story
from atlas.core.symbology import SIGNS, actor_words
from atlas.render.legend_box import paint_entry
from atlas.render.style import Style

_TITLE: Final = Kind("title", 25.0, 31.0)
_CHAPTER: Final = Kind("title", 30.0, 38.0)
_KICKER: Final = Kind("label", 10.5, 15.0, ink="accent")
_ROW: Final = Kind("body", 14.2, 19.0)
_NUMBER: Final = Kind("body", 14.2, 19.0, ink="accent")
_WHEN: Final = Kind("label", 9.6, 14.0, ink="text_soft")
_KEY_HEAD: Final = Kind("label_bold", 10.2, 16.0, ink="accent")
_KEY: Final = Kind("label", 10.0, 13.0)
_KEY_STEP_PX: Final = 19.0
_KEY_COLUMNS: Final = 3


def opening_px(section: Section, sheet: Sheet, style: Style) -> float:
    """Return the height a section's number and title take above its text."""
    title = (Paragraph((Words(section.panel.title),), _TITLE),)
    whole = Column(0, 0, 0, sheet.block.width(), sheet.block.height())
    lines = len(flowed(title, (whole,), style).lines)
    return _KICKER.leading_px + 6 + lines * _TITLE.leading_px + 22


def text_leaf(section: Section, flow: Flow, page: int, sheet: Sheet, style: Style) -> Leaf:
    """Return one page of a section's text and notes; the first has the title above it."""
    block = sheet.block
    kicker = "  ·  ".join(part for part in (f"Section {section.number}", span_of(section)) if part)

    def draw(painter: QPainter, number: int) -> None:
        sheet.draw_head(painter, style, section.panel.short_title, number)
        if page == 0:
            at = (block.left(), block.top())
            height = set_at(painter, Paragraph((Words(kicker),), _KICKER), at, block.width(), style)
            below = (block.left(), block.top() + height + 6)
            title = Paragraph((Words(section.panel.title),), _TITLE)
            set_at(painter, title, below, block.width(), style)
        flow.draw(painter, page)

    return Leaf(draw, _anchors_on(flow, page))


def prose_leaf(title: str, flow: Flow, page: int, sheet: Sheet, style: Style) -> Leaf:
    """Return one page of prose; the first has the title above it."""
    block = sheet.block

    def draw(painter: QPainter, number: int) -> None:
        sheet.draw_head(painter, style, title, number)
        if page == 0:
            heading = Paragraph((Words(title),), _CHAPTER)
            set_at(painter, heading, (block.left(), block.top()), block.width(), style)
        flow.draw(painter, page)

    return Leaf(draw, _anchors_on(flow, page))


def _anchors_on(flow: Flow, page: int) -> tuple[str, ...]:
    begun = {line.paragraph for line in flow.lines if line.page == page and line.line == 0}
    return tuple(flow.paragraphs[i].anchor for i in sorted(begun) if flow.paragraphs[i].anchor)


def contents_leaf(story: Story, sheet: Sheet, style: Style, lines: Sequence[Line]) -> Leaf:
    """Return the contents; the lines may be filled in until it is drawn."""
    block = sheet.block

    def draw(painter: QPainter, number: int) -> None:
        sheet.draw_head(painter, style, story.title, number)
        heading = Paragraph((Words("Contents"),), _CHAPTER)
        y_px = block.top()
        y_px += set_at(painter, heading, (block.left(), y_px), block.width(), style) + 20
        step = min(46.0, (block.bottom() - y_px) / max(len(lines), 1))
        for line in lines:
            _contents_line(painter, line, QRectF(block.left(), y_px, block.width(), step), style)
            y_px += step

    return Leaf(draw)


def _contents_line(painter: QPainter, line: Line, box: QRectF, style: Style) -> None:
    href = f"#{line.anchor}"
    number = Paragraph((Words(line.number, href=href),), _NUMBER)
    words = Paragraph((Words(line.words, href=href),), _ROW)
    left = box.left() + 34
    set_at(painter, number, (box.left(), box.top()), 34, style)
    set_at(painter, words, (left, box.top()), box.width() - 80, style)
    if line.when:
        when = Paragraph((Words(line.when),), _WHEN)
        set_at(painter, when, (left, box.top() + 20), box.width() - 80, style)
    page = str(line.page + 1)
    draw_aside(painter, page, _ROW, box, box.top(), style, left=False)
    start = left + width_of(line.words, _ROW) + 8
    end = box.right() - width_of(page, _ROW) - 8
    dot = QRectF(0, box.top() + 13.2, 1.3, 1.3)
    at = end
    while at > start:
        dot.moveLeft(at)
        painter.fillRect(dot, style.color("plate_edge"))
        at -= 6


def legend_leaf(library: Library, sheet: Sheet, style: Style) -> Leaf:
    """Return the key to all maps: signs by layer, inks of the sides, and the signs of doubt."""
    block = sheet.block
    rows = tuple(_key_rows(library))
    title = "Signs of the maps"

    def draw(painter: QPainter, number: int) -> None:
        sheet.draw_head(painter, style, title, number)
        heading = Paragraph((Words(title),), _CHAPTER)
        top = block.top()
        top += set_at(painter, heading, (block.left(), top), block.width(), style) + 16
        width = block.width() / _KEY_COLUMNS
        x_px, y_px = block.left(), top
        for head, entries in rows:
            height = _group_height(entries)
            if y_px > top and y_px + height > block.bottom():
                x_px, y_px = x_px + width, top
            set_at(painter, Paragraph((Words(head),), _KEY_HEAD), (x_px, y_px), width - 12, style)
            y_px += _KEY_HEAD.leading_px * (1 + (width_of(head, _KEY_HEAD) > width - 12)) + 4
            for entry in entries:
                y_px += _key_line(painter, entry, (x_px, y_px), width - 46, style)
            y_px += 14

    return Leaf(draw)


def _group_height(entries: Sequence[LegendEntry]) -> float:
    return _KEY_HEAD.leading_px * 2 + 18 + _KEY_STEP_PX * len(entries)


def _key_line(
    painter: QPainter, entry: LegendEntry, at_px: tuple[float, float], room_px: float, style: Style
) -> float:
    x_px, y_px = at_px
    words = Paragraph((Words(entry.words),), _KEY)
    height = set_at(painter, words, (x_px + 34, y_px), room_px, style)
    painter.save()
    painter.translate(x_px + 14, y_px + 7)
    paint_entry(painter, entry, style)
    painter.restore()
    return max(_KEY_STEP_PX, height + 5)


def _key_rows(library: Library) -> Iterator[tuple[str, list[LegendEntry]]]:
    """Yield headed lists: the kinds of each overlay in the order of the layers, sides, doubts."""
    features, told = library.atlas.features, set[str]()
    for layer in library.atlas.story.layers:
        kinds = dict.fromkeys(f.kind for f in features if f.layer == layer.id and f.kind in SIGNS)
        new = [kind for kind in SIGNS if kind in kinds and kind not in told]
        told.update(new)
        if new:
            yield layer.title, [LegendEntry(SIGNS[k].symbol, "other", SIGNS[k].words) for k in new]
    actors = sorted({f.actor for f in features if f.actor and f.actor != "other"}, key=actor_words)
    yield "Sides, by ink", [LegendEntry("hexagon", actor, actor_words(actor)) for actor in actors]
    yield "Signs of doubt", list(DOUBTS)
