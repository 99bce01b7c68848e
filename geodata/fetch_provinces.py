"""Provinces rebuilt: polygons from Natural Earth's lines, names from its small world map.

Duty: the full-detail lines of countries and provinces come without polygons; node them, close small
gaps, polygonise, and give each face the province of the generalised map it overlaps most. Floor:
geodata, run by `fetch` only. Islets farther than half a degree from any province stay out.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.projection import REGION_DEG, Geometries

_SEARCH_DEG: Final = 0.15
_CLOSE_DEG: Final = 0.12
_INSIDE_DEG: Final = 0.01
_NEAREST_DEG: Final = 0.5


def region_box() -> Any:
    """Return the region as a polygon in degrees."""
    return shapely.box(*REGION_DEG)


def rebuilt_provinces(magics: Path, world_map: Path) -> gpd.GeoDataFrame:
    """Return provinces with ``adm0_a3``, ``name`` and full-detail polygons."""
    land = _land(magics)
    countries = _lines(magics / "ne_10m_admin_0_boundary_lines_land.shp")
    provinces = _lines(magics / "ne_10m_admin_1_states_provinces_lines.shp")
    edges = np.concatenate([countries, provinces, [shapely.boundary(land)]])
    noded = shapely.get_parts(shapely.union_all(edges))
    closed = shapely.union_all(np.concatenate([noded, _bridges(noded)]))
    faces = _faces(closed, land)
    names = _named(faces, world_map)
    named = faces.assign(sid=faces["pid"].map(names)).dropna(subset=["sid"])
    merged = named.dissolve("sid").reset_index()
    states = _states(world_map)
    merged["adm0_a3"] = merged["sid"].map(states["adm0_a3"])
    merged["name"] = merged["sid"].map(states["name"])
    return merged[["adm0_a3", "name", "geometry"]]


def _land(magics: Path) -> Any:
    """Return the land with its lakes filled, cut to the region."""
    land = gpd.read_file(magics / "ne_10m_land.shp")
    land = land[land.geometry.notna()].make_valid()
    ocean = gpd.read_file(magics / "ne_10m_ocean.shp")
    lakes = ocean[ocean["featurec_2"].notna()].make_valid()
    box = region_box()
    near = [shape for shape in (*land, *lakes) if shape.intersects(box)]
    clipped = shapely.intersection(shapely.union_all(near), box)
    parts = [part for part in shapely.get_parts(clipped) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def _lines(path: Path) -> Geometries:
    frame = gpd.read_file(path, encoding="utf-8")
    return np.asarray(shapely.get_parts(frame[frame.intersects(region_box())].geometry.values))


def _bridges(noded: Geometries) -> list[Any]:
    """Return short lines from every loose end to the nearest other line."""
    tree = shapely.STRtree(noded)
    bridges = []
    for end in _loose_ends(noded):
        best = None
        for index in tree.query(end.buffer(_SEARCH_DEG)):
            line = noded[index]
            if _ends_at(line, end):
                continue
            way = shapely.shortest_line(end, line)
            if best is None or way.length < best.length:
                best = way
        if best is not None and best.length < _CLOSE_DEG:
            bridges.append(_stretched(best))
    return bridges


def _loose_ends(noded: Geometries) -> list[Any]:
    degree: Counter[tuple[float, float]] = Counter()
    for line in noded:
        xy = shapely.get_coordinates(line)
        degree[tuple(xy[0])] += 1
        degree[tuple(xy[-1])] += 1
    west, south, east, north = REGION_DEG
    return [
        shapely.Point(x, y)
        for (x, y), count in degree.items()
        if count == 1
        and west + _INSIDE_DEG < x < east - _INSIDE_DEG
        and south + _INSIDE_DEG < y < north - _INSIDE_DEG
    ]


def _ends_at(line: Any, point: Any) -> bool:
    xy = shapely.get_coordinates(line)
    return bool((xy[0] == (point.x, point.y)).all() or (xy[-1] == (point.x, point.y)).all())


def _stretched(way: Any) -> Any:
    """Return the line a little longer at its far end, so that it crosses what it should meet."""
    xy: NDArray[np.float64] = shapely.get_coordinates(way)
    step = xy[1] - xy[0]
    unit = step / (np.linalg.norm(step) + 1e-12)
    return shapely.LineString([xy[0], xy[1] + step * 0.02 + unit * 1e-6])


def _faces(lines: Any, land: Any) -> gpd.GeoDataFrame:
    faces, _, _, _ = shapely.polygonize_full(list(shapely.get_parts(lines)))
    frame = gpd.GeoDataFrame(geometry=shapely.get_parts(faces), crs=4326)
    inside = shapely.contains(land, frame.representative_point().values)
    frame = frame[inside].reset_index(drop=True)
    return frame.assign(pid=range(len(frame)))


def _states(world_map: Path) -> gpd.GeoDataFrame:
    states = gpd.read_file(world_map, layer="states_provinces")
    states = states[states.intersects(region_box())]
    states["geometry"] = states.make_valid()
    return states.reset_index(drop=True)[["adm0_a3", "name", "geometry"]]


def _named(faces: gpd.GeoDataFrame, world_map: Path) -> dict[int, int]:
    """Return the index of the province of every face that has one."""
    states = _states(world_map).assign(sid=lambda frame: frame.index)[["sid", "geometry"]]
    shares = gpd.overlay(faces, states, how="intersection", keep_geom_type=True)
    # Degrees will do: only areas of one face are compared.
    shares["share"] = shapely.area(shares.geometry.values)
    most = shares.sort_values("share").drop_duplicates("pid", keep="last")
    named = dict(zip(most["pid"], most["sid"], strict=True))
    rest = faces[~faces["pid"].isin(named)].to_crs(4326)
    near = gpd.sjoin_nearest(rest, states.to_crs(4326), max_distance=_NEAREST_DEG)
    near = near.drop_duplicates("pid")
    return named | dict(zip(near["pid"], near["sid"], strict=True))
