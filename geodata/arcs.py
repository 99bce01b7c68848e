"""Lines out of the coverage: coast, borders between atoms, province lines.

Duty: take every edge of the simplified coverage once and sort it by what lies on its two sides, so
that lines and fills agree at every level. Floor: geodata, build time only.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray

from geodata.coverage import Units
from geodata.projection import Geometries, to_map

_CLASSES = {
    "International boundary (verify)": "international",
    "Disputed (please verify)": "disputed",
    "Line of control (please verify)": "line-of-control",
    "Indefinite (please verify)": "indefinite",
    "Indeterminant frontier": "indefinite",
}
_HISTORICAL = "historical"
_REACH_M = 8_000.0


@dataclass(frozen=True, slots=True)
class Border:
    """Lines between two atoms, all of one class; `left` and `right` are atom indexes."""

    left: int
    right: int
    cls: str
    lines: Geometries


@dataclass(frozen=True, slots=True)
class Arcs:
    """All lines of one level: coast and province lines as arrays of lines, borders by pair."""

    coast: Geometries
    borders: tuple[Border, ...]
    provinces: Geometries


@dataclass(frozen=True, slots=True)
class BorderClasses:
    """Modern border lines in map metres with their class, to look up by nearness."""

    lines: Geometries
    names: tuple[str, ...]

    def of(self, midpoints: Geometries) -> NDArray[np.str_]:
        """Return the class of the nearest modern border, ``historical`` if none is near."""
        tree = shapely.STRtree(self.lines)
        found = np.full(len(midpoints), _HISTORICAL, dtype="U16")
        pairs = tree.query_nearest(midpoints, max_distance=_REACH_M, all_matches=False)
        found[pairs[0]] = np.array(self.names)[pairs[1]]
        return found


def load_border_classes(base: Path) -> BorderClasses:
    """Read the modern border lines and what Natural Earth calls them."""
    frame = pyogrio.read_dataframe(base / "natural_earth.gpkg", layer="border_lines")
    frame = frame[frame["featurecla"].isin(_CLASSES)]
    lines = to_map(np.asarray(frame.geometry.values, dtype=object))
    return BorderClasses(lines, tuple(_CLASSES[str(c)] for c in frame["featurecla"]))


def arcs_of(units: Units, classes: BorderClasses) -> Arcs:
    """Sort every edge of the coverage into coast, borders and province lines."""
    start, end, first, second = _edges(units.areas)
    outer = second < 0
    coast = outer & ~_on_region_edge(start, end, units.edge_points)
    atom_a = units.atom[first]
    atom_b = np.where(outer, -1, units.atom[second])
    border = ~outer & (atom_a != atom_b)
    province = ~outer & (atom_a == atom_b)
    return Arcs(
        _merged(start[coast], end[coast]),
        _borders(start[border], end[border], atom_a[border], atom_b[border], classes, units),
        _province_lines(start[province], end[province], first[province], second[province]),
    )


def _edges(
    areas: Geometries,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Return every edge once: (n, 2) start and end, and the units on its sides, -1 for none."""
    parts, owner = shapely.get_parts(areas, return_index=True)
    rings, part_of = shapely.get_rings(parts, return_index=True)
    xy, ring_of = shapely.get_coordinates(rings, return_index=True)
    same = ring_of[1:] == ring_of[:-1]
    a, b = xy[:-1][same], xy[1:][same]
    unit = owner[part_of[ring_of[:-1][same]]].astype(np.int64)
    flip = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    low, high = np.where(flip[:, None], b, a), np.where(flip[:, None], a, b)
    order = np.lexsort((unit, high[:, 1], high[:, 0], low[:, 1], low[:, 0]))
    low, high, unit = low[order], high[order], unit[order]
    new = np.ones(len(low), dtype=bool)
    new[1:] = (low[1:] != low[:-1]).any(axis=1) | (high[1:] != high[:-1]).any(axis=1)
    at = np.flatnonzero(new)
    shared = np.diff(np.append(at, len(low))) > 1
    second = np.where(shared, unit[np.minimum(at + 1, len(unit) - 1)], -1)
    return low[at], high[at], unit[at], second


def _on_region_edge(
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    edge_points: frozenset[tuple[float, float]],
) -> NDArray[np.bool_]:
    hits = [
        tuple(a) in edge_points and tuple(b) in edge_points
        for a, b in zip(start.tolist(), end.tolist(), strict=True)
    ]
    return np.array(hits, dtype=bool)


def _borders(
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    atom_a: NDArray[np.int64],
    atom_b: NDArray[np.int64],
    classes: BorderClasses,
    units: Units,
) -> tuple[Border, ...]:
    left, right = np.minimum(atom_a, atom_b), np.maximum(atom_a, atom_b)
    cls = classes.of(shapely.points((start + end) / 2))
    # Inside one present-day country no modern border can be meant, however near one runs.
    country = np.array([atom.split("-")[0] for atom in units.atom_ids])
    cls[country[left] == country[right]] = _HISTORICAL
    keys = sorted(set(zip(left.tolist(), right.tolist(), cls.tolist(), strict=True)))
    borders = []
    for key in keys:
        here = (left == key[0]) & (right == key[1]) & (cls == key[2])
        borders.append(Border(*key, _merged(start[here], end[here])))
    return tuple(borders)


def _province_lines(
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
) -> Geometries:
    """Merge province edges pair by pair, so that a line ends where its neighbour changes."""
    pair = np.minimum(first, second) * 100_000 + np.maximum(first, second)
    lines = [_merged(start[pair == key], end[pair == key]) for key in np.unique(pair)]
    return np.concatenate(lines) if lines else np.array([], dtype=object)


def _merged(start: NDArray[np.float64], end: NDArray[np.float64]) -> Geometries:
    """Join edges into the longest lines they make, in a stable order."""
    if not len(start):
        return np.array([], dtype=object)
    edges = shapely.linestrings(np.stack([start, end], axis=1))
    return np.asarray(shapely.get_parts(shapely.line_merge(shapely.multilinestrings(edges))))
