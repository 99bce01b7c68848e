"""Where labels stand, once for all time: each keeps one box, and gives way on the days it must.

Floor: core; neighbours: label_grid, lines. A label that moved whenever another appeared would jump
while the slider is dragged. So positions are chosen for the whole span of time at once: every label
gets the box that costs it fewest days, and knows which more important labels and which symbols hide
it while they are there. Nothing then depends on the day but what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import hypot, inf
from operator import itemgetter
from typing import NamedTuple

from atlas.core.label_grid import Grid, Near
from atlas.core.labels import BoxPx
from atlas.core.leaders import DIRECTIONS, FAR_PX, Leader, beads, box_apart, leader_to, reach
from atlas.core.lines import NO_LINES, SOFT_WEIGHT, Lines, PointPx

_BESIDE_DOT_PX = 7.0
"""Words that begin so close to another town's dot would be read as its name."""
_OVER_DOT_PX = 5.0
_READ_ON_PX = 4.0
"""Names on one line that stand closer would be read as one."""
_COVERING_WEIGHT = 3
"""What a name that insists covers, it would hide: worse than being hidden itself."""
_LEAST_APART_DAYS = 1500.0
"""A name makes do with little room by its sign until it would be missing where a story opens."""
_ROW_PX = 16.0
_SHARED = itemgetter(4)
_TWICE_AS_DEAR_PX = 100.0
_SIGN_STRUCK = 1.2
"""What a day of a hairline through another sign costs: it is drawn under it."""


_ARROW_STRUCK = 0.2
"""A hairline across an arrow strikes two of the boxes strung along it; one lost in it, many."""
_READ_AS_ITS_OWN = 0.25
"""What a day costs on which a name stands nearer to another sign than to its own."""
_EACH_BEAD = 0.12
_MOST_BEADS = 16
"""Arrows are strung with boxes: a name across one hides two of them, one along it many."""
_AS_NEAR_PX = 0.5
_LEVEL = 0.75
"""What stands on one line with a name is read with it from so much further off."""
_DOT_ACROSS_PX = 30.0
_OFF_SIGNS_PX = 18.0
"""Nearer to another sign a name at the end of a hairline would be read as that one's."""
_SIGN_REACH_PX = 8.0


class Candidate(NamedTuple):
    """A label to be placed: its possible boxes, best first, and its first and last day.

    `costs_days` is what taking each box costs beforehand: a box further off is worth taking only
    if the nearer ones would hide the label longer than that. A label that `insists` is hidden by
    more important labels only, never by symbols. A town is drawn with its `dot`: no other name is
    lettered over that. One `off_lines` stands clear of thin lines if it can. A
    `spare` one is shown only where another place of the same name is not: little is lost under it.
    More important names avoid the best box of one that `reserves` it.
    One that is left out `under_arrows` loses as much to them as to a symbol.
    One `at` a point stands rather nearer to it than to other signs and dots. It may stand away from
    it, tied to it by a hairline, if its boxes cost it much more than `apart_costs_days`. One of a
    `line` stands rather nearer to that line than to others.
    """

    boxes: tuple[BoxPx, ...]
    first_day: int
    last_day: int
    insists: bool = False
    costs_days: tuple[float, ...] = ()
    dot: BoxPx | None = None
    off_lines: bool = False
    spare: bool = False
    under_arrows: bool = False
    reserves: bool = False
    at: PointPx | None = None
    apart_costs_days: float = inf
    line: str = ""


class Obstacle(NamedTuple):
    """Something drawn on the map: a box, its days, whether a label may cross it, and its line."""

    box: BoxPx
    first_day: int
    last_day: int
    soft: bool = False
    line: str = ""


class Planned(NamedTuple):
    """The box a label got, the labels it yields to and the obstacles it is hidden by (indices)."""

    box: BoxPx
    yields_to: tuple[int, ...]
    hidden_by: tuple[int, ...]
    leader: Leader | None = None
    """The hairline to its sign, if it stands away from it."""


def plan(
    candidates: Sequence[Candidate],
    obstacles: Sequence[Obstacle],
    padding_px: float = 2.0,
    lines: Lines = NO_LINES,
) -> tuple[Planned, ...]:
    """Return a place for every candidate; candidates come most important first."""
    grid = Grid()
    for index, o in enumerate(obstacles):
        grid.add((*o.box, o.first_day, o.last_day, o.soft, -1, index))
    for index, candidate in enumerate(candidates):
        for box in _kept_clear(candidate):
            # Better aside of them, though the name may be shown on no day.
            grid.add((*box, candidate.first_day, candidate.last_day, True, -1, _kept_by(index)))
    placed = []
    line_of = [obstacle.line for obstacle in obstacles]
    for index, candidate in enumerate(candidates):
        first_day, last_day = candidate.first_day, candidate.last_day
        choice = _cheapest(candidate, index, grid, lines, line_of)
        if candidate.at and choice.cost > max(_LEAST_APART_DAYS, candidate.apart_costs_days):
            choice = _cheapest_apart(candidate, candidate.at, choice, grid, lines)
        # Names stand in the grid with their padding: a dot may come as near as that.
        dot = _grown(candidate.dot, -padding_px) if candidate.dot else None
        over = grid.near(dot, first_day, last_day) if dot else []
        labels = _distinct(label for *_, label, _ in (*choice.crossed, *choice.struck, *over))
        hiding = () if candidate.insists else (*choice.crossed, *choice.struck)
        hidden_by = _distinct(taken[-1] for taken in hiding)
        placed.append(Planned(choice.box, labels, hidden_by, choice.leader))
        x0, y0, x1, y1 = _grown(choice.box, padding_px)
        taken = x0 - _READ_ON_PX, y0, x1 + _READ_ON_PX, y1
        grid.add((*taken, first_day, last_day, candidate.spare, index, -1))
        for bead in beads(choice.leader) if choice.leader else ():
            grid.add((*bead, first_day, last_day, False, index, -1))
        if candidate.dot:
            grid.add((*candidate.dot, first_day, last_day, False, index, -1))
    return tuple(placed)


def _kept_clear(candidate: Candidate) -> Iterator[BoxPx]:
    """Yield what names placed before a candidate had better leave to it."""
    if candidate.dot:
        x0, y0, x1, y1 = candidate.dot
        yield x0 - _BESIDE_DOT_PX, y0 - _OVER_DOT_PX, x1 + _BESIDE_DOT_PX, y1 + _OVER_DOT_PX
    if candidate.reserves:
        yield candidate.boxes[0]


def _kept_by(index: int) -> int:
    """Return what stands for what a label keeps clear in place of an obstacle's index."""
    return -2 - index


def _distinct(indices: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted({index for index in indices if index >= 0}))


def _grown(box: BoxPx, by_px: float) -> BoxPx:
    return box[0] - by_px, box[1] - by_px, box[2] + by_px, box[3] + by_px


class _Choice(NamedTuple):
    """A box with its cost in days, what it crosses, and what the hairline to it strikes."""

    cost: float
    box: BoxPx
    crossed: list[Near]
    leader: Leader | None = None
    struck: Sequence[Near] = ()


def _cheapest(
    candidate: Candidate, index: int, grid: Grid, lines: Lines, line_of: Sequence[str]
) -> _Choice:
    """Return the box that costs fewest days, the earlier one of equals."""
    best_cost, best_box = inf, candidate.boxes[0]
    first_day, last_day = candidate.first_day, candidate.last_day
    around = _around(candidate.boxes)
    if candidate.at or candidate.line:
        around = _grown(around, _SIGN_REACH_PX)
    near = [n for n in grid.near(around, first_day, last_day) if n[-1] != _kept_by(index)]
    near.sort(key=_SHARED, reverse=True)
    costs = candidate.costs_days or (0.0,) * len(candidate.boxes)
    signs = _other_signs(near, candidate.at) if candidate.at else []
    own, others = _of_lines(near, candidate.line, line_of) if candidate.line else ([], [])
    weight = _COVERING_WEIGHT if candidate.insists else 1
    for box, before in zip(candidate.boxes, costs, strict=True):
        if before >= best_cost:
            continue
        enough_days = (best_cost - before) / weight
        cost = before + weight * _cost_days(box, near, enough_days, candidate.under_arrows)
        if signs and candidate.at and cost < best_cost:
            own_px = _distance(box, candidate.at) + _AS_NEAR_PX
            cost += _READ_AS_ITS_OWN * _misread_days(box, own_px, signs)
        if others and own and cost < best_cost:
            own_px = min(_distance(box, middle) for middle, _ in own)
            cost += _READ_AS_ITS_OWN * _misread_days(box, own_px, others)
        if candidate.off_lines and cost < best_cost:
            cost += lines.cost_days(box, first_day, last_day, best_cost - cost)
        if cost < best_cost:
            best_cost, best_box = cost, box
        if not best_cost:
            break
    x0, y0, x1, y1 = best_box
    crossed = [n for n in near if n[1] < y1 and y0 < n[3] and n[0] < x1 and x0 < n[2]]
    return _Choice(best_cost, best_box, crossed)


def _cost_days(box: BoxPx, near: list[Near], enough_days: float, under_arrows: bool) -> float:
    """Return the days something is crossed; what costs enough is not reckoned to the end.

    Days across arrows count once and for less, but for a name that is left out `under_arrows`.
    """
    x0, y0, x1, y1 = box
    days, arrow_days, soft_days, beads = 0, 0, 0, 0
    for n in near:
        if n[1] < y1 and y0 < n[3] and n[0] < x1 and x0 < n[2]:
            if not n[5]:
                days += n[4]
                if days >= enough_days:
                    return days
            elif under_arrows and n[7] >= 0:
                arrow_days = max(arrow_days, n[4])
            else:
                soft_days = max(soft_days, n[4])
                beads += n[7] >= 0
    return days + arrow_days + _soft_weight(beads) * soft_days


def _other_signs(near: list[Near], at: PointPx) -> list[tuple[PointPx, int]]:
    """Return the middles of other signs and dots near a point, with their days, in their order."""
    x, y = at
    return [
        (((n[0] + n[2]) / 2, (n[1] + n[3]) / 2), n[4])
        for n in near
        if _is_sign(n) and not (n[0] <= x <= n[2] and n[1] <= y <= n[3])
    ]


def _of_lines(
    near: list[Near], line: str, line_of: Sequence[str]
) -> tuple[list[tuple[PointPx, int]], list[tuple[PointPx, int]]]:
    """Return the middles of what is strung along a line, and of what is along others, with days."""
    own: list[tuple[PointPx, int]] = []
    others: list[tuple[PointPx, int]] = []
    for n in near:
        along = line_of[n[7]] if n[7] >= 0 else ""
        if along:
            middle = (n[0] + n[2]) / 2, (n[1] + n[3]) / 2
            (own if along == line else others).append((middle, n[4]))
    return own, others


def _is_sign(n: Near) -> bool:
    """Tell whether something is a sign, or what is kept clear around a town's dot."""
    if n[7] >= 0:
        return not n[5]
    return n[7] < -1 and n[2] - n[0] < _DOT_ACROSS_PX


def _misread_days(box: BoxPx, within_px: float, signs: list[tuple[PointPx, int]]) -> int:
    """Return the most days a name stands so near to another sign as to be read as its.

    Signs with most days come first.
    """
    for middle, days in signs:
        level = box[1] <= middle[1] <= box[3]
        if _distance(box, middle) * (_LEVEL if level else 1.0) < within_px:
            return days
    return 0


def _distance(box: BoxPx, point: PointPx) -> float:
    x0, y0, x1, y1 = box
    x, y = point
    off_x = x0 - x if x < x0 else x - x1 if x > x1 else 0.0
    off_y = y0 - y if y < y0 else y - y1 if y > y1 else 0.0
    return hypot(off_x, off_y)


def _soft_weight(beads: int) -> float:
    """Return what a day across arrows costs: the more of them a name hides, the more."""
    return SOFT_WEIGHT * (1 + min(beads, _MOST_BEADS) * _EACH_BEAD)


def _cheapest_apart(
    candidate: Candidate, at: PointPx, beside: _Choice, grid: Grid, lines: Lines
) -> _Choice:
    """Return a box away from the sign if one costs fewer days than the best one beside it."""
    x0, y0, x1, y1 = candidate.boxes[0]
    size_px = x1 - x0, y1 - y0
    days = candidate.first_day, candidate.last_day
    around = sorted(grid.near(reach(at, size_px), *days), key=_SHARED, reverse=True)
    near, signs = _Rows(around), _other_signs(around, at)
    best = beside
    for off_px in FAR_PX:
        before = candidate.apart_costs_days * (1 + off_px / _TWICE_AS_DEAR_PX)
        if before >= best.cost:
            break
        for direction in DIRECTIONS:
            box = box_apart(at, size_px, direction, off_px)
            cost = before + near.cost_days(box, best.cost - before)
            if cost >= best.cost:
                continue
            leader = leader_to(at, direction, off_px)
            struck = near.struck(leader, at)
            cost += _cost_struck(struck)
            if cost < best.cost:
                cost += _READ_AS_ITS_OWN * _misread_days(box, _OFF_SIGNS_PX, signs)
            if cost < best.cost:
                cost += lines.cost_days(box, *days, best.cost - cost)
            if cost < best.cost:
                solid = [n for n in struck if not n[5]]
                best = _Choice(cost, box, near.meeting(box), leader, solid)
    return best


class _Rows:
    """What is near a sign, kept by rows: dozens of boxes are held against it."""

    def __init__(self, near: list[Near]) -> None:
        self._rows: dict[int, list[tuple[int, Near]]] = {}
        for n in near:
            top = int(n[1] // _ROW_PX)
            for row in range(top, int(n[3] // _ROW_PX) + 1):
                self._rows.setdefault(row, []).append((top, n))

    def cost_days(self, box: BoxPx, enough_days: float) -> float:
        """Return what it costs to stand in a box, not reckoned to the end if it is enough."""
        x0, y0, x1, y1 = box
        first, days, soft_days, beads = int(y0 // _ROW_PX), 0, 0, 0
        for row in range(first, int(y1 // _ROW_PX) + 1):
            for top, n in self._rows.get(row, ()):
                if n[1] < y1 and y0 < n[3] and n[0] < x1 and x0 < n[2]:
                    if n[5]:
                        soft_days = max(soft_days, n[4])
                        beads += n[7] >= 0
                    elif top == row or row == first:
                        days += n[4]
                        if days >= enough_days:
                            return days
        return days + _soft_weight(beads) * soft_days

    def meeting(self, box: BoxPx) -> list[Near]:
        """Return what meets a box."""
        x0, y0, x1, y1 = box
        first = int(y0 // _ROW_PX)
        return [
            n
            for row in range(first, int(y1 // _ROW_PX) + 1)
            for top, n in self._rows.get(row, ())
            if n[1] < y1 and y0 < n[3] and n[0] < x1 and x0 < n[2] and (top == row or row == first)
        ]

    def struck(self, leader: Leader, at: PointPx) -> list[Near]:
        """Return the names, signs and arrows a hairline runs through.

        What stands on its own sign is no reason to go elsewhere.
        """
        (x0, y0), (x1, y1) = leader
        x, y = at
        across_x, across_y = y0 - y1, x1 - x0
        reach_x, reach_y = abs(across_x) / 2, abs(across_y) / 2
        level = across_x * x0 + across_y * y0
        struck = []
        for n in self.meeting((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))):
            a0, b0, a1, b1, *_, label, obstacle = n
            kept_clear = label < 0 and obstacle < 0
            if kept_clear or (a0 <= x <= a1 and b0 <= y <= b1):
                continue
            # The line passes where its box meets, unless all four corners lie on one side of it.
            off = across_x * (a0 + a1) / 2 + across_y * (b0 + b1) / 2 - level
            if abs(off) < reach_x * (a1 - a0) + reach_y * (b1 - b0):
                struck.append(n)
        return struck


def _cost_struck(struck: list[Near]) -> float:
    """Return the days a hairline runs through something; less for an arrow, but all along it."""
    days = 0.0
    for n in struck:
        if n[6] >= 0:
            days += n[4]
        else:
            days += n[4] * (_ARROW_STRUCK if n[5] else _SIGN_STRUCK)
    return days


def _around(boxes: Sequence[BoxPx]) -> BoxPx:
    if len(boxes) == 1:
        return boxes[0]
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)
