"""Shortest lines on the WGS84 ellipsoid: their length, bearing and course, and areas they bound.

Floor: core; neighbours: ellipsoid, projection. Formulas: T. Vincenty, Direct and inverse solutions
of geodesics on the ellipsoid, Survey Review 23 (1975), pp. 88-93. The tests hold them against
pyproj; between points nearly opposite each other on the Earth they do not settle.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import atan, atan2, ceil, cos, degrees, hypot, radians, sin, sqrt, tan
from typing import Final, NamedTuple

from atlas.core.ellipsoid import WGS84_A_M, WGS84_E2, WGS84_F
from atlas.core.projection import Laea

PointDeg = tuple[float, float]
_B_M: Final = WGS84_A_M * (1 - WGS84_F)
_STEP_M: Final = 40_000.0
"""Pieces of a line no longer than this are as good as straight on the map, and for areas."""
_MOST_STEPS: Final = 200


class Geodesic(NamedTuple):
    """The shortest line between two points: length in metres, bearing at its start from north."""

    length_m: float
    bearing_deg: float


def geodesic(start: PointDeg, end: PointDeg) -> Geodesic:
    """Return length and initial bearing (0 to 360) of the shortest line from `start` to `end`.

    Raises
    ------
    ValueError
        If the points lie nearly opposite each other on the Earth.
    """
    sin_u1, cos_u1 = _reduced(start[1])
    sin_u2, cos_u2 = _reduced(end[1])
    difference = radians((end[0] - start[0] + 180.0) % 360.0 - 180.0)
    turn = difference
    for _ in range(_MOST_STEPS):
        east = cos_u2 * sin(turn)
        north = cos_u1 * sin_u2 - sin_u1 * cos_u2 * cos(turn)
        sin_arc = hypot(east, north)
        if sin_arc < 1e-15:
            return Geodesic(0.0, 0.0)
        cos_arc = sin_u1 * sin_u2 + cos_u1 * cos_u2 * cos(turn)
        arc = atan2(sin_arc, cos_arc)
        sin_azimuth = cos_u1 * cos_u2 * sin(turn) / sin_arc
        cos2 = 1 - sin_azimuth**2
        middle = cos_arc - 2 * sin_u1 * sin_u2 / cos2 if cos2 > 1e-15 else 0.0
        earlier, turn = turn, difference + _longitude_lag(sin_azimuth, arc, middle)
        if abs(turn - earlier) < 1e-12:
            length_m = _length(cos2, arc, middle)
            return Geodesic(length_m, degrees(atan2(east, north)) % 360.0)
    raise ValueError("the points lie opposite each other on the Earth")


def travelled(start: PointDeg, bearing_deg: float, length_m: float) -> PointDeg:
    """Return the point reached along the shortest line that sets out in a bearing."""
    sin_u, cos_u = _reduced(start[1])
    sin_b, cos_b = sin(radians(bearing_deg)), cos(radians(bearing_deg))
    first_arc = atan2(sin_u, cos_u * cos_b)
    sin_azimuth = cos_u * sin_b
    big_a, big_b = _series(1 - sin_azimuth**2)
    arc = length_m / (_B_M * big_a)
    for _ in range(_MOST_STEPS):
        middle = cos(2 * first_arc + arc)
        earlier, arc = arc, length_m / (_B_M * big_a) + _arc_lag(big_b, arc, middle)
        if abs(arc - earlier) < 1e-13:
            break
    north = sin_u * cos(arc) + cos_u * sin(arc) * cos_b
    across = hypot(sin_azimuth, sin_u * sin(arc) - cos_u * cos(arc) * cos_b)
    turn = atan2(sin(arc) * sin_b, cos_u * cos(arc) - sin_u * sin(arc) * cos_b)
    lag = _longitude_lag(sin_azimuth, arc, cos(2 * first_arc + arc))
    lon_deg = (start[0] + degrees(turn - lag) + 180.0) % 360.0 - 180.0
    return lon_deg, degrees(atan2(north, (1 - WGS84_F) * across))


def course(start: PointDeg, end: PointDeg) -> tuple[PointDeg, ...]:
    """Return points along the shortest line, near enough to each other to be joined straight.

    Raises
    ------
    ValueError
        If the points lie nearly opposite each other on the Earth.
    """
    line = geodesic(start, end)
    count = max(1, ceil(line.length_m / _STEP_M))
    between = (
        travelled(start, line.bearing_deg, line.length_m * i / count) for i in range(1, count)
    )
    return (start, *between, end)


def area_m2(corners: Sequence[PointDeg]) -> float:
    """Return the area within the shortest lines from corner to corner and back to the first.

    Reckoned on an equal-area map around the corners, their lines followed in short pieces. What
    crosses itself has parts that count against each other.

    Raises
    ------
    ValueError
        If two neighbours lie nearly opposite each other on the Earth.
    """
    lon_0 = sum(lon for lon, _ in corners) / len(corners)
    lat_0 = sum(lat for _, lat in corners) / len(corners)
    forward = Laea(lon_0, lat_0).forward
    ring = [
        forward(*point)
        for start, end in pairwise((*corners, corners[0]))
        for point in course(start, end)[:-1]
    ]
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise((*ring, ring[0])))) / 2


def _reduced(lat_deg: float) -> tuple[float, float]:
    """Return sine and cosine of the reduced latitude."""
    lat = atan((1 - WGS84_F) * tan(radians(lat_deg)))
    return sin(lat), cos(lat)


def _longitude_lag(sin_azimuth: float, arc: float, middle: float) -> float:
    """Return how much further the sphere turns than the ellipsoid, in radians."""
    cos2 = 1 - sin_azimuth**2
    c = WGS84_F / 16 * cos2 * (4 + WGS84_F * (4 - 3 * cos2))
    inner = middle + c * cos(arc) * (2 * middle**2 - 1)
    return (1 - c) * WGS84_F * sin_azimuth * (arc + c * sin(arc) * inner)


def _series(cos2: float) -> tuple[float, float]:
    """Return Vincenty's A and B."""
    u2 = cos2 * WGS84_E2 / (1 - WGS84_E2)
    k = (sqrt(1 + u2) - 1) / (sqrt(1 + u2) + 1)
    return (1 + k * k / 4) / (1 - k), k * (1 - 3 * k * k / 8)


def _arc_lag(big_b: float, arc: float, middle: float) -> float:
    inner = cos(arc) * (2 * middle**2 - 1)
    outer = big_b / 6 * middle * (4 * sin(arc) ** 2 - 3) * (4 * middle**2 - 3)
    return big_b * sin(arc) * (middle + big_b / 4 * (inner - outer))


def _length(cos2: float, arc: float, middle: float) -> float:
    big_a, big_b = _series(cos2)
    return _B_M * big_a * (arc - _arc_lag(big_b, arc, middle))
