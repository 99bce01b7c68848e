"""Checks of the bibliography: a CSL-JSON list, one entry a key, every entry cited somewhere.

Floor: geodata, standard library only but for the schema; neighbours: faults, validate_schema.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from geodata.bibliography import BIBLIOGRAPHY
from geodata.faults import Faults
from geodata.text_files import read_json
from geodata.validate_schema import check_schema


def check_works(folder: Path, faults: Faults) -> dict[str, dict[str, Any]]:
    """Return the works by key and note every fault of the file."""
    rows = read_json(folder / f"{BIBLIOGRAPHY}.json", faults)
    if rows is None:
        return {}
    if not isinstance(rows, list):
        faults.error("", "is no list of works", "CSL-JSON is a list of records")
        return {}
    works: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(rows, start=1):
        key = str(row.get("id", "")) if isinstance(row, dict) else ""
        here = faults.at(key or f"entry {number}")
        if key and key in works:
            here.error("id", "is used twice")
        check_schema(BIBLIOGRAPHY, row, here, part="items")
        if key:
            works[key] = row
    return works
