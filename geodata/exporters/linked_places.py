"""Linked Places Format 1.3: gazetteer records as the World Historical Gazetteer takes them.

Floor: geodata, standard library only; neighbours: geojson, properties. A record here is a place as
far as the evidence goes: a site, a region, a route. What the format has no word for (EDTF texts,
precision, disputes, claims) stays in ``properties``, as in the plain GeoJSON.
"""

from __future__ import annotations

from typing import Any, Final

from geodata.exporters.geojson import json_by_line
from geodata.exporters.properties import end_text, properties_of, start_text
from geodata.exporters.records import Collection, Record, Source, Stretch
from geodata.exporters.shapes import geometry_of

CONTEXT: Final = (
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/"
    "linkedplaces-context-v1.1.jsonld"
)
"""The context document of versions 1.1 to 1.3."""
ID_PREFIX: Final = "urn:x-indochina-atlas:"

_CERTAINTY: Final = {"high": "certain", "medium": "less-certain"}
_UNLOCATED: Final = frozenset(
    {"area-hatch", "area-hatch-only", "not-drawn-by-default", "uncertainty-circle"}
)
_SITE: Final = ("aat:300000809", "site", "S")
_ROUTE: Final = ("aat:300265365", "route", "R")
_REGION: Final = ("aat:300182722", "region (geographic)", "L")
_TYPES: Final = {
    "battle": ("aat:300000835", "battlefield", "S"),
    "zone": ("aat:300232418", "administrative division", "A"),
}
"""Types of the Getty thesaurus and GeoNames class by kind; other kinds by geometry alone."""


def write_linked_places(collection: Collection) -> bytes:
    """Return the collection as one Linked Places feature collection, UTF-8, a feature a line."""
    head = {
        "type": "FeatureCollection",
        "@context": CONTEXT,
        "title": collection.title,
        "data_version": collection.data_version,
        "on_day": collection.on_day,
        "rights": list(collection.rights),
    }
    return json_by_line(head, [_feature(record) for record in collection.records])


def _feature(record: Record) -> dict[str, Any]:
    identifier, label, fclass = _type(record)
    source_labels = [{"label": record.kind, "lang": "en"}]
    feature: dict[str, Any] = {
        "@id": f"{ID_PREFIX}{record.id}",
        "type": "Feature",
        "properties": {
            "title": record.name,
            "ccodes": [record.country] if record.country else [],
            "fclasses": [fclass],
            **properties_of(record),
        },
        "names": _names(record),
        "types": [{"identifier": identifier, "label": label, "sourceLabels": source_labels}],
        "geometry": _geometry(record),
        "descriptions": _descriptions(record),
        "links": _links(record),
    }
    timespans = [span for stretch in record.stretches if (span := timespan_of(stretch))]
    if timespans:
        feature["when"] = {"timespans": timespans, "certainty": date_certainty(record)}
    return feature


def _type(record: Record) -> tuple[str, str, str]:
    by_geometry = {"lines": _ROUTE, "polygons": _REGION}.get(record.shape.kind, _SITE)
    return _TYPES.get(record.kind, by_geometry)


def _names(record: Record) -> list[dict[str, Any]]:
    first: dict[str, Any] = {"toponym": record.name, "lang": "en"}
    if record.sources:
        first["citations"] = [_citation(source) for source in record.sources]
    others = [
        {"toponym": n.name} | ({"lang": n.lang} if n.lang else {}) for n in record.other_names
    ]
    return [first, *others]


def _citation(source: Source) -> dict[str, str]:
    return {"label": source.label} | ({"@id": source.url} if source.url else {})


def _geometry(record: Record) -> dict[str, Any]:
    geometry = geometry_of(record.shape) | {"certainty": place_certainty(record)}
    return {"type": "GeometryCollection", "geometries": [geometry]}


def _descriptions(record: Record) -> list[dict[str, str]]:
    disputed = f"Disputed: {record.disputes}" if record.disputes else ""
    return [{"value": text, "lang": "en"} for text in (record.summary, disputed) if text]


def _links(record: Record) -> list[dict[str, str]]:
    urls = [url for source in record.sources for url in (source.url, *source.other_urls) if url]
    return [{"type": "seeAlso", "identifier": url} for url in dict.fromkeys(urls)]


def timespan_of(stretch: Stretch) -> dict[str, Any]:
    """Return start and end, each {earliest, latest}; empty if nothing bounds either.

    The format reads a missing end as “within the start”, so an open end is told by what is
    known of it: it lies not before the start, and likewise for an open start.
    """
    span = stretch.span
    start = _bounds(start_text(span.earliest_start_day), start_text(span.latest_start_day))
    end = _bounds(end_text(span.earliest_end_day), end_text(span.latest_end_day))
    if not start and not end:
        return {}
    return {
        "start": start or {"latest": end.get("earliest") or end["latest"]},
        "end": end or {"earliest": start.get("latest") or start["earliest"]},
    }


def _bounds(earliest: str | None, latest: str | None) -> dict[str, str]:
    both = {"earliest": earliest, "latest": latest}
    return {key: text for key, text in both.items() if text is not None}


def place_certainty(record: Record) -> str:
    """Return how sure the place is; what nobody located is uncertain whatever the confidence."""
    if record.draw_as in _UNLOCATED:
        return "uncertain"
    return _CERTAINTY.get(record.confidence, "uncertain")


def date_certainty(record: Record) -> str:
    """Return how sure the dates are, from the marks of the source: ``?``, ``~``, one-of sets."""
    texts = "".join(stretch.start + stretch.end for stretch in record.stretches)
    if "?" in texts or "%" in texts:
        return "uncertain"
    return "less-certain" if any(mark in texts for mark in "~[{X") else "certain"
