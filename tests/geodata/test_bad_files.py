"""Every kind of mistake has its file; the check says one line about each, and this one exactly."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from geodata.validate import counts_by_theme, validate_sources

DATA = Path(__file__).parents[1] / "data"
GOOD, BAD = DATA / "good" / "evidence", DATA / "bad"
PANELS = frozenset({"deng", "origins"})
EXPECTED: dict[str, str] = tomllib.loads((BAD / "expected.toml").read_text(encoding="utf-8"))


def lines(folder: Path) -> list[str]:
    return [problem.line() for problem in validate_sources(folder, PANELS)]


def test_the_sample_itself_is_sound() -> None:
    assert lines(GOOD) == []
    counts = counts_by_theme(GOOD)
    assert counts["events"] == counts["fronts"] == counts["polities"] == 1
    assert counts["bibliography"] == 2


def test_every_bad_file_has_its_line_and_no_two_the_same() -> None:
    assert {path.name for path in BAD.iterdir()} - {"expected.toml", "readers"} == set(EXPECTED)
    assert len(set(EXPECTED.values())) >= len(EXPECTED) - 1


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_one_mistake_one_line(tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(GOOD, tmp_path / "evidence"))
    stem, _, suffix = name.split(".")
    shutil.copy(BAD / name, folder / f"{stem}.{suffix}")
    assert lines(folder) == [EXPECTED[name]]
