"""The check against the inventory: what it lists and the files no longer hold is an error.

Duty: name file, record and field of every id, date and citation that left, and what may have taken
its place. What came is free; one warning counts it. A folder without an inventory is not held
against anything. Floor: geodata, standard library only; neighbours: inventory, faults.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from atlas.core.problems import Problem, Severity
from geodata.evidence import SOURCES_FOLDER
from geodata.faults import Faults
from geodata.inventory import (
    EVIDENCE_FILES,
    INVENTORY,
    STORY_FOLDER,
    Inventory,
    held_in_evidence,
    held_in_story,
    read_inventory,
)
from geodata.inventory_records import Item, Records

_COMMAND = "python -m geodata inventory"
_LIKE_ENOUGH = 0.5


def check_evidence_inventory(folder: Path, told: Sequence[Problem]) -> list[Problem]:
    """Return what the evidence of a folder has lost; `told` is what was noted of it already."""
    if not (folder / INVENTORY).exists():
        return []
    return _check(folder, EVIDENCE_FILES, held_in_evidence(folder, Faults("")), told)


def check_story_inventory(folder: Path, told: Sequence[Problem]) -> list[Problem]:
    """Return what a story has lost; `told` is what was noted of it already."""
    if not (folder / INVENTORY).exists():
        return []
    return _check(folder, None, held_in_story(folder, Faults("")), told)


def _check(
    folder: Path, files: frozenset[str] | None, held: Inventory, told: Sequence[Problem]
) -> list[Problem]:
    """Compare the listed `files` (None: those of a story) with what is held."""
    faults = Faults(INVENTORY)
    listed = read_inventory(folder / INVENTORY, faults)
    if listed is None:
        return faults.problems
    builtin = folder in (SOURCES_FOLDER, STORY_FOLDER)
    remedy = _COMMAND if builtin else f"{_COMMAND} {folder}"
    came = 0
    for file in [*listed, *(held.keys() - listed.keys())]:
        if (file in EVIDENCE_FILES) != (files is not None):
            continue
        then, now = listed.get(file, {}), held.get(file, {})
        if then and not now:
            _file_lost(then, faults.of(file), told, remedy)
            continue
        faults.problems.extend(losses(file, then, now, told, remedy))
        came += _how_many_came(then, now)
    if came and not faults.problems and not _errors(told):
        faults.warning("", f"does not list {came} ids, dates or sources yet", remedy)
    return faults.problems


def losses(
    file: str, listed: Records, held: Records, told: Iterable[Problem] = (), remedy: str = _COMMAND
) -> list[Problem]:
    """Return what one file has lost, but for fields of which an error was `told` already."""
    known = {
        (problem.where, problem.field.replace(".", " ").partition(" ")[0])
        for problem in _errors(told)
        if problem.file == file
    }
    faults = Faults(file)
    for name, items in listed.items():
        here = faults.at(name)
        if name not in held:
            new = [other for other in held if other not in listed]
            here.error(
                "", "is in the inventory and no longer in the file", _hint(name, new, remedy)
            )
        elif held[name] != items:
            _compare(items, held[name], here, remedy)
    return [p for p in faults.problems if (p.where, p.field) not in known]


def _compare(listed: Counter[Item], held: Counter[Item], faults: Faults, remedy: str) -> None:
    came = held - listed
    for (field, value), count in (listed - held).items():
        new = [other for name, other in came if name == field]
        message = f"“{value}” is in the inventory and no longer here"
        if held[field, value]:
            message = f"“{value}” is listed {count + held[field, value]} times in the inventory "
            message += f"and stands here {held[field, value]} times"
        faults.error(field, message, _hint(value, new, remedy))


def _hint(lost: str, new: list[str], remedy: str) -> str:
    close = get_close_matches(lost, new, n=1, cutoff=_LIKE_ENOUGH)
    renamed = f"changed to “{close[0]}”? " if close else ""
    return f"{renamed}put it back, or if it left on purpose: {remedy}"


def _file_lost(then: Records, faults: Faults, told: Iterable[Problem], remedy: str) -> None:
    """Note a file that holds nothing any more, unless it was said why."""
    if any(problem.file == faults.file for problem in _errors(told)):
        return
    records = f"{len(then)} records, first “{next(iter(then))}”"
    faults.error("", f"holds nothing of what the inventory lists: {records}", _hint("", [], remedy))


def _errors(told: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in told if problem.severity is Severity.ERROR]


def _how_many_came(listed: Records, held: Records) -> int:
    count = 0
    for name, items in held.items():
        count += (items - listed.get(name, Counter())).total() + (name not in listed)
    return count
