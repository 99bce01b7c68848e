"""The base map's blobs: land, coast, lakes, rivers, provinces, atoms and borders at every level.

Duty: turn coverage and waters into path sheets and attribute lists. Floor: geodata, build time
only; neighbours: coverage, arcs, waters, wire.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyogrio
import shapely

from geodata.arcs import Arcs, BorderClasses, arcs_of
from geodata.coverage import Units, atom_areas, simplified
from geodata.depths import STEPS, depth_areas
from geodata.json_bytes import json_bytes
from geodata.levels import LEVELS, Level
from geodata.projection import Geometries, to_map
from geodata.waters import Waters, simplified_areas, simplified_lines
from geodata.wire import PathSheet, runs_of

_SHORT_RUN: Final = 64
_DASHED_RUN: Final = 256
_LONG_EDGED: Final = 3000
_TILE_M: Final = 1_500_000.0
_OVERLAP_M: Final = 30_000.0
"""More than two pixels wherever a map may be seen from."""
_BORDER_RANKS: Final = {"international": 0, "disputed": 0, "line-of-control": 0, "indefinite": 1}


def base_blobs(
    base: Path, units: Units, classes: BorderClasses, rivers: Waters, lakes: Waters
) -> dict[str, bytes]:
    """Return every ``base/...`` blob."""
    ranks = ProvinceRanks(base)
    blobs: dict[str, bytes] = {}
    deeps = depth_areas(base)
    borders: dict[tuple[int, int, str], int] = {}
    for level in LEVELS:
        coarse = simplified(units, level)
        arcs = arcs_of(coarse, classes)
        sheets = {
            "depths": _depth_sheet(deeps, level),
            "land": _area_sheet(shapely.get_parts(shapely.coverage_union_all(coarse.areas))),
            "coast": _coast_sheet(arcs.coast),
            "atoms": _atom_sheet(coarse),
            "borders": _border_sheet(arcs, borders),
            "provinces": _province_sheet(arcs.provinces, ranks),
            "rivers": _river_sheet(rivers, level),
            "lakes": _lake_sheet(lakes, level),
        }
        for name, sheet in sheets.items():
            blobs[f"base/{name}/{level.name}.paths"] = sheet.paths()
            blobs[f"base/{name}/{level.name}.index"] = sheet.index()
    blobs |= _attributes(units, rivers, lakes, borders)
    return blobs


def rank_by_area(area_m2: float) -> int:
    """Return 0 for a continent, one more for every tenfold smaller area, at most 9."""
    return min(9, max(0, 12 - int(math.log10(max(area_m2, 1.0)))))


class ProvinceRanks:
    """How important a province line is: the scale rank of the modern line nearest to it."""

    def __init__(self, base: Path) -> None:
        frame = pyogrio.read_dataframe(base / "natural_earth.gpkg", layer="admin1_lines")
        self._tree = shapely.STRtree(to_map(np.asarray(frame.geometry.values, dtype=object)))
        self._ranks = frame["scalerank"].to_numpy()

    def of(self, lines: Geometries) -> list[int]:
        """Return the rank of each line."""
        middles = shapely.line_interpolate_point(lines, 0.5, normalized=True)
        return [int(r) for r in self._ranks[self._tree.nearest(middles)]]


def _attributes(
    units: Units, rivers: Waters, lakes: Waters, borders: dict[tuple[int, int, str], int]
) -> dict[str, bytes]:
    ids = units.atom_ids
    rows: dict[str, list[dict[str, Any]]] = {
        "depths": [{"step": step} for step in range(1, len(STEPS) + 1)],
        "land": [{}],
        "coast": [{}],
        "provinces": [{}],
        "atoms": [{"id": atom, "name": atom} for atom in ids],
        "borders": [{"left": ids[a], "right": ids[b], "cls": cls} for a, b, cls in borders],
        "rivers": list(rivers.records),
        "lakes": list(lakes.records),
    }
    return {f"base/{name}.json": json_bytes(row) for name, row in rows.items()}


def _area_sheet(parts: Geometries) -> PathSheet:
    sheet = PathSheet()
    for part in _big_first(parts):
        rank = rank_by_area(part.area)
        for piece in cut_to_fill(part):
            sheet.add_polygon(piece, 0, rank)
    return sheet


def cut_to_fill(area: Any) -> list[Any]:
    """Return an area in overlapping tiles if it is too long-edged to be filled in one call.

    Only for what is filled with one opaque ink: there the overlaps do not show, nor any seam.
    """
    if shapely.get_num_coordinates(area) <= _LONG_EDGED:
        return [area]
    x_min, y_min, x_max, y_max = shapely.bounds(area)
    tiles = [
        shapely.box(x, y, x + _TILE_M + _OVERLAP_M, y + _TILE_M + _OVERLAP_M)
        for x in np.arange(x_min, x_max, _TILE_M)
        for y in np.arange(y_min, y_max, _TILE_M)
    ]
    cut = shapely.get_parts(shapely.intersection(area, np.array(tiles, dtype=object)))
    return [piece for piece in cut if shapely.area(piece) > 0]


def _depth_sheet(deeps: list[Geometries], level: Level) -> PathSheet:
    """Add the steps one over the other; they are smooth, so that half the tolerance will do."""
    sheet = PathSheet()
    for step, areas in enumerate(deeps):
        for part in _big_first(shapely.simplify(areas, level.tolerance_m / 2)):
            rank = rank_by_area(part.area)
            for piece in cut_to_fill(part):
                sheet.add_polygon(piece, step, rank)
    return sheet


def _atom_sheet(units: Units) -> PathSheet:
    sheet = PathSheet()
    for index, area in enumerate(atom_areas(units)):
        for part in _big_first(shapely.get_parts(area)):
            sheet.add_polygon(part, index, rank_by_area(part.area))
    return sheet


def _coast_sheet(lines: Geometries) -> PathSheet:
    sheet = PathSheet()
    runs = ([run] for line in lines for run in runs_of(line, _SHORT_RUN))
    sheet.add_bundled(runs, 0, 0, _SHORT_RUN)
    return sheet


def _border_sheet(arcs: Arcs, known: dict[tuple[int, int, str], int]) -> PathSheet:
    """Add borders, numbering each pair and class the same at every level."""
    sheet = PathSheet()
    for border in arcs.borders:
        feature = known.setdefault((border.left, border.right, border.cls), len(known))
        for line in border.lines:
            sheet.add_line(line, feature, _BORDER_RANKS.get(border.cls, 2), _DASHED_RUN)
    return sheet


def _province_sheet(lines: Geometries, ranks: ProvinceRanks) -> PathSheet:
    sheet = PathSheet()
    for line, rank in zip(lines, ranks.of(lines), strict=True):
        sheet.add_line(line, 0, rank, _DASHED_RUN)
    return sheet


def _river_sheet(rivers: Waters, level: Level) -> PathSheet:
    sheet = PathSheet()
    lines = simplified_lines(rivers, level)
    for index, (shape, record) in enumerate(zip(lines, rivers.records, strict=True)):
        for line in shapely.get_parts(shape):
            sheet.add_line(line, index, record["scalerank"], _SHORT_RUN)
    return sheet


def _lake_sheet(lakes: Waters, level: Level) -> PathSheet:
    sheet = PathSheet()
    for index, shape in enumerate(simplified_areas(lakes, level)):
        for part in shapely.get_parts(shape):
            if not part.is_empty:
                sheet.add_polygon(part, index, rank_by_area(part.area))
    return sheet


def _big_first(parts: Geometries) -> list[Any]:
    return sorted(parts, key=lambda part: (-part.area, part.bounds))
