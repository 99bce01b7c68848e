"""Checks of one feature: its id, words, dates, sources, relations and way.

Floor: geodata, standard library only; neighbours: faults, validate_sources, actors.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from atlas.core.edtf import EdtfError
from atlas.core.problems import near_misses
from geodata.actors import UnknownActorError, actor_of
from geodata.evidence import LAYERS
from geodata.faults import Faults
from geodata.spans import span_days
from geodata.validate_sources import check_sources, check_waypoint_source

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

Feature = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """What a feature may refer to: ids by layer, works, panels (None: not known)."""

    ids: dict[str, frozenset[str]]
    works: Collection[str]
    panels: frozenset[str] | None

    def targets(self, relation: str) -> frozenset[str]:
        """Return the ids a relation may lead to."""
        layers = (_AREA_LAYER,) if relation == "area" else LAYERS
        return frozenset().union(*(self.ids.get(layer, frozenset()) for layer in layers))


def id_of(feature: Feature) -> str:
    """Return the id of a feature, or an empty text if it has none."""
    value = feature.get("id")
    return value if isinstance(value, str) else ""


def check_feature(feature: Feature, known: Known, faults: Faults) -> None:
    """Note what is wrong with one feature, its geometry apart."""
    properties = feature["properties"]
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
    _check_when(feature.get("when"), faults)
    check_sources(properties.get("sources"), known.works, faults)
    _check_side(properties, faults)
    _check_relations(feature, known, faults)
    _check_way(feature, known, faults)


def _check_side(properties: dict[str, Any], faults: Faults) -> None:
    if "category" not in properties and not faults.text(properties, "kind"):
        return
    try:
        actor_of({"id": "", **properties})
    except UnknownActorError as error:
        faults.error("belligerent", str(error), "add it to geodata/actors.py")


def _check_when(when: Any, faults: Faults) -> None:
    """Check that every timespan has a readable start and end, and that they follow each other."""
    spans = when.get("timespans") if isinstance(when, dict) else None
    if not isinstance(spans, list) or not spans:
        faults.error("when", "has no timespan", 'write {"timespans": [{"start": .., "end": ..}]}')
        return
    days = []
    for number, span in enumerate(spans, start=1):
        texts = [_edtf(span, side, number, len(spans), faults) for side in ("start", "end")]
        if None in texts:
            continue
        start, end = str(texts[0]), str(texts[1])
        faults.span(
            _named("start", number, len(spans)), start, _named("end", number, len(spans)), end
        )
        try:
            days.append(span_days(start, end))
        except EdtfError:
            continue
    for earlier, later in pairwise(days):
        if later[0] < earlier[0] or later[1] < earlier[2] - 1:
            faults.error("when", "timespans overlap or are not in order")


def _edtf(span: Any, side: str, number: int, count: int, faults: Faults) -> str | None:
    point = span.get(side) if isinstance(span, dict) else None
    text = point.get("edtf") if isinstance(point, dict) else None
    if text is None:
        faults.error(_named(side, number, count), "is missing", "write “..” for an open end")
        return None
    if not isinstance(text, str):
        faults.date(_named(side, number, count), text)
        return None
    return text


def _named(side: str, number: int, count: int) -> str:
    return f"when.{side}" if count == 1 else f"when {number}.{side}"


def _check_relations(feature: Feature, known: Known, faults: Faults) -> None:
    pairs = feature.get("relations", [])
    for pair in pairs if isinstance(pairs, list) else []:
        if not isinstance(pair, dict):
            continue
        target, targets = pair.get("to"), known.targets(str(pair.get("type")))
        if target == id_of(feature):
            faults.error("relations", f"“{target}” is the feature itself")
        elif target not in targets:
            hint = near_misses(str(target), targets)
            faults.error("relations", f"there is no “{target}”", hint)
    panel = feature["properties"].get("panel")
    if known.panels is not None and panel and panel not in known.panels:
        faults.error("panel", f"there is no “{panel}”", near_misses(str(panel), known.panels))


def _check_way(feature: Feature, known: Known, faults: Faults) -> None:
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
        check_waypoint_source(waypoint, known.works, faults)
        if not 0 <= waypoint.get("vertex", -1) < vertices:
            faults.error("waypoints", f"“{waypoint.get('place')}” stands on no vertex")


def _check_order(name: str, values: list[Any], message: str, faults: Faults) -> None:
    for earlier, later in pairwise(values):
        if earlier > later:
            faults.error(name, f"{message}: {earlier}, then {later}")
            return
