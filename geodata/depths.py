"""Where the sea is deep: areas in map metres, one within the other, for stepped tints.

Duty: cut the neutral picture of depths into steps and round their edges. The steps follow the
colours of that picture, not soundings, so that they carry no numbers: the first is about the edge
of the shelf. Floor: geodata, build time only; neighbours: fetch_depths, which made it; basemap.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image

from geodata.projection import REGION_DEG, Geometries, to_map

STEPS: Final = (36, 62, 120)
"""The grey from which on the sea is tinted deeper."""
_FINER: Final = 2
_ROUND_DEG: Final = 0.09
_STRAIGHT_DEG: Final = 0.02
_LEAST_DEG2: Final = 0.25
_LONGEST_DEG: Final = 0.5


def depth_areas(base: Path) -> list[Geometries]:
    """Return the polygons of each step, the shallowest first."""
    with Image.open(base / "depths_neutral.webp") as image:
        grey = image.convert("L")
        size = grey.width * _FINER, grey.height * _FINER
        depths = np.asarray(grey.resize(size, Image.Resampling.BICUBIC))
    return [to_map(_polygons(depths >= step)) for step in STEPS]


def _polygons(deep: NDArray[np.bool_]) -> Geometries:
    """Return the outlines of what is set, in degrees, with round edges and without specks."""
    whole = shapely.union_all(np.array(_runs(deep), dtype=object))
    rounded = whole
    for reach in (_ROUND_DEG, -2 * _ROUND_DEG, _ROUND_DEG):
        rounded = shapely.buffer(rounded, reach, quad_segs=2)
    rounded = shapely.intersection(rounded, shapely.box(*REGION_DEG))
    parts = shapely.get_parts(shapely.simplify(rounded, _STRAIGHT_DEG))
    kept = [_without_specks(part) for part in parts if part.area >= _LEAST_DEG2]
    return np.asarray(shapely.segmentize(np.array(kept, dtype=object), _LONGEST_DEG))


def _runs(deep: NDArray[np.bool_]) -> list[Any]:
    """Return a box for every run of set pixels in a row."""
    west, south, east, north = REGION_DEG
    rows, columns = deep.shape
    x_deg, y_deg = (east - west) / columns, (north - south) / rows
    boxes = []
    for row in range(rows):
        edges = np.flatnonzero(np.diff(np.concatenate([[0], deep[row].view(np.int8), [0]])))
        for start, end in edges.reshape(-1, 2):
            top = north - row * y_deg
            boxes.append(shapely.box(west + start * x_deg, top - y_deg, west + end * x_deg, top))
    return boxes


def _without_specks(part: Any) -> Any:
    holes = [ring for ring in part.interiors if shapely.Polygon(ring).area >= _LEAST_DEG2]
    return shapely.Polygon(part.exterior, holes)
