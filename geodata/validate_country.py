"""Checks of coordinates against the country a feature states, allowing for its radius of doubt.

Duty: catch a slip of the hand. The side of a border comes from the texts, never from here: only a
feature that states a country is held against it, and the border itself is off by kilometres.
Floor: geodata; shapely, pyogrio and pyproj are imported inside. Neighbour: faults.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any, Final

from geodata.evidence import BASE_FOLDER
from geodata.faults import Faults

_BORDER_KM: Final = 5.0
"""How far the lines of the base map may be off, islets left out included."""
_KM_PER_DEG: Final = 111.2


def check_country(feature: dict[str, Any], faults: Faults) -> None:
    """Note a feature that lies farther from the country it states than its radius allows."""
    properties, geometry = feature["properties"], feature.get("geometry")
    country = properties.get("country")
    if not isinstance(country, str) or not isinstance(geometry, dict):
        return
    if geometry.get("type") != "Point" or not _areas():
        return
    area = _areas().get(country)
    if area is None:
        hint = "leave it out where the place lies off the map"
        faults.error("country", f"the base map has no country “{country}”", hint)
        return
    radius_km = _number(properties.get("location_precision_km")) + _BORDER_KM
    away_km = _distance_km(area, geometry["coordinates"])
    if away_km > radius_km:
        lon, lat = geometry["coordinates"][:2]
        message = f"[{lon:g}, {lat:g}] lies {away_km:.0f} km outside {country}"
        faults.error("geometry", message, "mend the position, the country or the radius")


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _distance_km(area: Any, lonlat: list[float]) -> float:
    """Return the distance to an area in degrees, in the manner of a map true at this latitude."""
    from math import cos, radians

    import shapely

    scale = cos(radians(lonlat[1]))
    point = shapely.Point(lonlat[0] * scale, lonlat[1])
    window = shapely.box(lonlat[0] - 20, lonlat[1] - 20, lonlat[0] + 20, lonlat[1] + 20)
    near = shapely.intersection(area, window)
    if near.is_empty:
        return 20 * _KM_PER_DEG
    narrowed = shapely.transform(near, lambda xy: xy * [scale, 1.0])
    return float(shapely.distance(narrowed, point)) * _KM_PER_DEG


@cache
def _areas() -> dict[str, Any]:
    """Return the area of every country of the base map by ISO code; none without the base map."""
    path = BASE_FOLDER / "natural_earth.gpkg"
    if not path.exists():
        return {}
    import pyogrio
    import shapely

    names = tomllib.loads((BASE_FOLDER / "names.toml").read_text(encoding="utf-8"))
    frame = pyogrio.read_dataframe(path, layer="admin1", columns=["adm0_a3"])
    codes = frame["adm0_a3"].map(names["iso2"])
    return {
        str(code): shapely.union_all(frame.geometry.values[codes == code])
        for code in sorted(set(codes.dropna()))
    }
