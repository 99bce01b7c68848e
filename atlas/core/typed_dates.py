"""Dates as a person types them, read. Floor: core; neighbours: words, which writes them; edtf."""

from __future__ import annotations

import re

from atlas.core.day import day_from_ymd, shift_months
from atlas.core.edtf import EdtfError, parse_edtf
from atlas.core.words import MONTHS

_DAY_FIRST = re.compile(r"(\d{1,2})\.?\s+([A-Za-z]+)\.?,?\s+(\d{4})")
_MONTH_FIRST = re.compile(r"([A-Za-z]+)\.?\s+(\d{1,2}),?\s+(\d{4})")
_SLASHED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")
_LOOKS_ISO = re.compile(r"-?\d{4}-\d\d")
_MONTH_ONLY = re.compile(r"([A-Za-z]+)\.?\s+(\d{4})")


def day_from_typed(text: str) -> int:
    """Read a date a person typed: EDTF, ``7 Jan 1979``, ``January 7, 1979``, ``March 1970``.

    A month or a year means its first day.

    Raises
    ------
    EdtfError
        If the text is none of these.
    """
    text = text.strip()
    if match := _DAY_FIRST.fullmatch(text):
        return _from_names(text, match[3], match[2], match[1])
    if match := _MONTH_FIRST.fullmatch(text):
        return _from_names(text, match[3], match[1], match[2])
    if match := _MONTH_ONLY.fullmatch(text):
        return _from_names(text, match[2], match[1], "1")
    if _SLASHED.fullmatch(text):
        raise EdtfError(f"“{text}” can be read in two ways; write 7 January 1979 or 1979-01-07")
    try:
        date = parse_edtf(text)
    except EdtfError as error:
        if _LOOKS_ISO.match(text):
            raise
        hint = "write 7 January 1979, March 1970 or 1979-01-07"
        raise EdtfError(f"“{text}” is not a date; {hint}") from error
    if date.unit == "open":
        raise EdtfError("type a date, for example 7 January 1979, March 1970 or 1979-01-07")
    return date.start_day


def days_from_typed(text: str) -> tuple[int, int]:
    """Read a date or a stretch of time a person typed; return its first and last day.

    Two dates stand with ``to``, a dash or, as in EDTF, a slash between them; the second one means
    its last day if it is a month or a year, and the first one need not say again what both share:
    ``3 Feb - 16 Mar 1979``, ``3-16 Mar 1979``. One date alone is one day, as in `day_from_typed`.

    Raises
    ------
    EdtfError
        If the text is neither, or ends before it begins.
    """
    text = text.strip()
    if joined := _JOINED_DAYS.fullmatch(text):
        text = " - ".join(joined.groups())
    match = None if _SLASHED.fullmatch(text) else _BETWEEN.fullmatch(text)
    if match is None:
        day = day_from_typed(text)
        return day, day
    first, last = day_from_typed(_completed(match[1], match[2])), _last_day_typed(match[2])
    if last < first:
        raise EdtfError(f"“{text}” ends before it begins")
    return first, last


_BETWEEN = re.compile(r"(.*[^\s–—/-])(?:\s*[–—/]\s*|\s+(?:-|to)\s+)([^\s–—/-].*)", re.I)
"""Two dates: a plain hyphen needs room on both sides, since dates have hyphens too."""


_JOINED_DAYS = re.compile(r"(\d{1,2}\.?)-(\d{1,2}\.?\s+[A-Za-z].*)")
"""The plain hyphen of ``3-16 Mar 1979``, which is of no date's own."""

_DAY_ALONE = re.compile(r"\d{1,2}\.?")
_DAY_AND_MONTH = re.compile(r"\d{1,2}\.?\s+[A-Za-z]+\.?")
_MONTH_ALONE = re.compile(r"[A-Za-z]+\.?")


def _completed(first: str, last: str) -> str:
    """Return the first of two typed dates with the month and the year it shares with the last."""
    if match := _DAY_FIRST.fullmatch(last.strip()):
        if _DAY_ALONE.fullmatch(first):
            return f"{first} {match[2]} {match[3]}"
        if _DAY_AND_MONTH.fullmatch(first):
            return f"{first} {match[3]}"
    elif (match := _MONTH_ONLY.fullmatch(last.strip())) and _MONTH_ALONE.fullmatch(first):
        return f"{first} {match[2]}"
    return first


def _last_day_typed(text: str) -> int:
    """Return the last day a typed date may mean."""
    first = day_from_typed(text)
    if _MONTH_ONLY.fullmatch(text.strip()):
        return shift_months(first, 1) - 1
    try:
        return parse_edtf(text).end_day - 1
    except EdtfError:
        return first


def _from_names(text: str, year: str, month: str, day: str) -> int:
    wanted = month.lower()
    found = [i for i, name in enumerate(MONTHS, 1) if name.lower().startswith(wanted)]
    if len(wanted) < 3 or len(found) != 1:
        raise EdtfError(f"“{text}”: “{month}” is not a month")
    try:
        return day_from_ymd(int(year), found[0], int(day))
    except ValueError as error:
        raise EdtfError(f"“{text}”: {error}") from None
