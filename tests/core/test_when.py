from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.day import FAR_FUTURE_DAY, FAR_PAST_DAY
from atlas.core.edtf import EdtfError
from atlas.core.when import Presence, Span, When, span_from_edtf
from tests.core.samples import day

bounds = st.lists(st.integers(-50, 50), min_size=4, max_size=4).map(sorted).map(lambda b: Span(*b))


def test_exact_dates_hold_from_the_first_to_the_last_day() -> None:
    span = span_from_edtf("1975-04-17", "1979-01-07")
    assert span.presence(day("1975-04-16")) is Presence.ABSENT
    assert span.presence(day("1975-04-17")) is Presence.CERTAIN
    assert span.presence(day("1979-01-07")) is Presence.CERTAIN
    assert span.presence(day("1979-01-08")) is Presence.ABSENT


def test_a_stretch_of_time_meets_what_held_on_any_of_its_days() -> None:
    span = span_from_edtf("1975-04-17", "1979-01-07")
    assert span.presence_during(day("1979-01-07"), day("1980-01-01")) is Presence.CERTAIN
    assert span.presence_during(day("1979-01-08"), day("1980-01-01")) is Presence.ABSENT
    assert span.presence_during(day("1975-01-01"), day("1975-04-16")) is Presence.ABSENT


def test_what_happened_on_one_day_of_several_is_sure_once_all_are_in() -> None:
    span = span_from_edtf("[1979-01-01..1979-01-05]", "[1979-01-01..1979-01-05]")
    assert span.presence(day("1979-01-03")) is Presence.POSSIBLE
    assert span.presence_during(day("1979-01-02"), day("1979-01-05")) is Presence.POSSIBLE
    assert span.presence_during(day("1979-01-01"), day("1979-01-05")) is Presence.CERTAIN


@given(bounds, st.integers(-60, 60))
def test_one_day_is_the_shortest_stretch(span: Span, at: int) -> None:
    assert span.presence_during(at, at) is span.presence(at)
    assert When((span,)).presence_during(at, at) is span.presence(at)


def test_a_year_alone_leaves_both_ends_possible() -> None:
    span = span_from_edtf("1968", "1970")
    assert span.presence(day("1968-01-01")) is Presence.POSSIBLE
    assert span.presence(day("1968-12-31")) is Presence.CERTAIN
    assert span.presence(day("1970-01-01")) is Presence.CERTAIN
    assert span.presence(day("1970-12-31")) is Presence.POSSIBLE


def test_open_ends_are_certain_all_the_way() -> None:
    assert span_from_edtf("", "1970-01-01").presence(FAR_PAST_DAY) is Presence.CERTAIN
    assert span_from_edtf("1970-01-01", "..").presence(FAR_FUTURE_DAY - 1) is Presence.CERTAIN


def test_an_approximate_start_is_possible_before_its_unit() -> None:
    assert span_from_edtf("1968~", "1975").presence(day("1967-08-01")) is Presence.POSSIBLE
    assert span_from_edtf("1968", "1975").presence(day("1967-08-01")) is Presence.ABSENT


def test_an_end_before_its_start_is_refused() -> None:
    with pytest.raises(EdtfError, match="before the start"):
        span_from_edtf("1979", "1975")


@given(bounds, st.integers(-60, 60))
def test_certainty_lies_within_possibility(span: Span, on: int) -> None:
    presence = span.presence(on)
    if span.earliest_start_day < span.latest_end_day:
        possible = span.earliest_start_day <= on < span.latest_end_day
        assert (presence is not Presence.ABSENT) == possible


@given(st.lists(bounds, max_size=4), st.integers(-60, 60))
def test_the_strongest_span_wins(spans: list[Span], on: int) -> None:
    presence = When(tuple(spans)).presence(on)
    assert presence == max([s.presence(on) for s in spans], default=Presence.ABSENT)


def test_a_place_lost_and_retaken_is_absent_between() -> None:
    when = When(
        (span_from_edtf("1979-01-01", "1985-02-01"), span_from_edtf("1989-10-01", "1996-08-01"))
    )
    assert when.presence(day("1987-01-01")) is Presence.ABSENT
    assert (when.first_day, when.last_day) == (day("1979-01-01"), day("1996-08-01"))


def test_nothing_known_is_nowhere_yet_bounded_by_everything() -> None:
    assert When(()).presence(0) is Presence.ABSENT
    assert (When(()).first_day, When(()).last_day) == (FAR_PAST_DAY, FAR_FUTURE_DAY - 1)
