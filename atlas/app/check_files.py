"""Looks at a story's files themselves: encoding, the schema of the claims, keys, letters, lines.

Floor: app; neighbour: checks; below: geodata's readers and schemas. What the files say, and whether
links lead anywhere, is for `checks`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from atlas.app.paths import resources_dir
from atlas.core.problems import Problem, Severity
from geodata.evidence import SOURCES_FOLDER
from geodata.faults import Faults
from geodata.font_coverage import drawable, undrawable
from geodata.text_files import encoding_fault, read_json
from geodata.validate_bibliography import check_works
from geodata.validate_schema import check_schema
from geodata.validate_sources import check_keys

_TEXTS: Final = ("story.toml", "claims.json", "panels/*.md")
_ID: Final = re.compile(r"^id\s*=\s*\"([^\"]+)\"", re.MULTILINE)


def check_encoding(folder: Path) -> list[Problem]:
    """Return the files of a story that are not plain UTF-8; nothing else can be said of those."""
    problems = []
    for path in _files(folder):
        fault = encoding_fault(path.read_bytes())
        if fault:
            hint = "save it as UTF-8 without a byte order mark"
            problems.append(_error(path.relative_to(folder).as_posix(), "", "", fault, hint))
    return problems


def check_letters(folder: Path) -> list[Problem]:
    """Return the lines no bundled font can draw."""
    covered = drawable(resources_dir() / "fonts")
    problems = []
    for path in _files(folder):
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), start=1):
            missing = undrawable(line, covered)
            if missing:
                shown = " ".join(f"“{c}” U+{ord(c):04X}" for c in missing[:3])
                message = f"no bundled font can draw {shown}"
                file = path.relative_to(folder).as_posix()
                problems.append(_error(file, f"line {number}", "", message))
    return problems


def check_claims(folder: Path) -> list[Problem]:
    """Return what is wrong with ``claims.json`` by itself: fields, words, keys of works.

    Keys are those of the built-in bibliography and of the story's own ``bibliography.json``.
    """
    path = folder / "claims.json"
    if not path.exists():
        return []
    faults = Faults("claims.json")
    rows = read_json(path, faults)
    own = Faults("bibliography.json")
    keys = {*check_works(SOURCES_FOLDER, Faults("")), *_own_works(folder, own)}
    for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
        where = row.get("id") if isinstance(row, dict) else None
        here = faults.at(str(where or f"claim {number}"))
        check_schema("claims", row, here, part="items")
        for count, source in enumerate(_sources(row), start=1):
            if "key" in source:
                check_keys(f"source {count}", source, keys, here)
    # A claim without an id or a panel is named by the reader of stories already.
    return [*own.problems, *(p for p in faults.problems if p.field not in ("id", "panel"))]


def lines_of_panels(folder: Path) -> dict[str, tuple[str, list[str]]]:
    """Return for every panel id its file and the lines of it, of the files that can be read."""
    found = {}
    for path in sorted((folder / "panels").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        match = _ID.search(text)
        if match:
            found[match[1]] = (f"panels/{path.name}", text.splitlines())
    return found


def story_counts(folder: Path) -> dict[str, int]:
    """Return how many panels and claims a story folder holds, as far as it can be read."""
    try:
        claims = json.loads((folder / "claims.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        claims = []
    panels = len(list((folder / "panels").glob("*.md")))
    return {"panels": panels, "claims": len(claims) if isinstance(claims, list) else 0}


def _own_works(folder: Path, faults: Faults) -> dict[str, Any]:
    return check_works(folder, faults) if (folder / "bibliography.json").exists() else {}


def _sources(row: Any) -> list[dict[str, Any]]:
    sources = row.get("sources", []) if isinstance(row, dict) else []
    return [s for s in sources if isinstance(s, dict)] if isinstance(sources, list) else []


def _files(folder: Path) -> list[Path]:
    return sorted(path for pattern in _TEXTS for path in folder.glob(pattern) if path.is_file())


def _error(file: str, where: str, field: str, message: str, hint: str = "") -> Problem:
    return Problem(Severity.ERROR, file, where, field, message, hint)
