"""Who backed whom, as lines on the map: arcs between capitals, bent apart where they share ends.

Duty: turn the relations table into overlay features and their cards; nothing is added but the
shape of the line, which is a drawing and no route. Floor: geodata, standard library only;
neighbours: cards, which reads the table.
"""

from __future__ import annotations

from collections import Counter
from math import acos, asin, atan2, cos, degrees, hypot, radians, sin
from typing import Any, Final

from atlas.core.projection import ATLAS_PROJECTION

LAYER: Final = "relations"
_POINTS: Final = 25
_FAR_KM: Final = 4500.0
_EARTH_KM: Final = 6371.0
_BEND: Final = 0.11
_SIDES: Final = {
    "PRC": "china",
    "USSR": "ussr",
    "DRV": "vietnam",
    "SRV": "vietnam",
    "DRV and NLF": "vietnam",
    "USA": "us",
    "RVN": "south_vietnam",
    "Thailand": "thai",
    "Thai traders": "thai",
    "Democratic Kampuchea": "dk",
}

_SPELLED_OUT: Final = {
    "PRC": "China",
    "USSR": "Soviet Union",
    "DRV": "North Vietnam",
    "SRV": "Vietnam",
    "RVN": "South Vietnam",
    "DRV and NLF": "North Vietnam and the National Liberation Front",
    "NLF via Kampong Som": "National Liberation Front, by way of Sihanoukville",
    "USA": "United States",
    "UK": "United Kingdom",
    "UN": "United Nations",
}
"""A card's heading has room for what the table and the map's edge shorten."""

LonLat = tuple[float, float]


def relation_features(relations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the relations as rows like those of the overlays."""
    seen: Counter[frozenset[LonLat]] = Counter()
    rows = []
    for relation in relations:
        ends = _lonlat(relation, "from"), _lonlat(relation, "to")
        nth = seen[frozenset(ends)]
        seen[frozenset(ends)] += 1
        line = _line_m(*ends, nth)
        xs, ys = [x for x, _ in line], [y for _, y in line]
        rows.append(
            {
                "id": f"relation-{relation['id']}",
                "layer": LAYER,
                "kind": "support" if relation["sign"] == "+" else "opposition",
                "group": relation["kind"],
                "actor": _SIDES.get(relation["from"]["actor"], ""),
                "name": _name(relation),
                "geometry": {"type": "lines", "parts": [line]},
                "lonlat": list(ends[1]),
                "bbox_m": [min(xs), min(ys), max(xs), max(ys)],
                "spans": [relation["span"]],
                "confidence": relation["confidence"],
                "panel": relation["panel"],
                "weight": relation["weight"],
                "far": _far_words(relation, *ends),
            }
        )
    return rows


def relation_cards(relations: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return a card for each relation, by the id of its line."""
    cards = {}
    for relation in relations:
        amount = " ".join(part for part in (relation["amount"], _bracketed(relation)) if part)
        kind, said = f"{relation['kind'].capitalize()}.", f"Amount: {amount}." if amount else ""
        card = {
            "name": _name(relation),
            "summary": " ".join(part for part in (kind, relation["summary"], said) if part),
            "start": relation["start"],
            "end": relation["end"],
            "confidence": relation["confidence"],
            "basis": "An arc between seats of power; it shows who and when, not a route.",
            "sources": relation["sources"],
        }
        cards[f"relation-{relation['id']}"] = {k: v for k, v in card.items() if v}
    return cards


def _name(relation: dict[str, Any]) -> str:
    ends = (relation[end]["actor"] for end in ("from", "to"))
    return " to ".join(_SPELLED_OUT.get(actor, actor) for actor in ends)


def _bracketed(relation: dict[str, Any]) -> str:
    note = relation["amount_note"]
    return f"({note})" if note and relation["amount"] else note


def _lonlat(relation: dict[str, Any], end: str) -> LonLat:
    lon, lat = relation[end]["lonlat"]
    return lon, lat


def _far_words(relation: dict[str, Any], start: LonLat, end: LonLat) -> str:
    """Return what is lettered at the map's edge for an end far outside it."""
    for name, far, near in (("from", start, end), ("to", end, start)):
        if not 60 < far[0] < 145:
            return f"{relation[name]['actor']}, {_distance_km(far, near):,.0f} km"
    return ""


def _line_m(start: LonLat, end: LonLat, nth: int) -> list[list[float]]:
    if _distance_km(start, end) > _FAR_KM:
        points = [_on_great_circle(start, end, i / (_POINTS - 1)) for i in range(_POINTS)]
        return [_rounded(*ATLAS_PROJECTION.forward(*point)) for point in points]
    (x0, y0), (x1, y1) = ATLAS_PROJECTION.forward(*start), ATLAS_PROJECTION.forward(*end)
    bend = _BEND * (1 + nth // 2) * (1 if nth % 2 == 0 else -1)
    x, y = (x0 + x1) / 2 - (y1 - y0) * bend, (y0 + y1) / 2 + (x1 - x0) * bend
    line = []
    for i in range(_POINTS):
        t = i / (_POINTS - 1)
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        line.append(_rounded(a * x0 + b * x + c * x1, a * y0 + b * y + c * y1))
    return line


def _rounded(x_m: float, y_m: float) -> list[float]:
    return [round(x_m), round(y_m)]


def _distance_km(a: LonLat, b: LonLat) -> float:
    """Return the great-circle distance on a sphere."""
    lat_a, lat_b, dlon = radians(a[1]), radians(b[1]), radians(b[0] - a[0])
    dot = sin(lat_a) * sin(lat_b) + cos(lat_a) * cos(lat_b) * cos(dlon)
    return _EARTH_KM * acos(max(-1.0, min(1.0, dot)))


def _on_great_circle(a: LonLat, b: LonLat, share: float) -> LonLat:
    """Return the point a share of the way along the great circle."""
    arc = _distance_km(a, b) / _EARTH_KM
    ka, kb = sin((1 - share) * arc) / sin(arc), sin(share * arc) / sin(arc)
    lon_a, lat_a, lon_b, lat_b = (radians(v) for v in (*a, *b))
    x = ka * cos(lat_a) * cos(lon_a) + kb * cos(lat_b) * cos(lon_b)
    y = ka * cos(lat_a) * sin(lon_a) + kb * cos(lat_b) * sin(lon_b)
    z = ka * sin(lat_a) + kb * sin(lat_b)
    return degrees(atan2(y, x)), degrees(asin(z / max(hypot(x, y, z), 1e-12)))
