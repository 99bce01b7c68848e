"""GeoPackage for GIS: a layer a kind of geometry, with Date fields a temporal controller reads.

Floor: geodata; neighbours: delimited, properties, shapes. pyogrio, numpy and shapely are imported
inside. A feature that held several times has a row for each, numbered by `stretch`; `start_date`
and `end_date` are the first and last day it may have held, and null is an open end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from atlas.core.day import FAR_FUTURE_DAY, FAR_PAST_DAY, ymd_from_day
from geodata.exporters.delimited import flat
from geodata.exporters.properties import end_text, properties_of, start_text
from geodata.exporters.records import Collection, ExportError, Record
from geodata.exporters.shapes import geometry_of

LAYERS: Final = {
    "point": ("points", "Point"),
    "lines": ("lines", "MultiLineString"),
    "polygons": ("areas", "MultiPolygon"),
}
"""Layer and geometry type by kind of shape; lines and areas are all stored as multi."""
ABOUT: Final = "about"
DATE_FIELDS: Final = ("start_date", "start_date_latest", "end_date_earliest", "end_date")
_LEFT_OUT: Final = ("start", "end", "earliest_day", "latest_day", "timespans")
_CLOCK: Final = "OGR_CURRENT_DATE"
"""What GDAL stamps a GeoPackage with: the day of the data, so that the bytes are the same again."""

Columns = dict[str, Any]


def write_geopackage(collection: Collection) -> bytes:
    """Return the collection as the bytes of a GeoPackage.

    Raises
    ------
    ExportError
        If a date lies outside the years 1 to 9999, or the library refuses.
    """
    import pyogrio

    with TemporaryDirectory(prefix="atlas-") as folder:
        path = Path(folder) / "atlas.gpkg"
        pyogrio.set_gdal_config_options({_CLOCK: _stamp(collection.data_version)})
        try:
            for kind, (layer, geometry_type) in LAYERS.items():
                records = [record for record in collection.records if record.shape.kind == kind]
                if records:
                    _write_layer(path, layer, geometry_type, records, collection)
            _write_about(path, collection)
        except pyogrio.errors.DataSourceError as error:
            raise ExportError(f"the GeoPackage cannot be written: {error}") from error
        finally:
            pyogrio.set_gdal_config_options({_CLOCK: None})
        return path.read_bytes()


def _stamp(data_version: str) -> str:
    day = data_version if re.fullmatch(r"\d{4}-\d\d-\d\d", data_version) else "2000-01-01"
    return f"{day}T00:00:00.000Z"


def _write_layer(
    path: Path, layer: str, geometry_type: str, records: Sequence[Record], whole: Collection
) -> None:
    import pyogrio

    columns, geometry = _table(records)
    pyogrio.raw.write(
        path,
        geometry=geometry,
        field_data=list(columns.values()),
        fields=list(columns),
        layer=layer,
        driver="GPKG",
        geometry_type=geometry_type,
        crs="EPSG:4326",
        promote_to_multi=geometry_type != "Point",
        layer_metadata={"TITLE": whole.title, "RIGHTS": " ".join(whole.rights)},
    )


def _table(records: Sequence[Record]) -> tuple[Columns, Any]:
    """Return the columns by name and the geometries as WKB, one row for each stretch."""
    import numpy as np
    import shapely

    rows, shapes = [], []
    for record in records:
        shape = shapely.geometry.shape(geometry_of(record.shape))
        shapes += [shape] * len(record.stretches)
        rows += _rows(record)
    columns: Columns = {}
    for key in rows[0]:
        values = [row[key] for row in rows]
        if key in DATE_FIELDS:
            columns[key] = np.array(values, dtype="datetime64[D]")
        elif key == "precision_km":
            columns[key] = np.array(values, dtype="float64")
        elif key in ("stretch", "stretches"):
            columns[key] = np.array(values, dtype="int32")
        elif key == "default_visible":
            columns[key] = np.array(values, dtype="bool")
        else:
            columns[key] = np.array(values, dtype="object")
    return columns, shapely.to_wkb(np.array(shapes, dtype="object"))


def _rows(record: Record) -> list[dict[str, Any]]:
    told = flat(properties_of(record))
    same = {key: value for key, value in told.items() if key not in _LEFT_OUT}
    citations = "; ".join(source.label for source in record.sources)
    rows = []
    for number, stretch in enumerate(record.stretches, 1):
        span = stretch.span
        _require_years(record.id, stretch.span.earliest_start_day, stretch.span.latest_end_day)
        dates = {
            "start_date": start_text(span.earliest_start_day),
            "start_date_latest": start_text(span.latest_start_day),
            "end_date_earliest": end_text(span.earliest_end_day),
            "end_date": end_text(span.latest_end_day),
        }
        texts = {
            "start_edtf": stretch.start,
            "end_edtf": stretch.end,
            "stretch_note": stretch.note,
        }
        count = {"stretch": number, "stretches": len(record.stretches)}
        rows.append(same | {"citations": citations} | count | texts | dates)
    return rows


def _require_years(record_id: str, first_day: int, end_day: int) -> None:
    bounds = ((first_day, FAR_PAST_DAY), (end_day - 1, FAR_FUTURE_DAY - 1))
    if any(not 1 <= ymd_from_day(day)[0] <= 9999 for day, open_day in bounds if day != open_day):
        raise ExportError(f"{record_id}: a GeoPackage takes dates of the years 1 to 9999")


def _write_about(path: Path, collection: Collection) -> None:
    """Add a table without geometry: title, data version, day, credits and licence."""
    import numpy as np
    import pyogrio

    told = [
        ("title", collection.title),
        ("data_version", collection.data_version),
        ("on_day", collection.on_day),
        *(("rights", line) for line in collection.rights),
    ]
    columns = [np.array(column, dtype="object") for column in zip(*told, strict=True)]
    pyogrio.raw.write(
        path,
        geometry=None,
        field_data=columns,
        fields=["key", "value"],
        layer=ABOUT,
        driver="GPKG",
        geometry_type=None,
        crs=None,
    )
