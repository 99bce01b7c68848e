"""One source, date or id taken from a copied folder: the command fails and its line names it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SOURCE = "error: fronts.geojson: A2 sources: “time-1979-01-15” is in the inventory and no longer"


def check(folder: Path, root: Path) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-m", "atlas", "check", str(folder)],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def without(rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    kept = [row for row in rows if row["key"] != key]
    assert len(kept) == len(rows) - 1
    return kept


def test_a_source_taken_from_a_copy_of_the_evidence(project_root: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(project_root / "geodata" / "sources", tmp_path / "evidence"))
    path = folder / "fronts.geojson"
    content = json.loads(path.read_text(encoding="utf-8"))
    properties = next(f for f in content["features"] if f["id"] == "A2")["properties"]
    properties["sources"] = without(properties["sources"], "time-1979-01-15")
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    code, lines = check(folder, project_root)
    assert code == 1
    assert len(lines) == 2
    assert lines[0].startswith(SOURCE)
    assert lines[1].endswith(": 1 problem")


@pytest.fixture
def story(project_root: Path, pack_path: Path, tmp_path: Path) -> Path:
    """A copy of the built-in story, to be spoiled."""
    assert pack_path.exists()
    return Path(shutil.copytree(project_root / "resources" / "story", tmp_path / "story"))


def test_a_source_taken_from_a_claim(story: Path, project_root: Path) -> None:
    path = story / "claims.json"
    claims = json.loads(path.read_text(encoding="utf-8"))
    claims[0]["sources"] = without(claims[0]["sources"], "wang-2018")
    path.write_text(json.dumps(claims, ensure_ascii=False), encoding="utf-8")
    code, lines = check(story, project_root)
    assert code == 1
    assert lines[0].startswith("error: claims.json: c01 sources: “wang-2018: Wang Chenyi, CWIHP")


@pytest.mark.parametrize(
    ("old", "says"),
    [
        ('date = "1979-01-07"\n', "date: is missing"),
        ("(date:1979-02-17)", "deng link: “date:1979-02-17” is in the inventory"),
        ('"c68", ', "deng claims: “c68” is in the inventory"),
    ],
)
def test_something_taken_from_a_panel(story: Path, project_root: Path, old: str, says: str) -> None:
    path = story / "panels" / "10-deng.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, ""), encoding="utf-8")
    code, lines = check(story, project_root)
    assert code == 1
    assert any(says in line and "panels/10-deng.md: " in line for line in lines), lines
