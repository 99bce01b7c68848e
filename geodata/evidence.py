"""Reading the evidence: the GeoJSON and CSV files of geodata/sources, as they stand.

Duty: one place that knows the file names and the plain shape of the files. Floor: geodata, standard
library only; `validate` says what is wrong with them, `features` and others compile them.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

SOURCES_FOLDER: Final = Path(__file__).parent / "sources"
BASE_FOLDER: Final = Path(__file__).parent / "base"
LAYERS: Final = (
    "ratanakiri_bases",
    "dk_zones",
    "thai_border_camps",
    "thai_border_areas",
    "fronts",
    "border_war",
    "later_campaigns",
    "events",
)
"""File stems of the overlay layers, in drawing order of the layer list."""
TABLES: Final = ("polities", "placenames", "relations")


def read_features(folder: Path, layer: str) -> list[dict[str, Any]]:
    """Return the GeoJSON features of one layer.

    Raises
    ------
    OSError, json.JSONDecodeError, KeyError
        If the file is missing or no feature collection; `validate_sources` says so in words.
    """
    text = (folder / f"{layer}.geojson").read_text(encoding="utf-8")
    return list(json.loads(text)["features"])


def related(feature: Mapping[str, Any], kind: str) -> str:
    """Return the id a feature is related to in this way, or an empty text.

    Kinds are ``area`` (the area drawn in a point's place), ``card`` (whose card an area opens) and
    ``same`` (the same happening told in another layer).
    """
    pairs = feature.get("relations", ())
    return next((str(pair["to"]) for pair in pairs if pair["type"] == kind), "")


def read_table(folder: Path, table: str) -> list[dict[str, str]]:
    """Return the rows of one CSV file as texts by column."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [dict(row) for row in csv.DictReader(file)]
