"""The check of the evidence: every fault named with file, feature and field.

Duty: read what `build` reads, raise nothing, return a list of problems. Floor: geodata; geometry
libraries and jsonschema are imported inside the checks that need them. Neighbours: the other
validate modules, one a subject.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from atlas.core.problems import Problem
from geodata.bibliography import BIBLIOGRAPHY
from geodata.evidence import LAYERS, TABLES
from geodata.faults import Faults
from geodata.font_coverage import drawable
from geodata.text_files import read_json
from geodata.validate_bibliography import check_works
from geodata.validate_country import check_country
from geodata.validate_features import Feature, Known, check_feature, id_of
from geodata.validate_geometry import check_geometry
from geodata.validate_inventory import check_evidence_inventory
from geodata.validate_schema import check_schema
from geodata.validate_tables import check_tables, read_rows
from geodata.validate_text import check_text

FONTS_FOLDER: Final = Path(__file__).parent.parent / "resources" / "fonts"


def validate_sources(
    folder: Path, panel_ids: frozenset[str] | None, fonts: Path = FONTS_FOLDER
) -> list[Problem]:
    """Return every problem of the evidence in `folder`, in the order of the files.

    With `panel_ids` given, features and relations must name one of these panels where they name
    one at all. Text is held against the fonts in `fonts`, if there are any.
    """
    covered = drawable(fonts) if fonts.is_dir() else None
    in_works = Faults(f"{BIBLIOGRAPHY}.json")
    works = check_works(folder, in_works)
    check_text("", works, in_works, covered)
    files = {layer: Faults(f"{layer}.geojson") for layer in LAYERS}
    features = {layer: _read(folder / f"{layer}.geojson", files[layer]) for layer in LAYERS}
    ids = {layer: frozenset(map(id_of, features[layer])) for layer in LAYERS}
    known = Known(ids, works.keys(), panel_ids)
    taken: dict[str, str] = {}
    for layer in LAYERS:
        for number, feature in enumerate(features[layer], start=1):
            here = files[layer].at(id_of(feature) or f"feature {number}")
            _check_id(feature, taken, here)
            _check_whole(feature, known, here, covered)
    problems = [problem for faults in files.values() for problem in faults.problems]
    problems += check_tables(folder, panel_ids, works.keys(), covered)
    problems += in_works.problems
    return problems + check_evidence_inventory(folder, problems)


def _check_whole(
    feature: Feature, known: Known, faults: Faults, covered: frozenset[int] | None
) -> None:
    """Check what a feature says, then its form: what is of no known form cannot be judged."""
    before, judged = len(faults.problems), True
    try:
        check_feature(feature, known, faults)
        if check_geometry(feature.get("geometry"), faults):
            check_country(feature, faults)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        judged = False
    try:
        check_schema("features", feature, faults, part="feature")
        check_text("", feature, faults, covered)
    except RecursionError:
        faults.error("", "is nested too deep")
    if not judged and len(faults.problems) == before:
        faults.error("", "does not fit the format", "see docs/data-format.md")


def counts_by_theme(folder: Path) -> dict[str, int]:
    """Return how many records each readable file of a folder holds, by theme."""
    quiet = Faults("")
    counts = {layer: len(_read(folder / f"{layer}.geojson", quiet)) for layer in LAYERS}
    counts |= {table: len(read_rows(folder, table, quiet)) for table in TABLES}
    return counts | {BIBLIOGRAPHY: len(check_works(folder, quiet))}


def _read(path: Path, faults: Faults) -> list[Feature]:
    """Return the features that have properties at all; note what cannot be read."""
    content = read_json(path, faults)
    if content is None:
        return []
    rows = content.get("features") if isinstance(content, dict) else None
    if not isinstance(rows, list):
        faults.error("features", "is missing", "the file must be a GeoJSON FeatureCollection")
        return []
    good = []
    for number, row in enumerate(rows, start=1):
        if isinstance(row, dict) and isinstance(row.get("properties"), dict):
            good.append(row)
        else:
            faults.at(f"feature {number}").error("properties", "are missing")
    return good


def _check_id(feature: Feature, taken: dict[str, str], faults: Faults) -> None:
    name = id_of(feature)
    if not name:
        faults.error("id", "is missing")
        return
    if feature["properties"].get("id") != name:
        faults.error("id", "differs between the feature and its properties")
    if name in taken:
        where = "" if taken[name] == faults.file else f", first in {taken[name]}"
        faults.error("id", f"is used twice{where}", "ids are unique over all layers")
    taken.setdefault(name, faults.file)
