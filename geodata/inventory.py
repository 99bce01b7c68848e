"""The inventory of a folder: a text file that lists every id, date and citation the folder holds.

Duty: gather what the files of a folder hold, read and write the list. One line an item, under a
line that names file and record, so that a pull request shows what leaves. Floor: geodata, standard
library only; neighbours: inventory_records, validate_inventory.

    events.geojson: icp-founded
      when 1930-02-03 / 1930-02-03
      sources wikipedia-icp
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from geodata.bibliography import BIBLIOGRAPHY
from geodata.evidence import LAYERS, TABLES
from geodata.faults import Faults
from geodata.inventory_records import (
    Records,
    claim_records,
    dicts_in,
    feature_records,
    panel_records,
    row_records,
    work_records,
)
from geodata.text_files import read_json, read_text
from geodata.validate_tables import read_rows

INVENTORY: Final = "inventory.txt"
STORY_FOLDER: Final = Path(__file__).parent.parent / "resources" / "story"
EVIDENCE_FILES: Final = frozenset(
    {
        *(f"{layer}.geojson" for layer in LAYERS),
        *(f"{table}.csv" for table in TABLES),
        f"{BIBLIOGRAPHY}.json",
    }
)
REMEDY: Final = "restore it, or write it anew: python -m geodata inventory"
_HEAD: Final = (
    "# Every id, date and citation this folder holds, so that none goes missing unseen.\n"
    "# Written by `python -m geodata inventory`; run it after adding or removing on purpose.\n"
)

Inventory = dict[str, Records]
"""What the files of a folder hold, by file."""


def held_in_evidence(folder: Path, faults: Faults) -> Inventory:
    """Return what the evidence of a folder holds; note what cannot be read."""
    found: Inventory = {}
    for layer in LAYERS:
        here = faults.of(f"{layer}.geojson")
        content = read_json(folder / here.file, here)
        features = content.get("features") if isinstance(content, dict) else None
        good = (row for row in dicts_in(features) if isinstance(row.get("properties"), dict))
        found[here.file] = feature_records(good)
    for table in TABLES:
        here = faults.of(f"{table}.csv")
        found[here.file] = row_records(table, read_rows(folder, table, here))
    here = faults.of(f"{BIBLIOGRAPHY}.json")
    found[here.file] = work_records(dicts_in(read_json(folder / here.file, here)))
    return found


def held_in_story(folder: Path, faults: Faults) -> Inventory:
    """Return what the claims and panels of a story hold; note what cannot be read."""
    found: Inventory = {}
    if (folder / "claims.json").exists():
        here = faults.of("claims.json")
        found[here.file] = claim_records(dicts_in(read_json(folder / here.file, here)))
    for path in sorted((folder / "panels").glob("*.md")):
        here = faults.of(f"panels/{path.name}")
        text = read_text(path, here)
        try:
            found[here.file] = panel_records(text or "")
        except ValueError:
            here.error("", "has no readable front matter")
    return found


def write_inventory(folder: Path) -> list[str]:
    """Write the inventory of a folder anew; return its lines that left (-) and that came (+).

    Raises
    ------
    ValueError
        If a file cannot be read, or the folder is neither evidence nor story: nothing is written.
    OSError
        If the inventory cannot be written.
    """
    faults = Faults(INVENTORY)
    is_evidence = any(folder.glob("*.geojson"))
    held = held_in_evidence(folder, faults) if is_evidence else {}
    if (folder / "story.toml").exists():
        held |= held_in_story(folder, faults)
    if faults.problems or not held:
        raise ValueError(next((p.line() for p in faults.problems), f"{folder} holds no evidence"))
    path = folder / INVENTORY
    before = (read_inventory(path, Faults("")) or {}) if path.exists() else {}
    path.write_text(text_of(held), encoding="utf-8", newline="\n")
    then, now = Counter(_flat(before)), Counter(_flat(held))
    gone = [f"- {line}" for line in (then - now).elements()]
    return gone + [f"+ {line}" for line in (now - then).elements()]


def text_of(inventory: Inventory) -> str:
    """Return the text of an inventory; the same inventory makes the same text."""
    lines = []
    for file, records in inventory.items():
        for name, items in records.items():
            lines.append(f"{file}: {name}\n")
            lines += (f"  {field} {value}\n" for field, value in items.elements())
    return _HEAD + "".join(lines)


def read_inventory(path: Path, faults: Faults) -> Inventory | None:
    """Return a written inventory; note what is wrong and return None if it is damaged."""
    text = read_text(path, faults)
    if text is None:
        return None
    found: Inventory = {}
    items: Counter[tuple[str, str]] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("#") or not line.strip():
            continue
        file, colon, name = line.partition(": ")
        field, space, value = line.strip().partition(" ")
        if line.startswith("  ") and items is not None and space:
            items[field, value] += 1
        elif not line.startswith(" ") and colon and name not in found.get(file, {}):
            items = found.setdefault(file, {}).setdefault(name, Counter())
        else:
            faults.at(f"line {number}").error("", f"cannot be read: “{line.strip()}”", REMEDY)
            return None
    if not found:
        faults.error("", "lists nothing", REMEDY)
        return None
    return found


def _flat(inventory: Inventory) -> Iterator[str]:
    for file, records in inventory.items():
        for name, items in records.items():
            yield f"{file}: {name}"
            for field, value in items.elements():
                yield f"{file}: {name}: {field} {value}"
