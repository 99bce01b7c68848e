"""Reads a person's own points from the first table of points of a GeoPackage.

Floor: geodata, standard library only (SQLite); neighbours: rows, columns. The file is opened
read-only; only tables are read, never views, so that no SQL of the file's own is carried out.
"""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from geodata.own.columns import columns_of, missing
from geodata.own.limits import MAX_COLUMNS, OverlayError
from geodata.own.rows import Row, Rows

_WGS84: Final = (4326, 0, -1)
_ENVELOPE_BYTES: Final = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_POINTS: Final = frozenset({1, 1001, 2001, 3001})
_REMEDY: Final = "save the layer as a GeoPackage of points in EPSG:4326"
_TABLES: Final = """
    SELECT g.table_name, g.column_name, g.srs_id FROM gpkg_geometry_columns AS g
    JOIN sqlite_master AS m ON m.name = g.table_name AND m.type = 'table'
    WHERE upper(g.geometry_type_name) IN ('POINT', 'GEOMETRY') ORDER BY g.table_name LIMIT 1
"""


def read_gpkg(path: Path, rows: Rows) -> None:
    """Hand every row of the first table of points to `rows`.

    Raises
    ------
    OverlayError
        If the file is no GeoPackage with a table of dated points.
    """
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as base:
            base.execute("PRAGMA trusted_schema = OFF")
            _read(base, path, rows)
    except sqlite3.Error as error:
        raise OverlayError(path, f"is no GeoPackage ({error})", _REMEDY) from error


def _read(base: sqlite3.Connection, path: Path, rows: Rows) -> None:
    table = base.execute(_TABLES).fetchone()
    if table is None:
        raise OverlayError(path, "holds no table of points", _REMEDY)
    name, shape, srs = str(table[0]), str(table[1]), table[2]
    if srs not in _WGS84:
        raise OverlayError(
            path, f"is in the projection EPSG:{str(srs)[:20]}", _REMEDY, f"table {name}"
        )
    header = [str(row[1]) for row in base.execute(f"PRAGMA table_info({_quoted(name)})")]
    if len(header) > MAX_COLUMNS:
        raise OverlayError(path, f"has {len(header)} columns", "leave some out", f"table {name}")
    columns = columns_of(column for column in header if column != shape)
    lack = missing(columns, ())
    if lack:
        what, _, remedy = lack.partition(": ")
        raise OverlayError(path, what, remedy, f"table {name}")
    told = [field for field in Row._fields[2:] if field in columns]
    asked = ", ".join(_quoted(column) for column in (shape, *(columns[field] for field in told)))
    for number, found in enumerate(base.execute(f"SELECT {asked} FROM {_quoted(name)}"), 1):
        where = f"row {number}"
        place = _place(found[0])
        if place is None:
            rows.fault(where, shape, "holds no point", "only points are shown")
        else:
            rows.add(Row(*place, **dict(zip(told, found[1:], strict=True))), where)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _place(blob: Any) -> tuple[float, float] | None:
    """Return the point of a GeoPackage geometry (OGC 12-128, clause 2.1.3); None if it is none."""
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP" or blob[3] & 0x10:
        return None
    at = 8 + _ENVELOPE_BYTES.get(blob[3] >> 1 & 7, len(blob))
    if len(blob) < at + 21:
        return None
    order = "<" if blob[at] else ">"
    kind, x, y = struct.unpack_from(f"{order}Idd", blob, at + 1)
    return (x, y) if kind in _POINTS else None
