"""From the pack's features and cards to records: map metres become degrees again.

Floor: geodata; neighbours: records, shapes, geodata.pack, atlas.core.projection. Shapely, which
tells holes from outer rings, is imported inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from atlas.core.day import FAR_FUTURE_DAY, FAR_PAST_DAY, iso_from_day
from atlas.core.projection import ATLAS_PROJECTION
from atlas.core.when import Span
from geodata.exporters.records import Name, Record, Source, Stretch
from geodata.exporters.shapes import DECIMALS, Line, Shape, polygons
from geodata.pack import Pack

Row = Mapping[str, Any]


def records_from_pack(pack: Pack) -> tuple[Record, ...]:
    """Return a record for every feature of the pack, in its order.

    Raises
    ------
    geodata.pack.PackError
        If the pack lacks its features or cards.
    """
    cards = pack.json("cards.json")
    return tuple(_record(row, cards.get(row["id"], {})) for row in pack.json("features.json"))


def _record(row: Row, card: Row) -> Record:
    precision_km = card.get("precision_km")
    return Record(
        id=row["id"],
        layer=row["layer"],
        kind=row["kind"],
        name=row["name"],
        shape=_shape(row["geometry"]),
        stretches=_stretches(row["spans"], card),
        actor=row["actor"] or "",
        other_names=tuple(_names(card.get("alt_names", ()))),
        confidence=row["confidence"] or "",
        precision_km=None if precision_km is None else float(precision_km),
        location_basis=card.get("basis", ""),
        country=row.get("country", ""),
        draw_as=row["draw_as"] or "",
        default_visible=row["default_visible"] is not False,
        summary=card.get("summary", ""),
        date_note=card.get("date_note", ""),
        disputes=card.get("disputes", ""),
        same_as=row.get("same_as", ""),
        sources=tuple(_source(source) for source in card.get("sources", ())),
        lonlat_deg=(row["lonlat"][0], row["lonlat"][1]),
    )


def _names(rows: Iterable[Any]) -> Iterable[Name]:
    for row in rows:
        yield Name(row) if isinstance(row, str) else Name(row["name"], row.get("lang", ""))


def _source(row: Row) -> Source:
    return Source(
        citation=row["citation"],
        claim=row.get("claim", ""),
        seen=row.get("seen"),
        url=row.get("url", ""),
        other_urls=tuple(row.get("other_urls", ())),
        key=row.get("key", ""),
        locator=row.get("locator", ""),
        also=tuple(row.get("also", ())),
    )


def _stretches(spans: Sequence[Sequence[int]], card: Row) -> tuple[Stretch, ...]:
    """Return the stretches; where the card has no pair of texts for each, the days speak."""
    pairs = card.get("intervals") or [[card.get("start", ""), card.get("end", "")]]
    days = [Span(*span) for span in spans]
    if len(pairs) != len(days):
        pairs = [[_first(span), _last(span)] for span in days]
    notes = card.get("span_notes") or [""] * len(days)
    return tuple(
        Stretch(*_split(str(start), str(end)), span, note)
        for (start, end), span, note in zip(pairs, days, notes, strict=True)
    )


def _first(span: Span) -> str:
    if span.earliest_start_day == FAR_PAST_DAY:
        return ".."
    return _one_of(span.earliest_start_day, span.latest_start_day)


def _last(span: Span) -> str:
    if span.latest_end_day == FAR_FUTURE_DAY:
        return ".."
    return _one_of(span.earliest_end_day - 1, span.latest_end_day - 1)


def _one_of(first_day: int, last_day: int) -> str:
    first, last = iso_from_day(first_day), iso_from_day(last_day)
    return first if first_day == last_day else f"[{first}..{last}]"


def _split(start: str, end: str) -> tuple[str, str]:
    """Return first and last date; one interval given as both means from its first to its last."""
    if start == end and "/" in start:
        first, _, last = start.partition("/")
        return first, last
    return start, end


def _shape(geometry: Row) -> Shape:
    parts = geometry["parts"]
    if geometry["type"] == "polygons":
        return polygons([[_line(ring) for ring in part] for part in _nested(parts)])
    return Shape(geometry["type"], tuple((_line(part),) for part in parts))


def _line(part: Sequence[Sequence[float]]) -> Line:
    degrees = (ATLAS_PROJECTION.inverse(x_m, y_m) for x_m, y_m in part)
    return tuple((round(lon, DECIMALS), round(lat, DECIMALS)) for lon, lat in degrees)


def _nested(rings: Sequence[Any]) -> list[list[Any]]:
    """Return rings as polygons: a ring inside an odd number of larger ones is a hole."""
    if len(rings) == 1:
        return [list(rings)]
    import shapely

    areas = sorted((shapely.Polygon(ring) for ring in rings), key=lambda area: -float(area.area))
    outer: list[tuple[Any, list[Any]]] = []
    for index, area in enumerate(areas):
        inside = area.representative_point()
        ring = list(area.exterior.coords)
        if sum(bool(larger.contains(inside)) for larger in areas[:index]) % 2 == 0:
            outer.append((area, [ring]))
        else:
            # The smallest outer ring around it is the last one found.
            home = next(found for larger, found in reversed(outer) if larger.contains(inside))
            home.append(ring)
    return [found for _, found in outer]
