"""Reads a person's own points from CSV: one line of column names, then a place a line.

Floor: geodata, standard library only; neighbours: rows, columns. Commas, semicolons and tabs
divide; the text is UTF-8, with or without the mark that spreadsheets write.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from geodata.own.columns import columns_of, missing
from geodata.own.limits import MAX_CELL, MAX_COLUMNS, OverlayError
from geodata.own.rows import Row, Rows

_DIVIDERS: Final = ",;\t"
_FIELDS: Final = Row._fields


def read_csv(path: Path, rows: Rows) -> None:
    """Hand every line of a file to `rows`.

    Raises
    ------
    OverlayError
        If the file is no table with columns for place and date.
    OSError
        If it cannot be read.
    """
    line = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline(MAX_CELL)
            divider = max(_DIVIDERS, key=head.count)
            places = _places(path, next(csv.reader([head], delimiter=divider), []))
            reader = csv.reader(file, delimiter=divider)
            for cells in reader:
                line = reader.line_num + 1
                if cells:
                    rows.add(_row(cells, places), f"line {line}")
    except UnicodeDecodeError as error:
        raise OverlayError(path, f"is not UTF-8 text ({error.reason})", _utf8(path)) from error
    except csv.Error as error:
        where = f"line {line + 1}"
        raise OverlayError(path, f"is no CSV ({error})", "look for an unclosed quote", where) from (
            error
        )


def _places(path: Path, header: list[str]) -> tuple[int, ...]:
    """Return for each field of a row where it stands in a line, -1 if nowhere."""
    if not 2 < len(header) <= MAX_COLUMNS:
        what = f"has {len(header)} columns in its first line"
        raise OverlayError(path, what, "name the columns there: name,lon,lat,date", "line 1")
    columns = columns_of(header)
    lack = missing(columns, ("lon", "lat"))
    if lack:
        what, _, remedy = lack.partition(": ")
        raise OverlayError(path, what, remedy, "line 1")
    return tuple(header.index(columns[field]) if field in columns else -1 for field in _FIELDS)


def _row(cells: list[str], places: tuple[int, ...]) -> Row:
    return Row(*(cells[i] if 0 <= i < len(cells) else "" for i in places))


def _utf8(path: Path) -> str:
    """Return the remedy for another encoding, with the line it shows on."""
    for number, line in enumerate(_raw_lines(path), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return f"save it as UTF-8; line {number} is something else"
    return "save it as UTF-8"


def _raw_lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while line := file.readline(MAX_CELL):
            yield line
