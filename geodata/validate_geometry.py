"""Checks of geometries: shape, finite numbers, and lon before lat.

Floor: geodata; shapely is imported inside, for areas alone. Neighbour: faults.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Final

from geodata.faults import Faults

_DEPTH: Final = {
    "Point": 0,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
_REGION_DEG: Final = (72.0, -12.0, 136.0, 54.0)
_SWAP_HINT: Final = "GeoJSON wants [lon, lat]"


def check_geometry(geometry: Any, faults: Faults) -> bool:
    """Note what is wrong with one GeoJSON geometry; tell whether it is sound."""
    before = len(faults.problems)
    if not isinstance(geometry, dict) or str(geometry.get("type")) not in _DEPTH:
        kinds = ", ".join(_DEPTH)
        faults.error("geometry", "is missing or of an unknown type", f"use one of {kinds}")
        return False
    kind = geometry["type"]
    lines = list(_lines(geometry.get("coordinates"), _DEPTH[kind]))
    if not lines:
        faults.error("geometry", "has no coordinates")
    for line in lines:
        sound = [_check_position(position, faults) for position in line]
        if all(sound):
            _check_line(kind, line, faults)
    if len(faults.problems) == before and kind.endswith("Polygon"):
        _check_area(geometry, faults)
    return len(faults.problems) == before


def _check_area(geometry: dict[str, Any], faults: Faults) -> None:
    """Note an area whose rings cross or lie wrongly in each other."""
    import shapely

    shape = shapely.geometry.shape(geometry)
    if not shape.is_valid:
        reason = str(shapely.is_valid_reason(shape))
        words, _, where = reason.partition("[")
        lonlat = ", ".join(f"{float(v):.4g}" for v in where.rstrip("]").split())
        faults.error("geometry", f"is no valid area: {words.lower()} at [{lonlat}]")


def _lines(coordinates: Any, depth: int) -> Iterator[list[Any]]:
    """Yield every run of positions: a point as a run of one, every line, every ring."""
    if depth == 0:
        yield [coordinates]
    elif depth == 1:
        yield coordinates if isinstance(coordinates, list) else [coordinates]
    elif isinstance(coordinates, list):
        for part in coordinates:
            yield from _lines(part, depth - 1)


def _check_position(position: Any, faults: Faults) -> bool:
    numbers = isinstance(position, list) and len(position) >= 2
    if not numbers or not all(_is_number(value) for value in position[:2]):
        faults.error("geometry", f"{position!r} is not a position", _SWAP_HINT)
        return False
    lon, lat = position[:2]
    if not (math.isfinite(lon) and math.isfinite(lat)):
        faults.error("geometry", f"{position!r} is not finite")
        return False
    if not -90 <= lat <= 90 and -90 <= lon <= 90 and -180 <= lat <= 180:
        faults.error("geometry", f"[{lon:g}, {lat:g}] has its axes swapped", _SWAP_HINT)
        return False
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        faults.error("geometry", f"[{lon:g}, {lat:g}] is not on Earth", _SWAP_HINT)
        return False
    if _in_region(lat, lon) and not _in_region(lon, lat):
        faults.error("geometry", f"[{lon:g}, {lat:g}] has its axes swapped", _SWAP_HINT)
        return False
    return True


def _check_line(kind: str, line: list[Any], faults: Faults) -> None:
    if kind.endswith("LineString") and len(line) < 2:
        faults.error("geometry", "a line needs two positions")
    if kind.endswith("Polygon"):
        if len(line) < 4:
            faults.error("geometry", "a ring needs four positions, the last equal to the first")
        elif line[0] != line[-1]:
            faults.error("geometry", "a ring is not closed", "repeat the first position at the end")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _in_region(lon: float, lat: float) -> bool:
    west, south, east, north = _REGION_DEG
    return west <= lon <= east and south <= lat <= north
