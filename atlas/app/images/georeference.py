"""Where a picture lies on the Earth, for programs of maps: world file, .prj, GeoTIFF tags.

Floor: app; neighbours: tiff_file, raster. Dots are told in the map metres of the picture's own
projection, which .prj and tags define; GeoTIFF is OGC 19-008r4.
"""

from __future__ import annotations

from math import degrees
from pathlib import Path
from typing import Final

from atlas.app.files import write_whole
from atlas.app.images.raster import Raster
from atlas.app.images.tiff_file import ASCII, DOUBLE, SHORT, Tag
from atlas.app.refusal import Refusal
from atlas.core.ellipsoid import WGS84_A_M
from atlas.core.projection import Laea, Projection
from atlas.core.viewport import extent_m

WORLD_ENDINGS: Final = {"png": "pgw", "jpg": "jgw", "webp": "wpw"}
_PROJECTED, _GEOGRAPHIC = 1, 2
_PIXEL_IS_AREA: Final = 1
_USER_DEFINED: Final = 32767
_WGS84, _DEGREE, _METRE = 4326, 9102, 9001
_CONIC, _AZIMUTHAL = 8, 10
Key = tuple[int, int | float | str]


def require_one_place(raster: Raster) -> None:
    """Refuse maps side by side: a dot of theirs lies in one place or another.

    Raises
    ------
    Refusal
        If the picture holds more than one map.
    """
    if any(pane.left_px or pane.scene.size_px != raster.size_px for pane in raster.shown):
        what = "two maps side by side have no one place"
        raise Refusal("--georeference", what, "show one date, or compare with the line")


def corner_and_dot(raster: Raster) -> tuple[float, float, float, float]:
    """Return the west and north edge and a dot's width and height, in units of `crs_text`."""
    camera = raster.shown[0].scene.camera
    k = _units_per_m(camera.projection)
    west, south, east, north = (side * k for side in extent_m(camera, raster.size_px))
    width, height = raster.size
    return west, north, (east - west) / width, (north - south) / height


def world_file(raster: Raster) -> str:
    """Return the six lines of a world file: the dots' size, and the middle of the first one."""
    west, north, across, down = corner_and_dot(raster)
    lines = (across, 0.0, 0.0, -down, west + across / 2, north - down / 2)
    return "".join(f"{value:.12f}\n" for value in lines)


def prj_text(projection: Projection) -> str:
    """Return the projection in the words of .prj files (Esri's WKT)."""
    from pyproj import CRS

    return str(CRS(crs_text(projection)).to_wkt("WKT1_ESRI")) + "\n"


def crs_text(projection: Projection) -> str:
    """Return what PROJ calls the system: plate carrée is longitude and latitude as they are."""
    return f"EPSG:{_WGS84}" if _is_degrees(projection) else projection.proj_text


def geotiff_tags(raster: Raster) -> tuple[Tag, ...]:
    """Return the tags that make a TIFF a GeoTIFF."""
    west, north, across, down = corner_and_dot(raster)
    return (
        Tag(33550, DOUBLE, (across, down, 0.0)),
        Tag(33922, DOUBLE, (0.0, 0.0, 0.0, west, north, 0.0)),
        *_directory(_keys(raster.shown[0].scene.camera.projection)),
    )


def write_beside(path: Path, kind: str, raster: Raster) -> None:
    """Write world file and .prj beside a picture; a GeoTIFF tells all by itself.

    Raises
    ------
    Refusal
        If the system will not write there.
    """
    if kind not in WORLD_ENDINGS:
        return
    words = {
        WORLD_ENDINGS[kind]: world_file(raster),
        "prj": prj_text(raster.shown[0].scene.camera.projection),
    }
    for ending, text in words.items():
        write_whole(path.with_suffix(f".{ending}"), text.encode("ascii"))


def _is_degrees(projection: Projection) -> bool:
    return projection.key == "plate-carree"


def _units_per_m(projection: Projection) -> float:
    return degrees(1 / WGS84_A_M) if _is_degrees(projection) else 1.0


def _keys(projection: Projection) -> list[Key]:
    """Return the keys that define a projection, in the order of their numbers."""
    if _is_degrees(projection):
        return [(1024, _GEOGRAPHIC), (1025, _PIXEL_IS_AREA), (2048, _WGS84), (2054, _DEGREE)]
    head: list[Key] = [(1024, _PROJECTED), (1025, _PIXEL_IS_AREA), (1026, projection.proj_text)]
    if projection.proj_text.startswith("EPSG:"):
        return [*head, (3072, int(projection.proj_text.removeprefix("EPSG:")))]
    own: list[Key] = [(2048, _WGS84), (2054, _DEGREE), (3072, _USER_DEFINED), (3074, _USER_DEFINED)]
    return sorted([*head, *own, (3076, _METRE), *_method(projection)])


def _method(projection: Projection) -> list[Key]:
    if isinstance(projection, Laea):
        lon, lat = float(projection.lon_0_deg), float(projection.lat_0_deg)
        return [(3075, _AZIMUTHAL), (3082, 0.0), (3083, 0.0), (3088, lon), (3089, lat)]
    from atlas.core.projections import Conic

    if isinstance(projection, Conic):
        parallels: list[Key] = [(3078, projection.lat_1_deg), (3079, projection.lat_2_deg)]
        origin: list[Key] = [(3084, projection.lon_0_deg), (3085, projection.lat_0_deg)]
        return [(3075, _CONIC), *parallels, *origin, (3086, 0.0), (3087, 0.0)]
    raise TypeError(f"GeoTIFF has no words here for {projection.key}")


def _directory(keys: list[Key]) -> tuple[Tag, Tag, Tag]:
    """Return the key directory, and the tags that hold its numbers and its words."""
    entries: list[int] = [1, 1, 0, len(keys)]
    doubles: list[float] = []
    words = ""
    for number, value in keys:
        match value:
            case str():
                entries += [number, 34737, len(value) + 1, len(words)]
                words += value + "|"
            case float():
                entries += [number, 34736, 1, len(doubles)]
                doubles.append(value)
            case int():
                entries += [number, 0, 1, value]
    return (
        Tag(34735, SHORT, tuple(entries)),
        Tag(34736, DOUBLE, tuple(doubles) or (0.0,)),
        Tag(34737, ASCII, words.encode("ascii") + b"\0"),
    )
