"""Overlay features as the program draws them: map metres, day numbers, shares of the way.

Duty: compile the GeoJSON of the sources into the pack's ``features.json``. Floor: geodata, build
time only; neighbours: evidence, actors, spans. What a reader is told goes to `cards`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from atlas.core.words import edtf_on_map
from geodata.actors import actor_of
from geodata.bibliography import GENERAL_KNOWLEDGE, INTERPOLATED
from geodata.circles import Circle, largest_circles
from geodata.evidence import LAYERS, read_features, related
from geodata.projection import xy_from_lonlat
from geodata.spans import feature_spans, first_day

_GEOMETRY_TYPES: Final = {
    "Point": "point",
    "LineString": "lines",
    "MultiLineString": "lines",
    "Polygon": "polygons",
    "MultiPolygon": "polygons",
}
_LAYER_GROUPS: Final = {
    "thai_border_camps": "camps",
    "thai_border_areas": "areas",
}
_LINE_STYLES: Final = {
    "advance-axis": "arrow",
    "landing": "arrow",
    "withdrawal": "arrow-back",
    "front-line": "front-line",
    "supply-route": "line-dashed",
    "movement": "line-dashed",
}
_FIRST_KINDS: Final = frozenset(
    {"advance-axis", "landing", "headquarters", "stronghold", "zone", "area", "cpt-base"}
)
_LAST_KINDS: Final = frozenset({"place", "radio"})
_MOST_ROOMS: Final = 6
_DOT_KM: Final = 5.0
_DISC_KM: Final = 20.0


def feature_records(folder: Path) -> list[dict[str, Any]]:
    """Return one record for every feature of every layer, in the order of the files."""
    layers = {layer: read_features(folder, layer) for layer in LAYERS}
    same = _same_pairs([feature for features in layers.values() for feature in features])
    return [
        _record(layer, feature, same) for layer, features in layers.items() for feature in features
    ]


def _same_pairs(features: list[dict[str, Any]]) -> dict[str, str]:
    """Return for every feature that tells what another tells too the other's id, both ways."""
    pairs = {feature["id"]: related(feature, "same") for feature in features}
    one_way = {here: there for here, there in pairs.items() if there}
    return one_way | {there: here for here, there in one_way.items()}


def _record(layer: str, feature: dict[str, Any], same: dict[str, str]) -> dict[str, Any]:
    properties = feature["properties"]
    shape = shapely.geometry.shape(feature["geometry"])
    parts = _parts(shape)
    xy = [xy_from_lonlat(part) for part in parts]
    flat = np.concatenate(xy)
    draw_as = _draw_as(shape, properties)
    return {
        "id": feature["id"],
        "layer": layer,
        "name": properties["name"],
        "kind": properties.get("kind") or properties.get("category", ""),
        "subkind": properties.get("subkind") or properties.get("event_type", ""),
        "group": properties.get("group")
        or properties.get("category")
        or _LAYER_GROUPS.get(layer, ""),
        "actor": actor_of(properties),
        "geometry": {"type": _GEOMETRY_TYPES[shape.geom_type], "parts": [p.tolist() for p in xy]},
        "lonlat": _lonlat(shape),
        "bbox_m": [*flat.min(axis=0).tolist(), *flat.max(axis=0).tolist()],
        "rooms": _rooms(shape),
        "radius_m": float(properties.get("location_precision_km", 0)) * 1000.0,
        "spans": feature_spans(feature),
        "confidence": properties["confidence"],
        "draw_as": draw_as,
        "area_ref": related(feature, "area"),
        "feature_ref": related(feature, "card"),
        "same_as": same.get(feature["id"], ""),
        "country": properties.get("country", ""),
        "default_visible": properties.get("default_visible", True)
        and draw_as != "not-drawn-by-default",
        "rank": _rank(properties),
        "panel": properties.get("panel", ""),
        "inset": properties.get("inset", False),
        "map_label": properties.get("map_label", ""),
        "schematic": properties.get("schematic", False) or layer == "dk_zones",
        "growth": _growth(properties),
        "fractions": _fractions(parts) if properties.get("growth") else [],
        "waypoints": [_waypoint(waypoint) for waypoint in properties.get("waypoints", [])],
    }


def _rooms(shape: Any) -> list[Circle]:
    """Return the circles an area offers its name, the largest first; none for points and lines."""
    if shape.geom_type not in ("Polygon", "MultiPolygon"):
        return []
    return largest_circles(shapely.transform(shape, xy_from_lonlat), _MOST_ROOMS)


def _parts(shape: Any) -> list[NDArray[np.float64]]:
    """Return the vertices of a point, of every line, or of every ring."""
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return [
            shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(shape))
        ]
    return [shapely.get_coordinates(part) for part in shapely.get_parts(shape)]


def _lonlat(shape: Any) -> list[float]:
    """Return a point on the feature: itself, the middle of a line, a point inside an area."""
    if shape.geom_type in ("LineString", "MultiLineString"):
        longest = max(shapely.get_parts(shape), key=lambda part: float(part.length))
        point = longest.interpolate(0.5, normalized=True)
    else:
        point = shapely.point_on_surface(shape)
    return [round(point.x, 5), round(point.y, 5)]


def _draw_as(shape: Any, properties: dict[str, Any]) -> str:
    if "draw_as" in properties:
        return str(properties["draw_as"])
    if "category" in properties:
        return "event"
    kind = properties["kind"]
    if shape.geom_type in ("LineString", "MultiLineString"):
        return _LINE_STYLES[kind]
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return "zone" if kind == "zone" else "area-hatch"
    radius_km = properties.get("location_precision_km", 0)
    if radius_km <= _DOT_KM:
        return "dot"
    return "dot-with-radius" if radius_km < _DISC_KM else "uncertainty-circle"


def _rank(properties: dict[str, Any]) -> int:
    if "rank" in properties:
        return int(properties["rank"])
    if properties.get("kind") in _FIRST_KINDS:
        return 1
    return 3 if properties.get("kind") in _LAST_KINDS else 2


def _growth(properties: dict[str, Any]) -> list[list[float]]:
    """Return [day, fraction] by day; the file's order decides between equal days."""
    steps = [[first_day(date), float(share)] for date, share in properties.get("growth", [])]
    return sorted(steps, key=lambda step: step[0])


def _fractions(parts: list[NDArray[np.float64]]) -> list[float]:
    """Return for every vertex of a single line its share of the geodesic length."""
    if len(parts) != 1:
        return []
    lonlat = parts[0]
    _, _, length = pyproj.Geod(ellps="WGS84").inv(
        lonlat[:-1, 0], lonlat[:-1, 1], lonlat[1:, 0], lonlat[1:, 1]
    )
    along = np.concatenate([[0.0], np.cumsum(length)])
    return [round(float(value), 6) for value in along / along[-1]]


def _waypoint(waypoint: dict[str, Any]) -> dict[str, Any]:
    basis = waypoint_basis(waypoint)
    return {
        "name": waypoint["place"],
        "day": first_day(waypoint["date_iso"]),
        "fraction": waypoint["frac"],
        "vertex": waypoint["vertex"],
        "basis": basis,
        "sourced": basis == "source",
        "on_map": edtf_on_map(waypoint["date"]),
    }


def waypoint_basis(waypoint: dict[str, Any]) -> str:
    """Return ``source``, ``general knowledge`` or ``interpolated``."""
    key = waypoint["source"]["key"]
    if key == INTERPOLATED:
        return "interpolated"
    return "general knowledge" if key == GENERAL_KNOWLEDGE else "source"
