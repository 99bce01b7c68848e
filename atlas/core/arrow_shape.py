"""The outline of a tapering arrow along a bent line, as numbers. Floor: core; no neighbours.

Coordinates are pixels. The line is smoothed by corner cutting (G. Chaikin, "An algorithm for
high-speed curve generation", 1974), both ends kept.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise
from math import hypot
from typing import Final, NamedTuple

Point = tuple[float, float]
LEAST_PX: Final = 3.0
"""Shorter lines carry no arrow: they hardly have a direction."""
LEAST_HEAD_PX: Final = 9.0
_LEAST_HALF_PX: Final = 4.8
"""A head smaller than this tells no direction. On a shorter line it reaches back past the start."""
_SHORT: Final = 2.4
_LEAST_SCALE: Final = 0.42
Ring = tuple[Point, ...]


class ArrowSizes(NamedTuple):
    """Half-widths of tail and shoulder, head length and half-width, in pixels."""

    tail_px: float = 1.1
    shoulder_px: float = 3.4
    head_px: float = 15.0
    head_half_px: float = 8.5

    def scaled(self, factor: float) -> ArrowSizes:
        """Return the sizes times a factor."""
        return ArrowSizes(
            self.tail_px * factor,
            self.shoulder_px * factor,
            self.head_px * factor,
            self.head_half_px * factor,
        )


class ArrowShape(NamedTuple):
    """Body polygons, one per stretch asked for (empty if too short to see), and the head."""

    bodies: tuple[Ring, ...]
    head: Ring
    spine: Ring
    core: Ring
    """The spine where the body is broad enough to carry a light line."""


def smoothed(line: Ring, rounds: int = 2) -> Ring:
    """Cut every corner at a quarter of its sides, `rounds` times."""
    for _ in range(rounds):
        if len(line) < 3:
            return line
        out = [line[0]]
        for (x0, y0), (x1, y1) in pairwise(line):
            out.append((0.75 * x0 + 0.25 * x1, 0.75 * y0 + 0.25 * y1))
            out.append((0.25 * x0 + 0.75 * x1, 0.25 * y0 + 0.75 * y1))
        out.append(line[-1])
        line = tuple(out)
    return line


def stopped(line: Ring, short_px: float) -> Ring:
    """Return a line that ends so much before its end; whole if it is hardly longer than that."""
    left = short_px
    for index in range(len(line) - 1, 0, -1):
        (x0, y0), (x1, y1) = line[index - 1], line[index]
        step = hypot(x1 - x0, y1 - y0)
        if step > left:
            share = left / step
            tip = (x1 + (x0 - x1) * share, y1 + (y0 - y1) * share)
            return (*line[:index], tip)
        left -= step
    return line


def arrow_shape(
    line: Ring, cuts: tuple[tuple[float, float], ...], sizes: ArrowSizes
) -> ArrowShape | None:
    """Return the arrow along `line`; `cuts` are (from, to) fractions of its length.

    None if the line is too short to carry a head.
    """
    spine = smoothed(_without_repeats(line))
    lengths = _cumulated(spine)
    total = lengths[-1] if lengths else 0.0
    if total < LEAST_PX:
        return None
    # A short arrow is a small one, not a large head.
    shrink = min(1.0, total / (_SHORT * sizes.head_px))
    neck = total - max(sizes.head_px * shrink, min(LEAST_HEAD_PX, sizes.head_px))
    least_half = min(_LEAST_HALF_PX, sizes.head_half_px)
    sizes = sizes.scaled(max(shrink, _LEAST_SCALE))
    bodies = []
    for start, end in cuts:
        a, b = start * total, min(end * total, neck)
        bodies.append(_body(spine, lengths, a, b, neck, sizes) if b - a > 0.2 else ())
    tip = _head(spine, lengths, neck, max(sizes.head_half_px, least_half))
    core = [
        point for point, length in zip(spine, lengths, strict=True) if neck * 0.3 < length < neck
    ]
    if core:
        core.append(_at(spine, lengths, neck)[0])
    return ArrowShape(tuple(bodies), tip, spine, tuple(core))


def _without_repeats(line: Ring) -> Ring:
    kept = [line[0]]
    for x, y in line[1:]:
        if hypot(x - kept[-1][0], y - kept[-1][1]) > 0.5:
            kept.append((x, y))
    return tuple(kept)


def _cumulated(spine: Ring) -> tuple[float, ...]:
    steps = (hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(spine))
    return tuple(accumulate(steps, initial=0.0))


def _at(spine: Ring, lengths: tuple[float, ...], length: float) -> tuple[Point, Point]:
    """Return the point at a length along the spine and the unit normal there."""
    index = min(max(bisect_right(lengths, length), 1), len(spine) - 1)
    (x0, y0), (x1, y1) = spine[index - 1], spine[index]
    step = lengths[index] - lengths[index - 1] or 1.0
    t = (length - lengths[index - 1]) / step
    return (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t), (-(y1 - y0) / step, (x1 - x0) / step)


def _body(
    spine: Ring, lengths: tuple[float, ...], a: float, b: float, neck: float, sizes: ArrowSizes
) -> Ring:
    inner = lengths[bisect_right(lengths, a) : bisect_right(lengths, b)]
    left, right = [], []
    for length in (a, *inner, b):
        (x, y), (nx, ny) = _at(spine, lengths, length)
        share = length / neck if neck > 0 else 1.0
        half = sizes.tail_px + (sizes.shoulder_px - sizes.tail_px) * share
        left.append((x + nx * half, y + ny * half))
        right.append((x - nx * half, y - ny * half))
    return (*left, *reversed(right))


def _head(spine: Ring, lengths: tuple[float, ...], neck: float, half: float) -> Ring:
    (x, y), _ = _at(spine, lengths, neck)
    tip_x, tip_y = spine[-1]
    length = hypot(tip_x - x, tip_y - y) or 1.0
    nx, ny = -(tip_y - y) / length, (tip_x - x) / length
    return (x + nx * half, y + ny * half), (tip_x, tip_y), (x - nx * half, y - ny * half)
