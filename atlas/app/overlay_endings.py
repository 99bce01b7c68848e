"""How files end that may hold a reader's own overlay. Floor: app; no neighbours."""

from typing import Final

ENDINGS: Final = (".geojson", ".json", ".csv", ".gpkg")
