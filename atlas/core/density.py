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
    xs_px: Sequence[float], ranks: Sequence[int], gap_px: float, lane_count: int
) -> tuple[int, ...]:
    """Give each mark a lane in which it stays `gap_px` clear of every other mark.

    Marks of a lower rank choose first, from the left, and take the lowest free lane; a mark no
    lane has room for gets `CROWDED_OUT`. All sequences have the shape (n,).
    """
    taken: list[list[float]] = [[] for _ in range(lane_count)]
    chosen = [CROWDED_OUT] * len(xs_px)
    for index in sorted(range(len(xs_px)), key=lambda i: (ranks[i], xs_px[i], i)):
        for lane, row in enumerate(taken):
            at = bisect_left(row, xs_px[index])
            if all(abs(x - xs_px[index]) >= gap_px for x in row[max(at - 1, 0) : at + 1]):
                row.insert(at, xs_px[index])
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
