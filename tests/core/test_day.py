from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core import day

days = st.integers(day.FAR_PAST_DAY, day.FAR_FUTURE_DAY)


@given(st.dates())
def test_agrees_with_the_standard_library_wherever_that_counts(when: date) -> None:
    number = day.day_from_ymd(when.year, when.month, when.day)
    assert number == when.toordinal()
    assert day.ymd_from_day(number) == (when.year, when.month, when.day)
    assert day.iso_from_day(number) == when.isoformat()


@given(days)
def test_a_day_comes_back_from_its_date(number: int) -> None:
    assert day.day_from_ymd(*day.ymd_from_day(number)) == number


@given(days)
def test_the_next_day_has_the_next_date(number: int) -> None:
    year, month, of_month = day.ymd_from_day(number)
    if of_month < day.month_length(year, month):
        following = (year, month, of_month + 1)
    else:
        following = (year + (month == 12), month % 12 + 1, 1)
    assert day.ymd_from_day(number + 1) == following


@pytest.mark.parametrize(
    "bad", [(1979, 2, 29), (1979, 13, 1), (1979, 0, 1), (1979, 4, 31), (1979, 1, 0)]
)
def test_a_date_that_does_not_exist_is_refused(bad: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"does not exist|has no day"):
        day.day_from_ymd(*bad)


@pytest.mark.parametrize(
    ("year", "leap"), [(1900, False), (2000, True), (1972, True), (0, True), (-4, True)]
)
def test_leap_years(year: int, leap: bool) -> None:
    assert day.is_leap(year) is leap


def test_years_before_the_first_keep_their_sign() -> None:
    assert day.iso_from_day(day.day_from_ymd(-43, 3, 15)) == "-0043-03-15"


@given(st.dates(date(1800, 1, 1), date(2200, 1, 1)), st.integers(-600, 600))
def test_a_shift_by_months_lands_in_that_month(when: date, months: int) -> None:
    year, month, of_month = day.ymd_from_day(day.shift_months(when.toordinal(), months))
    assert year * 12 + month == when.year * 12 + when.month + months
    assert of_month == min(when.day, day.month_length(year, month))


def test_a_month_after_the_31st_is_the_last_of_a_shorter_month() -> None:
    end_of_february = date(1979, 2, 28)
    assert day.shift_months(date(1979, 1, 31).toordinal(), 1) == end_of_february.toordinal()
    assert end_of_february + timedelta(1) == date(1979, 3, 1)
