"""Identify cards and relations: what a reader is told about a feature, and who backed whom.

Duty: carry every fact, source, doubt and dispute of the evidence into the pack unchanged. Floor:
geodata, standard library only; neighbours: bibliography, evidence, spans.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any, Final

from atlas.core.projection import ATLAS_PROJECTION
from geodata.actors import side_of
from geodata.bibliography import (
    GENERAL_KNOWLEDGE,
    Works,
    cell_sources,
    citation,
    read_works,
    reader_sources,
    url_of,
)
from geodata.evidence import LAYERS, read_features, read_table, related
from geodata.spans import span_days, timespan_texts

_COPIED: Final = (
    "summary",
    "units",
    "date_note",
    "confidence",
    "disputes",
    "road",
    "place",
    "result",
    "evidence",
    "front",
    "menu_start",
    "country",
    "expected_area",
    "edge",
    "war_names",
)
_WAYPOINT_COPIED: Final = ("place", "date", "note", "coord_basis")
_REACH_DEG: Final = 150.0


def card_records(folder: Path) -> dict[str, dict[str, Any]]:
    """Return one card by feature id; fields with nothing to say are left out."""
    works = read_works(folder)
    return {
        feature["id"]: _card(feature, works)
        for layer in LAYERS
        for feature in read_features(folder, layer)
    }


def _card(feature: dict[str, Any], works: Works) -> dict[str, Any]:
    properties, spans = feature["properties"], timespan_texts(feature)
    card = {key: properties[key] for key in _COPIED if properties.get(key)}
    card |= {
        "name": properties["name"],
        "alt_names": feature.get("names"),
        "feature_ref": related(feature, "card"),
        "start": spans[0][0],
        "end": spans[-1][1],
        "intervals": [list(span) for span in spans] if len(spans) > 1 else None,
        "span_notes": [span.get("note", "") for span in _noted(feature)],
        "sources": reader_sources(properties["sources"], works),
        "basis": properties.get("location_basis") or properties.get("basis", ""),
        "precision_km": properties.get("location_precision_km"),
        "belligerent": side_of(properties),
        "waypoints": [_waypoint(waypoint, works) for waypoint in properties.get("waypoints", [])],
    }
    return {key: value for key, value in card.items() if value not in ("", None, [])}


def _noted(feature: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the timespans if any of them has a note, so that notes and spans stay paired."""
    spans: list[dict[str, Any]] = feature["when"]["timespans"]
    return spans if any(span.get("note") for span in spans) else []


def _waypoint(waypoint: dict[str, Any], works: Works) -> dict[str, Any]:
    told = {key: waypoint[key] for key in _WAYPOINT_COPIED if waypoint.get(key)}
    source = waypoint["source"]
    told |= {"source": citation(source, works), "source_key": source["key"]}
    url = url_of(source, works)
    return {**told, "source_url": url} if url else told


def relation_records(folder: Path) -> list[dict[str, Any]]:
    """Return the relations with their ends as lon, lat and, within reach, as map metres."""
    works = read_works(folder)
    return [_relation(row, works) for row in read_table(folder, "relations")]


def _relation(row: dict[str, str], works: Works) -> dict[str, Any]:
    return {
        "id": row["id"],
        "from": _end(row, "from"),
        "to": _end(row, "to"),
        "span": span_days(row["valid_from"], row["valid_to"]),
        "start": row["valid_from"],
        "end": row["valid_to"],
        "kind": row["kind"],
        "sign": row["sign"],
        "amount": row["amount"],
        "amount_note": row["amount_note"],
        "weight": int(row["weight"]),
        "panel": row["panel"],
        "summary": row["summary"],
        "sources": [_source(source, works) for source in cell_sources(row["sources"])],
        "confidence": row["confidence"],
    }


def _end(row: dict[str, str], side: str) -> dict[str, Any]:
    lon, lat = float(row[f"{side}_lon"]), float(row[f"{side}_lat"])
    near = _distance_deg(lon, lat) < _REACH_DEG
    xy = [round(v) for v in ATLAS_PROJECTION.forward(lon, lat)] if near else None
    return {"actor": row[f"{side}_actor"], "lonlat": [lon, lat], "xy_m": xy}


def _source(source: dict[str, str], works: Works) -> dict[str, Any]:
    """Return a source; whether it was read is recorded for general knowledge only: it was not."""
    key = source["key"]
    seen = False if key == GENERAL_KNOWLEDGE else None
    return {"citation": citation(source, works), "seen": seen, "key": key}


def _distance_deg(lon: float, lat: float) -> float:
    """Return the angle from the projection's centre, where the far side tears."""
    lat_0, lat_1 = radians(ATLAS_PROJECTION.lat_0_deg), radians(lat)
    dlon = radians(lon - ATLAS_PROJECTION.lon_0_deg)
    half = sin((lat_1 - lat_0) / 2) ** 2 + cos(lat_0) * cos(lat_1) * sin(dlon / 2) ** 2
    return 2 * asin(min(1.0, sqrt(half))) * 180 / 3.141592653589793
