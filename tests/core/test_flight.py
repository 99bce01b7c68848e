"""Flights of the camera: from end to end, never beyond, slow at both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.flight import between, eased, on_the_way
from atlas.core.viewport import Camera

START, END = Camera(0.0, 10.0, 100.0), Camera(50.0, -10.0, 4000.0)


@given(st.floats(0, 1))
def test_a_flight_stays_between_its_ends(share: float) -> None:
    here = between(START, END, share)
    assert -1e-9 <= here.x_m <= 50 + 1e-9
    assert -10 - 1e-9 <= here.y_m <= 10 + 1e-9
    assert 99.99 <= here.m_per_px <= 4000.01
    assert between(START, END, 0) == START


@given(st.floats(0.001, 0.999))
def test_one_point_stays_where_it_is_in_the_picture(share: float) -> None:
    """The point the scale changes about: as far from the middle in dots at both ends."""
    grown = END.m_per_px / START.m_per_px
    x_m = (START.x_m * grown - END.x_m) / (grown - 1)
    here = between(START, END, share)
    assert (x_m - here.x_m) / here.m_per_px == pytest.approx((x_m - START.x_m) / START.m_per_px)


def test_at_one_scale_the_way_is_even() -> None:
    end = START._replace(x_m=80.0)
    assert between(START, end, 0.25) == START._replace(x_m=20.0)


@given(st.floats(0, 1))
def test_it_sets_out_and_arrives_slowly(share: float) -> None:
    assert 0 <= eased(share) <= 1
    assert eased(share) + eased(1 - share) == pytest.approx(1)
    assert (eased(share) <= share) == (share <= 0.5 or eased(share) == share)


def test_the_way_is_without_its_ends() -> None:
    way = list(on_the_way(START, END, 4))
    assert len(way) == 3
    assert way[1] == between(START, END, 0.5)
    assert way[0].x_m < 50 / 4
