"""Thin lines that names had better stand clear of, and what it costs to be struck by them.

Floor: core; neighbours: labels.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from math import hypot, inf

from atlas.core.labels import BoxPx

EVERYWHERE: BoxPx = (-1e12, -1e12, 1e12, 1e12)
PointPx = tuple[float, float]
SOFT_WEIGHT = 0.3
"""What a day across arrows costs, be they one or many, against a day across a symbol or a label."""

_LINE_PX = 12.0
_EACH_CELL_WEIGHT = 0.03
_Days = tuple[int, int]


class Lines:
    """Thin lines that a name had better stand clear of, kept by the cells they run through.

    Each line comes as its vertices in pixels with its first and last day; what lies outside of
    `within` is not looked at.
    """

    def __init__(
        self, lines: Iterable[tuple[Sequence[PointPx], int, int]], within: BoxPx = EVERYWHERE
    ) -> None:
        kinds: dict[_Days, int] = {}
        rows: dict[int, dict[int, int]] = {}
        for points, first_day, last_day in lines:
            # Lines of the same days are one; which of them run through a cell is told by bits.
            kind = 1 << kinds.setdefault((first_day, last_day), len(kinds))
            _mark_cells(points, within, kind, rows)
        # Neighbouring cells mostly hold the same lines.
        joined: dict[int, tuple[_Days, ...]] = {}
        self._rows: dict[int, tuple[list[int], list[tuple[_Days, ...]]]] = {}
        for y, row in rows.items():
            columns = sorted(row)
            for held in row.values():
                if held not in joined:
                    joined[held] = _joined([days for days, i in kinds.items() if held >> i & 1])
            self._rows[y] = columns, [joined[row[x]] for x in columns]

    def cost_days(
        self, box: BoxPx, first_day: int, last_day: int, enough_days: float = inf
    ) -> float:
        """Return what it costs a name of those days to stand across them.

        The more letters are struck, and the more often, the more it costs. What costs `enough_days`
        is not reckoned to the end.
        """
        x0, x1 = int(box[0] // _LINE_PX), int(box[2] // _LINE_PX)
        most, total, enough = 0, 0, enough_days / SOFT_WEIGHT
        for y in range(int(box[1] // _LINE_PX), int(box[3] // _LINE_PX) + 1):
            if y not in self._rows:
                continue
            columns, spans = self._rows[y]
            for struck in spans[bisect_left(columns, x0) : bisect_right(columns, x1)]:
                for first, last in struck:
                    # Spelled out: this is asked tens of thousands of times a plan.
                    shared = 1 + (last if last < last_day else last_day)
                    shared -= first if first > first_day else first_day
                    if shared > 0:
                        total += shared
                        if shared > most:
                            most = shared
                            if most >= enough:
                                return SOFT_WEIGHT * most
        one = SOFT_WEIGHT * most
        # Never as much as a name or a symbol in the way, whatever the number of lines.
        return one + min(one, _EACH_CELL_WEIGHT * total)


def _joined(spans: Collection[_Days]) -> tuple[_Days, ...]:
    """Return spans of days with those that meet made one."""
    if len(spans) == 1:
        return tuple(spans)
    joined: list[_Days] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    return tuple(joined)


def _mark_cells(
    points: Sequence[PointPx], within: BoxPx, kind: int, rows: dict[int, dict[int, int]]
) -> None:
    """Add a kind to every cell a line runs through, in rows of columns."""
    for (x0, y0), (x1, y1) in pairwise(points):
        first, last = share_within((x0, y0), (x1, y1), within)
        if first >= last:
            continue
        count = int(hypot(x1 - x0, y1 - y0) * (last - first) / _LINE_PX) + 1
        dx, dy = (x1 - x0) * (last - first) / count, (y1 - y0) * (last - first) / count
        x0, y0 = x0 + (x1 - x0) * first, y0 + (y1 - y0) * first
        for i in range(count + 1):
            row = rows.setdefault(int((y0 + dy * i) // _LINE_PX), {})
            column = int((x0 + dx * i) // _LINE_PX)
            row[column] = row.get(column, 0) | kind


def share_within(start: PointPx, end: PointPx, box: BoxPx) -> tuple[float, float]:
    """Return from where to where a stretch lies in a box, as shares of it; none if they cross."""
    (x0, y0), (x1, y1) = start, end
    left, top, right, bottom = box
    # Most stretches lie all inside, or all on one side: asked thousands of times a map.
    if left <= x0 <= right and left <= x1 <= right:
        if top <= y0 <= bottom and top <= y1 <= bottom:
            return 0.0, 1.0
    elif (x0 < left and x1 < left) or (x0 > right and x1 > right):
        return 1.0, 0.0
    if (y0 < top and y1 < top) or (y0 > bottom and y1 > bottom):
        return 1.0, 0.0
    first, last = 0.0, 1.0
    # Without a step it lies between the two sides, or was told apart above.
    if step := x1 - x0:
        one, other = (left - x0) / step, (right - x0) / step
        first, last = max(first, min(one, other)), min(last, max(one, other))
    if step := y1 - y0:
        one, other = (top - y0) / step, (bottom - y0) / step
        first, last = max(first, min(one, other)), min(last, max(one, other))
    return first, last


NO_LINES = Lines(())
