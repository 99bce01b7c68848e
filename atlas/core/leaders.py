"""Names set off from their signs, each tied to its own by a hairline: places and lines.

Floor: core; neighbours: lines. Where signs stand in a heap, no name finds room beside its own; a
printed map then letters them outside the heap.
"""

from __future__ import annotations

from math import cos, hypot, pi, sin
from typing import Final, NamedTuple

from atlas.core.labels import BoxPx
from atlas.core.lines import PointPx

FAR_PX: Final = (24.0, 42.0, 64.0, 92.0)
"""How far off a name may stand from its sign: no reader follows a hairline much further."""
_COUNT: Final = 12
_STEEP: Final = 0.5
"""From a sign to a name above or below it, a hairline ends at the name's middle."""
_OFF_SIGN_PX: Final = 7.0
_OFF_NAME_PX: Final = 2.0
_BEAD_PX: Final = 8.0


class Leader(NamedTuple):
    """A hairline from a sign to its name, in pixels."""

    start: PointPx
    end: PointPx


Direction = tuple[float, float, float, float]
"""A unit vector, and how much of a name's width and height lies before its hairline's end."""


def box_apart(
    at: PointPx, size_px: tuple[float, float], direction: Direction, off_px: float
) -> BoxPx:
    """Return the box of a name set off from its sign."""
    unit_x, unit_y, before, above = direction
    width, height = size_px
    left = at[0] + unit_x * off_px - before * width
    top = at[1] + unit_y * off_px - above * height
    return left, top, left + width, top + height


def leader_to(at: PointPx, direction: Direction, off_px: float) -> Leader:
    """Return the hairline from a sign to a name set off from it."""
    (x, y), (unit_x, unit_y, _, _) = at, direction
    far_px = off_px - _OFF_NAME_PX
    return Leader(
        (x + unit_x * _OFF_SIGN_PX, y + unit_y * _OFF_SIGN_PX),
        (x + unit_x * far_px, y + unit_y * far_px),
    )


def reach(at: PointPx, size_px: tuple[float, float]) -> BoxPx:
    """Return the box that holds all of them."""
    (x, y), (width, height) = at, size_px
    across, down = FAR_PX[-1] + width, FAR_PX[-1] + height
    return x - across, y - down, x + across, y + down


def beads(leader: Leader) -> list[BoxPx]:
    """Return small boxes strung along a hairline, so that what meets it meets one of them."""
    (x0, y0), (x1, y1) = leader
    count = int(hypot(x1 - x0, y1 - y0) / _BEAD_PX) + 1
    dx, dy = (x1 - x0) / count, (y1 - y0) / count
    corners = [(x0 + dx * i, y0 + dy * i) for i in range(count)]
    return [
        (min(x, x + dx) - 1, min(y, y + dy) - 1, max(x, x + dx) + 1, max(y, y + dy) + 1)
        for x, y in corners
    ]


def _direction(turn: float) -> Direction:
    unit_x, unit_y = cos(turn), sin(turn)
    if abs(unit_x) < _STEEP:
        return unit_x, unit_y, 0.5, float(unit_y < 0)
    return unit_x, unit_y, float(unit_x < 0), 0.5


DIRECTIONS: Final = tuple(_direction(2 * pi * i / _COUNT) for i in range(_COUNT))
"""All ways a hairline may run, eastward first."""
