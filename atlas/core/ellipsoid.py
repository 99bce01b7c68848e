"""The WGS84 ellipsoid: its size and shape. Floor: core; neighbours: projection, geodesic."""

from __future__ import annotations

from math import cos, radians, sin, sqrt
from typing import Final

WGS84_A_M: Final = 6_378_137.0
WGS84_F: Final = 1 / 298.257223563
WGS84_E2: Final = WGS84_F * (2 - WGS84_F)
"""Eccentricity squared."""


def radii_m(lat_deg: float) -> tuple[float, float]:
    """Return metres of ground a radian of latitude and a radian of longitude take there."""
    lat = radians(lat_deg)
    w2 = 1 - WGS84_E2 * sin(lat) ** 2
    return WGS84_A_M * (1 - WGS84_E2) / (w2 * sqrt(w2)), WGS84_A_M * cos(lat) / sqrt(w2)
