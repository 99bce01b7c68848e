"""Lines interrupted where words stand, as on a printed map. Floor: core; neighbours: lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot
from typing import Final

from atlas.core.labels import BoxPx, cells_of
from atlas.core.lines import PointPx, share_within

_CELL_PX: Final = 64.0
_LEAST_PX: Final = 4.0
"""A shorter piece between two words would be taken for a mark of its own."""


class Gaps:
    """The boxes no line may run through, kept by the cells they lie in."""

    def __init__(self, boxes: Iterable[BoxPx] = ()) -> None:
        self._cells: dict[tuple[int, int], list[BoxPx]] = {}
        for box in boxes:
            for cell in cells_of(box, _CELL_PX):
                self._cells.setdefault(cell, []).append(box)

    def runs(self, points: Sequence[PointPx]) -> list[list[PointPx]]:
        """Return the pieces of a line outside the boxes, in order."""
        runs: list[list[PointPx]] = []
        run: list[PointPx] = []
        for start, end in pairwise(points):
            at = 0.0
            for first, last in self._shares_within(start, end):
                if first > at:
                    run = run or [_between(start, end, at)]
                    run.append(_between(start, end, first))
                if run:
                    runs.append(run)
                    run = []
                at = max(at, last)
            if at < 1.0:
                run = run or [_between(start, end, at)]
                run.append(end)
        runs.append(run)
        return [run for run in runs if _length_px(run) >= _LEAST_PX]

    def _shares_within(self, start: PointPx, end: PointPx) -> list[tuple[float, float]]:
        """Return from where to where a stretch lies in boxes, as shares of it, in order."""
        (x0, y0), (x1, y1) = start, end
        around = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
        found: set[BoxPx] = set()
        for cell in cells_of(around, _CELL_PX):
            found.update(self._cells.get(cell, ()))
        shares = (share_within(start, end, box) for box in found)
        return sorted((first, last) for first, last in shares if first < last)


NO_GAPS: Final = Gaps()


def _between(start: PointPx, end: PointPx, share: float) -> PointPx:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _length_px(run: Sequence[PointPx]) -> float:
    return sum(hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(run))
