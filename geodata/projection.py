"""From degrees to map metres, for whole arrays of geometries.

Duty: the one place that turns lon, lat into the pack's x, y. Floor: geodata, build time only.
Points one at a time go through `atlas.core.projection`, which computes the same projection.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from atlas.core.projection import ATLAS_PROJECTION

Geometries = NDArray[np.object_]
"""A one-dimensional array of shapely geometries."""

REGION_DEG: Final = (72.0, -2.0, 136.0, 54.0)
"""West, south, east, north of everything the base map holds."""
PROJ_TEXT: Final = ATLAS_PROJECTION.proj_text
_DECIMALS: Final = 1
_EDGE_STEP_DEG: Final = 0.5


@cache
def _transformer() -> Any:
    return Transformer.from_crs("EPSG:4326", PROJ_TEXT, always_xy=True)


def xy_from_lonlat(lonlat_deg: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n, 2) map metres for (n, 2) degrees, rounded to a decimetre."""
    x_m, y_m = _transformer().transform(lonlat_deg[:, 0], lonlat_deg[:, 1])
    return np.asarray(np.round(np.column_stack([x_m, y_m]), _DECIMALS))


def to_map(geometries: Geometries) -> Geometries:
    """Project geometries from degrees to map metres, vertex by vertex."""
    return np.asarray(shapely.transform(geometries, xy_from_lonlat))


def region_ring_deg() -> NDArray[np.float64]:
    """Return the region's edge as a closed (n, 2) ring in degrees, counter-clockwise, dense."""
    west, south, east, north = REGION_DEG
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    line = shapely.segmentize(shapely.LineString(corners), _EDGE_STEP_DEG)
    return np.asarray(shapely.get_coordinates(line))


def on_region_edge(lonlat_deg: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell for (n, 2) degrees which points lie on the region's edge."""
    west, south, east, north = REGION_DEG
    lon, lat = lonlat_deg[:, 0], lonlat_deg[:, 1]
    near = 1e-7
    return np.asarray(
        (np.abs(lon - west) < near)
        | (np.abs(lon - east) < near)
        | (np.abs(lat - south) < near)
        | (np.abs(lat - north) < near)
    )
