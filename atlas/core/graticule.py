"""Meridians and parallels for a view. Floor: core; neighbours: projection, viewport."""

from __future__ import annotations

from functools import lru_cache
from math import ceil, dist, floor
from typing import Final, NamedTuple

from atlas.core.model import PointM
from atlas.core.viewport import REGION_DEG, Camera, SizePx, extent_m, region_m

_STEPS_DEG: Final = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
_WANTED_PX: Final = 170.0
_M_PER_DEG: Final = 111_195.0
_POINTS: Final = 25
_MIDDLE_DEG: Final = (104.0, 24.0)
_FAR_M: Final = 7_000_000.0
"""Beyond this distance from the region's middle the map is blank and meridians crowd."""


class Line(NamedTuple):
    """One meridian or parallel: its degrees, and vertices from south to north or west to east."""

    is_meridian: bool
    degrees: float
    points_m: tuple[PointM, ...]

    @property
    def words(self) -> str:
        """Return the degrees as lettered at the edge: ``105° E``."""
        size = f"{abs(self.degrees):g}°"
        if not self.degrees:
            return size
        sides = "EW" if self.is_meridian else "NS"
        return f"{size} {sides[self.degrees < 0]}"


def spacing_deg(m_per_px: float) -> float:
    """Return the round step that puts lines about a hand's width apart."""
    for step in _STEPS_DEG:
        if step * _M_PER_DEG / m_per_px >= _WANTED_PX:
            return step
    return _STEPS_DEG[-1]


@lru_cache(maxsize=8)
def graticule(camera: Camera, size_px: SizePx) -> tuple[Line, ...]:
    """Return the lines that may cross a view."""
    west, south, east, north = bounds_deg(camera, size_px)
    step = spacing_deg(camera.m_per_px)
    lons = [i * step for i in range(floor(west / step), ceil(east / step) + 1)]
    lats = [i * step for i in range(floor(south / step), ceil(north / step) + 1)]
    forward = camera.projection.forward
    shares = [i / (_POINTS - 1) for i in range(_POINTS)]
    low, high = max(lats[0], -80.0), min(lats[-1], 85.0)
    meridians = [
        Line(True, lon, tuple(forward(lon, low + (high - low) * t) for t in shares)) for lon in lons
    ]
    parallels = [
        Line(
            False,
            lat,
            tuple(forward(lons[0] + (lons[-1] - lons[0]) * t, lat) for t in shares),
        )
        for lat in lats
        if -80 <= lat <= 85
    ]
    return (*meridians, *parallels)


def bounds_deg(camera: Camera, size_px: SizePx) -> tuple[float, float, float, float]:
    """Return west, south, east, north of the smallest box of degrees that holds the view."""
    x_min, y_min, x_max, y_max = extent_m(camera, size_px)
    found = [REGION_DEG[:2], REGION_DEG[2:]] if _holds_the_region(camera, size_px) else []
    middle_m = camera.projection.forward(*_MIDDLE_DEG)
    for i in range(9):
        x = x_min + (x_max - x_min) * i / 8
        y = y_min + (y_max - y_min) * i / 8
        for point in ((x, y_min), (x, y_max), (x_min, y), (x_max, y)):
            if dist(point, middle_m) < _FAR_M:
                found.append(camera.projection.inverse(*point))
    lons, lats = [lon for lon, _ in found] or [0.0], [lat for _, lat in found] or [0.0]
    return min(lons), min(lats), max(lons), max(lats)


def _holds_the_region(camera: Camera, size_px: SizePx) -> bool:
    x_min, y_min, x_max, y_max = extent_m(camera, size_px)
    west, south, east, north = region_m(camera.projection)
    return x_min <= west and y_min <= south and x_max >= east and y_max >= north
