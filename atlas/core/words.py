"""Dates and distances in plain English words. Floor: core; neighbours: day, edtf, typed_dates."""

from __future__ import annotations

import re
from typing import Final

from atlas.core.day import ymd_from_day
from atlas.core.edtf import EdtfDate, EdtfError, parse_edtf

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def day_in_words(day: int) -> str:
    """Return a day number as ``7 January 1979``."""
    year, month, day_of_month = ymd_from_day(day)
    return f"{day_of_month} {MONTHS[month - 1]} {year}"


def short_day(day: int) -> str:
    """Return a day number without its year: ``7 Jan``."""
    _, month, day_of_month = ymd_from_day(day)
    return f"{day_of_month} {MONTHS[month - 1][:3]}"


def edtf_on_map(text: str) -> str:
    """Return an EDTF date short enough for a map: ``7 Jan``, ``c. 6 Jan``, ``1 or 3 Jan``.

    Empty for what is no day or choice of days, and what is no EDTF.
    """
    try:
        date = parse_edtf(text)
    except EdtfError:
        return ""
    if date.unit == "set":
        days = [edtf_on_map(part) for part in re.split(r",|\.\.", text.strip("[]{} "))]
        return _joined_days(days, "–" if ".." in text else " or ") if all(days) else ""
    if date.unit == "interval":
        days = [edtf_on_map(part) for part in text.split("/")]
        return _joined_days(days, "–") if all(days) else ""
    if date.unit != "day":
        return ""
    words = short_day(date.start_day)
    return f"c. {words}" if date.approximate or date.uncertain else words


def _joined_days(days: list[str], joint: str) -> str:
    """Join days, the month said once where it is the same: ``1 or 3 Jan``."""
    first, last = days[0], days[-1]
    day, _, month = first.rpartition(" ")
    return f"{day}{joint}{last}" if last.endswith(month) else f"{first}{joint}{last}"


def days_in_words(first_day: int, last_day: int) -> str:
    """Return a stretch of time as ``25 Dec 1978 – 7 Jan 1979``, one day in full.

    What both share is said once: ``3 Feb – 16 Mar 1979``, ``3–16 Mar 1979``.
    """
    if first_day == last_day:
        return day_in_words(last_day)
    (first_year, first_month, first), (year, month, _) = map(ymd_from_day, (first_day, last_day))
    if first_year != year:
        return f"{short_date(first_day)} – {short_date(last_day)}"
    if first_month != month:
        return f"{short_day(first_day)} – {short_date(last_day)}"
    return f"{first}–{short_date(last_day)}"


def short_date(day: int) -> str:
    """Return a day number as ``7 Jan 1979``."""
    return f"{short_day(day)} {ymd_from_day(day)[0]}"


def edtf_in_words(text: str) -> str:
    """Return an EDTF text in words, doubt included: ``about November 1967``.

    A text that is no EDTF is returned as it stands: the reader sees what the source says.
    """
    try:
        date = parse_edtf(text)
    except EdtfError:
        return text
    if date.unit == "open":
        return "open"
    if date.unit == "interval":
        first, last = text.split("/")
        return span_in_words(first.strip(), last.strip())
    if date.unit == "set":
        joint = " to " if ".." in text else " or "
        parts = re.split(r",|\.\.", text.strip("[]{} "))
        return joint.join(edtf_in_words(part.strip()) for part in parts)
    return _marked(date, _plain(date))


def span_in_words(start_text: str, end_text: str) -> str:
    """Return the stretch between two EDTF texts: ``about 1963 to about November 1967``."""
    if start_text == end_text and start_text not in ("", ".."):
        return edtf_in_words(start_text)
    open_start, open_end = start_text in ("", ".."), end_text in ("", "..")
    if open_start and open_end:
        return "dates not known"
    if open_start:
        return f"until {edtf_in_words(end_text)}"
    if open_end:
        return f"from {edtf_in_words(start_text)} on"
    return f"{edtf_in_words(start_text)} to {edtf_in_words(end_text)}"


def _plain(date: EdtfDate) -> str:
    if date.unit == "day":
        return day_in_words(date.start_day)
    year, month, _ = ymd_from_day(date.start_day)
    if date.unit == "month":
        return f"{MONTHS[month - 1]} {year}"
    if date.unit == "decade":
        return f"the {year}s"
    if date.unit == "century":
        return f"the {year}s (century)"
    return str(year)


def _marked(date: EdtfDate, words: str) -> str:
    if date.approximate and date.uncertain:
        return f"perhaps about {words}"
    if date.approximate:
        return f"about {words}"
    return f"perhaps {words}" if date.uncertain else words


def distance_in_words(distance_m: float) -> str:
    """Return a length with the precision it deserves: ``350 m``, ``4 km``, ``1,200 km``."""
    if round(distance_m) < 1000:
        return f"{distance_m:.0f} m"
    kilometres = distance_m / 1000
    words = f"{kilometres:.1f}" if kilometres < 3 else f"{kilometres:,.0f}"
    return f"{words.removesuffix('.0')} km"


def lonlat_in_words(lon_deg: float, lat_deg: float) -> str:
    """Return a position as ``11.56° N  104.92° E``."""
    north = "N" if lat_deg >= 0 else "S"
    east = "E" if lon_deg >= 0 else "W"
    return f"{abs(lat_deg):.2f}° {north}  {abs(lon_deg):.2f}° {east}"
