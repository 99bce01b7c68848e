"""Lengths, bearings, courses and areas on the ellipsoid, with pyproj as the judge."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyproj import Geod

from atlas.core.geodesic import PointDeg, area_m2, course, geodesic, travelled

GEOD = Geod(ellps="WGS84")
PHNOM_PENH, BEIJING = (104.9160, 11.5625), (116.3972, 39.9075)

points = st.tuples(st.floats(40, 160), st.floats(-40, 80))


@given(points, points)
def test_length_and_bearing_are_those_of_the_ellipsoid(start: PointDeg, end: PointDeg) -> None:
    bearing_deg, _, length_m = GEOD.inv(*start, *end)
    ours = geodesic(start, end)
    assert ours.length_m == pytest.approx(length_m, abs=0.001)
    assume(length_m > 1)
    assert (ours.bearing_deg - bearing_deg + 180) % 360 - 180 == pytest.approx(0.0, abs=1e-4)


def test_phnom_penh_to_beijing_is_exact() -> None:
    _, _, length_m = GEOD.inv(*PHNOM_PENH, *BEIJING)
    assert length_m == pytest.approx(3_340_000, rel=0.01)
    assert geodesic(PHNOM_PENH, BEIJING).length_m == pytest.approx(length_m, rel=1e-9)


@given(points, st.floats(0, 360), st.floats(0, 8e6))
def test_a_traveller_arrives(start: PointDeg, bearing_deg: float, length_m: float) -> None:
    lon, lat, _ = GEOD.fwd(*start, bearing_deg, length_m)
    _, _, off_m = GEOD.inv(*travelled(start, bearing_deg, length_m), lon, lat)
    assert off_m < 0.001


@given(points, points)
def test_a_course_is_as_long_as_its_line_and_on_it(start: PointDeg, end: PointDeg) -> None:
    line = course(start, end)
    assert (line[0], line[-1]) == (start, end)
    pieces = [geodesic(a, b).length_m for a, b in pairwise(line)]
    assert sum(pieces) == pytest.approx(geodesic(start, end).length_m, rel=1e-9, abs=1e-3)
    assert max(pieces) < 40_001


@pytest.mark.parametrize(
    "corners",
    [
        ((102.0, 8.0), (110.0, 8.0), (110.0, 24.0), (102.0, 24.0)),
        ((104.9, 11.5), (105.0, 11.5), (105.0, 11.6)),
        ((72.0, -2.0), (136.0, -2.0), (136.0, 54.0), (72.0, 54.0)),
        ((100.0, 20.0), (101.0, 30.0), (110.0, 21.0), (104.0, 22.0)),
    ],
)
def test_an_area_is_that_of_the_ellipsoid(corners: tuple[PointDeg, ...]) -> None:
    theirs_m2, _ = GEOD.polygon_area_perimeter(*zip(*corners, strict=True))
    assert area_m2(corners) == pytest.approx(abs(theirs_m2), rel=1e-5)
    assert area_m2(corners[::-1]) == pytest.approx(abs(theirs_m2), rel=1e-5)


def test_no_way_and_no_area() -> None:
    assert geodesic(BEIJING, BEIJING).length_m == 0.0
    assert course(BEIJING, BEIJING) == (BEIJING, BEIJING)
    assert area_m2((BEIJING, PHNOM_PENH)) == pytest.approx(0.0, abs=1.0)


def test_opposite_points_have_no_single_line() -> None:
    with pytest.raises(ValueError, match="opposite"):
        geodesic((0.0, 0.0), (179.9, 0.3))
