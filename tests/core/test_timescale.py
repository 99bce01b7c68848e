"""The time scale: days to pixels and back, zooming, ticks whose labels never meet, lanes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from atlas.core.day import day_from_ymd, iso_from_day
from atlas.core.density import CROWDED_OUT, lanes, profile, smoothed, widened
from atlas.core.timescale import (
    LABEL_GAP_PX,
    MIN_WINDOW_DAYS,
    TimeScale,
    following,
    shifted,
    ticks,
    window_around,
    zoomed,
)
from atlas.core.when import Span

ERA = (day_from_ymd(1930, 1, 1), day_from_ymd(2026, 12, 31))
WHOLE = TimeScale(ERA[0], ERA[1] + 1, 20, 1000)


def measure(text: str) -> float:
    return 6.5 * len(text)


@st.composite
def scales(draw: st.DrawFn) -> TimeScale:
    start = draw(st.floats(ERA[0], ERA[1] - MIN_WINDOW_DAYS))
    length = draw(st.floats(MIN_WINDOW_DAYS, ERA[1] + 1 - start))
    return TimeScale(start, start + length, 12, draw(st.integers(120, 4000)))


def test_pixels_and_days_are_inverse() -> None:
    assert WHOLE.to_px(ERA[0]) == 20
    assert WHOLE.to_px(ERA[1] + 1) == pytest.approx(1020)
    assert WHOLE.to_day(WHOLE.to_px(722_000.25)) == pytest.approx(722_000.25)


@given(scales(), st.floats(0, 1), st.floats(0.2, 5))
def test_zoom_keeps_the_day_under_the_pointer(
    scale: TimeScale, share: float, factor: float
) -> None:
    at_px = scale.left_px + share * scale.width_px
    new = zoomed(scale, factor, at_px, ERA)
    assert ERA[0] <= new.start_day < new.end_day <= ERA[1] + 1 + 1e-6
    assert new.end_day - new.start_day >= MIN_WINDOW_DAYS - 1e-6
    if ERA[0] + 1e-3 < new.start_day and new.end_day < ERA[1] + 1 - 1e-3:
        assert new.to_day(at_px) == pytest.approx(scale.to_day(at_px), abs=1e-3)


@given(scales(), st.floats(-60_000, 60_000))
def test_shift_stays_in_the_era_and_keeps_the_length(scale: TimeScale, days: float) -> None:
    new = shifted(scale, days, ERA)
    assert ERA[0] <= new.start_day
    assert new.end_day <= ERA[1] + 1 + 1e-6
    assert new.end_day - new.start_day == pytest.approx(scale.end_day - scale.start_day)


@given(scales(), st.integers(*ERA))
def test_following_shows_the_day(scale: TimeScale, day: int) -> None:
    new = following(scale, day, ERA)
    assert new.start_day <= day <= new.end_day
    if scale.holds(day):
        assert new == scale


def test_the_lens_shows_a_span_with_a_margin() -> None:
    first, end = day_from_ymd(1978, 6, 1), day_from_ymd(1979, 3, 17)
    lens = window_around(WHOLE, first, end, ERA)
    assert lens.start_day < first < end < lens.end_day
    assert lens.to_px(first) - lens.left_px == pytest.approx(lens.right_px - lens.to_px(end))
    assert window_around(WHOLE, *ERA, ERA).start_day == ERA[0]


@given(scales())
def test_labels_never_meet_and_stay_on_the_line(scale: TimeScale) -> None:
    labels = [tick for tick in ticks(scale, measure) if tick.label]
    labels.sort(key=lambda tick: tick.label_left_px)
    for left, right in pairwise(labels):
        assert left.label_left_px + left.label_width_px + LABEL_GAP_PX <= right.label_left_px
    assert all(t.label_left_px + t.label_width_px <= scale.right_px for t in labels)


@given(scales())
def test_ticks_stand_in_the_window_once_each(scale: TimeScale) -> None:
    strokes = [tick for tick in ticks(scale, measure) if tick.x_px > scale.left_px]
    assert len({tick.day for tick in strokes}) == len(strokes)
    assert all(scale.holds(tick.day) for tick in strokes)
    assert all(tick.x_px == pytest.approx(scale.to_px(tick.day)) for tick in strokes)


@example(TimeScale(day_from_ymd(1986, 1, 17), day_from_ymd(1986, 8, 9), 12, 401))
@given(scales().filter(lambda scale: scale.width_px > 400))
def test_a_wide_line_always_tells_the_year(scale: TimeScale) -> None:
    texts = [tick.label for tick in ticks(scale, measure) if tick.label]
    assert any(text[-4:].isdigit() for text in texts)


def labels_of(scale: TimeScale) -> list[str]:
    return [tick.label for tick in ticks(scale, measure) if tick.label]


def test_the_era_shows_round_years() -> None:
    assert labels_of(WHOLE) == [str(year) for year in range(1930, 2021, 5)]
    decades = [tick.label for tick in ticks(WHOLE, measure) if tick.rank == 0]
    assert decades == [str(year) for year in range(1930, 2021, 10)]


def test_a_year_shows_months_and_names_the_year_under_way() -> None:
    scale = TimeScale(day_from_ymd(1978, 3, 20), day_from_ymd(1979, 3, 20), 0, 500)
    assert labels_of(scale) == [
        "1978", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "1979", "Feb", "Mar",
    ]  # fmt: skip


def test_weeks_show_days_with_month_and_year() -> None:
    scale = TimeScale(day_from_ymd(1978, 12, 24), day_from_ymd(1979, 1, 12), 0, 700)
    labels = labels_of(scale)
    assert labels[0] == "Dec 1978"
    assert "Jan 1979" in labels
    assert "7" in labels
    assert "31" in labels


def test_strokes_between_labels_are_finer_units_only() -> None:
    bare = [tick for tick in ticks(WHOLE, measure) if not tick.label]
    assert {iso_from_day(tick.day)[5:] for tick in bare} == {"01-01"}


def dots(*xs: float) -> list[tuple[float, float]]:
    return [(x, x) for x in xs]


def test_lanes_keep_marks_apart() -> None:
    assert lanes(dots(0, 2, 4, 20), [1, 1, 1, 1], gap_px=10, lane_count=3) == (0, 1, 2, 0)
    assert lanes(dots(0, 1, 2), [1, 1, 1], gap_px=10, lane_count=2) == (0, 1, CROWDED_OUT)
    assert lanes([], [], gap_px=10, lane_count=2) == ()


def test_a_wide_mark_keeps_its_whole_width() -> None:
    assert lanes([(0, 50), (30, 31), (60, 61)], [1, 1, 1], 5, 2) == (0, 1, 0)


def test_the_more_important_marks_choose_first() -> None:
    assert lanes(dots(0, 1, 2), [2, 2, 1], 10, 1) == (CROWDED_OUT, CROWDED_OUT, 0)


MARKS = st.lists(st.tuples(st.floats(0, 500), st.floats(0, 90), st.integers(1, 3)), max_size=60)


def assert_apart(boxes: list[tuple[float, float]], chosen: tuple[int, ...]) -> None:
    for lane in set(chosen) - {CROWDED_OUT}:
        row = sorted(box for box, own in zip(boxes, chosen, strict=True) if own == lane)
        assert all(left[1] + 8.0 <= right[0] + 1e-9 for left, right in pairwise(row))


@given(MARKS, st.integers(1, 5))
def test_marks_of_a_lane_never_meet(marks: list[tuple[float, float, int]], count: int) -> None:
    boxes = [(x, x + width) for x, width, _ in marks]
    assert_apart(boxes, lanes(boxes, [rank for _, _, rank in marks], 8.0, count))


@given(MARKS, st.integers(1, 4))
def test_widened_marks_never_meet_nor_crowd_out(
    marks: list[tuple[float, float, int]], count: int
) -> None:
    boxes, ranks = [(x, x + width) for x, width, _ in marks], [rank for _, _, rank in marks]
    chosen = lanes(boxes, ranks, 8.0, count)
    new, added = widened(boxes, chosen, ranks, [(100.0, 40.0)] * len(boxes), 8.0, count)
    assert [lane == CROWDED_OUT for lane in new] == [lane == CROWDED_OUT for lane in chosen]
    assert set(added) <= {0.0, 40.0, 100.0}
    assert_apart([(a, b + more) for (a, b), more in zip(boxes, added, strict=True)], new)


def test_a_mark_moves_up_to_show_its_name() -> None:
    boxes = [(0.0, 10.0), (20.0, 30.0)]
    chosen = lanes(boxes, [1, 1], 2, 2)
    assert chosen == (0, 0)
    new, added = widened(boxes, chosen, [1, 1], [(50.0,), (50.0,)], 2, 2)
    assert new == (1, 0)
    assert added == (50.0, 50.0)


def test_profile_counts_what_holds() -> None:
    spans = [Span(0, 0, 10, 10), Span(5, 5, 15, 15), Span(-99, -99, 99, 99)]
    assert profile(spans, 0, 20, 4) == (1, 2, 1, 0)
    assert profile([Span(-50, -50, 5, 5)], 0, 20, 4) == (1, 0, 0, 0)
    assert profile([Span(30, 30, 40, 40)], 0, 20, 4) == (0, 0, 0, 0)


def test_smoothing_keeps_a_flat_profile_flat() -> None:
    assert smoothed((2.0, 2.0, 2.0), 1) == (2.0, 2.0, 2.0)
    assert smoothed((0.0, 3.0, 0.0), 1) == (1.5, 1.0, 1.5)
    assert smoothed((1.0, 5.0), 0) == (1.0, 5.0)
