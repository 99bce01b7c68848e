"""The way of a camera from one view to the next: eased in and out, its scale by even factors.

Floor: core; neighbours: viewport. The window's flights and those of films go this way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from atlas.core.viewport import Camera

_SAME_SCALE: Final = 1e-6


def eased(share: float) -> float:
    """Return how far one is when a share of the time is over: slow, quick, slow (cubic)."""
    if share < 0.5:
        return 4 * share**3
    return 1 - (2 - 2 * share) ** 3 / 2


def between(start: Camera, end: Camera, share: float) -> Camera:
    """Return the camera a share of the way along, its scale changing by even factors.

    It nears or leaves one point of the map, so that what is seen large does not rush past. Both
    are of one projection.
    """
    factor = end.m_per_px / start.m_per_px
    aside = share if abs(factor - 1) < _SAME_SCALE else (factor**share - 1) / (factor - 1)
    return end._replace(
        x_m=start.x_m + (end.x_m - start.x_m) * aside,
        y_m=start.y_m + (end.y_m - start.y_m) * aside,
        m_per_px=start.m_per_px * factor**share,
    )


def on_the_way(start: Camera, end: Camera, steps: int) -> Iterator[Camera]:
    """Yield the cameras of a flight at even times, without its two ends."""
    for step in range(1, steps):
        yield between(start, end, eased(step / steps))
