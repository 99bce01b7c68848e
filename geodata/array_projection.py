"""The projections of `core` for whole arrays of points: from one's map metres to another's.

Floor: geodata; neighbours: reproject, which moves maps by it; core.projection and core.projections,
whose formulas these are and where their sources stand. Without pyproj, which takes twenty megabytes
and a quarter of a second before it moves its first point. Points beyond a map's edge come out as
infinite.
"""

from __future__ import annotations

from collections.abc import Callable
from math import pi
from typing import Final

import numpy as np
from numpy.typing import NDArray

from atlas.core.ellipsoid import WGS84_A_M, WGS84_E2
from atlas.core.projection import Laea, Projection, laea_constants
from atlas.core.projections import Conic, PlateCarree, WebMercator

Metres = NDArray[np.float64]
Radians = NDArray[np.float64]
Pair = tuple[Metres, Metres]
Mapping = Callable[[Metres, Metres], Pair]
_E: Final = WGS84_E2**0.5
_CLOSER: Final = 7
"""Each step divides what is amiss by 150."""
_MOST_LAT: Final = np.radians(89.999)


def mapping(source: Projection, target: Projection) -> Mapping:
    """Return what moves arrays x_m and y_m of one shape from a projection into another one.

    Raises
    ------
    TypeError
        If there are no formulas for one of them.
    """
    inverse, forward = _functions(source)[1], _functions(target)[0]
    return lambda x_m, y_m: forward(*inverse(np.asarray(x_m), np.asarray(y_m)))


def _functions(projection: Projection) -> tuple[Mapping, Mapping]:
    """Return the ways from radians to metres and back."""
    match projection:
        case Laea():
            return _laea(projection)
        case Conic():
            return _conic(projection)
        case WebMercator():
            return _mercator()
        case PlateCarree():
            return (lambda lon, lat: (lon * WGS84_A_M, lat * WGS84_A_M)), (
                lambda x, y: (x / WGS84_A_M, y / WGS84_A_M)
            )
        case _:
            raise TypeError(f"there are no formulas for {projection.key}")


def _laea(projection: Laea) -> tuple[Mapping, Mapping]:
    sin_b1, cos_b1, d, r_q = laea_constants(projection.lat_0_deg)
    lon_0 = np.radians(projection.lon_0_deg)

    def forward(lon: Radians, lat: Radians) -> Pair:
        sin_b = np.clip(_q(np.sin(lat)) / _Q_POLE, -1.0, 1.0)
        cos_b = np.sqrt(1 - sin_b * sin_b)
        dlon = _wrapped(lon - lon_0)
        cos_both = cos_b * np.cos(dlon)
        b = r_q * np.sqrt(2 / np.maximum(1 + sin_b1 * sin_b + cos_b1 * cos_both, 1e-12))
        return b * d * cos_b * np.sin(dlon), b / d * (cos_b1 * sin_b - sin_b1 * cos_both)

    def inverse(x: Metres, y: Metres) -> Pair:
        rho = np.maximum(np.hypot(x / d, d * y), 1e-9)
        half = rho / (2 * r_q)
        c = 2 * np.arcsin(np.minimum(half, 1.0))
        sin_c, cos_c = np.sin(c), np.cos(c)
        lat = _from_authalic(cos_c * sin_b1 + d * y * sin_c * cos_b1 / rho)
        dlon = np.arctan2(x * sin_c, d * rho * cos_b1 * cos_c - d * d * y * sin_b1 * sin_c)
        return _within(half <= 1.0, _wrapped(lon_0 + dlon), lat)

    return forward, inverse


def _conic(projection: Conic) -> tuple[Mapping, Mapping]:
    n, f, rho_0 = projection.constants
    lon_0 = np.radians(projection.lon_0_deg)

    def forward(lon: Radians, lat: Radians) -> Pair:
        rho = WGS84_A_M * f * _t(np.maximum(lat, -_MOST_LAT)) ** n
        theta = n * _wrapped(lon - lon_0)
        return rho * np.sin(theta), rho_0 - rho * np.cos(theta)

    def inverse(x: Metres, y: Metres) -> Pair:
        theta = np.arctan2(x, rho_0 - y)
        lat = _from_t((np.hypot(x, rho_0 - y) / (WGS84_A_M * f)) ** (1 / n))
        return _within(np.abs(theta) <= n * pi, _wrapped(lon_0 + theta / n), lat)

    return forward, inverse


def _mercator() -> tuple[Mapping, Mapping]:
    def forward(lon: Radians, lat: Radians) -> Pair:
        return lon * WGS84_A_M, WGS84_A_M * np.arcsinh(np.tan(np.clip(lat, -_MOST_LAT, _MOST_LAT)))

    def inverse(x: Metres, y: Metres) -> Pair:
        beyond = np.abs(y) > 12 * WGS84_A_M
        lat = np.arctan(np.sinh(np.where(beyond, 0.0, y) / WGS84_A_M))
        return _within(~beyond, x / WGS84_A_M, lat)

    return forward, inverse


def _within(inside: NDArray[np.bool_], lon: Radians, lat: Radians) -> Pair:
    return np.where(inside, lon, np.inf), np.where(inside, lat, np.inf)


def _wrapped(lon: Radians) -> Radians:
    return np.asarray((lon + pi) % (2 * pi) - pi)


def _q(sin_lat: Radians) -> Radians:
    es = _E * sin_lat
    return np.asarray((1 - WGS84_E2) * (sin_lat / (1 - es * es) + np.arctanh(es) / _E))


_Q_POLE: Final = float(_q(np.array(1.0)))


def _from_authalic(sin_b: Radians) -> Radians:
    """Undo the authalic latitude by its series (Snyder, eq. 3-18)."""
    b, e2, e4, e6 = np.arcsin(np.clip(sin_b, -1.0, 1.0)), WGS84_E2, WGS84_E2**2, WGS84_E2**3
    return np.asarray(
        b
        + (e2 / 3 + 31 * e4 / 180 + 517 * e6 / 5040) * np.sin(2 * b)
        + (23 * e4 / 360 + 251 * e6 / 3780) * np.sin(4 * b)
        + (761 * e6 / 45360) * np.sin(6 * b)
    )


def _t(lat: Radians) -> Radians:
    """Return the tangent of half the conformal colatitude (Snyder, eq. 15-9)."""
    es = _E * np.sin(lat)
    return np.asarray(np.tan(pi / 4 - lat / 2) / ((1 - es) / (1 + es)) ** (_E / 2))


def _from_t(t: Radians) -> Radians:
    """Undo `_t` step by step (Snyder, eq. 7-9)."""
    lat = pi / 2 - 2 * np.arctan(t)
    for _ in range(_CLOSER):
        es = _E * np.sin(lat)
        lat = pi / 2 - 2 * np.arctan(t * ((1 - es) / (1 + es)) ** (_E / 2))
    return np.asarray(lat)
