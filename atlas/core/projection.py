"""The map's own projection: Lambert azimuthal equal-area on the WGS84 ellipsoid, points only.

Floor: core; neighbours: ellipsoid; projections, which holds the others and is read in when one
of them is wanted. Formulas: J. P. Snyder, Map Projections - A Working Manual (USGS
Professional Paper 1395, 1987), pp. 187-190, oblique ellipsoidal case, and p. 16 for the
authalic latitude. The tests hold it against pyproj. Map metres: x east, y north.
"""

from __future__ import annotations

from functools import lru_cache
from math import asin, atan2, copysign, cos, degrees, hypot, log, pi, radians, sin, sqrt
from typing import NamedTuple, Protocol

from atlas.core.ellipsoid import WGS84_A_M
from atlas.core.ellipsoid import WGS84_E2 as _E2

PROJECTION_KEYS = ("laea", "lcc", "mercator", "plate-carree")
"""What the projections are called on the command line and in a saved view, the default first."""
_E = sqrt(_E2)


class Projection(Protocol):
    """A way from longitude and latitude to map metres and back; compared by value."""

    def __hash__(self) -> int: ...

    @property
    def key(self) -> str:
        """One of `PROJECTION_KEYS`."""
        ...

    @property
    def proj_text(self) -> str:
        """The projection in PROJ's words, for whole arrays of points."""
        ...

    def forward(self, lon_deg: float, lat_deg: float) -> tuple[float, float]:
        """Return map metres (x_m, y_m) of a geographic point."""
        ...

    def inverse(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Return (lon_deg, lat_deg) of a point in map metres; ValueError if beyond the edge."""
        ...

    def stretch_at(self, x_m: float, y_m: float) -> float:
        """Return how many map metres a metre of ground takes there: the root of areas' growth."""
        ...


def _q(sin_lat: float) -> float:
    es = _E * sin_lat
    return (1 - _E2) * (sin_lat / (1 - es * es) - log((1 - es) / (1 + es)) / (2 * _E))


_Q_POLE = _q(1.0)


class Laea(NamedTuple):
    """Lambert azimuthal equal-area around (`lon_0_deg`, `lat_0_deg`)."""

    lon_0_deg: float
    lat_0_deg: float

    @property
    def key(self) -> str:
        """What it is called: the default's name."""
        return PROJECTION_KEYS[0]

    @property
    def proj_text(self) -> str:
        """The projection in PROJ's words."""
        return (
            f"+proj=laea +lat_0={self.lat_0_deg:g} +lon_0={self.lon_0_deg:g}"
            " +datum=WGS84 +units=m +no_defs"
        )

    def forward(self, lon_deg: float, lat_deg: float) -> tuple[float, float]:
        """Return map metres (x_m, y_m) of a geographic point."""
        sin_b1, cos_b1, d, r_q = laea_constants(self.lat_0_deg)
        beta = _authalic(lat_deg)
        dlon = radians((lon_deg - self.lon_0_deg + 180.0) % 360.0 - 180.0)
        denominator = 1 + sin_b1 * sin(beta) + cos_b1 * cos(beta) * cos(dlon)
        b = r_q * sqrt(2 / max(denominator, 1e-12))
        x_m = b * d * cos(beta) * sin(dlon)
        y_m = (b / d) * (cos_b1 * sin(beta) - sin_b1 * cos(beta) * cos(dlon))
        return x_m, y_m

    def inverse(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Return (lon_deg, lat_deg) of a point in map metres.

        Raises
        ------
        ValueError
            If the point lies outside the disc that holds the whole Earth.
        """
        sin_b1, cos_b1, d, r_q = laea_constants(self.lat_0_deg)
        rho = hypot(x_m / d, d * y_m)
        if rho < 1e-9:
            return self.lon_0_deg, self.lat_0_deg
        if rho > 2 * r_q:
            raise ValueError("the point lies beyond the edge of the map")
        c = 2 * asin(rho / (2 * r_q))
        sin_beta = cos(c) * sin_b1 + d * y_m * sin(c) * cos_b1 / rho
        dlon = atan2(x_m * sin(c), d * rho * cos_b1 * cos(c) - d * d * y_m * sin_b1 * sin(c))
        lon_deg = (self.lon_0_deg + degrees(dlon) + 180.0) % 360.0 - 180.0
        return lon_deg, _latitude_deg(sin_beta)

    def stretch_at(self, x_m: float, y_m: float) -> float:
        """Return 1: areas are kept everywhere."""
        return 1.0


@lru_cache(maxsize=8)
def laea_constants(lat_0_deg: float) -> tuple[float, float, float, float]:
    """Return sin and cos of the centre's authalic latitude, Snyder's D and R_q in metres."""
    lat_0 = radians(lat_0_deg)
    beta_1 = _authalic(lat_0_deg)
    r_q = WGS84_A_M * sqrt(_Q_POLE / 2)
    m_1 = cos(lat_0) / sqrt(1 - _E2 * sin(lat_0) ** 2)
    return sin(beta_1), cos(beta_1), WGS84_A_M * m_1 / (r_q * cos(beta_1)), r_q


def _authalic(lat_deg: float) -> float:
    return asin(max(-1.0, min(1.0, _q(sin(radians(lat_deg))) / _Q_POLE)))


def _latitude_deg(sin_beta: float) -> float:
    """Undo the authalic latitude by Newton's steps (Snyder, eq. 3-16)."""
    q = _Q_POLE * max(-1.0, min(1.0, sin_beta))
    if abs(abs(q) - _Q_POLE) < 1e-13:
        return copysign(90.0, q)
    lat = asin(max(-1.0, min(1.0, q / 2)))
    for _ in range(12):
        s, c = sin(lat), cos(lat)
        if abs(c) < 1e-12:
            break
        es2 = 1 - _E2 * s * s
        step = es2 * es2 / (2 * c) * (q - _q(s)) / (1 - _E2)
        lat += step
        if abs(step) < 1e-14:
            break
    return degrees(max(-pi / 2, min(pi / 2, lat)))


ATLAS_PROJECTION = Laea(lon_0_deg=104.0, lat_0_deg=24.0)
"""The one the pack is built in: little distortion from the Mekong delta to Beijing."""


def projection_named(key: str) -> Projection:
    """Return the projection of a key.

    Raises
    ------
    ValueError
        If there is none of that key.
    """
    if key == ATLAS_PROJECTION.key:
        return ATLAS_PROJECTION
    from atlas.core.projections import ALL

    for projection in ALL:
        if projection.key == key:
            return projection
    raise ValueError(f"a projection is one of {', '.join(PROJECTION_KEYS)}, not “{key}”")
