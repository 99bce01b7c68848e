"""CSV: a row a feature, for spreadsheets. Floor: geodata, standard library only.

Neighbours: properties, shapes. Names, timespans and sources are JSON texts in their cells; `wkt`
holds the geometry, `lon` and `lat` one point that stands for it.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any, Final

from geodata.exporters.properties import properties_of
from geodata.exporters.records import Collection, Record
from geodata.exporters.shapes import number_text, wkt_of

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it, spreadsheets take UTF-8 for something else."""
JSON_COLUMNS: Final = ("alt_names", "timespans", "sources")


def write_csv(collection: Collection) -> bytes:
    """Return the collection as CSV, UTF-8 with byte order mark; credits stand in every row."""
    rights = " ".join(collection.rights)
    rows = [_row(record) | {"rights": rights} for record in collection.records]
    text = io.StringIO(newline="")
    text.write(BYTE_ORDER_MARK)
    writer = csv.DictWriter(text, list(rows[0]) if rows else ["id"])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def _row(record: Record) -> dict[str, Any]:
    lon, lat = record.lonlat_deg
    cells = flat(properties_of(record))
    precision = {"precision_km": "" if record.precision_km is None else repr(record.precision_km)}
    place = {"lon": number_text(lon), "lat": number_text(lat), "wkt": wkt_of(record.shape)}
    yes_no = {"default_visible": "yes" if record.default_visible else "no"}
    return cells | precision | yes_no | place


def flat(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the properties with every list as its JSON text."""
    return {
        key: json.dumps(value, ensure_ascii=False) if key in JSON_COLUMNS else value
        for key, value in properties.items()
    }
