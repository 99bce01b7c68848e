"""Where a river's name may run along it: stretches straight enough for a word, at several lengths.

Duty: find them once, in the build. Floor: geodata, build time only; neighbours: waters.
"""

from __future__ import annotations

from math import atan2, degrees, hypot
from typing import Any, Final

import shapely

from geodata.waters import Waters

WINDOWS_M: Final = (25_000.0, 40_000.0, 65_000.0, 100_000.0, 160_000.0, 300_000.0)
_STRAIGHT: Final = 0.9
_DEEPEST_RANK: Final = 8
_COLOURS: Final = frozenset({"Red", "Black", "Yellow", "White", "Blue"})
_MOST: Final = 14


def river_name_records(rivers: Waters) -> list[dict[str, Any]]:
    """Return rows {name, rank, x_m, y_m, angle_deg, length_m}; the angle is from east, y up."""
    rows = []
    for shape, record in zip(rivers.shapes, rivers.records, strict=True):
        if not record["name"] or record["scalerank"] > _DEEPEST_RANK:
            continue
        for line in shapely.get_parts(shape):
            for window_m in WINDOWS_M:
                rows += _stretches(line, record, window_m)
    return rows


def _stretches(line: Any, record: dict[str, Any], window_m: float) -> list[dict[str, Any]]:
    """Return the straightest stretches of one length along a line, far apart from each other."""
    count = int(line.length // window_m)
    found = []
    for index in range(count):
        start = shapely.line_interpolate_point(line, index * window_m)
        middle = shapely.line_interpolate_point(line, (index + 0.5) * window_m)
        end = shapely.line_interpolate_point(line, (index + 1) * window_m)
        dx, dy = end.x - start.x, end.y - start.y
        chord_m = hypot(dx, dy)
        if chord_m < _STRAIGHT * window_m:
            continue
        angle = degrees(atan2(dy, dx))
        # Upright reading: words run from left to right.
        angle = angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle
        found.append((chord_m, middle, angle))
    found.sort(key=lambda stretch: -stretch[0])
    return [
        {
            "name": _short(record["name"]),
            "rank": record["scalerank"],
            "x_m": round(middle.x),
            "y_m": round(middle.y),
            "angle_deg": round(angle, 1),
            "length_m": round(chord_m),
        }
        for chord_m, middle, angle in found[:_MOST]
    ]


def _short(name: str) -> str:
    """Return the name readers know: what stands in brackets, where something does."""
    known = name.split("(", 1)[1].rstrip(") ") if "(" in name else name
    return f"{known} River" if known in _COLOURS else known
