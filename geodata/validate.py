"""The check of the evidence: every fault named with file, feature and field.

Duty: read what `build` reads, raise nothing, return a list of problems. Floor: geodata, standard
library only; neighbours: faults, validate_geometry, validate_tables.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from atlas.core.problems import Problem, near_misses
from geodata.actors import UnknownActorError, actor_of
from geodata.evidence import LAYERS
from geodata.faults import Faults
from geodata.validate_geometry import check_geometry
from geodata.validate_tables import check_tables

DRAWINGS: Final = frozenset(
    {
        "dot",
        "dot-with-radius",
        "uncertainty-circle",
        "area-hatch",
        "area-hatch-only",
        "not-drawn-by-default",
    }
)
"""Values of ``draw_as`` the evidence may use."""
_CONFIDENCES: Final = ("high", "medium", "low")
_AREA_LAYER: Final = "thai_border_areas"

Features = dict[str, list[dict[str, Any]]]


def validate_sources(folder: Path, panel_ids: frozenset[str] | None) -> list[Problem]:
    """Return every problem of the evidence in `folder`, in the order of the files.

    With `panel_ids` given, features and relations must name one of these panels where they name
    one at all.
    """
    problems: list[Problem] = []
    features: Features = {}
    for layer in LAYERS:
        faults = Faults(f"{layer}.geojson")
        features[layer] = _read(folder / f"{layer}.geojson", faults)
        problems += faults.problems
    known = {_id(feature) for layer in LAYERS for feature in features[layer]}
    areas = {_id(feature) for feature in features[_AREA_LAYER]}
    taken: set[str] = set()
    for layer in LAYERS:
        faults = Faults(f"{layer}.geojson")
        for number, feature in enumerate(features[layer], start=1):
            here = faults.at(_id(feature) or f"feature {number}")
            _check_id(feature, taken, here)
            _check_properties(feature["properties"], here)
            _check_references(feature["properties"], here, known, areas, panel_ids)
            check_geometry(feature.get("geometry"), here)
            _check_way(feature, here)
        problems += faults.problems
    return problems + check_tables(folder, panel_ids)


def _read(path: Path, faults: Faults) -> list[dict[str, Any]]:
    """Return the features that have properties at all; note what cannot be read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        faults.error("", f"cannot be read ({error.strerror})")
        return []
    except UnicodeDecodeError:
        faults.error("", "is not UTF-8", "save it as UTF-8")
        return []
    except json.JSONDecodeError as error:
        faults.at(f"line {error.lineno}").error("", f"is no JSON: {error.msg}")
        return []
    rows = content.get("features") if isinstance(content, dict) else None
    if not isinstance(rows, list):
        faults.error("features", "is missing", "the file must be a GeoJSON FeatureCollection")
        return []
    good = []
    for number, row in enumerate(rows, start=1):
        if isinstance(row, dict) and isinstance(row.get("properties"), dict):
            good.append(row)
        else:
            faults.at(f"feature {number}").error("properties", "are missing")
    return good


def _id(feature: dict[str, Any]) -> str:
    value = feature.get("id")
    return value if isinstance(value, str) else ""


def _check_id(feature: dict[str, Any], taken: set[str], faults: Faults) -> None:
    name = _id(feature)
    if not name:
        faults.error("id", "is missing")
        return
    if feature["properties"].get("id") != name:
        faults.error("id", "differs between the feature and its properties")
    if name in taken:
        faults.error("id", "is used twice", "ids are unique over all layers")
    taken.add(name)


def _check_properties(properties: dict[str, Any], faults: Faults) -> None:
    faults.text(properties, "name")
    if "basis" not in properties:
        faults.text(properties, "summary")
    if properties.get("confidence") not in _CONFIDENCES:
        faults.error("confidence", "is not high, medium or low")
    if properties.get("draw_as", "dot") not in DRAWINGS:
        hint = near_misses(str(properties["draw_as"]), DRAWINGS)
        faults.error("draw_as", f"“{properties['draw_as']}” is no way of drawing", hint)
    if "location_precision_km" in properties:
        faults.number("location_precision_km", properties["location_precision_km"], 0.0, 20_000.0)
    _check_dates(properties, faults)
    _check_evidence(properties.get("sources"), faults)
    if "category" not in properties and not faults.text(properties, "kind"):
        return
    try:
        actor_of({"id": "", **properties})
    except UnknownActorError as error:
        faults.error("belligerent", str(error), "add it to geodata/actors.py")


def _check_dates(properties: dict[str, Any], faults: Faults) -> None:
    intervals = properties.get("intervals")
    if intervals is not None:
        pairs = intervals if isinstance(intervals, list) else []
        if not pairs or not all(isinstance(p, list) and len(p) == 2 for p in pairs):
            faults.error("intervals", "is not a list of [start, end]")
            return
        for start, end in pairs:
            faults.span("intervals", start, "intervals", end)
    if "date" in properties:
        faults.date("date", properties["date"])
        return
    missing = [name for name in ("start", "end") if name not in properties]
    for name in missing:
        faults.error(name, "is missing", "write “..” for an open end")
    if not missing:
        faults.span("start", properties["start"], "end", properties["end"])


def _check_evidence(sources: Any, faults: Faults) -> None:
    if not isinstance(sources, list) or not sources:
        faults.error("sources", "has no source", "cite at least one")
        return
    for number, source in enumerate(sources, start=1):
        if not isinstance(source, dict):
            faults.error("sources", f"source {number} is not a record")
            continue
        citation = source.get("citation")
        if not isinstance(citation, str) or not citation.strip():
            faults.error("sources", f"source {number} has no citation")
        if not isinstance(source.get("seen"), bool):
            faults.error("sources", f"source {number} does not say whether it was seen")
        url = source.get("url", "https://")
        if not isinstance(url, str) or not url.startswith(("https://", "http://")):
            faults.error("sources", f"source {number} has a link that is none: {url}")


def _check_references(
    properties: dict[str, Any],
    faults: Faults,
    known: set[str],
    areas: set[str],
    panel_ids: frozenset[str] | None,
) -> None:
    _check_known(properties, "area_ref", areas, faults)
    _check_known(properties, "feature_ref", known, faults)
    if panel_ids is not None:
        _check_known(properties, "panel", panel_ids, faults)


def _check_known(
    properties: dict[str, Any], name: str, known: frozenset[str] | set[str], faults: Faults
) -> None:
    value = properties.get(name)
    if value and value not in known:
        faults.error(name, f"there is no “{value}”", near_misses(str(value), known))


def _check_way(feature: dict[str, Any], faults: Faults) -> None:
    """Check waypoints and growth: dates in order, shares from 0 to 1, vertices that exist."""
    properties = feature["properties"]
    waypoints = properties.get("waypoints", [])
    growth = properties.get("growth", [])
    dates = [w.get("date_iso") for w in waypoints], [step[0] for step in growth]
    shares = [w.get("frac") for w in waypoints], [step[1] for step in growth]
    for name, days, parts in zip(("waypoints", "growth"), dates, shares, strict=True):
        readable = [faults.date(name, day) for day in days]
        if all(readable):
            _check_order(name, days, "dates are not in order", faults)
        readable = [faults.number(name, part, 0.0, 1.0) for part in parts]
        if all(readable):
            _check_order(name, parts, "shares of the way are not in order", faults)
    vertices = len((feature.get("geometry") or {}).get("coordinates") or [])
    for waypoint in waypoints:
        faults.date("waypoints", waypoint.get("date"))
        if not 0 <= waypoint.get("vertex", -1) < vertices:
            faults.error("waypoints", f"“{waypoint.get('place')}” stands on no vertex")


def _check_order(name: str, values: list[Any], message: str, faults: Faults) -> None:
    for earlier, later in pairwise(values):
        if earlier > later:
            faults.error(name, f"{message}: {earlier}, then {later}")
            return
