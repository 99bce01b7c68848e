"""KML's time of a pair of EDTF texts, as precise as the source and no more: 1967 stays 1967.

Floor: geodata, standard library only; neighbours: atlas.core.edtf. KML has no word for doubt, so
marks fall away here; the EDTF texts stand in the placemark's data.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from atlas.core.day import ymd_from_day
from atlas.core.edtf import EdtfDate, EdtfError, parse_edtf

_BETWEEN: Final = re.compile(r",|\.\.")


def time_element(start: str, end: str) -> Element | None:
    """Return a TimeStamp for one date, a TimeSpan for two; None if neither can be told."""
    begin, last = begin_text(start), end_text(end)
    if not begin and not last:
        return None
    if begin == last:
        stamp = Element("TimeStamp")
        SubElement(stamp, "when").text = begin
        return stamp
    span = Element("TimeSpan")
    if begin:
        SubElement(span, "begin").text = begin
    if last:
        SubElement(span, "end").text = last
    return span


def begin_text(edtf: str) -> str:
    """Return the earliest date an EDTF text names, in its own precision; empty if open."""
    return _told(min(_dates(edtf), key=lambda date: date.start_day, default=None), first=True)


def end_text(edtf: str) -> str:
    """Return the latest date an EDTF text names, in its own precision; empty if open."""
    return _told(max(_dates(edtf), key=lambda date: date.end_day, default=None), first=False)


def _dates(edtf: str) -> list[EdtfDate]:
    """Return the single dates in a text: one, the members of a set, the ends of an interval."""
    try:
        date = parse_edtf(edtf)
    except EdtfError:
        return []
    if date.unit == "interval":
        parts = edtf.split("/")
    elif date.unit == "set":
        parts = _BETWEEN.split(edtf.strip(" []{}"))
    else:
        return [date]
    return [found for part in parts for found in _dates(part.strip())]


def _told(date: EdtfDate | None, *, first: bool) -> str:
    if date is None or date.unit == "open":
        return ""
    year, month, day = ymd_from_day(date.start_day if first else date.end_day - 1)
    text = f"{'-' if year < 0 else ''}{abs(year):04d}"
    if date.unit in ("month", "day"):
        text += f"-{month:02d}"
    return f"{text}-{day:02d}" if date.unit == "day" else text
