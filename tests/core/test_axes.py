from __future__ import annotations

from itertools import accumulate, pairwise
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.axes import clipped, grown_arrow, grown_fraction
from tests.core.samples import axis, camp, day

growths = st.lists(st.tuples(st.integers(0, 100), st.floats(0, 1)), min_size=1, max_size=8).map(
    lambda rows: tuple(zip(sorted(r[0] for r in rows), sorted(r[1] for r in rows), strict=True))
)


@given(growths, st.lists(st.integers(-10, 110), min_size=2, max_size=20).map(sorted))
def test_an_axis_only_grows_and_within_its_bounds(
    growth: tuple[tuple[int, float], ...], days: list[int]
) -> None:
    grown = [grown_fraction(growth, on) for on in days]
    assert all(before <= after + 1e-12 for before, after in pairwise(grown))
    assert all(0 <= fraction <= growth[-1][1] for fraction in grown)


@given(growths)
def test_every_dated_step_is_reached_on_its_day(growth: tuple[tuple[int, float], ...]) -> None:
    last_of_day = dict(growth)
    for on, fraction in last_of_day.items():
        assert grown_fraction(growth, on) == fraction


points = st.lists(
    st.tuples(st.integers(-1000, 1000), st.integers(-1000, 1000)),
    min_size=2,
    max_size=12,
    unique=True,
)


@given(points, st.floats(0, 1))
def test_a_clipped_line_has_the_length_asked_for(
    line: list[tuple[int, int]], fraction: float
) -> None:
    lengths = list(accumulate((dist(a, b) for a, b in pairwise(line)), initial=0.0))
    fractions = tuple(length / lengths[-1] for length in lengths)
    line_m = tuple((float(x), float(y)) for x, y in line)
    cut = clipped(line_m, fractions, fraction)
    assert sum(dist(a, b) for a, b in pairwise(cut)) == pytest.approx(
        fraction * lengths[-1], abs=1e-6
    )
    assert cut[0] == line_m[0]


def test_before_its_first_step_there_is_no_arrow() -> None:
    assert grown_arrow(axis(), day("1978-12-21"), 1.0, False) is None
    assert grown_arrow(axis(), day("1978-12-22"), 1.0, False) is None


def test_half_way_the_tip_stands_half_way() -> None:
    arrow = grown_arrow(axis(), day("1978-12-28"), 1.0, False)
    assert arrow is not None
    assert arrow.grown == pytest.approx(0.625)
    assert arrow.lines_m[0][-1] == pytest.approx((100.0, 150.0))


@pytest.mark.parametrize(
    "on", ["1978-12-23", "1978-12-26", "1978-12-28", "1978-12-30", "1979-02-01"]
)
def test_stretches_cover_the_grown_line_without_a_gap(on: str) -> None:
    arrow = grown_arrow(axis(), day(on), 1.0, False)
    assert arrow is not None
    assert arrow.stretches[0].from_fraction == 0.0
    assert arrow.stretches[-1].to_fraction == pytest.approx(1.0)
    for before, after in pairwise(arrow.stretches):
        assert before.to_fraction == after.from_fraction


def test_a_stretch_to_an_undated_stop_is_not_sourced() -> None:
    arrow = grown_arrow(axis(), day("1978-12-30"), 1.0, False)
    assert arrow is not None
    assert [stretch.sourced for stretch in arrow.stretches] == [True, False]


def test_a_line_without_dates_stands_whole() -> None:
    line = ((0.0, 0.0), (1.0, 1.0))
    plain = camp(geometry="lines", parts_m=(line,), schematic=True)
    arrow = grown_arrow(plain, day("1969-01-01"), 0.5, True)
    assert arrow is not None
    assert (arrow.lines_m, arrow.grown, arrow.ink, arrow.doubt) == ((line,), 1.0, 0.5, True)
    assert arrow.stretches[0].sourced is False
