"""A record as a flat table of JSON values, and back: what GeoJSON, CSV and GeoPackage share.

Floor: geodata, standard library only; neighbours: records, shapes. Days are ISO dates, inclusive on
both sides; null is an open end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite
from typing import Any, Final

from atlas.core.day import FAR_FUTURE_DAY, FAR_PAST_DAY, day_from_ymd, iso_from_day
from atlas.core.when import Span
from geodata.exporters.records import Name, Record, Source, Stretch
from geodata.exporters.shapes import Shape

Row = Mapping[str, Any]

MAX_ITEMS: Final = 1_000
"""Names, sources or stretches of one record that a reader takes."""
_ISO: Final = re.compile(r"(-?\d{4,6})-(\d{2})-(\d{2})")


class PropertyError(ValueError):
    """A value of a record is not what an export holds; the message names the field."""


def properties_of(record: Record) -> dict[str, Any]:
    """Return the record without its geometry as JSON values, in reading order."""
    when = record.when
    return {
        "id": record.id,
        "layer": record.layer,
        "kind": record.kind,
        "actor": record.actor,
        "name": record.name,
        "alt_names": [{"name": name.name, "lang": name.lang} for name in record.other_names],
        "start": record.stretches[0].start if record.stretches else "",
        "end": record.stretches[-1].end if record.stretches else "",
        "earliest_day": start_text(when.first_day),
        "latest_day": end_text(when.last_day + 1),
        "timespans": [_timespan(stretch) for stretch in record.stretches],
        "date_note": record.date_note,
        "confidence": record.confidence,
        "precision_km": record.precision_km,
        "location_basis": record.location_basis,
        "country": record.country,
        "draw_as": record.draw_as,
        "default_visible": record.default_visible,
        "summary": record.summary,
        "disputes": record.disputes,
        "same_as": record.same_as,
        "sources": [_source_row(source) for source in record.sources],
    }


def _timespan(stretch: Stretch) -> dict[str, Any]:
    span = stretch.span
    return {
        "start": stretch.start,
        "end": stretch.end,
        "earliest_start": start_text(span.earliest_start_day),
        "latest_start": start_text(span.latest_start_day),
        "earliest_end": end_text(span.earliest_end_day),
        "latest_end": end_text(span.latest_end_day),
    } | ({"note": stretch.note} if stretch.note else {})


def _source_row(source: Source) -> dict[str, Any]:
    row: dict[str, Any] = {"citation": source.citation, "claim": source.claim, "seen": source.seen}
    extra = {
        "url": source.url,
        "other_urls": list(source.other_urls),
        "key": source.key,
        "locator": source.locator,
        "also": list(source.also),
    }
    return row | {key: value for key, value in extra.items() if value}


def start_text(day: int) -> str | None:
    """Return a start as an ISO date, None if it is open."""
    return None if day <= FAR_PAST_DAY else iso_from_day(day)


def end_text(day: int) -> str | None:
    """Return an exclusive end as the ISO date of the last day, None if it is open."""
    return None if day >= FAR_FUTURE_DAY else iso_from_day(day - 1)


def start_day(text: object) -> int:
    """Return the day of `start_text`.

    Raises
    ------
    PropertyError
        If the text is no ISO date.
    """
    return FAR_PAST_DAY if text in (None, "") else _day(text)


def end_day(text: object) -> int:
    """Return the exclusive day of `end_text`.

    Raises
    ------
    PropertyError
        If the text is no ISO date.
    """
    return FAR_FUTURE_DAY if text in (None, "") else _day(text) + 1


def _day(text: object) -> int:
    match = _ISO.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise PropertyError(f"“{text}” is no date such as 1979-01-07")
    try:
        return day_from_ymd(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise PropertyError(f"“{text}”: {error}") from None


def record_from_properties(row: Row, shape: Shape) -> Record:
    """Make a record of what `properties_of` returned and its shape.

    Raises
    ------
    PropertyError
        If a field is missing or of the wrong kind.
    """
    stretches = tuple(stretch_from(item) for item in rows_in(row, "timespans"))
    if not text_in(row, "id") or not stretches:
        raise PropertyError("id is missing" if stretches else "timespans is empty")
    names = rows_in(row, "alt_names")
    return Record(
        id=text_in(row, "id"),
        layer=text_in(row, "layer"),
        kind=text_in(row, "kind"),
        name=text_in(row, "name"),
        shape=shape,
        stretches=stretches,
        actor=text_in(row, "actor"),
        other_names=tuple(Name(text_in(name, "name"), text_in(name, "lang")) for name in names),
        confidence=text_in(row, "confidence"),
        precision_km=number_in(row, "precision_km"),
        location_basis=text_in(row, "location_basis"),
        country=text_in(row, "country"),
        draw_as=text_in(row, "draw_as"),
        default_visible=row.get("default_visible") is not False,
        summary=text_in(row, "summary"),
        date_note=text_in(row, "date_note"),
        disputes=text_in(row, "disputes"),
        same_as=text_in(row, "same_as"),
        sources=tuple(_source(item) for item in rows_in(row, "sources")),
    )


def stretch_from(row: Row) -> Stretch:
    """Make a stretch of one row of ``timespans``.

    Raises
    ------
    PropertyError
        If a day is no ISO date.
    """
    span = Span(
        start_day(row.get("earliest_start")),
        start_day(row.get("latest_start")),
        end_day(row.get("earliest_end")),
        end_day(row.get("latest_end")),
    )
    return Stretch(text_in(row, "start"), text_in(row, "end"), span, text_in(row, "note"))


def _source(row: Row) -> Source:
    seen = row.get("seen")
    if seen is not None and not isinstance(seen, bool):
        raise PropertyError("seen is not true, false or null")
    return Source(
        citation=text_in(row, "citation"),
        claim=text_in(row, "claim"),
        seen=seen,
        url=text_in(row, "url"),
        other_urls=_texts_in(row, "other_urls"),
        key=text_in(row, "key"),
        locator=text_in(row, "locator"),
        also=_texts_in(row, "also"),
    )


def text_in(row: Row, key: str) -> str:
    """Return a text field, empty if it is missing or null.

    Raises
    ------
    PropertyError
        If it is of another kind.
    """
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise PropertyError(f"{key} is not a text")
    return value


def _texts_in(row: Row, key: str) -> tuple[str, ...]:
    value = row.get(key) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise PropertyError(f"{key} is not a list of texts")
    return tuple(value)


def number_in(row: Row, key: str) -> float | None:
    """Return a finite number, None if it is missing or null.

    Raises
    ------
    PropertyError
        If it is of another kind.
    """
    value = row.get(key)
    if value is None:
        return None
    try:
        if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
            return float(value)
    except OverflowError:
        raise PropertyError(f"{key} is too large a number") from None
    raise PropertyError(f"{key} is not a number")


def rows_in(row: Row, key: str) -> list[Row]:
    """Return a list of objects, empty if it is missing or null.

    Raises
    ------
    PropertyError
        If it is of another kind or too long.
    """
    value = row.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise PropertyError(f"{key} is not a list of objects")
    if len(value) > MAX_ITEMS:
        raise PropertyError(f"{key} has more than {MAX_ITEMS:,} entries")
    return value
