"""Day numbers: the atlas's only inner unit of time. Floor: core; no neighbours.

A day number counts days of the proleptic Gregorian calendar; day 1 is 0001-01-01, so that it
agrees with ``datetime.date.toordinal`` wherever that is defined and simply goes on beyond it.
"""

from __future__ import annotations

from typing import Final

FAR_PAST_DAY: Final = -4_000_000
"""Stands for an open start: earlier than any date a source can give."""
FAR_FUTURE_DAY: Final = 8_000_000
"""Stands for an open end: later than any date a source can give."""

_DAYS_TO_MARCH_0000: Final = 306
_DAYS_PER_ERA: Final = 146_097
_MONTH_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    """Tell whether the astronomical `year` (0 exists) has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """Return the number of days in `month` (1-12) of `year`."""
    return 29 if month == 2 and is_leap(year) else _MONTH_LENGTHS[month - 1]


def day_from_ymd(year: int, month: int, day: int) -> int:
    """Return the day number of a calendar date.

    Raises
    ------
    ValueError
        If the month or the day does not exist.
    """
    if not 1 <= month <= 12:
        raise ValueError(f"month {month} does not exist")
    if not 1 <= day <= month_length(year, month):
        raise ValueError(f"{year:04d}-{month:02d} has no day {day}")
    # Years begin in March, so that the leap day is the last of its year (H. Hinnant, "chrono-
    # Compatible Low-Level Date Algorithms", 2014).
    shifted = year - (month <= 2)
    era, year_of_era = divmod(shifted, 400)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * _DAYS_PER_ERA + day_of_era - _DAYS_TO_MARCH_0000 + 1


def ymd_from_day(day_number: int) -> tuple[int, int, int]:
    """Return (year, month, day) of a day number."""
    era, day_of_era = divmod(day_number + _DAYS_TO_MARCH_0000 - 1, _DAYS_PER_ERA)
    leaps = day_of_era // 1460 - day_of_era // 36_524 + day_of_era // 146_096
    year_of_era = (day_of_era - leaps) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    march_month = (5 * day_of_year + 2) // 153
    month = march_month + 3 if march_month < 10 else march_month - 9
    year = era * 400 + year_of_era + (month <= 2)
    return year, month, day_of_year - (153 * march_month + 2) // 5 + 1


def iso_from_day(day_number: int) -> str:
    """Return the date as ``YYYY-MM-DD``."""
    year, month, day = ymd_from_day(day_number)
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{day:02d}"


def shift_months(day_number: int, months: int) -> int:
    """Move a date by whole months, keeping the day of the month where it exists."""
    year, month, day = ymd_from_day(day_number)
    year, month0 = divmod(year * 12 + month - 1 + months, 12)
    return day_from_ymd(year, month0 + 1, min(day, month_length(year, month0 + 1)))
