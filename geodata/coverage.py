"""The base coverage: provinces without gaps or overlaps, cut where history needs a line.

Duty: read the committed provinces, mend names, cut, give each unit its atom, project, simplify all
of them together. Floor: geodata, build time only. `atoms.toml` says which unit is which atom.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyproj
import shapely
from numpy.typing import NDArray

from geodata.levels import Level
from geodata.projection import REGION_DEG, Geometries, on_region_edge, to_map

_EDGE_STEP_DEG = 0.5
_SNAP_DEG = 1e-9


class CoverageError(ValueError):
    """The provinces do not fit together; the message says where."""


@dataclass(frozen=True, slots=True)
class Units:
    """Provinces in map metres: `areas` (n,) polygons, `atom` (n,) index into `atom_ids`.

    `names` are ``COUNTRY/province`` as the source has them; `edge_points` holds the projected
    vertices on the region's edge, which is not a coast.
    """

    names: tuple[str, ...]
    areas: Geometries
    atom: NDArray[np.int64]
    atom_ids: tuple[str, ...]
    edge_points: frozenset[tuple[float, float]]


def load_atom_rules(base: Path) -> dict[str, Any]:
    """Read atoms.toml."""
    return tomllib.loads((base / "atoms.toml").read_text(encoding="utf-8"))


def load_units(base: Path, rules: dict[str, Any]) -> Units:
    """Read, cut, project and check the provinces.

    Raises
    ------
    CoverageError
        If a rule names no province, or the result has gaps or overlaps.
    """
    country, name, areas = _read_provinces(base)
    for cut in rules["cut"]:
        country, name, areas = _cut(country, name, areas, cut, base)
    areas = _dense_on_region_edge(areas)
    lonlat = shapely.get_coordinates(areas)
    atom_of = _atom_names(country, name, areas, rules)
    areas_m = to_map(areas)
    if not shapely.coverage_is_valid(areas_m):
        bad = shapely.coverage_invalid_edges(areas_m)
        where = [f"{c} {n}" for c, n, b in zip(country, name, bad, strict=True) if b.length > 0]
        raise CoverageError(f"provinces overlap or leave gaps: {', '.join(where)}")
    ids = tuple(sorted(set(atom_of)))
    index = np.array([ids.index(a) for a in atom_of], dtype=np.int64)
    edge = shapely.get_coordinates(areas_m)[on_region_edge(lonlat)]
    names = tuple(f"{c}/{n}" for c, n in zip(country, name, strict=True))
    return Units(names, areas_m, index, ids, frozenset(map(tuple, edge.tolist())))


def simplified(units: Units, level: Level) -> Units:
    """Return the units at a level: simplified together, so neighbours still share every edge."""
    areas = units.areas
    if level.tolerance_m > 0:
        areas = np.asarray(shapely.coverage_simplify(areas, level.tolerance_m))
        areas = _without_small_islands(areas, units.atom, level.smallest_area_m2)
    return replace(units, areas=areas)


def atom_areas(units: Units) -> Geometries:
    """Return the union of every atom, in the order of `atom_ids`."""
    count = len(units.atom_ids)
    merged = [shapely.coverage_union_all(units.areas[units.atom == i]) for i in range(count)]
    return np.array(merged, dtype=object)


def _read_provinces(base: Path) -> tuple[list[str], list[str], Geometries]:
    frame = pyogrio.read_dataframe(base / "natural_earth.gpkg", layer="admin1")
    country = [str(c) for c in frame["adm0_a3"]]
    name = [str(n) for n in frame["name"]]
    return country, name, np.asarray(frame.geometry.values, dtype=object)


def _cut(
    country: list[str], name: list[str], areas: Geometries, cut: dict[str, Any], base: Path
) -> tuple[list[str], list[str], Geometries]:
    """Split one province by a cut and give its neighbours the vertices the cut made."""
    hits = [
        i
        for i, (c, n) in enumerate(zip(country, name, strict=True))
        if c == cut["country"] and n == cut["unit"]
    ]
    if len(hits) != 1:
        raise CoverageError(f"atoms.toml: no single province {cut['country']} {cut['unit']}")
    old = areas[hits[0]]
    blade = _blade(cut, base)
    inside, outside = _pieces(old, blade)
    made = shapely.difference(
        shapely.MultiPoint(shapely.get_coordinates([inside, outside])),
        shapely.MultiPoint(shapely.get_coordinates(old)),
    )
    on_border = [p for p in shapely.get_parts(made) if old.boundary.distance(p) < _SNAP_DEG]
    new_points = shapely.MultiPoint(on_border)
    areas = areas.copy()
    for i in np.flatnonzero(shapely.dwithin(areas, new_points, _SNAP_DEG)):
        if i != hits[0] and on_border:
            areas[i] = shapely.snap(areas[i], new_points, _SNAP_DEG)
    areas[hits[0]] = outside
    extended = np.append(areas, np.array([inside], dtype=object))
    return [*country, cut["country"]], [*name, cut["inside"]], extended


def _pieces(area: Any, blade: Any) -> tuple[Any, Any]:
    """Return the part of `area` inside `blade` and the part outside, meeting exactly."""
    cells = shapely.get_parts(
        shapely.polygonize([shapely.union_all([area.boundary, blade.boundary])])
    )
    points = shapely.point_on_surface(cells)
    of_area = shapely.contains(area, points)
    within = shapely.contains(blade, points)
    return (
        shapely.multipolygons(_polygons(shapely.union_all(cells[of_area & within]))),
        shapely.multipolygons(_polygons(shapely.union_all(cells[of_area & ~within]))),
    )


def _polygons(area: Any) -> Any:
    return shapely.get_parts(area)


def _blade(cut: dict[str, Any], base: Path) -> Any:
    """Return the polygon, in degrees, that a cut takes out."""
    if "disc_km" in cut:
        lon, lat = cut["centre"]
        around = np.linspace(0.0, 360.0, 48, endpoint=False)
        n = len(around)
        lons, lats, _ = pyproj.Geod(ellps="WGS84").fwd(
            np.full(n, lon), np.full(n, lat), around, np.full(n, cut["disc_km"] * 1000.0)
        )
        return shapely.Polygon(np.column_stack([lons, lats]))
    ring = [tuple(p) for p in cut["ring"]]
    if cut.get("river"):
        ring = [*ring, *ben_hai_deg(base)]
    return shapely.Polygon(ring)


def ben_hai_deg(base: Path) -> list[tuple[float, float]]:
    """Return the mapped reach of the Ben Hai from its mouth up to 107.0 E, as lon, lat."""
    frame = pyogrio.read_dataframe(base / "wdb_rivers.gpkg", bbox=(107.0, 16.97, 107.118, 17.02))
    lines = [
        g
        for g in frame.geometry.values
        if g.bounds[0] >= 107.0 and g.bounds[2] <= 107.12 and g.bounds[1] >= 16.97
    ]
    merged = shapely.line_merge(shapely.union_all(lines))
    reach = max(shapely.get_parts(merged), key=lambda g: float(g.length))
    points = [(float(x), float(y)) for x, y in shapely.get_coordinates(reach)]
    return points if points[0][0] > points[-1][0] else points[::-1]


def _dense_on_region_edge(areas: Geometries) -> Geometries:
    """Add vertices along the region's edge, which becomes a curve on the map."""
    return np.array([_dense_polygon(area) for area in areas], dtype=object)


def _dense_polygon(area: Any) -> Any:
    if _far_from_edge(area.bounds):
        return area
    parts = []
    for part in shapely.get_parts(area):
        rings = [_dense_ring(shapely.get_coordinates(r)) for r in (part.exterior, *part.interiors)]
        parts.append(shapely.Polygon(rings[0], rings[1:]))
    return shapely.MultiPolygon(parts)


def _far_from_edge(box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = REGION_DEG
    return box[0] > west and box[1] > south and box[2] < east and box[3] < north


def _dense_ring(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    edge = on_region_edge(lonlat)
    pieces: list[NDArray[np.float64]] = []
    for i in range(len(lonlat) - 1):
        a, b = lonlat[i], lonlat[i + 1]
        along = edge[i] and edge[i + 1] and bool(np.min(np.abs(b - a)) < _SNAP_DEG)
        steps = max(1, int(np.ceil(np.abs(b - a).max() / _EDGE_STEP_DEG))) if along else 1
        pieces.append(a + (b - a) * (np.arange(steps)[:, None] / steps))
    return np.concatenate([*pieces, lonlat[-1:]])


def _atom_names(
    country: list[str], name: list[str], areas: Geometries, rules: dict[str, Any]
) -> list[str]:
    lat = shapely.get_y(shapely.centroid(areas))
    known = set(zip(country, name, strict=True))
    special: dict[tuple[str, str], str] = {}
    rest: dict[str, str] = {}
    north: dict[str, tuple[float, str]] = {}
    for split in rules["split"]:
        rest[split["country"]] = split["rest"]
        for part in split["part"]:
            for unit in part["units"]:
                if (split["country"], unit) not in known:
                    raise CoverageError(f"atoms.toml: no province {split['country']} {unit}")
                special[split["country"], unit] = part["atom"]
            if "north_of_lat_deg" in part:
                north[split["country"]] = (part["north_of_lat_deg"], part["atom"])
    atoms = []
    for c, n, y in zip(country, name, lat, strict=True):
        if (c, n) in special:
            atoms.append(special[c, n])
        elif c in north and y > north[c][0]:
            atoms.append(north[c][1])
        elif c in rest:
            atoms.append(rest[c])
        elif c in rules["whole"]:
            atoms.append(rules["whole"][c])
        else:
            raise CoverageError(f"atoms.toml: country {c} has no atom")
    return atoms


def _without_small_islands(
    areas: Geometries, atom: NDArray[np.int64], smallest_m2: float
) -> Geometries:
    """Leave out islands too small for the level, but never the last part of an atom."""
    parts, owner = shapely.get_parts(areas, return_index=True)
    islands = shapely.get_parts(shapely.coverage_union_all(areas))
    small = islands[shapely.area(islands) < smallest_m2]
    size = shapely.area(parts)
    tree = shapely.STRtree(small)
    on_small = np.zeros(len(parts), dtype=bool)
    on_small[np.unique(tree.query(shapely.point_on_surface(parts), predicate="intersects")[0])] = (
        True
    )
    part_atom = atom[owner]
    for index in np.unique(part_atom):
        of_atom = np.flatnonzero(part_atom == index)
        if on_small[of_atom].all():
            on_small[of_atom[np.argmax(size[of_atom])]] = False
    keep = ~on_small
    return np.array(
        [shapely.multipolygons(parts[keep & (owner == i)]) for i in range(len(areas))], dtype=object
    )
