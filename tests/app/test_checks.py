"""The check finds each kind of mistake, names its place, and finds none in the built-in story."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from atlas.app.checks import check_all, check_evidence, check_story
from atlas.app.paths import resources_dir
from atlas.app.refusal import Refusal
from atlas.core.problems import Severity, has_errors


@pytest.fixture
def folder(tmp_path: Path, pack_path: Path) -> Path:
    """A copy of the built-in story, to be spoiled."""
    assert pack_path.exists()
    return Path(shutil.copytree(resources_dir() / "story", tmp_path / "story"))


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_built_in_story_and_evidence_are_sound(pack_path: Path) -> None:
    assert pack_path.exists()
    assert [problem.line() for problem in check_all()] == []


DENG = "panels/10-deng.md"


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (DENG, "feature:third-plenum", "feature:third-plenumm", "did you mean third-plenum?"),
        (DENG, "(claim:c68)", "(claim:c9999)", "claim: there is no “c9999”"),
        (DENG, "date:1979-02-17", "date:1979-02-30", "has no day 30"),
        (DENG, '"fronts", ', '"frontz", ', "layers: there is no “frontz” (did you mean fronts?)"),
        (DENG, '"c74"', '"c740"', "claims: there is no “c740”"),
        (DENG, 'date = "1979-01-07"', 'date = "1879-01-07"', "lies outside the story's span"),
        (DENG, 'span = "1978-06-01/', 'span = "1977-06-01/', "overlaps"),
        (DENG, 'span = "1978-06-01/', 'span = "1978-08-01/', "without a panel"),
        (DENG, 'title = "', 'tittle = "', "title: is missing"),
        (DENG, "[Kratie](feature:A-Kratie)", "[Kratie](panel:denk)", "did you mean deng?"),
        (DENG, "[Kratie](feature:A-Kratie)", "[Kratie](place:kratty)", "place: there is no"),
        ("story.toml", '"intro"', '"outro"', "names no panel"),
        ("claims.json", '"panel": "deng"', '"panel": "dang"', "did you mean deng?"),
    ],
)
def test_each_mistake_is_named(folder: Path, file: str, old: str, new: str, says: str) -> None:
    spoil(folder / file, old, new)
    lines = [problem.line() for problem in check_story(folder)]
    assert any(says in line for line in lines), lines


def test_a_claim_used_twice_or_without_a_source_is_named(folder: Path) -> None:
    claims = json.loads((folder / "claims.json").read_text(encoding="utf-8"))
    claims[1] |= {"id": claims[0]["id"], "sources": []}
    (folder / "claims.json").write_text(json.dumps(claims), encoding="utf-8")
    lines = [problem.line() for problem in check_story(folder)]
    assert any("is used by 2 claims" in line for line in lines)
    assert any("without a source" in line for line in lines)


def test_a_listed_claim_no_words_carry_is_a_warning(folder: Path) -> None:
    spoil(folder / DENG, "(claim:c68)", "(panel:deng)")
    found = [problem for problem in check_story(folder) if "no words" in problem.message]
    assert [problem.severity for problem in found] == [Severity.WARNING]
    assert "c68" in found[0].message


def test_a_file_that_is_no_text_is_named(folder: Path) -> None:
    (folder / DENG).write_bytes(b"\xff\xfe\x00bad")
    assert has_errors(check_story(folder))


def test_an_empty_folder_is_no_story(tmp_path: Path) -> None:
    lines = [problem.line() for problem in check_all(tmp_path)]
    assert len(lines) == 1
    assert "story.toml: is missing" in lines[0]


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="there is no such folder"):
        check_all(tmp_path / "nowhere")


def test_without_the_pack_the_rest_is_still_checked(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("atlas.app.library.pack_path", lambda: tmp_path / "absent.pack")
    spoil(folder / DENG, "(claim:c68)", "(claim:c9999)")
    lines = [problem.line() for problem in check_story(folder)]
    assert any("c9999" in line for line in lines)
    assert any("there is no map data" in line for line in lines)


def test_a_folder_of_evidence_is_checked_as_such(tmp_path: Path) -> None:
    from geodata.evidence import SOURCES_FOLDER

    folder = Path(shutil.copytree(SOURCES_FOLDER, tmp_path / "sources"))
    assert not has_errors(check_all(folder))
    events = folder / "events.geojson"
    data = json.loads(events.read_text(encoding="utf-8"))
    data["features"].append(data["features"][0])
    events.write_text(json.dumps(data), encoding="utf-8")
    assert has_errors(check_evidence(folder, None))
