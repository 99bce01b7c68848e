"""Identify cards and relations: what a reader is told about a feature, and who backed whom.

Duty: carry every fact, source, doubt and dispute of the evidence into the pack unchanged. Floor:
geodata, standard library only; neighbours: evidence, spans.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any, Final

from atlas.core.projection import ATLAS_PROJECTION
from geodata.actors import side_of
from geodata.evidence import LAYERS, read_features, read_table
from geodata.spans import span_days

_COPIED: Final = (
    "summary",
    "alt_names",
    "units",
    "date_note",
    "sources",
    "confidence",
    "disputes",
    "road",
    "place",
    "result",
    "evidence",
    "front",
    "menu_start",
    "feature_ref",
    "edge",
)
_WAYPOINT_COPIED: Final = ("place", "date", "note", "source", "source_url", "coord_basis")
_REACH_DEG: Final = 150.0
_NOT_CHECKED: Final = "general knowledge"


def card_records(folder: Path) -> dict[str, dict[str, Any]]:
    """Return one card by feature id; fields with nothing to say are left out."""
    return {
        feature["id"]: _card(feature["properties"])
        for layer in LAYERS
        for feature in read_features(folder, layer)
    }


def _card(properties: dict[str, Any]) -> dict[str, Any]:
    card = {key: properties[key] for key in _COPIED if properties.get(key)}
    date = properties.get("date", "")
    card |= {
        "name": properties["name"],
        "start": properties.get("start", date),
        "end": properties.get("end", date),
        "basis": properties.get("location_basis") or properties.get("basis", ""),
        "precision_km": properties.get("location_precision_km"),
        "belligerent": side_of(properties),
        "intervals": properties.get("intervals"),
        "waypoints": [
            {key: waypoint[key] for key in _WAYPOINT_COPIED if waypoint.get(key)}
            for waypoint in properties.get("waypoints", [])
        ],
    }
    return {key: value for key, value in card.items() if value not in ("", None, [])}


def relation_records(folder: Path) -> list[dict[str, Any]]:
    """Return the relations with their ends as lon, lat and, within reach, as map metres."""
    return [_relation(row) for row in read_table(folder, "relations")]


def _relation(row: dict[str, str]) -> dict[str, Any]:
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
        "sources": [_source(text) for text in row["sources"].split(" | ")],
        "confidence": row["confidence"],
    }


def _end(row: dict[str, str], side: str) -> dict[str, Any]:
    lon, lat = float(row[f"{side}_lon"]), float(row[f"{side}_lat"])
    near = _distance_deg(lon, lat) < _REACH_DEG
    xy = [round(v) for v in ATLAS_PROJECTION.forward(lon, lat)] if near else None
    return {"actor": row[f"{side}_actor"], "lonlat": [lon, lat], "xy_m": xy}


def _source(text: str) -> dict[str, Any]:
    """Return a source; whether it was read is known only where the text says it was not."""
    return {"citation": text, "seen": False if text.startswith(_NOT_CHECKED) else None}


def _distance_deg(lon: float, lat: float) -> float:
    """Return the angle from the projection's centre, where the far side tears."""
    lat_0, lat_1 = radians(ATLAS_PROJECTION.lat_0_deg), radians(lat)
    dlon = radians(lon - ATLAS_PROJECTION.lon_0_deg)
    half = sin((lat_1 - lat_0) / 2) ** 2 + cos(lat_0) * cos(lat_1) * sin(dlon / 2) ** 2
    return 2 * asin(min(1.0, sqrt(half))) * 180 / 3.141592653589793
