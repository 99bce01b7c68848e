"""Reads exports back into records, trusting nothing: sizes, nesting, numbers, dates are checked.

Floor: geodata; neighbours: properties, shapes, read_geopackage. What is wrong with a file is one
`ReadingError` that names the file and the feature.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, NoReturn

from geodata.exporters.delimited import JSON_COLUMNS
from geodata.exporters.linked_places import ID_PREFIX
from geodata.exporters.properties import PropertyError, record_from_properties, text_in
from geodata.exporters.records import Record
from geodata.exporters.shapes import ShapeError, shape_from_wkt, shape_of

MAX_BYTES: Final = 32 * 1024 * 1024
MAX_RECORDS: Final = 50_000
MAX_CELL: Final = 16 * 1024 * 1024
"""Characters in one cell of a CSV; the outline of a zone is long."""


class ReadingError(ValueError):
    """A file is no export of the atlas; the message names file, feature and field."""


def read_geojson(path: Path) -> tuple[Record, ...]:
    """Read a plain GeoJSON export.

    Raises
    ------
    ReadingError
        If the file is missing, too large, or not as `geojson` writes it.
    """
    return _records(path, _features(path), _from_geojson)


def read_linked_places(path: Path) -> tuple[Record, ...]:
    """Read a Linked Places export; its ``properties`` hold what the format has no word for.

    Raises
    ------
    ReadingError
        If the file is missing, too large, or not as `linked_places` writes it.
    """
    return _records(path, _features(path), _from_linked_places)


def read_csv(path: Path) -> tuple[Record, ...]:
    """Read a CSV export.

    Raises
    ------
    ReadingError
        If the file is missing, too large, or not as `delimited` writes it.
    """
    rows = csv.DictReader(io.StringIO(_text(path), newline=""))
    # The module's limit is one for the whole process; it is put back.
    before = csv.field_size_limit(MAX_CELL)
    try:
        return _records(path, rows, _from_row)
    except csv.Error as error:
        raise ReadingError(f"{path}: is no CSV: {error}") from error
    finally:
        csv.field_size_limit(before)


def require_size(path: Path) -> None:
    """Refuse a file that is missing or too large to be an export.

    Raises
    ------
    ReadingError
        If it is.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise ReadingError(f"{path}: cannot be read: {error.strerror}") from error
    if size > MAX_BYTES:
        raise ReadingError(f"{path}: is larger than {MAX_BYTES // 1024 // 1024} MB")


def _text(path: Path) -> str:
    require_size(path)
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadingError(f"{path}: is not UTF-8 text: {error}") from error
    except OSError as error:
        raise ReadingError(f"{path}: cannot be read: {error.strerror}") from error


def _features(path: Path) -> list[Any]:
    try:
        whole = json.loads(_text(path), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        if isinstance(error, ReadingError):
            raise
        raise ReadingError(f"{path}: is no JSON: {error}") from error
    if not isinstance(whole, dict) or whole.get("type") != "FeatureCollection":
        raise ReadingError(f"{path}: is no feature collection")
    features = whole.get("features")
    if not isinstance(features, list):
        raise ReadingError(f"{path}: features is not a list")
    return features


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _records(path: Path, items: Iterable[Any], make: Callable[[Any], Record]) -> tuple[Record, ...]:
    records: list[Record] = []
    for number, item in enumerate(items, 1):
        if number > MAX_RECORDS:
            raise ReadingError(f"{path}: holds more than {MAX_RECORDS:,} features")
        try:
            records.append(make(item))
        except (PropertyError, ShapeError) as error:
            raise ReadingError(f"{path}: feature {number}: {error}") from error
    return tuple(records)


def _from_geojson(feature: Any) -> Record:
    properties, geometry = _halves(feature)
    return record_from_properties(properties, shape_of(geometry))


def _from_linked_places(feature: Any) -> Record:
    properties, geometry = _halves(feature)
    if feature.get("@id") != f"{ID_PREFIX}{properties.get('id')}":
        raise PropertyError("@id is not that of the properties")
    geometries = geometry.get("geometries") if isinstance(geometry, dict) else None
    if not isinstance(geometries, list) or len(geometries) != 1:
        raise ShapeError("the geometry is no collection of one")
    return record_from_properties(properties, shape_of(geometries[0]))


def _halves(feature: Any) -> tuple[dict[str, Any], Any]:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        raise PropertyError("is no feature with properties")
    return feature["properties"], feature.get("geometry")


def _from_row(row: dict[str | None, Any]) -> Record:
    if None in row or None in row.values():
        raise PropertyError("the row has more or fewer cells than the heading")
    cells: dict[str, Any] = {str(key): value for key, value in row.items()}
    precision = number_from(cells.get("precision_km", ""))
    shown = {"precision_km": precision, "default_visible": cells.get("default_visible") != "no"}
    return record_from_properties(
        cells | lists_from(cells) | shown, shape_from_wkt(cells.get("wkt", ""))
    )


def number_from(text: str) -> float | None:
    """Return the number a cell holds, None if it is empty.

    Raises
    ------
    PropertyError
        If it holds something else.
    """
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise PropertyError(f"precision_km “{text}” is not a number") from None


def lists_from(cells: dict[str, Any]) -> dict[str, Any]:
    """Return the lists that stand as JSON texts in cells.

    Raises
    ------
    PropertyError
        If a text is no JSON.
    """
    lists: dict[str, Any] = {}
    for key in JSON_COLUMNS:
        text = text_in(cells, key) or "[]"
        try:
            lists[key] = json.loads(text, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            raise PropertyError(f"{key} is no JSON") from None
    return lists
