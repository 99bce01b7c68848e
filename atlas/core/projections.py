"""The other projections to choose from: conformal conic, Web Mercator, plate carrée.

Floor: core; neighbours: projection, which reads this module when one of them is first wanted.
Formulas: J. P. Snyder, Map Projections - A Working Manual (USGS Professional Paper 1395, 1987),
pp. 107-109 (conic, ellipsoid), pp. 41-44 (Mercator, sphere) and pp. 90-91 (plate carrée). The
tests hold them against pyproj.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import (
    asinh,
    atan,
    atan2,
    cos,
    degrees,
    hypot,
    log,
    pi,
    prod,
    radians,
    sin,
    sinh,
    sqrt,
    tan,
)
from typing import ClassVar, Final

from atlas.core.ellipsoid import WGS84_A_M, WGS84_E2, radii_m
from atlas.core.projection import ATLAS_PROJECTION, Projection

_E: Final = sqrt(WGS84_E2)
_POLE_DEG: Final = 89.999
_BEYOND: Final = "the point lies beyond the edge of the map"


@dataclass(frozen=True)
class Conic:
    """Lambert conformal conic: true lengths along two parallels, true angles everywhere."""

    lon_0_deg: float
    lat_0_deg: float
    lat_1_deg: float
    lat_2_deg: float
    key: ClassVar[str] = "lcc"

    @property
    def proj_text(self) -> str:
        """The projection in PROJ's words."""
        return (
            f"+proj=lcc +lon_0={self.lon_0_deg:g} +lat_0={self.lat_0_deg:g}"
            f" +lat_1={self.lat_1_deg:g} +lat_2={self.lat_2_deg:g} +datum=WGS84 +units=m +no_defs"
        )

    def forward(self, lon_deg: float, lat_deg: float) -> tuple[float, float]:
        """Return map metres (x_m, y_m) of a geographic point."""
        n, f, rho_0_m = self.constants
        rho_m = WGS84_A_M * f * _t(min(max(lat_deg, -_POLE_DEG), 90.0)) ** n
        theta = n * radians(_wrapped(lon_deg - self.lon_0_deg))
        return rho_m * sin(theta), rho_0_m - rho_m * cos(theta)

    def inverse(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Return (lon_deg, lat_deg) of a point in map metres.

        Raises
        ------
        ValueError
            If the point lies in the gap that the unrolled cone leaves.
        """
        n, f, rho_0_m = self.constants
        theta = atan2(x_m, rho_0_m - y_m)
        if abs(theta) > n * pi:
            raise ValueError(_BEYOND)
        rho_m = hypot(x_m, rho_0_m - y_m)
        lat_deg = _latitude_deg((rho_m / (WGS84_A_M * f)) ** (1 / n))
        return _wrapped(self.lon_0_deg + degrees(theta / n)), lat_deg

    def stretch_at(self, x_m: float, y_m: float) -> float:
        """Return how many map metres a metre of ground takes at a map point."""
        n, f, rho_0_m = self.constants
        lat_deg = _off_pole(self.inverse(0.0, rho_0_m - hypot(x_m, rho_0_m - y_m))[1])
        rho_m: float = WGS84_A_M * f * _t(lat_deg) ** n
        return n * rho_m / radii_m(lat_deg)[1]

    @cached_property
    def constants(self) -> tuple[float, float, float]:
        """Return Snyder's n and F, and the radius of the middle parallel in metres."""
        (m_1, t_1), (m_2, t_2) = ((_m(lat), _t(lat)) for lat in (self.lat_1_deg, self.lat_2_deg))
        n = (log(m_1) - log(m_2)) / (log(t_1) - log(t_2))
        f = m_1 / (n * t_1**n)
        return n, f, WGS84_A_M * f * _t(self.lat_0_deg) ** n


@dataclass(frozen=True, slots=True)
class WebMercator:
    """Mercator as maps on the web have it (EPSG:3857): the sphere's formulas, WGS84 degrees."""

    key: ClassVar[str] = "mercator"
    proj_text: ClassVar[str] = "EPSG:3857"

    def forward(self, lon_deg: float, lat_deg: float) -> tuple[float, float]:
        """Return map metres (x_m, y_m) of a geographic point; the poles are put a little off."""
        lat = radians(_off_pole(lat_deg))
        return WGS84_A_M * radians(lon_deg), WGS84_A_M * asinh(tan(lat))

    def inverse(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Return (lon_deg, lat_deg) of a point in map metres.

        Raises
        ------
        ValueError
            If the point lies beyond the map's edge.
        """
        if abs(x_m) > pi * WGS84_A_M or abs(y_m) > 12 * WGS84_A_M:
            raise ValueError(_BEYOND)
        return degrees(x_m / WGS84_A_M), degrees(atan(sinh(y_m / WGS84_A_M)))

    def stretch_at(self, x_m: float, y_m: float) -> float:
        """Return how many map metres a metre of ground takes at a map point."""
        lat_deg = _off_pole(self.inverse(0.0, y_m)[1])
        return WGS84_A_M / sqrt(prod(radii_m(lat_deg)) * cos(radians(lat_deg)))


@dataclass(frozen=True, slots=True)
class PlateCarree:
    """Degrees as they are (EPSG:32662): one of either kind as long as one of the equator."""

    key: ClassVar[str] = "plate-carree"
    proj_text: ClassVar[str] = f"+proj=eqc +R={WGS84_A_M:.0f} +units=m +no_defs"

    def forward(self, lon_deg: float, lat_deg: float) -> tuple[float, float]:
        """Return map metres (x_m, y_m) of a geographic point."""
        return WGS84_A_M * radians(lon_deg), WGS84_A_M * radians(lat_deg)

    def inverse(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Return (lon_deg, lat_deg) of a point in map metres.

        Raises
        ------
        ValueError
            If the point lies beyond the map's edge.
        """
        if abs(x_m) > pi * WGS84_A_M or abs(y_m) > pi / 2 * WGS84_A_M:
            raise ValueError(_BEYOND)
        return degrees(x_m / WGS84_A_M), degrees(y_m / WGS84_A_M)

    def stretch_at(self, x_m: float, y_m: float) -> float:
        """Return how many map metres a metre of ground takes at a map point, on the mean."""
        return WGS84_A_M / sqrt(prod(radii_m(_off_pole(degrees(y_m / WGS84_A_M)))))


ALL: Final[tuple[Projection, ...]] = (
    ATLAS_PROJECTION,
    Conic(lon_0_deg=104.0, lat_0_deg=24.0, lat_1_deg=12.0, lat_2_deg=38.0),
    WebMercator(),
    PlateCarree(),
)
"""All there is to choose from, the pack's own first. The cone cuts the Earth at 12 and 38 N: from
the Gulf of Thailand to Beijing its lengths are right within three in a hundred."""


def _off_pole(lat_deg: float) -> float:
    return min(max(lat_deg, -_POLE_DEG), _POLE_DEG)


def _wrapped(lon_deg: float) -> float:
    return (lon_deg + 180.0) % 360.0 - 180.0


def _m(lat_deg: float) -> float:
    """Return a parallel's radius in equatorial radii (Snyder, eq. 14-15)."""
    return radii_m(lat_deg)[1] / WGS84_A_M


def _t(lat_deg: float) -> float:
    """Return the tangent of half the conformal colatitude (Snyder, eq. 15-9)."""
    lat = radians(lat_deg)
    es = _E * sin(lat)
    squeeze: float = ((1 - es) / (1 + es)) ** (_E / 2)
    return tan(pi / 4 - lat / 2) / squeeze


def _latitude_deg(t: float) -> float:
    """Undo `_t` step by step (Snyder, eq. 7-9)."""
    lat = pi / 2 - 2 * atan(t)
    for _ in range(12):
        es = _E * sin(lat)
        closer = pi / 2 - 2 * atan(t * ((1 - es) / (1 + es)) ** (_E / 2))
        step, lat = closer - lat, closer
        if abs(step) < 1e-14:
            break
    return degrees(lat)
