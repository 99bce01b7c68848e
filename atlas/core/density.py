"""How dated things crowd along a line: lanes for marks, counts for a profile.

Floor: core; neighbours: when, timescale. Pure arithmetic on pixels and days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from atlas.core.when import Span


def lanes(xs_px: Sequence[float], gap_px: float, lane_count: int) -> tuple[int, ...]:
    """Give each mark a lane so that marks of one lane stay `gap_px` apart where there is room.

    `xs_px` rises. The lowest free lane is taken; with every lane full, the one whose last mark
    lies farthest back, so that what must overlap overlaps least.
    """
    last_px = [float("-inf")] * lane_count
    chosen = []
    for x_px in xs_px:
        free = (lane for lane in range(lane_count) if x_px - last_px[lane] >= gap_px)
        lane = next(free, min(range(lane_count), key=last_px.__getitem__))
        last_px[lane] = x_px
        chosen.append(lane)
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
