"""Where labels stand, once for all time: each keeps one box, and gives way on the days it must.

Floor: core; neighbours: labels, lines. A label that moved whenever another appeared would jump while the
slider is dragged. So positions are chosen for the whole span of time at once: every label gets the
box that costs it fewest days, and knows which more important labels and which symbols hide it while
they are there. Nothing then depends on the day but what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from atlas.core.labels import BoxPx
from atlas.core.lines import NO_LINES, SOFT_WEIGHT, Lines

_CELL_PX = 128.0
_Taken = tuple[float, float, float, float, int, int, bool, int, int]
"""A box's corners, first and last day, whether it is soft, its label and obstacle (or below 0)."""
_Near = tuple[float, float, float, float, int, bool, int, int]
"""A box's corners, the days it is in the way, whether it is soft, its label and obstacle."""
_BESIDE_DOT_PX = 7.0
"""Words that begin so close to another town's dot would be read as its name."""
_COVERING_WEIGHT = 3
"""What a name that insists covers, it would hide: worse than being hidden itself."""


class Candidate(NamedTuple):
    """A label to be placed: its possible boxes, best first, and its first and last day.

    `costs_days` is what taking each box costs beforehand: a box further off is worth taking only
    if the nearer ones would hide the label longer than that. A label that `insists` is hidden by
    more important labels only, never by symbols. A town is drawn with its `dot`: no other name is
    lettered over that. One `off_lines` stands clear of thin lines if it can. A
    `spare` one is shown only where another place of the same name is not: little is lost under it.
    """

    boxes: tuple[BoxPx, ...]
    first_day: int
    last_day: int
    insists: bool = False
    costs_days: tuple[float, ...] = ()
    dot: BoxPx | None = None
    off_lines: bool = False
    spare: bool = False


class Obstacle(NamedTuple):
    """Something drawn on the map: a box, its days, and whether a label may cross it."""

    box: BoxPx
    first_day: int
    last_day: int
    soft: bool = False


class Planned(NamedTuple):
    """The box a label got, the labels it yields to and the obstacles it is hidden by (indices)."""

    box: BoxPx
    yields_to: tuple[int, ...]
    hidden_by: tuple[int, ...]


class _Grid:
    """What is taken, in a grid of cells, as plain tuples: a plan looks at them in thousands."""

    def __init__(self) -> None:
        self._taken: list[_Taken] = []
        self._cells: dict[tuple[int, int], list[int]] = {}

    def add(self, taken: _Taken) -> None:
        index = len(self._taken)
        self._taken.append(taken)
        for cell in _cells_of(taken[:4]):
            self._cells.setdefault(cell, []).append(index)

    def near(self, box: BoxPx, first_day: int, last_day: int) -> list[_Near]:
        """Return what meets a box within a span of days, once each, with the days it does."""
        x0, y0, x1, y1 = box
        cells = self._cells
        found = set().union(*[cells[cell] for cell in _cells_of(box) if cell in cells])
        return [
            (a0, b0, a1, b1, min(last_day, last) - max(first_day, first) + 1, soft, label, obstacle)
            for a0, b0, a1, b1, first, last, soft, label, obstacle in map(
                self._taken.__getitem__, sorted(found)
            )
            if a0 < x1 and x0 < a1 and b0 < y1 and y0 < b1
            if first_day <= last and first <= last_day
        ]


def _cells_of(box: BoxPx) -> list[tuple[int, int]]:
    x0, x1 = int(box[0] // _CELL_PX), int(box[2] // _CELL_PX)
    y0, y1 = int(box[1] // _CELL_PX), int(box[3] // _CELL_PX)
    if x0 == x1 and y0 == y1:
        return [(x0, y0)]
    return [(x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)]


def plan(
    candidates: Sequence[Candidate],
    obstacles: Sequence[Obstacle],
    padding_px: float = 2.0,
    lines: Lines = NO_LINES,
) -> tuple[Planned, ...]:
    """Return a place for every candidate; candidates come most important first."""
    grid = _Grid()
    for index, o in enumerate(obstacles):
        grid.add((*o.box, o.first_day, o.last_day, o.soft, -1, index))
    for index, candidate in enumerate(candidates):
        if candidate.dot:
            # Better aside of a dot, though the town may be named on no day.
            days = candidate.first_day, candidate.last_day
            x0, y0, x1, y1 = candidate.dot
            taken = x0 - _BESIDE_DOT_PX, y0, x1 + _BESIDE_DOT_PX, y1
            grid.add((*taken, *days, True, -1, _dot_of(index)))
    placed = []
    for index, candidate in enumerate(candidates):
        first_day, last_day = candidate.first_day, candidate.last_day
        box, crossed = _cheapest(candidate, index, grid, lines)
        # Names stand in the grid with their padding: a dot may come as near as that.
        dot = _grown(candidate.dot, -padding_px) if candidate.dot else None
        over = grid.near(dot, first_day, last_day) if dot else []
        labels = _distinct(label for *_, label, _ in (*crossed, *over))
        hidden_by = () if candidate.insists else _distinct(taken[-1] for taken in crossed)
        placed.append(Planned(box, labels, hidden_by))
        taken = _grown(box, padding_px)
        grid.add((*taken, first_day, last_day, candidate.spare, index, -1))
        if candidate.dot:
            grid.add((*candidate.dot, first_day, last_day, False, index, -1))
    return tuple(placed)


def _dot_of(index: int) -> int:
    """Return what stands for a label's dot in place of an obstacle's index."""
    return -2 - index


def _distinct(indices: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted({index for index in indices if index >= 0}))


def _grown(box: BoxPx, by_px: float) -> BoxPx:
    return box[0] - by_px, box[1] - by_px, box[2] + by_px, box[3] + by_px


def _cheapest(
    candidate: Candidate, index: int, grid: _Grid, lines: Lines
) -> tuple[BoxPx, list[_Near]]:
    """Return the box that costs fewest days, the earlier one of equals, and what it crosses."""
    best_cost, best_box = float("inf"), candidate.boxes[0]
    best_crossed: list[_Near] = []
    around, first_day, last_day = _around(candidate.boxes), candidate.first_day, candidate.last_day
    near = [n for n in grid.near(around, first_day, last_day) if n[-1] != _dot_of(index)]
    costs = candidate.costs_days or (0.0,) * len(candidate.boxes)
    weight = _COVERING_WEIGHT if candidate.insists else 1
    for box, before in zip(candidate.boxes, costs, strict=True):
        if before >= best_cost:
            continue
        x0, y0, x1, y1 = box
        crossed = [n for n in near if n[0] < x1 and x0 < n[2] and n[1] < y1 and y0 < n[3]]
        cost = before + weight * _days_crossed(crossed) if crossed else before
        if candidate.off_lines and cost < best_cost:
            cost += lines.cost_days(box, first_day, last_day)
        if cost < best_cost:
            best_cost, best_box, best_crossed = cost, box, crossed
        if not best_cost:
            break
    return best_box, best_crossed


def _around(boxes: Sequence[BoxPx]) -> BoxPx:
    if len(boxes) == 1:
        return boxes[0]
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _days_crossed(crossed: list[_Near]) -> float:
    """Return the days something is crossed; days across arrows count once and for less."""
    days, arrow_days = 0, 0
    for _, _, _, _, shared, soft, _, _ in crossed:
        if not soft:
            days += shared
        elif shared > arrow_days:
            arrow_days = shared
    return days + SOFT_WEIGHT * arrow_days
