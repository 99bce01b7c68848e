"""Rivers and lakes in map metres, with the names mended and the dams dated.

Duty: read, mend and simplify the waters. Floor: geodata, build time only. Rivers of Natural Earth
come first; from the World Data Bank only the reaches are taken that a known place proves.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

from geodata.levels import Level
from geodata.projection import REGION_DEG, Geometries, to_map

_FIRST_SURE_YEAR = 1999
_JOIN_M = 1.0


@dataclass(frozen=True, slots=True)
class Waters:
    """Geometries in map metres beside one record of attributes each."""

    shapes: Geometries
    records: tuple[dict[str, Any], ...]


def load_rivers(base: Path) -> Waters:
    """Return rivers as one (multi)line each, with ``name`` and ``scalerank``."""
    names = _aliases(base)["rivers"]
    frame = pyogrio.read_dataframe(base / "natural_earth.gpkg", layer="rivers")
    shapes = list(to_map(np.asarray(frame.geometry.values, dtype=object)))
    records = [
        {"name": _mended(name, names), "scalerank": int(rank)}
        for name, rank in zip(frame["name"], frame["scalerank"], strict=True)
    ]
    for reach in _aliases(base)["reach"]:
        shapes.append(_reach(base, reach))
        records.append({"name": reach["name"], "scalerank": reach["scalerank"]})
    merged = [shapely.line_merge(shape) for shape in shapes]
    return Waters(np.array(merged, dtype=object), tuple(records))


def load_lakes(base: Path) -> Waters:
    """Return lakes as one polygon each, with ``name``, ``kind``, ``year``, ``dam``.

    ``year`` is the year a reservoir was filled, where known; ``shown_from_year`` is that year, or
    1999 for a reservoir of unknown year, or null for a natural lake.
    """
    names = _aliases(base)["lakes"]
    frame = pyogrio.read_dataframe(base / "natural_earth.gpkg", layer="lakes")
    clip = shapely.box(*REGION_DEG)
    shapes = shapely.intersection(np.asarray(frame.geometry.values, dtype=object), clip)
    kept = [i for i, shape in enumerate(shapes) if shape.area > 0]
    records = []
    for i in kept:
        row = frame.iloc[i]
        kind = "reservoir" if row["kind"] == "Reservoir" else "lake"
        year = int(row["year"]) if row["year"] == row["year"] and row["year"] else None
        since = None if kind == "lake" else year or _FIRST_SURE_YEAR
        records.append(
            {
                "name": _mended(row["name"], names),
                "kind": kind,
                "year": year,
                "shown_from_year": since,
                "dam": _text(row["dam_name"]),
            }
        )
    return Waters(to_map(shapes[kept]), tuple(records))


def simplified_lines(waters: Waters, level: Level) -> Geometries:
    """Return the lines at a level."""
    if level.tolerance_m == 0:
        return waters.shapes
    return np.asarray(shapely.simplify(waters.shapes, level.tolerance_m))


def simplified_areas(waters: Waters, level: Level) -> Geometries:
    """Return the lakes at a level; those too small for it come back empty."""
    if level.tolerance_m == 0:
        return waters.shapes
    areas = np.asarray(shapely.simplify(waters.shapes, level.tolerance_m / 2)).copy()
    areas[shapely.area(waters.shapes) < level.smallest_area_m2] = shapely.Polygon()
    return areas


def _reach(base: Path, reach: dict[str, Any]) -> Any:
    """Return the World Data Bank lines that start or end at the listed vertices."""
    frame = pyogrio.read_dataframe(base / "wdb_rivers.gpkg", bbox=tuple(reach["bbox"]))
    west, south, east, north = reach["bbox"]
    lines = [g for g in frame.geometry.values if shapely.box(west, south, east, north).covers(g)]
    if len(lines) != reach["lines"]:
        raise ValueError(f"names.toml: {reach['name']}: {len(lines)} lines, not {reach['lines']}")
    return shapely.line_merge(shapely.union_all(to_map(np.array(lines, dtype=object))))


def _aliases(base: Path) -> dict[str, Any]:
    return tomllib.loads((base / "names.toml").read_text(encoding="utf-8"))


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _mended(value: Any, names: dict[str, str]) -> str:
    name = _text(value)
    return names.get(name, "" if "?" in name else name)
