"""Plain GeoJSON (RFC 7946): everything said of a feature in its properties.

Floor: geodata, standard library only; neighbours: records, properties, shapes. Credits and licence
stand beside the features, where readers of GeoJSON pass over them.
"""

from __future__ import annotations

import json
from typing import Any

from geodata.exporters.properties import properties_of
from geodata.exporters.records import Collection, Record
from geodata.exporters.shapes import geometry_of


def write_geojson(collection: Collection) -> bytes:
    """Return the collection as one GeoJSON feature collection, UTF-8, a feature a line."""
    head = {
        "type": "FeatureCollection",
        "name": collection.title,
        "data_version": collection.data_version,
        "on_day": collection.on_day,
        "rights": list(collection.rights),
    }
    return json_by_line(head, [_feature(record) for record in collection.records])


def _feature(record: Record) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": record.id,
        "properties": properties_of(record),
        "geometry": geometry_of(record.shape),
    }


def json_by_line(head: dict[str, Any], features: list[dict[str, Any]]) -> bytes:
    """Return `head` with ``features``, each on its own line: friendly to diff and to editors."""
    top = json.dumps(head, ensure_ascii=False, allow_nan=False)
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, allow_nan=False) for f in features)
    return f'{top[:-1]}, "features": [\n{lines}\n]}}\n'.encode()
