"""The cells of the map at one level of detail: which point lies in which, which are in view.

Floor: geodata (numpy); neighbour: points. Cells are squares of map metres that begin at the
projection's origin, so that they stay where they are while the map is moved; levels are half an
octave apart, so that a cell is never far from the same size on the screen.
"""

from __future__ import annotations

from math import ceil, floor, log2
from typing import Final

import numpy as np
from numpy.typing import NDArray

from atlas.core.viewport import BoxM
from geodata.own.tally import Floats, Ints

LEAST_CELL_PX: Final = 46.0
_FINEST: Final = (20, 21)
"""Levels of which the coarser ones are made; cells of about a kilometre."""


def level_for(m_per_px: float) -> int:
    """Return the finest level whose cells are at least `LEAST_CELL_PX` wide."""
    return ceil(2 * log2(LEAST_CELL_PX * m_per_px))


def cell_m(level: int) -> float:
    """Return the side of a level's cells in map metres."""
    return float(2.0 ** (level / 2))


class Squares:
    """In which square of the map each point lies, at any level."""

    def __init__(self, x_m: Floats, y_m: Floats) -> None:
        self._x_m, self._y_m = x_m, y_m
        self._finest = [self._at(level) for level in _FINEST]

    def _at(self, level: int) -> tuple[Ints, Ints]:
        column, row = (np.floor(m / cell_m(level)).astype(np.int32) for m in (self._x_m, self._y_m))
        return column, row

    def at(self, level: int) -> tuple[Ints, Ints]:
        """Return column and row of each point; two levels up, four squares are one."""
        if level < _FINEST[0]:
            return self._at(level)
        halvings, odd = divmod(level - _FINEST[0], 2)
        column, row = self._finest[odd]
        return column >> halvings, row >> halvings


class Grid:
    """The cells of one level that hold any point at any time, numbered row by row."""

    def __init__(self, squares: Squares, level: int) -> None:
        self.level, self.cell_m = level, cell_m(level)
        column, row = squares.at(level)
        self._left, self._bottom = int(column.min()), int(row.min())
        self._columns = int(column.max()) - self._left + 1
        rows = int(row.max()) - self._bottom + 1
        place = (row - self._bottom).astype(np.int64) * self._columns + (column - self._left)
        taken = np.zeros(rows * self._columns, dtype=bool)
        taken[place] = True
        self.places: NDArray[np.int64] = np.flatnonzero(taken)
        """Where each cell stands in the whole rectangle of cells, ascending."""
        number = np.cumsum(taken, dtype=np.int32) - np.int32(1)
        self.cells: Ints = number[place]
        """The number of the cell that each point lies in."""

    def __len__(self) -> int:
        return len(self.places)

    def within(self, box_m: BoxM) -> NDArray[np.int64]:
        """Return the numbers of the cells that meet a box of map metres."""
        low = floor(box_m[1] / self.cell_m) - self._bottom
        high = floor(box_m[3] / self.cell_m) - self._bottom + 1
        ends = low * self._columns, high * self._columns
        first, last = (int(at) for at in np.searchsorted(self.places, ends))
        column = self.places[first:last] % self._columns + self._left
        west, east = floor(box_m[0] / self.cell_m), floor(box_m[2] / self.cell_m)
        inside: NDArray[np.int64] = np.flatnonzero((column >= west) & (column <= east)) + first
        return inside

    def columns_and_rows(self, cells: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
        """Return which column and row of all the map's cells some stand in."""
        row, column = np.divmod(self.places[cells], self._columns)
        return column + self._left, row + self._bottom

    def number(self, column: int, row: int) -> int:
        """Return a cell's number, -1 if no point ever lies in it."""
        if not 0 <= column - self._left < self._columns:
            return -1
        place = (row - self._bottom) * self._columns + column - self._left
        at = int(np.searchsorted(self.places, place))
        return at if at < len(self.places) and int(self.places[at]) == place else -1
