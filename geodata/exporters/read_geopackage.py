"""Reads a GeoPackage export back into records. Floor: geodata; neighbours: geopackage, reading.

pyogrio, numpy and shapely are imported inside. Rows of one feature are put together again by id.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from geodata.exporters.geopackage import DATE_FIELDS, LAYERS
from geodata.exporters.properties import PropertyError, record_from_properties
from geodata.exporters.reading import MAX_RECORDS, ReadingError, lists_from, require_size
from geodata.exporters.records import Record
from geodata.exporters.shapes import ShapeError, shape_of

_MAGIC: Final = b"SQLite format 3\0"
_DAYS: Final = ("earliest_start", "latest_start", "earliest_end", "latest_end")


def read_geopackage(path: Path) -> tuple[Record, ...]:
    """Read a GeoPackage export, points first, then lines, then areas.

    Raises
    ------
    ReadingError
        If the file is missing, too large, or not as `geopackage` writes it.
    """
    import pyogrio

    require_size(path)
    # Other files would be opened by whatever driver knows them, links to elsewhere included.
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise ReadingError(f"{path}: is no GeoPackage")
    try:
        found = {str(layer[0]) for layer in pyogrio.list_layers(path)}
        known = [layer for layer, _ in LAYERS.values() if layer in found]
        return tuple(record for layer in known for record in _layer(path, layer))
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise ReadingError(f"{path}: is no GeoPackage that can be read: {error}") from error
    except (PropertyError, ShapeError) as error:
        raise ReadingError(f"{path}: {error}") from error


def _layer(path: Path, layer: str) -> Iterator[Record]:
    rows = _rows(path, layer)
    while rows:
        first = rows[0]
        count = first.get("stretches")
        if not isinstance(count, int) or not 1 <= count <= len(rows):
            raise PropertyError(f"{layer}: stretches is no count of the rows that follow")
        same, rows = rows[:count], rows[count:]
        if any(row.get("id") != first.get("id") for row in same):
            raise PropertyError(f"{layer}: the rows of “{first.get('id')}” do not stand together")
        timespans = [_timespan(row) for row in same]
        yield record_from_properties(
            first | lists_from(first | {"timespans": ""}) | {"timespans": timespans},
            shape_of(first["shape"]),
        )


def _rows(path: Path, layer: str) -> list[dict[str, Any]]:
    import numpy as np
    import pyogrio
    import shapely

    if pyogrio.read_info(path, layer=layer)["features"] > MAX_RECORDS:
        raise ReadingError(f"{path}: {layer} holds more than {MAX_RECORDS:,} rows")
    meta, _, geometry, columns = pyogrio.raw.read(path, layer=layer)
    cells: dict[str, list[Any]] = {}
    for field, column in zip(meta["fields"], columns, strict=True):
        dated = np.issubdtype(column.dtype, np.datetime64)
        values = np.datetime_as_string(column, unit="D") if dated else column
        cells[str(field)] = [_plain(value) for value in values.tolist()]
    cells["shape"] = [
        None if shape is None else _single(shapely.geometry.mapping(shape))
        for shape in shapely.from_wkb(geometry)
    ]
    return [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]


def _plain(value: Any) -> Any:
    """Return None for a date or number that is not there."""
    return None if value == "NaT" or value != value else value


def _single(geometry: dict[str, Any]) -> dict[str, Any]:
    """Return a multi of one as the one it was before it was stored."""
    parts = geometry.get("coordinates", ())
    if geometry["type"].startswith("Multi") and len(parts) == 1:
        return {"type": geometry["type"].removeprefix("Multi"), "coordinates": parts[0]}
    return geometry


def _timespan(row: dict[str, Any]) -> dict[str, Any]:
    days = {name: row.get(field) for name, field in zip(_DAYS, DATE_FIELDS, strict=True)}
    texts = {"start": "start_edtf", "end": "end_edtf", "note": "stretch_note"}
    return {name: row.get(field) for name, field in texts.items()} | days
