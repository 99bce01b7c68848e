"""What a reader measures on the map: a line from point to point, or the area it closes round.

Floor: core; neighbours: geodesic, words. Lengths are those of the shortest lines on the WGS84
ellipsoid, so that they are the same in every projection.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import log10
from typing import Final

from atlas.core.geodesic import Geodesic, PointDeg, area_m2, course, geodesic
from atlas.core.words import lonlat_in_words

_SIGNIFICANT: Final = 4
_LEAST_CORNERS: Final = 3

leg = lru_cache(maxsize=512)(geodesic)
leg_course = lru_cache(maxsize=512)(course)
"""Lengths and courses of legs, kept: a map in motion asks for the same ones again."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """Points in lon, lat in the order they were set; closed if the last leads to the first."""

    points: tuple[PointDeg, ...] = ()
    closed: bool = False

    @property
    def can_close(self) -> bool:
        """Whether there are corners enough for an area."""
        return len(self.points) >= _LEAST_CORNERS and not self.closed

    def with_point(self, point: PointDeg) -> Measurement:
        """Return the line led on to a point; a closed one is done, and a new one begins."""
        if self.closed:
            return Measurement((point,))
        if self.points and self.points[-1] == point:
            return self
        return replace(self, points=(*self.points, point))

    def without_last(self) -> Measurement:
        """Return it opened again, or without its last point."""
        if self.closed:
            return replace(self, closed=False)
        return replace(self, points=self.points[:-1])

    def closed_up(self) -> Measurement:
        """Return it led back to its first point, itself if it has too few."""
        return replace(self, closed=True) if self.can_close else self

    @property
    def ends(self) -> tuple[tuple[PointDeg, PointDeg], ...]:
        """Start and end of every leg."""
        ring = (*self.points, self.points[0]) if self.closed else self.points
        return tuple(pairwise(ring))

    @property
    def legs(self) -> tuple[Geodesic, ...]:
        """Length and initial bearing of every leg."""
        return tuple(leg(start, end) for start, end in self.ends)

    @property
    def length_m(self) -> float:
        """Length of all legs together: the perimeter, if closed."""
        return sum(one.length_m for one in self.legs)

    @property
    def area_m2(self) -> float:
        """Area within the legs, 0 unless closed."""
        return area_m2(self.points) if self.closed else 0.0


def length_in_words(length_m: float) -> str:
    """Return a length with four digits or to the metre: ``842 m``, ``34.21 km``, ``3,338 km``."""
    if round(length_m) < 1000:
        return f"{length_m:.0f} m"
    return f"{_digits(length_m / 1000)} km"


def area_in_words(area: float) -> str:
    """Return an area of square metres with four digits: ``0.5213 km²``, ``181,035 km²``."""
    return f"{_digits(area / 1e6)} km²"


def bearing_in_words(bearing_deg: float) -> str:
    """Return a bearing from north, clockwise: ``018°``."""
    return f"{round(bearing_deg) % 360:03d}°"


def leg_in_words(one: Geodesic) -> str:
    """Return a leg as ``3,338 km, bearing 018°``."""
    return f"{length_in_words(one.length_m)}, bearing {bearing_in_words(one.bearing_deg)}"


def sum_in_words(measurement: Measurement) -> str:
    """Return the whole in a line: its length, or area and perimeter."""
    if measurement.closed:
        perimeter = length_in_words(measurement.length_m)
        return f"Area {area_in_words(measurement.area_m2)}, perimeter {perimeter}"
    return f"Total {length_in_words(measurement.length_m)}"


def report(measurement: Measurement) -> str:
    """Return everything measured as lines of text, to be pasted elsewhere."""
    lines = [
        f"{lonlat_in_words(*start)} to {lonlat_in_words(*end)}: {leg_in_words(one)}"
        for (start, end), one in zip(measurement.ends, measurement.legs, strict=True)
    ]
    basis = "Shortest lines on the WGS84 ellipsoid; bearings at the start of each."
    return "\n".join((*lines, f"{sum_in_words(measurement)}.", basis))


def _digits(value: float) -> str:
    """Return a number with four digits, whole if it has more."""
    whole = int(log10(value)) + 1 if value >= 1 else 1
    return f"{value:,.{max(0, _SIGNIFICANT - whole)}f}"
