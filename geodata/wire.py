"""Geometries to bytes a QPainterPath can be streamed from, with an index of boxes beside them.

Duty: the wire format of the pack's ``.paths`` and ``.index`` blobs (docs/data-format.md). Floor:
geodata, build time only; knows the bytes of Qt's stream, not Qt.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

_ELEMENT: Final = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
_RECORD: Final = struct.Struct("<4f4I")
_MOVE_TO: Final = 0
_LINE_TO: Final = 1
_ODD_EVEN: Final = 0
_TILE_M: Final = 300_000.0
"""Paths are joined within squares of this side, so that a close view still skips most of them."""

Coordinates = NDArray[np.float64]
"""Vertices in map metres, shape (n, 2)."""


@dataclass
class PathSheet:
    """Paths gathered for one layer at one level; `add_*` in drawing order, then take the bytes."""

    _paths: list[bytes] = field(default_factory=list)
    _records: list[bytes] = field(default_factory=list)
    _offset: int = 0

    def add_polygon(self, polygon: shapely.Polygon, feature: int, rank: int) -> None:
        """Add one polygon with its holes as one path of closed rings."""
        self._add(rings_of(polygon), feature, rank)

    def add_line(self, line: shapely.LineString, feature: int, rank: int, run: int) -> None:
        """Add one line cut into paths of at most `run` vertices that share their end vertex."""
        for piece in runs_of(line, run):
            self._add([piece], feature, rank)

    def add_bundled(
        self, pieces: Iterable[Sequence[Coordinates]], feature: int, rank: int, most: int
    ) -> None:
        """Add pieces of sub-paths, neighbours joined into one path of at most `most` vertices.

        A map of many islands would else be read and drawn a small path at a time.
        """
        bundles: dict[tuple[int, int], list[Coordinates]] = {}
        for piece in pieces:
            count, tile = sum(map(len, piece)), _tile_of(piece[0])
            bundle = bundles.setdefault(tile, [])
            if bundle and sum(map(len, bundle)) + count > most:
                self._add(bundle, feature, rank)
                bundle = bundles[tile] = []
            bundle.extend(piece)
        for bundle in bundles.values():
            self._add(bundle, feature, rank)

    def paths(self) -> bytes:
        """Return the ``.paths`` blob."""
        return b"".join(self._paths)

    def index(self) -> bytes:
        """Return the ``.index`` blob: box, offset, length, feature, rank of every path."""
        return b"".join(self._records)

    def __len__(self) -> int:
        return len(self._paths)

    def _add(self, parts: list[Coordinates], feature: int, rank: int) -> None:
        data = path_bytes(parts)
        box = _outer_box(np.concatenate(parts))
        self._records.append(_RECORD.pack(*box, self._offset, len(data), feature, rank))
        self._paths.append(data)
        self._offset += len(data)


def rings_of(polygon: shapely.Polygon) -> list[Coordinates]:
    """Return a polygon's closed rings, the outer one first."""
    return [shapely.get_coordinates(ring) for ring in (polygon.exterior, *polygon.interiors)]


def runs_of(line: shapely.LineString, most: int) -> list[Coordinates]:
    """Return a line cut into runs of at most `most` vertices that share their end vertex."""
    xy_m = shapely.get_coordinates(line)
    return [xy_m[start : start + most] for start in range(0, max(len(xy_m) - 1, 1), most - 1)]


def _tile_of(xy_m: Coordinates) -> tuple[int, int]:
    return int(xy_m[0, 0] // _TILE_M), int(xy_m[0, 1] // _TILE_M)


def path_bytes(parts: list[Coordinates]) -> bytes:
    """Return one path of several sub-paths, each an (n, 2) array in map metres."""
    xy_m = np.concatenate(parts)
    starts = np.cumsum([0, *(len(part) for part in parts[:-1])])
    elements = np.empty(len(xy_m), _ELEMENT)
    elements["kind"] = _LINE_TO
    elements["kind"][starts] = _MOVE_TO
    elements["x"], elements["y"] = xy_m[:, 0], xy_m[:, 1]
    head = struct.pack(">i", len(xy_m))
    return head + elements.tobytes() + struct.pack(">ii", int(starts[-1]), _ODD_EVEN)


def _outer_box(xy_m: NDArray[np.float64]) -> tuple[float, float, float, float]:
    """Return the box in single precision, rounded outwards so that it holds every vertex."""
    low = np.nextafter(xy_m.min(axis=0).astype(np.float32), np.float32(-np.inf))
    high = np.nextafter(xy_m.max(axis=0).astype(np.float32), np.float32(np.inf))
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])
