from __future__ import annotations

from math import cos, hypot, radians

import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.projection import ATLAS_PROJECTION, Laea

PROJ = "+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m"
THEIRS = pyproj.Proj(PROJ.format(lat=24, lon=104))
WORST_M = 0.001

lons = st.floats(60, 150)
lats = st.floats(-30, 70)


@given(lons, lats)
def test_agrees_with_proj_to_a_millimetre(lon_deg: float, lat_deg: float) -> None:
    x_m, y_m = ATLAS_PROJECTION.forward(lon_deg, lat_deg)
    their_x_m, their_y_m = THEIRS(lon_deg, lat_deg)
    assert hypot(x_m - their_x_m, y_m - their_y_m) < WORST_M


@given(lons, lats)
def test_a_point_comes_back_to_its_place(lon_deg: float, lat_deg: float) -> None:
    lon, lat = ATLAS_PROJECTION.inverse(*ATLAS_PROJECTION.forward(lon_deg, lat_deg))
    assert abs(lat - lat_deg) * 111_200 < WORST_M
    assert abs(lon - lon_deg) * 111_320 * cos(radians(lat_deg)) < WORST_M


@given(st.floats(-6e6, 6e6), st.floats(-6e6, 6e6))
def test_map_metres_come_back(x_m: float, y_m: float) -> None:
    back_x_m, back_y_m = ATLAS_PROJECTION.forward(*ATLAS_PROJECTION.inverse(x_m, y_m))
    assert hypot(back_x_m - x_m, back_y_m - y_m) < WORST_M


@given(st.floats(-179, 179), st.floats(-60, 60))
def test_other_centres_agree_as_well(lon_0_deg: float, lat_0_deg: float) -> None:
    ours = Laea(lon_0_deg, lat_0_deg)
    theirs = pyproj.Proj(PROJ.format(lat=lat_0_deg, lon=lon_0_deg))
    point = (lon_0_deg + 11.0, lat_0_deg + 7.0)
    (x_m, y_m), (their_x_m, their_y_m) = ours.forward(*point), theirs(*point)
    assert hypot(x_m - their_x_m, y_m - their_y_m) < WORST_M


def test_the_centre_is_the_origin() -> None:
    assert ATLAS_PROJECTION.forward(104.0, 24.0) == pytest.approx((0.0, 0.0), abs=1e-6)
    assert ATLAS_PROJECTION.inverse(0.0, 0.0) == (104.0, 24.0)


def test_the_pole_comes_back() -> None:
    lon_deg, lat_deg = ATLAS_PROJECTION.inverse(*ATLAS_PROJECTION.forward(104.0, 90.0))
    assert lat_deg == pytest.approx(90.0, abs=1e-6)
    assert -180 <= lon_deg <= 180


def test_beyond_the_edge_there_is_no_place() -> None:
    with pytest.raises(ValueError, match="beyond the edge"):
        ATLAS_PROJECTION.inverse(2e7, 0.0)
