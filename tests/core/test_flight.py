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
    assert 0 <= here.x_m <= 50
    assert -10 <= here.y_m <= 10
    assert 99.99 <= here.m_per_px <= 4000.01
    assert between(START, END, 0) == START


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
