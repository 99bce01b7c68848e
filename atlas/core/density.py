"""How dated things crowd along a line: lanes for marks, counts for a profile.

Floor: core; neighbours: when, timescale. Pure arithmetic on pixels and days.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from typing import Final

from atlas.core.when import Span

CROWDED_OUT: Final = -1
Box = tuple[float, float]
"""Left and right of a mark, in pixels."""


def lanes(
    boxes_px: Sequence[Box], ranks: Sequence[int], gap_px: float, lane_count: int
) -> tuple[int, ...]:
    """Give each mark a lane in which its box, left to right, stays `gap_px` clear of the others.

    Marks of a lower rank choose first, from the left, and take the lowest free lane; a mark no
    lane has room for gets `CROWDED_OUT`. All sequences have the length n.
    """
    rows: list[list[Box]] = [[] for _ in range(lane_count)]
    chosen = [CROWDED_OUT] * len(boxes_px)
    for index in sorted(range(len(boxes_px)), key=lambda i: (ranks[i], boxes_px[i], i)):
        chosen[index] = _settle(boxes_px[index], rows, range(lane_count), gap_px)
    return tuple(chosen)


def widened(
    boxes_px: Sequence[Box],
    chosen: Sequence[int],
    ranks: Sequence[int],
    wanted_px: Sequence[Sequence[float]],
    gap_px: float,
    lane_count: int,
) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Widen boxes to the right, each by the first of its `wanted_px` there is room for.

    A box may change its lane for it; none is ever crowded out. Returns lanes and added widths.
    """
    rows: list[list[Box]] = [[] for _ in range(lane_count)]
    for box, lane in zip(boxes_px, chosen, strict=True):
        if lane != CROWDED_OUT:
            insort(rows[lane], box)
    new_lanes, added = list(chosen), [0.0] * len(boxes_px)
    for index in sorted(range(len(boxes_px)), key=lambda i: (ranks[i], boxes_px[i], i)):
        (left, right), own = boxes_px[index], chosen[index]
        if own == CROWDED_OUT:
            continue
        rows[own].remove((left, right))
        order = (own, *(lane for lane in range(lane_count) if lane != own))
        for more_px in (*wanted_px[index], 0.0):
            lane = _settle((left, right + more_px), rows, order, gap_px)
            if lane != CROWDED_OUT:
                new_lanes[index], added[index] = lane, more_px
                break
    return tuple(new_lanes), tuple(added)


def _settle(box: Box, rows: list[list[Box]], order: Iterable[int], gap_px: float) -> int:
    """Put a box into the first row that has room and return its number."""
    for lane in order:
        row = rows[lane]
        at = bisect_left(row, box)
        clear_left = at == 0 or row[at - 1][1] + gap_px <= box[0]
        if clear_left and (at == len(row) or box[1] + gap_px <= row[at][0]):
            row.insert(at, box)
            return lane
    return CROWDED_OUT


def profile(
    spans: Iterable[Span], start_day: float, end_day: float, bins: int
) -> tuple[float, ...]:
    """Return how many spans hold in each of `bins` equal stretches of a window.

    A span counts in every stretch it touches. Spans open at both ends say nothing about a time
    and are left out.
    """
    step = (end_day - start_day) / bins
    delta = [0.0] * (bins + 1)
    for span in spans:
        first, end = span.earliest_start_day, span.latest_end_day
        if first < start_day and end > end_day:
            continue
        low = max(int((first - start_day) // step), 0)
        high = min(int(-((start_day - end) // step)), bins)
        if low < high:
            delta[low] += 1
            delta[high] -= 1
    counts, total = [], 0.0
    for change in delta[:-1]:
        total += change
        counts.append(total)
    return tuple(counts)


def smoothed(values: Sequence[float], reach: int) -> tuple[float, ...]:
    """Return the values averaged over `reach` neighbours on either side, ends included."""
    if reach < 1:
        return tuple(values)
    result = []
    for index in range(len(values)):
        near = values[max(index - reach, 0) : index + reach + 1]
        result.append(sum(near) / len(near))
    return tuple(result)
