"""Reads a person's own points from GeoJSON, one feature at a time.

Floor: geodata, standard library only; neighbours: rows, columns. The text is gone through feature
by feature, so that a million of them never stand in memory as Python's own objects. Linked Places
times (``when.timespans``) are read as well as plain properties.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from json import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import Any, Final

from geodata.own.columns import NAMES, columns_of
from geodata.own.limits import MAX_COLUMNS, OverlayError
from geodata.own.rows import Row, Rows

_SPACE: Final = " \t\r\n"
_REMEDY: Final = "save it as a GeoJSON FeatureCollection"
_MAX_SPANS: Final = 20


class _NoJson(ValueError):
    """The text is not what it should be at some place."""

    def __init__(self, what: str, at: int) -> None:
        super().__init__(what)
        self.at = at


def read_geojson(path: Path, rows: Rows) -> None:
    """Hand every point feature of a file to `rows`; other shapes are told as left out.

    Raises
    ------
    OverlayError
        If the file is no GeoJSON.
    OSError
        If it cannot be read.
    """
    text = ""
    number = 0
    try:
        text = path.read_text(encoding="utf-8-sig")
        for number, feature in enumerate(_features(text), 1):
            _take(feature, rows, f"feature {number}")
    except UnicodeDecodeError as error:
        raise OverlayError(path, f"is not UTF-8 text ({error.reason})", "save it as UTF-8") from (
            error
        )
    except OverlayError:
        raise
    except ValueError as error:
        what, at = _told(error)
        where = f"line {text.count(chr(10), 0, at) + 1}"
        raise OverlayError(path, what, _REMEDY, where) from error
    except RecursionError as error:
        what = "is nested too deeply to be a map"
        raise OverlayError(path, what, _REMEDY, f"feature {number + 1}") from error


def _told(error: ValueError) -> tuple[str, int]:
    """Return what is wrong with a text, and at which letter."""
    if isinstance(error, _NoJson):
        return str(error), error.at
    if isinstance(error, JSONDecodeError):
        return f"is no JSON: {error.msg.lower()}", error.pos
    return "holds a number that is too long", 0


def _features(text: str) -> Iterator[Any]:
    """Yield the features of a collection, or the one feature a text is."""
    decode = JSONDecoder().raw_decode
    at = _past(text, 0)
    if text[at : at + 1] != "{":
        raise _NoJson("is no GeoJSON: it does not begin with “{”", at)
    at, found, plain = _past(text, at + 1), False, {}
    while text[at : at + 1] == '"':
        key, at = decode(text, at)
        at = _expect(text, at, ":")
        if key == "features" and text[at : at + 1] == "[":
            found = True
            at = yield from _elements(text, at)
        elif not found:
            plain[key], at = decode(text, at)
        else:
            _, at = decode(text, at)
        at = _past(text, at)
        if text[at : at + 1] == ",":
            at = _past(text, at + 1)
    _expect(text, at, "}")
    if not found and plain.get("type") == "Feature":
        yield plain
    elif not found:
        raise _NoJson("is no GeoJSON: it holds no list of features", 0)


def _elements(text: str, at: int) -> Generator[Any, None, int]:
    """Yield each element of the list that begins at a place; return where the list ends."""
    decode = JSONDecoder().raw_decode
    at = _past(text, at + 1)
    while text[at : at + 1] != "]":
        element, at = decode(text, at)
        yield element
        at = _past(text, at)
        if text[at : at + 1] != "]":
            at = _expect(text, at, ",")
    return at + 1


def _past(text: str, at: int) -> int:
    """Return the place of the next letter that is no space."""
    end = len(text)
    while at < end and text[at] in _SPACE:
        at += 1
    return at


def _expect(text: str, at: int, sign: str) -> int:
    at = _past(text, at)
    if text[at : at + 1] != sign:
        found = f"“{text[at]}”" if at < len(text) else "the file ends"
        raise _NoJson(f"is no JSON: “{sign}” is missing, {found}", at)
    return _past(text, at + 1)


def _take(feature: Any, rows: Rows, where: str) -> None:
    """Hand a feature on, once for each of its times."""
    if not isinstance(feature, dict):
        rows.fault(where, "", "is no record", _REMEDY)
        return
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    place = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind != "Point" or not isinstance(place, list) or not 2 <= len(place) <= 4:
        rows.fault(where, "geometry", f"is {_kind(kind)}, not a point", "only points are shown")
        return
    properties = feature.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    if len(properties) > MAX_COLUMNS:
        rows.fault(where, "properties", "are too many", f"{MAX_COLUMNS} is the most")
        return
    known = columns_of(properties)
    said = {meant: properties[known[meant]] for meant in NAMES if meant in known}
    for start, end in _times(feature, said):
        rows.add(
            Row(
                place[0],
                place[1],
                said.get("name", feature.get("id", "")),
                start,
                end,
                "" if start or end else _plain(said.get("date", "")),
                said.get("note", ""),
                _source(said.get("source", "")),
            ),
            where,
        )


def _kind(kind: Any) -> str:
    return f"a {kind}" if isinstance(kind, str) and kind.isalpha() and len(kind) < 30 else "nothing"


def _times(feature: dict[str, Any], said: dict[str, Any]) -> list[tuple[Any, Any]]:
    """Return start and end, or those of each stretch that a Linked Places record has."""
    when = feature.get("when")
    spans = when.get("timespans") if isinstance(when, dict) else None
    if isinstance(spans, list) and spans:
        return [
            (_bound(span.get("start")), _bound(span.get("end")))
            for span in spans[:_MAX_SPANS]
            if isinstance(span, dict)
        ]
    return [(_plain(said.get("start", "")), _plain(said.get("end", "")))]


def _bound(bound: Any) -> Any:
    """Return a Linked Places bound as one EDTF text: on a day, or between two."""
    if not isinstance(bound, dict):
        return _plain(bound)
    if bound.get("in"):
        return _plain(bound["in"])
    first, last = _plain(bound.get("earliest", "")), _plain(bound.get("latest", ""))
    return f"[{first},{last}]" if first and last else first or last


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int) else ""


def _source(value: Any) -> Any:
    """Return a source as a text; of a list of records what is cited first."""
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict):
        first = first.get("citation") or first.get("title") or ""
    return first if isinstance(first, str) else ""
