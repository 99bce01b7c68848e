"""Nothing may go missing from the tables, the bibliography, the claims and the panels either."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from geodata.bibliography import read_works
from geodata.evidence import SOURCES_FOLDER, TABLES, read_table
from geodata.faults import Faults
from geodata.inventory import INVENTORY, STORY_FOLDER, Inventory, read_inventory
from geodata.inventory_records import (
    Records,
    claim_records,
    panel_records,
    plain,
    row_records,
    work_records,
)
from geodata.validate_inventory import losses

EVIDENCE: Inventory = read_inventory(SOURCES_FOLDER / INVENTORY, Faults("")) or {}
STORY: Inventory = read_inventory(STORY_FOLDER / INVENTORY, Faults("")) or {}
WORKS = list(read_works(SOURCES_FOLDER).values())
CLAIMS = json.loads((STORY_FOLDER / "claims.json").read_text(encoding="utf-8"))
PANELS = sorted((STORY_FOLDER / "panels").glob("*.md"))
NAMED_BY = {
    "polities": ("unit", "official_name"),
    "placenames": ("place", "language", "name"),
    "relations": ("id",),
}
Rows = list[dict[str, Any]]


def said(file: str, listed: Records, held: Records) -> list[str]:
    return [problem.line() for problem in losses(file, listed, held)]


@pytest.mark.parametrize("table", TABLES)
def test_every_row_of_a_table_is_missed(table: str) -> None:
    file, rows = f"{table}.csv", read_table(SOURCES_FOLDER, table)
    for number, row in enumerate(rows):
        held = row_records(table, rows[:number] + rows[number + 1 :])
        lines = said(file, EVIDENCE[file], held)
        assert lines, row
        name = plain(*(row[column] for column in NAMED_BY[table]))
        assert all(line.startswith(f"error: {file}: {name}") for line in lines)


@pytest.mark.parametrize("table", TABLES)
def test_every_date_source_and_id_of_a_row_is_missed(table: str) -> None:
    file, rows = f"{table}.csv", read_table(SOURCES_FOLDER, table)
    tried = 0
    for number, row in enumerate(rows):
        name = plain(*(row[column] for column in NAMED_BY[table]))
        for changed in without_a_cell(row, NAMED_BY[table]):
            held = row_records(table, [*rows[:number], changed, *rows[number + 1 :]])
            lines = said(file, EVIDENCE[file], held)
            assert lines, (row, changed)
            assert all(f"{file}: {name}" in line for line in lines)
            tried += 1
    assert tried > 4 * len(rows)


def without_a_cell(row: dict[str, str], names: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield the row without one cell, or one source of a cell, or the page of one source."""
    for column in ("valid_from", "valid_to", "panel", *names):
        if row.get(column):
            yield row | {column: ""}
    column = "sources" if "sources" in row else "source"
    parts = row[column].split("|")
    for number, part in enumerate(parts):
        yield row | {column: "|".join(parts[:number] + parts[number + 1 :])}
        if "," in part:
            bare = part.partition(",")[0]
            yield row | {column: "|".join([*parts[:number], bare, *parts[number + 1 :]])}


def removals(rows: Rows, fields: tuple[str, ...]) -> Iterator[tuple[str, Rows]]:
    """Yield the id of a record, and the records without it or without one of its fields."""
    for number, row in enumerate(rows):
        before, after = rows[:number], rows[number + 1 :]
        yield row["id"], [*before, *after]
        for field in fields:
            if field in row:
                kept = {key: value for key, value in row.items() if key != field}
                yield row["id"], [*before, kept, *after]
        for at, source in enumerate(row.get("sources", [])):
            others = [s for i, s in enumerate(row["sources"]) if i != at]
            yield row["id"], [*before, row | {"sources": others}, *after]
            for field in ("key", "citation", "url"):
                if field in source:
                    poorer = {key: value for key, value in source.items() if key != field}
                    yield row["id"], [*before, row | {"sources": [*others, poorer]}, *after]


@pytest.mark.parametrize(
    ("file", "listed", "rows", "fields", "records"),
    [
        ("bibliography.json", EVIDENCE, WORKS, ("id", "issued", "URL"), work_records),
        ("claims.json", STORY, CLAIMS, ("id", "panel", "sources"), claim_records),
    ],
)
def test_every_work_and_claim_with_its_sources_is_missed(
    file: str,
    listed: Inventory,
    rows: Rows,
    fields: tuple[str, ...],
    records: Callable[[Rows], Records],
) -> None:
    tried = 0
    for name, fewer in removals(rows, fields):
        lines = said(file, listed[file], records(fewer))
        assert lines, name
        assert all(line.startswith(f"error: {file}: {name}") for line in lines)
        tried += 1
    assert tried > 1.5 * len(rows)


@pytest.mark.parametrize("path", PANELS, ids=lambda path: path.stem)
def test_every_date_claim_link_and_source_of_a_panel_is_missed(path: Any) -> None:
    file, text = f"panels/{path.name}", path.read_text(encoding="utf-8")
    ((name, items),) = STORY[file].items()
    for field, value in items:
        changed = text.replace(written(field, value), '""' if field == "claims" else "")
        assert changed != text, (field, value)
        lines = said(file, STORY[file], panel_records(changed))
        assert any(f"{file}: {name} {field}: “{value}”" in line for line in lines), (field, value)
    assert said(file, STORY[file], {})[0].startswith(f"error: {file}: {name}: is in the inventory")
    assert {"date", "claims", "link", "source"} <= {field for field, _ in items}


def written(field: str, value: str) -> str:
    """Return how an item stands in the text of a panel."""
    forms = {"claims": f'"{value}"', "link": f"({value})", "source": f"- {value}\n"}
    return forms.get(field, f'{field} = "{value}"\n')
