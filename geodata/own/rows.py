"""Takes a file's rows one by one, judges each, and keeps the good ones in plain arrays.

Floor: geodata, standard library only; neighbours: limits, texts; `points` makes use of the arrays.
A row is kept or left out whole; what is wrong with it is told with its place in the file.
"""

from __future__ import annotations

from array import array
from math import isfinite
from pathlib import Path
from typing import Any, Final, NamedTuple

from atlas.core.edtf import EdtfDate, EdtfError, parse_edtf, widened
from atlas.core.problems import Problem, Severity
from atlas.core.viewport import REGION_DEG
from atlas.core.when import Span, span_between
from geodata.own.limits import (
    EVERY_ROWS,
    MAX_FAULTS,
    MAX_NAME,
    MAX_NOTE,
    MAX_ROWS,
    MAX_TEXT_BYTES,
    OverlayError,
    Unasked,
    Unwanted,
)
from geodata.own.texts import Texts

_DATES_KEPT: Final = 100_000
_DATE_HINT: Final = "write 1979, 1979-01, 1979-01-07, 1979~ or 1975/1979"
_OUTSIDE: Final = (
    f"lies outside the mapped region, {REGION_DEG[0]:g} to {REGION_DEG[2]:g} E, "
    f"{REGION_DEG[1]:g} to {REGION_DEG[3]:g} N"
)


class Row(NamedTuple):
    """One point as a file has it, nothing of it judged yet."""

    lon: Any
    lat: Any
    name: Any = ""
    start: Any = ""
    end: Any = ""
    date: Any = ""
    note: Any = ""
    source: Any = ""


class _Fault(ValueError):
    def __init__(self, field: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.field, self.hint = field, hint


class Rows:
    """The good rows so far, and what was wrong with the others."""

    def __init__(self, path: Path, unwanted: Unwanted) -> None:
        self._path, self._unwanted = path, unwanted
        self.lon_deg, self.lat_deg = array("d"), array("d")
        self.days = (array("i"), array("i"), array("i"), array("i"))
        self.acts = bytearray()
        """1 where one date alone was given: a dated act, which lingers for a while."""
        self.texts = Texts()
        self.problems: list[Problem] = []
        self.left_out = 0
        self._seen = 0
        self._dates: dict[str, EdtfDate] = {}

    def __len__(self) -> int:
        return len(self.acts)

    def add(self, row: Row, where: str) -> None:
        """Keep a row, or note why it is left out.

        Raises
        ------
        OverlayError, Unasked
            If the file has too many rows or too much text, or nobody wants it any more.
        """
        self._seen += 1
        if self._seen % EVERY_ROWS == 0 and self._unwanted():
            raise Unasked
        if self._seen > MAX_ROWS or self.texts.size_bytes > MAX_TEXT_BYTES:
            most = f"{MAX_ROWS:,} rows and {MAX_TEXT_BYTES / 1e6:,.0f} MB of text"
            raise OverlayError(self._path, f"holds more than {most}", "split it", where)
        try:
            lon_deg, lat_deg = _place(row.lon, row.lat)
            start, end, is_act = _dates(row)
            span = self._span(start, end)
        except _Fault as fault:
            self.fault(where, fault.field, str(fault), fault.hint)
            return
        self.lon_deg.append(lon_deg)
        self.lat_deg.append(lat_deg)
        for days, day in zip(self.days, span, strict=True):
            days.append(day)
        self.acts.append(is_act)
        name, note = _text(row.name, MAX_NAME), _text(row.note, MAX_NOTE)
        self.texts.add(name, start, end, note, _text(row.source, MAX_NOTE))

    def fault(self, where: str, field: str, message: str, hint: str = "") -> None:
        """Note that something was left out."""
        self.left_out += 1
        if len(self.problems) < MAX_FAULTS:
            found = Problem(Severity.WARNING, self._path.name, where, field, message, hint)
            self.problems.append(found)

    def _span(self, start: str, end: str) -> Span:
        """Return the span of two date texts."""
        try:
            return span_between(self._date(start), self._date(end))
        except EdtfError as error:
            raise _Fault("date", str(error), _DATE_HINT) from None

    def _date(self, text: str) -> EdtfDate:
        """Return a date; of many rows few differ in it, so each text is read once."""
        date = self._dates.get(text)
        if date is None:
            date = widened(parse_edtf(text))
            if len(self._dates) < _DATES_KEPT:
                self._dates[text] = date
        return date


def _place(lon: Any, lat: Any) -> tuple[float, float]:
    """Return longitude and latitude in degrees, both finite and on the map."""
    try:
        lon_deg, lat_deg = float(lon), float(lat)
    except (TypeError, ValueError, OverflowError):
        raise _Fault(
            "lon, lat",
            f"“{_short(lon)}, {_short(lat)}” are not two numbers",
            "write decimal degrees with a point: 104.92, 11.56",
        ) from None
    if not (isfinite(lon_deg) and isfinite(lat_deg)) or isinstance(lon, bool):
        raise _Fault("lon, lat", "are not finite numbers", "write decimal degrees")
    west, south, east, north = REGION_DEG
    if west <= lon_deg <= east and south <= lat_deg <= north:
        return lon_deg, lat_deg
    said = f"{lon_deg:g}, {lat_deg:g}"
    if west <= lat_deg <= east and south <= lon_deg <= north:
        raise _Fault("lon, lat", f"{said} {_OUTSIDE}", "swap them: longitude comes first")
    if abs(lon_deg) > 180 or abs(lat_deg) > 90:
        raise _Fault("lon, lat", f"{said} is no place", "give degrees of WGS84 (EPSG:4326)")
    raise _Fault("lon, lat", f"{said} {_OUTSIDE}", "")


def _dates(row: Row) -> tuple[str, str, bool]:
    """Return the texts of start and end, and whether one date alone was given."""
    start, end, date = (_date_text(value) for value in (row.start, row.end, row.date))
    if start or end:
        return start, end, False
    if not date:
        raise _Fault("date", "no date is given", "write “..” as start if it always held")
    first, is_interval, last = date.partition("/")
    return (first, last, False) if is_interval else (date, date, True)


def _date_text(value: Any) -> str:
    """Return a date's text; of a moment its day, of a year written as a number the year."""
    if value is None or isinstance(value, bool | dict | list):
        return ""
    text = str(value).strip()
    if len(text) > 10 and text[4:5] == "-" and text[10] in "T ":
        return text[:10]
    return text


def _text(value: Any, most: int) -> str:
    """Return a text in one line of letters that can be seen, cut to a length."""
    if value is None:
        return ""
    text = str(value)[: 2 * most]
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else " " for letter in text)
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def _short(value: Any) -> str:
    return _text(value, 30)
