"""Checks of the CSV tables: columns, dates, numbers, ids.

Floor: geodata, standard library only; neighbours: faults, evidence, validate_sources.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Collection
from io import StringIO
from pathlib import Path
from typing import Final

from atlas.core.problems import Problem, near_misses
from geodata.evidence import BASE_FOLDER, TABLES
from geodata.faults import Faults
from geodata.text_files import read_text
from geodata.validate_sources import check_cell
from geodata.validate_text import check_row_text

_COLUMNS: Final = {
    "polities": (
        "unit", "rule", "official_name", "label", "endonym", "valid_from", "valid_to", "status",
        "alignment", "source", "confidence", "note",
    ),
    "placenames": (
        "place", "lon", "lat", "rank", "name", "language", "valid_from", "valid_to", "source",
        "confidence",
    ),
    "relations": (
        "id", "from_actor", "from_lon", "from_lat", "to_actor", "to_lon", "to_lat", "valid_from",
        "valid_to", "kind", "sign", "amount", "amount_note", "weight", "panel", "summary",
        "sources", "confidence",
    ),
}  # fmt: skip
_REQUIRED: Final = {
    "polities": ("unit", "label", "official_name", "status", "source"),
    "placenames": ("place", "name", "language", "source"),
    "relations": ("id", "from_actor", "to_actor", "kind", "sources"),
}
_CONFIDENCES: Final = ("high", "medium", "low")


def check_tables(
    folder: Path,
    panel_ids: frozenset[str] | None,
    keys: Collection[str],
    covered: frozenset[int] | None,
) -> list[Problem]:
    """Return the problems of all three tables; `keys` are those of the works that may be cited."""
    problems: list[Problem] = []
    for table in TABLES:
        faults = Faults(f"{table}.csv")
        rows = read_rows(folder, table, faults)
        for number, row in enumerate(rows, start=2):
            _check_row(table, row, keys, faults.at(f"row {number}"))
            check_row_text(row, faults.at(f"row {number}"), covered)
        if table == "placenames":
            _check_twice(rows, faults)
        if table == "relations":
            _check_relations(rows, faults, panel_ids)
        if table == "polities":
            _check_units(rows, faults)
        problems += faults.problems
    return problems


def read_rows(folder: Path, table: str, faults: Faults) -> list[dict[str, str]]:
    """Return the rows of a table; note what is wrong and return none if it cannot be read."""
    text = read_text(folder / f"{table}.csv", faults)
    if text is None:
        return []
    try:
        reader = csv.DictReader(StringIO(text, newline=""), strict=True)
        rows = [dict(row) for row in reader]
        columns = reader.fieldnames or []
    except csv.Error as error:
        faults.error("", f"is no CSV file ({error})")
        return []
    missing = [name for name in _COLUMNS[table] if name not in columns]
    for name in missing:
        faults.error(name, "column is missing", near_misses(name, columns))
    return [] if missing else rows


def _is_whole(row: dict[str, str]) -> bool:
    """Tell whether a row has as many cells as the header."""
    return None not in row and None not in row.values()


def _check_twice(rows: list[dict[str, str]], faults: Faults) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows, start=2):
        if not _is_whole(row):
            continue
        same = tuple(row[name] for name in ("place", "name", "language", "valid_from", "valid_to"))
        if same in seen:
            faults.at(f"row {number}").error("name", f"says the same as row {seen[same]}")
        seen.setdefault(same, number)


def _check_row(table: str, row: dict[str, str], keys: Collection[str], faults: Faults) -> None:
    if not _is_whole(row):
        faults.error("", "has more or fewer cells than the header", "quote texts with commas")
        return
    for name in _REQUIRED[table]:
        if faults.text(row, name) and name in ("source", "sources"):
            check_cell(row[name], keys, faults, name)
    faults.span("valid_from", row["valid_from"], "valid_to", row["valid_to"])
    if not row["confidence"].startswith(_CONFIDENCES):
        faults.error("confidence", f"“{row['confidence']}” is not high, medium or low")
    for name in row:
        if name.endswith("lon"):
            faults.number(name, row[name], -180, 180)
        elif name.endswith("lat"):
            faults.number(name, row[name], -90, 90)
    if table == "placenames":
        faults.number("rank", row["rank"], 1, 4)
    if table == "relations":
        faults.number("weight", row["weight"], 1, 5)
        if row["sign"] not in ("+", "-"):
            faults.error("sign", f"“{row['sign']}” is not + or -")


def _check_relations(
    rows: list[dict[str, str]], faults: Faults, panel_ids: frozenset[str] | None
) -> None:
    seen: set[str] = set()
    for row in filter(_is_whole, rows):
        here = faults.at(row["id"])
        if row["id"] in seen:
            here.error("id", "is used twice")
        seen.add(row["id"])
        if panel_ids is not None and row["panel"] not in panel_ids:
            here.error("panel", f"no panel “{row['panel']}”", near_misses(row["panel"], panel_ids))


def _check_units(rows: list[dict[str, str]], faults: Faults) -> None:
    """Check the units against the atoms, where the base map is at hand."""
    path = BASE_FOLDER / "atoms.toml"
    if not path.exists():
        return
    rules = tomllib.loads(path.read_text(encoding="utf-8"))
    known = {*rules["whole"].values(), *rules["units"]}
    for split in rules["split"]:
        known |= {split["rest"], *(part["atom"] for part in split["part"])}
    for number, row in enumerate(rows, start=2):
        if _is_whole(row) and row["unit"] not in known:
            hint = near_misses(row["unit"], known) or "add it to geodata/base/atoms.toml"
            faults.at(f"row {number}").error("unit", f"no atom or unit “{row['unit']}”", hint)
