"""How the legend's lines are set: in columns, short ones two to a row, like ones under a heading.

Floor: render; neighbours: legend_box, which draws them; below: core.legend.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import ceil
from typing import Final, NamedTuple

from atlas.core.legend import LegendEntry
from atlas.core.lettering import wrapped
from atlas.render.letters import measured

PAD_PX: Final = 10.0
SYMBOL_PX: Final = 34.0
_ROW_PX: Final = 17.0
_LINE_PX: Final = 13.5
_TEXT_PX: Final = 11.5
_COLUMN_GAP_PX: Final = 12.0
_LINE_CHARS: Final = 38
"""Longer words take a second line: a legend must leave room for the map."""
_ALIKE: Final = 3
"""So many lines that differ in the actor alone are set under one heading."""
FULL_ROWS: Final = 23
"""The rows of a full legend, by which it gets its place: it must not move when it grows."""
REFERENCE_WIDTH_PX: Final = 246.0


class Cell(NamedTuple):
    """Words in lines at a place in the legend, with a symbol before them unless a heading."""

    entry: LegendEntry | None
    lines: tuple[str, ...]
    x_px: float
    y_px: float
    """The middle of the cell's height, from the legend's top."""


class LegendLayout(NamedTuple):
    """The legend's cells and its size in pixels, before it is scaled."""

    cells: tuple[Cell, ...]
    width_px: float
    height_px: float
    line_px: float = _LINE_PX
    text_px: float = _TEXT_PX


class _Item(NamedTuple):
    entry: LegendEntry | None
    lines: tuple[str, ...]
    width_px: float

    @property
    def height_px(self) -> float:
        return _ROW_PX + _LINE_PX * (len(self.lines) - 1)


_Row = tuple[_Item, ...]
_Headed = tuple[_Item | None, _Item]
"""An item and the heading it stands under, if any."""


def full_size_px(columns: int) -> tuple[float, float]:
    """Return the width and height a full legend of so many columns has, or nearly."""
    rows = ceil(FULL_ROWS / columns)
    width = columns * REFERENCE_WIDTH_PX + (columns - 1) * _COLUMN_GAP_PX
    return width + 2 * PAD_PX, rows * _ROW_PX + 2 * PAD_PX - 4


def columns_in(width_px: float) -> int:
    """Return how many columns a strip of a width holds."""
    return max(1, int((width_px - 2 * PAD_PX) // (REFERENCE_WIDTH_PX + _COLUMN_GAP_PX)))


def lay_out(entries: Sequence[LegendEntry], most_columns: int, even: bool = False) -> LegendLayout:
    """Set the entries in as few columns as hold them, or `even`ly in as many as there may be.

    0 x 0 when there is nothing to explain.
    """
    if not entries:
        return LegendLayout((), 0.0, 0.0)
    blocks = list(_blocks(entries))
    column_px = max(
        item.width_px for block in blocks for headed in block for item in headed if item
    )
    rows = [row for block in blocks for row in _rows(block, column_px)]
    enough = ceil(len(rows) * most_columns / FULL_ROWS)
    columns = _columns(rows, min(most_columns, len(rows) if even else enough))
    cells: list[Cell] = []
    left, height = PAD_PX, 0.0
    for column in columns:
        top = PAD_PX - 2
        for row in column:
            middle = top + max(item.height_px for item in row) / 2
            for item, aside in zip(row, (0.0, column_px / 2), strict=False):
                cells.append(Cell(item.entry, item.lines, left + aside, middle))
            top += max(item.height_px for item in row)
        height = max(height, top + PAD_PX - 2)
        left += column_px + _COLUMN_GAP_PX
    return LegendLayout(tuple(cells), left - _COLUMN_GAP_PX + PAD_PX, height)


def _blocks(entries: Sequence[LegendEntry]) -> Iterator[list[_Headed]]:
    """Yield what stays together: lines, signs, and what tells of doubt."""
    for _, block in groupby(entries, key=lambda entry: entry.part):
        yield list(_headed(block))


def _headed(block: Iterable[LegendEntry]) -> Iterator[_Headed]:
    """Yield a block's items, each with its heading where many differ in the actor alone."""
    for kind, run in groupby(block, key=lambda entry: entry.words.partition(": ")[0]):
        alike = list(run)
        if len(alike) < _ALIKE:
            yield from ((None, _item(entry, entry.words)) for entry in alike)
            continue
        heading = _Item(None, (kind,), measured(kind, "label", _TEXT_PX, 0.0))
        for entry in alike:
            actor = entry.words.partition(": ")[2] or entry.words
            yield heading, _item(entry, actor[:1].upper() + actor[1:])


def _item(entry: LegendEntry, words: str) -> _Item:
    lines = wrapped(words, _LINE_CHARS)
    width = max(measured(line, "label", _TEXT_PX, 0.0) for line in lines)
    return _Item(entry, lines, SYMBOL_PX + width + 4)


def _rows(block: list[_Headed], column_px: float) -> Iterator[_Row]:
    """Yield rows of one item or, of short ones under one heading or none, of two."""
    for heading, run in groupby(block, key=lambda headed: headed[0]):
        items = [item for _, item in run]
        if heading is not None:
            yield (heading,)
        yield from ((item,) for item in items if item.width_px > column_px / 2)
        short = [item for item in items if item.width_px <= column_px / 2]
        yield from (tuple(short[i : i + 2]) for i in range(0, len(short), 2))


def _columns(rows: list[_Row], count: int) -> list[list[_Row]]:
    """Return rows in columns of about one height."""
    share = sum(max(item.height_px for item in row) for row in rows) / count
    columns: list[list[_Row]] = [[]]
    filled = 0.0
    for row in rows:
        height = max(item.height_px for item in row)
        if len(columns) < count and columns[-1] and filled + height / 2 > share * len(columns):
            columns.append([])
        columns[-1].append(row)
        filled += height
    return columns
