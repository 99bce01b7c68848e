"""What is measured: points set and taken back, lengths, bearings, areas, and their words."""

from __future__ import annotations

import pytest
from pyproj import Geod

from atlas.core.geodesic import Geodesic, PointDeg
from atlas.core.measurement import (
    Measurement,
    area_in_words,
    bearing_in_words,
    leg_in_words,
    length_in_words,
    report,
    sum_in_words,
)

GEOD = Geod(ellps="WGS84")
PHNOM_PENH, HANOI, BEIJING = (104.916, 11.5625), (105.85, 21.03), (116.397, 39.908)
TRIANGLE = Measurement((PHNOM_PENH, HANOI, (108.2, 16.05)))


def through(*points: PointDeg) -> Measurement:
    measurement = Measurement()
    for point in points:
        measurement = measurement.with_point(point)
    return measurement


def test_legs_are_those_of_the_ellipsoid() -> None:
    measured = through(PHNOM_PENH, HANOI, BEIJING)
    for (start, end), leg in zip(measured.ends, measured.legs, strict=True):
        bearing_deg, _, length_m = GEOD.inv(*start, *end)
        assert leg.length_m == pytest.approx(length_m, rel=1e-6)
        assert leg.bearing_deg == pytest.approx(bearing_deg % 360, abs=1e-3)
    assert measured.length_m == pytest.approx(GEOD.line_length(*zip(*measured.points, strict=True)))
    assert measured.area_m2 == 0.0


def test_a_line_led_back_has_an_area_and_a_perimeter() -> None:
    closed = TRIANGLE.closed_up()
    area_m2, perimeter_m = GEOD.polygon_area_perimeter(*zip(*closed.points, strict=True))
    assert closed.area_m2 == pytest.approx(abs(area_m2), rel=1e-5)
    assert closed.length_m == pytest.approx(perimeter_m, rel=1e-6)
    assert len(closed.legs) == 3


def test_two_points_close_no_area() -> None:
    line = through(PHNOM_PENH, HANOI)
    assert not line.can_close
    assert line.closed_up() is line


def test_points_are_taken_back_one_by_one() -> None:
    closed = TRIANGLE.closed_up()
    assert closed.without_last() == TRIANGLE
    assert TRIANGLE.without_last().points == TRIANGLE.points[:2]
    assert Measurement().without_last() == Measurement()


def test_the_same_point_twice_is_one_and_a_closed_line_begins_anew() -> None:
    assert through(HANOI, HANOI).points == (HANOI,)
    assert TRIANGLE.closed_up().with_point(HANOI) == Measurement((HANOI,))


@pytest.mark.parametrize(
    ("length_m", "words"),
    [(0.0, "0 m"), (842.4, "842 m"), (999.6, "1.000 km"), (3421.0, "3.421 km"),
     (34_214.0, "34.21 km"), (342_140.0, "342.1 km"), (3_337_584.0, "3,338 km")],
)  # fmt: skip
def test_lengths_in_words_are_good_to_a_thousandth(length_m: float, words: str) -> None:
    assert length_in_words(length_m) == words


@pytest.mark.parametrize(
    ("area", "words"),
    [(1000.0, "0.001 km²"), (521_300.0, "0.521 km²"), (12_345_678.0, "12.35 km²"),
     (181_035e6, "181,035 km²")],
)  # fmt: skip
def test_areas_in_words(area: float, words: str) -> None:
    assert area_in_words(area) == words


@pytest.mark.parametrize(("deg", "words"), [(0.2, "000°"), (359.7, "000°"), (17.8, "018°")])
def test_bearings_in_words(deg: float, words: str) -> None:
    assert bearing_in_words(deg) == words


def test_a_report_tells_every_leg_the_sum_and_the_basis() -> None:
    lines = report(through(PHNOM_PENH, HANOI, BEIJING)).splitlines()
    assert lines[0] == "11.56° N  104.92° E to 21.03° N  105.85° E: 1,052 km, bearing 005°"
    assert lines[2].startswith("Total 3,")
    assert "WGS84" in lines[3]
    closed = report(TRIANGLE.closed_up())
    assert closed.count("bearing") == 4
    assert "Area " in closed
    assert sum_in_words(TRIANGLE.closed_up()).count("km") == 2
    assert leg_in_words(Geodesic(500.0, 90.0)) == "500 m, bearing 090°"
