"""How dated things crowd along a line: lanes for marks, counts for a profile.

Floor: core; neighbours: when, timescale. Pure arithmetic on pixels and days.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

from atlas.core.when import Span

CROWDED_OUT: Final = -1


def lanes(
    boxes_px: Sequence[tuple[float, float]], ranks: Sequence[int], gap_px: float, lane_count: int
) -> tuple[int, ...]:
    """Give each mark a lane in which its box, left to right, stays `gap_px` clear of the others.

    Marks of a lower rank choose first, from the left, and take the lowest free lane; a mark no
    lane has room for gets `CROWDED_OUT`. All sequences have the length n.
    """
    taken: list[list[tuple[float, float]]] = [[] for _ in range(lane_count)]
    chosen = [CROWDED_OUT] * len(boxes_px)
    for index in sorted(range(len(boxes_px)), key=lambda i: (ranks[i], boxes_px[i], i)):
        left, right = boxes_px[index]
        for lane, row in enumerate(taken):
            at = bisect_left(row, (left, right))
            clear_left = at == 0 or row[at - 1][1] + gap_px <= left
            if clear_left and (at == len(row) or right + gap_px <= row[at][0]):
                row.insert(at, (left, right))
                chosen[index] = lane
                break
    return tuple(chosen)


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
