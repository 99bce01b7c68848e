"""Lines open behind words: the pieces together are the line less the boxes."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from atlas.core.gaps import NO_GAPS, Gaps
from atlas.core.lines import PointPx, share_within

places = st.tuples(st.integers(0, 300), st.integers(0, 200))


@st.composite
def boxes(draw: st.DrawFn) -> tuple[float, float, float, float]:
    x, y = draw(places)
    return (x, y, x + draw(st.integers(5, 80)), y + draw(st.integers(5, 25)))


def length_px(line: list[PointPx]) -> float:
    return sum(hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(line))


def test_a_line_is_open_where_a_word_stands() -> None:
    line = [(0.0, 5.0), (50.0, 5.0), (100.0, 5.0)]
    gaps = Gaps([(20.0, 0.0, 30.0, 10.0), (25.0, 0.0, 60.0, 10.0), (200.0, 0.0, 210.0, 10.0)])
    assert gaps.runs(line) == [[(0.0, 5.0), (20.0, 5.0)], [(60.0, 5.0), (100.0, 5.0)]]
    assert NO_GAPS.runs(line) == [line]


def test_a_crumb_between_two_words_is_left_out() -> None:
    gaps = Gaps([(20.0, 0.0, 30.0, 10.0), (32.0, 0.0, 100.0, 10.0)])
    assert gaps.runs([(0.0, 5.0), (100.0, 5.0)]) == [[(0.0, 5.0), (20.0, 5.0)]]


@given(st.lists(places, min_size=2, max_size=6, unique=True), st.lists(boxes(), max_size=6))
def test_no_piece_runs_through_a_word_and_little_else_is_lost(
    line: list[PointPx], words: list[tuple[float, float, float, float]]
) -> None:
    runs = Gaps(words).runs(line)
    for run in runs:
        for start, end in pairwise(run):
            for box in words:
                first, last = share_within(start, end, box)
                assert (last - first) * hypot(end[0] - start[0], end[1] - start[1]) < 1e-6
    hidden = sum(
        max(0.0, last - first) * hypot(end[0] - start[0], end[1] - start[1])
        for start, end in pairwise(line)
        for first, last in (share_within(start, end, box) for box in words)
    )
    most_crumbs_px = 4.0 * (len(words) + 1) * len(line)
    assert length_px(line) - hidden - most_crumbs_px <= sum(map(length_px, runs)) + 1e-6
