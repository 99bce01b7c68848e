"""Dates as sources give them: the part of EDTF (ISO 8601-2) the atlas uses, read once at the edge.

Floor: core; neighbours: day. The tests hold this reader against the `edtf` package. Read are
years, months and days (``1979``, ``1979-01``, ``1979-01-07``), unspecified digits (``197X``,
``1979-XX``), the marks ``~`` (approximate), ``?`` (uncertain) and ``%`` (both), one-of sets
(``[1979-01-01,1979-01-03]``, ``[1979-01-01..1979-01-03]``), and intervals with open ends
(``1975/1979``, ``../1998``, ``1979/``).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from atlas.core.day import (
    FAR_FUTURE_DAY,
    FAR_PAST_DAY,
    day_from_ymd,
    iso_from_day,
    month_length,
    ymd_from_day,
)

MAX_TEXT = 120
_DATE = re.compile(
    r"(?P<year>-?\d{4}|\d{3}X|\d{2}XX)"
    r"(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?(?P<mark>[~?%])?"
)


class EdtfError(ValueError):
    """A text is not a date of the kind the atlas reads; the message says what would be."""


class EdtfDate(NamedTuple):
    """One date text and the days it may mean.

    ``start_day`` is the first possible day, ``end_day`` the day after the last possible one;
    `unit` is the precision written: ``day``, ``month``, ``year``, ``decade``, ``century``,
    ``set``, ``interval`` or ``open``.
    """

    text: str
    start_day: int
    end_day: int
    unit: str
    approximate: bool = False
    uncertain: bool = False


def parse_edtf(text: str) -> EdtfDate:
    """Read one EDTF text.

    Raises
    ------
    EdtfError
        If the text is not of the supported kinds or names a day that does not exist.
    """
    text = text.strip()
    if len(text) > MAX_TEXT:
        raise EdtfError(f"a date of {len(text)} characters is too long")
    if text in ("", ".."):
        return EdtfDate(text, FAR_PAST_DAY, FAR_FUTURE_DAY, "open")
    if "/" in text:
        return _interval(text)
    if text.startswith(("[", "{")):
        return _one_of(text)
    return _single(text)


def _single(text: str) -> EdtfDate:
    match = _DATE.fullmatch(text)
    if match is None:
        raise EdtfError(f"“{text}” is not a date; write 1979, 1979-01, 1979-01-07 or 1979~")
    year, month, day, mark = match.group("year", "month", "day", "mark")
    try:
        start, end, unit = _bounds(year, month, day)
    except ValueError as error:
        raise EdtfError(f"“{text}”: {error}") from None
    return EdtfDate(text, start, end, unit, mark in ("~", "%"), mark in ("?", "%"))


def _bounds(year: str, month: str | None, day: str | None) -> tuple[int, int, str]:
    if "X" in year:
        if month is not None:
            raise ValueError("a month needs a whole year")
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        unit = "century" if year.endswith("XX") else "decade"
        return day_from_ymd(low, 1, 1), day_from_ymd(high + 1, 1, 1), unit
    y = int(year)
    if month is None or month == "XX":
        if day not in (None, "XX"):
            raise ValueError("a day needs a month")
        return day_from_ymd(y, 1, 1), day_from_ymd(y + 1, 1, 1), "year"
    m = int(month)
    if day is None or day == "XX":
        first = day_from_ymd(y, m, 1)
        return first, first + month_length(y, m), "month"
    start = day_from_ymd(y, m, int(day))
    return start, start + 1, "day"


def _one_of(text: str) -> EdtfDate:
    if not (text.endswith("]") or text.endswith("}")):
        raise EdtfError(f"“{text}” opens a set of dates and does not close it")
    parts = [part for item in text[1:-1].split(",") for part in item.split("..")]
    if text[1:-1].startswith("..") or text[1:-1].endswith(".."):
        raise EdtfError(f"“{text}”: a set of dates needs both its ends")
    dates = [_single(part.strip()) for part in parts]
    start = min(date.start_day for date in dates)
    end = max(date.end_day for date in dates)
    return EdtfDate(text, start, end, "set", uncertain=True)


def _interval(text: str) -> EdtfDate:
    parts = text.split("/")
    if len(parts) != 2:
        raise EdtfError(f"“{text}”: an interval has one “/”")
    first, last = (parse_edtf(part) for part in parts)
    if first.unit == "interval" or last.unit == "interval":
        raise EdtfError(f"“{text}”: an interval has one “/”")
    if first.start_day >= last.end_day:
        raise EdtfError(f"“{text}” ends before it starts")
    return EdtfDate(
        text,
        first.start_day,
        last.end_day,
        "interval",
        first.approximate or last.approximate,
        first.uncertain or last.uncertain,
    )


def widened(date: EdtfDate) -> EdtfDate:
    """Widen an approximate date by half its own unit, at least a week, on both sides.

    EDTF leaves the width of “approximately” open; this is the atlas's convention, so that an
    approximate date never looks as sharp as an exact one.
    """
    if not date.approximate or date.unit in ("open", "interval"):
        return date
    pad = max(7, (date.end_day - date.start_day) // 2) if date.unit != "day" else 7
    return date._replace(start_day=date.start_day - pad, end_day=date.end_day + pad)


def edtf_from_day(day_number: int) -> str:
    """Return the EDTF text of one exact day."""
    return iso_from_day(day_number)


def year_of(day_number: int) -> int:
    """Return the calendar year a day falls in."""
    return ymd_from_day(day_number)[0]
