"""Where labels stand, once for all time: each keeps one box, and gives way on the days it must.

Floor: core; neighbours: labels. A label that moved whenever another appeared would jump while the
slider is dragged. So positions are chosen for the whole span of time at once: every label gets the
box that costs it fewest days, and knows which more important labels and which symbols hide it while
they are there. Nothing then depends on the day but what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from atlas.core.labels import BoxPx

_CELL_PX = 128.0
_Taken = tuple[BoxPx, int, int, float, int, int]
"""A box with its first and last day, what a day across it costs, label and obstacle (or -1)."""
SOFT_WEIGHT = 0.3
"""What a day across arrows costs, be they one or many, against a day across a symbol or a label."""


class Candidate(NamedTuple):
    """A label to be placed: its possible boxes, best first, and its first and last day.

    `costs_days` is what taking each box costs beforehand: a box further off is worth taking only
    if the nearer ones would hide the label longer than that. A label that `insists` is hidden by
    more important labels only, never by symbols.
    """

    boxes: tuple[BoxPx, ...]
    first_day: int
    last_day: int
    insists: bool = False
    costs_days: tuple[float, ...] = ()


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
        self._cells: dict[tuple[int, int], list[_Taken]] = {}

    def add(self, taken: _Taken) -> None:
        for cell in _cells_of(taken[0]):
            self._cells.setdefault(cell, []).append(taken)

    def crossed(
        self, box: BoxPx, first_day: int, last_day: int, before: float, limit: float
    ) -> tuple[float, list[_Taken]] | None:
        """Return what a box costs and crosses, None as soon as that costs `limit` or more."""
        x0, y0, x1, y1 = box
        cost, arrow_days = before, 0
        found: list[_Taken] = []
        for cell in _cells_of(box):
            for taken in self._cells.get(cell, ()):
                (a0, b0, a1, b1), first, last, weight, _, _ = taken
                if (
                    x0 < a1
                    and a0 < x1
                    and y0 < b1
                    and b0 < y1
                    and first_day <= last
                    and first <= last_day
                ):
                    found.append(taken)
                    days = min(last_day, last) - max(first_day, first) + 1
                    if weight == SOFT_WEIGHT:
                        arrow_days = max(arrow_days, days)
                    else:
                        cost += days
                    if cost >= limit:
                        return None
        cost += SOFT_WEIGHT * arrow_days
        return (cost, found) if cost < limit else None


def _cells_of(box: BoxPx) -> list[tuple[int, int]]:
    x0, x1 = int(box[0] // _CELL_PX), int(box[2] // _CELL_PX)
    y0, y1 = int(box[1] // _CELL_PX), int(box[3] // _CELL_PX)
    if x0 == x1 and y0 == y1:
        return [(x0, y0)]
    return [(x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)]


def plan(
    candidates: Sequence[Candidate], obstacles: Sequence[Obstacle], padding_px: float = 2.0
) -> tuple[Planned, ...]:
    """Return a place for every candidate; candidates come most important first."""
    grid = _Grid()
    for index, o in enumerate(obstacles):
        weight = SOFT_WEIGHT if o.soft else 1.0
        grid.add((o.box, o.first_day, o.last_day, weight, -1, index))
    placed = []
    for index, candidate in enumerate(candidates):
        box, crossed = _cheapest(candidate, grid)
        labels = _distinct(label for *_, label, _ in crossed)
        hidden_by = () if candidate.insists else _distinct(taken[-1] for taken in crossed)
        placed.append(Planned(box, labels, hidden_by))
        first_day, last_day = candidate.first_day, candidate.last_day
        grid.add((_grown(box, padding_px), first_day, last_day, 1.0, index, -1))
    return tuple(placed)


def _distinct(indices: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted({index for index in indices if index >= 0}))


def _grown(box: BoxPx, by_px: float) -> BoxPx:
    return box[0] - by_px, box[1] - by_px, box[2] + by_px, box[3] + by_px


def _cheapest(candidate: Candidate, grid: _Grid) -> tuple[BoxPx, list[_Taken]]:
    """Return the box that costs fewest days, the earlier one of equals, and what it crosses."""
    best_cost, best_box = float("inf"), candidate.boxes[0]
    best_crossed: list[_Taken] = []
    first, last = candidate.first_day, candidate.last_day
    costs = candidate.costs_days or (0.0,) * len(candidate.boxes)
    for box, before in zip(candidate.boxes, costs, strict=True):
        if before >= best_cost:
            continue
        better = grid.crossed(box, first, last, before, best_cost)
        if better is not None:
            best_box, (best_cost, best_crossed) = box, better
        if not best_cost:
            break
    return best_box, best_crossed
