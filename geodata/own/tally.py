"""How many points hold on a day in each cell, kept from day to day: a step costs what it changes.

Floor: geodata (numpy); neighbour: points. A `Windows` holds stretches sorted by their two ends; a
`Tally` counts those that meet some days, cell by cell. Sums are whole numbers below 2**53, so that
adding and taking away leaves no rest, and a tally is the same by whatever way its days came.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
_KEPT: Final = 2
"""Two dates compared take turns."""
_FEW: Final = 20_000
"""So many changes are made one by one, quicker than a count of all cells."""


class Windows:
    """Stretches of days [start, end) of some rows, start before end."""

    def __init__(self, rows: Ints, start_days: Ints, end_days: Ints) -> None:
        self._rows, self._start_of, self._end_of = rows, start_days[rows], end_days[rows]
        by_start = np.argsort(self._start_of, kind="stable")
        by_end = np.argsort(self._end_of, kind="stable")
        self._starts, self._ends = self._start_of[by_start], self._end_of[by_end]
        self.by_start, self.by_end = rows[by_start], rows[by_end]

    def meeting(self, first_day: int, last_day: int) -> Ints:
        """Return the rows that hold on some day from the first to the last, asking each."""
        return self._rows[(self._start_of <= last_day) & (first_day < self._end_of)]

    def places(self, first_day: int, last_day: int) -> tuple[int, int]:
        """Return how many have begun by the last day, and how many had ended by the first."""
        # Days of the arrays' own kind: for any other, numpy would copy the array first.
        begun = np.searchsorted(self._starts, np.int32(last_day), side="right")
        ended = np.searchsorted(self._ends, np.int32(first_day), side="right")
        return int(begun), int(ended)


class Sums(NamedTuple):
    """By cell: how many, and the sums of their x, y and row numbers."""

    n: Floats
    x: Floats
    y: Floats
    row: Floats

    def add(self, cells: Ints, values: tuple[Floats, Floats], rows: Ints, sign: int) -> None:
        """Add some rows, or with sign -1 take them away."""
        if not len(rows):
            return
        numbers = cells[rows]
        weights: tuple[Floats | None, ...]
        weights = None, values[0][rows], values[1][rows], rows.astype(np.float64)
        for total, weight in zip(self, weights, strict=True):
            if len(rows) <= _FEW:
                np.add.at(total, numbers, sign if weight is None else sign * weight)
            else:
                total += sign * np.bincount(numbers, weight, minlength=len(total))


def no_sums(cells: int) -> Sums:
    """Return sums of nothing over so many cells."""
    return Sums(*(np.zeros(cells) for _ in range(4)))


class Tally:
    """The windows that meet some days, summed by cell."""

    def __init__(
        self, windows: Windows, cells: Ints, size: int, values: tuple[Floats, Floats]
    ) -> None:
        self._windows, self._cells, self._size, self._values = windows, cells, size, values
        self._kept: list[tuple[tuple[int, int], Sums]] = []

    def during(self, first_day: int, last_day: int) -> Sums:
        """Return the sums of all that hold on some day from the first to the last."""
        wanted = self._windows.places(first_day, last_day)
        best = min(self._kept, key=lambda kept: _way(kept[0], wanted), default=None)
        if best is None or _way(best[0], wanted) > _FEW:
            best = wanted, self._fresh(first_day, last_day)
            del self._kept[: len(self._kept) - _KEPT + 1]
        else:
            self._kept.remove(best)
        sums = self._moved(*best, wanted)
        self._kept.append((wanted, sums))
        return sums

    def _fresh(self, first_day: int, last_day: int) -> Sums:
        sums = no_sums(self._size)
        sums.add(self._cells, self._values, self._windows.meeting(first_day, last_day), 1)
        return sums

    def _moved(self, at: tuple[int, int], sums: Sums, wanted: tuple[int, int]) -> Sums:
        """Return sums brought from one place in the windows to another."""
        windows = self._windows
        for order, now, then, sign in (
            (windows.by_start, at[0], wanted[0], 1),
            (windows.by_end, at[1], wanted[1], -1),
        ):
            rows = order[min(now, then) : max(now, then)]
            sums.add(self._cells, self._values, rows, sign if then > now else -sign)
        return sums


def _way(at: tuple[int, int], wanted: tuple[int, int]) -> int:
    """Return how many rows change between two places."""
    return abs(at[0] - wanted[0]) + abs(at[1] - wanted[1])
