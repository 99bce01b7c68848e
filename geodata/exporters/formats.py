"""The formats by name: which ending means which, and what writes it.

Floor: geodata, standard library only; neighbours: the modules of the formats.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from geodata.exporters.delimited import write_csv
from geodata.exporters.geojson import write_geojson
from geodata.exporters.geopackage import write_geopackage
from geodata.exporters.kml import write_kml
from geodata.exporters.kmz import write_kmz
from geodata.exporters.linked_places import write_linked_places
from geodata.exporters.records import Collection

WRITERS: Final[dict[str, Callable[[Collection], bytes]]] = {
    "geojson": write_geojson,
    "linked-places": write_linked_places,
    "gpkg": write_geopackage,
    "csv": write_csv,
    "kml": write_kml,
    "kmz": write_kmz,
}
ENDINGS: Final = {
    ".geojson": "geojson",
    ".json": "geojson",
    ".gpkg": "gpkg",
    ".csv": "csv",
    ".kml": "kml",
    ".kmz": "kmz",
}
"""The format an ending means; Linked Places must be asked for by name."""
