"""What is taken of the map while labels are planned, in a grid of cells. Floor: core.

Neighbours: labels, label_plan, which asks for what is near a box thousands of times.
"""

from __future__ import annotations

from atlas.core.labels import BoxPx, cells_of

_CELL_PX = 96.0
Taken = tuple[float, float, float, float, int, int, bool, int, int]
"""A box's corners, first and last day, whether it is soft, its label and obstacle (or below 0)."""
_Kept = tuple[int, int, float, float, float, float, int, int, bool, int, int]
"""The same after the column and row of the first cell it lies in."""
Near = tuple[float, float, float, float, int, bool, int, int]
"""A box's corners, the days it is in the way, whether it is soft, its label and obstacle."""


class Grid:
    """What is taken, in a grid of cells, as plain tuples: a plan looks at them in thousands."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[_Kept]] = {}

    def add(self, taken: Taken) -> None:
        """Take a box for a span of days."""
        column, row = int(taken[0] // _CELL_PX), int(taken[1] // _CELL_PX)
        kept = (column, row, *taken)
        for cell in cells_of(taken[:4], _CELL_PX):
            self._cells.setdefault(cell, []).append(kept)

    def near(self, box: BoxPx, first_day: int, last_day: int) -> list[Near]:
        """Return what meets a box within a span of days, once each, with the days it does."""
        x0, y0, x1, y1 = box
        x, y = int(x0 // _CELL_PX), int(y0 // _CELL_PX)
        found = []
        for cell in cells_of(box, _CELL_PX):
            # What lies in several of these cells is found in the first of them.
            at_left, at_top = cell[0] == x, cell[1] == y
            for kept in self._cells.get(cell, ()):
                column, row, a0, b0, a1, b1, first, last, soft, label, obstacle = kept
                if (
                    (b0 < y1 and y0 < b1 and a0 < x1 and x0 < a1)
                    and (first_day <= last and first <= last_day)
                    and (at_left or column == cell[0])
                    and (at_top or row == cell[1])
                ):
                    # Spelled out: this is asked thousands of times a plan.
                    shared = 1 + (last if last < last_day else last_day)
                    shared -= first if first > first_day else first_day
                    found.append((a0, b0, a1, b1, shared, soft, label, obstacle))
        return found
