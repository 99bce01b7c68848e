"""The way of a camera from one view to the next: eased in and out, its scale by even factors.

Floor: core; neighbours: viewport. The window's flights and those of films go this way.
"""

from __future__ import annotations

from collections.abc import Iterator

from atlas.core.viewport import Camera


def eased(share: float) -> float:
    """Return how far one is when a share of the time is over: slow, quick, slow (cubic)."""
    if share < 0.5:
        return 4 * share**3
    return 1 - (2 - 2 * share) ** 3 / 2


def between(start: Camera, end: Camera, share: float) -> Camera:
    """Return the camera a share of the way along, its scale changing by even factors.

    Both are of one projection.
    """
    m_per_px = start.m_per_px * (end.m_per_px / start.m_per_px) ** share
    return end._replace(
        x_m=start.x_m + (end.x_m - start.x_m) * share,
        y_m=start.y_m + (end.y_m - start.y_m) * share,
        m_per_px=m_per_px,
    )


def on_the_way(start: Camera, end: Camera, steps: int) -> Iterator[Camera]:
    """Yield the cameras of a flight at even times, without its two ends."""
    for step in range(1, steps):
        yield between(start, end, eased(step / steps))
