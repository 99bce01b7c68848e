"""The check finds each kind of mistake, names its place, and finds none in the built-in story."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from atlas.app.checks import check_all, check_evidence, check_story, summary
from atlas.app.paths import resources_dir
from atlas.app.refusal import Refusal
from atlas.core.problems import Severity, has_errors


@pytest.fixture
def folder(tmp_path: Path, pack_path: Path) -> Path:
    """A copy of the built-in story, to be spoiled; as a story of one's own, without inventory."""
    assert pack_path.exists()
    own = shutil.ignore_patterns("inventory.txt")
    return Path(shutil.copytree(resources_dir() / "story", tmp_path / "story", ignore=own))


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


@pytest.mark.parametrize(
    ("file", "content", "line"),
    [
        (DENG, b"\xff\xfe\0b", f"{DENG}: is not UTF-8 but UTF-16"),
        (DENG, b"\xef\xbb\xbf+++\n", f"{DENG}: starts with a byte order mark"),
        ("claims.json", b'[{"id":\n"\xe9"}]', "claims.json: is not UTF-8 (line 2)"),
        ("story.toml", b"title = \xe9", "story.toml: is not UTF-8 (line 1)"),
    ],
)
def test_a_file_in_another_encoding_is_named(
    folder: Path, file: str, content: bytes, line: str
) -> None:
    (folder / file).write_bytes(content)
    hint = "save it as UTF-8 without a byte order mark"
    assert [problem.line() for problem in check_story(folder)] == [f"error: {line} ({hint})"]


def test_a_dead_link_is_named_with_file_and_line(folder: Path) -> None:
    text = (folder / DENG).read_text(encoding="utf-8").splitlines()
    number = next(n for n, row in enumerate(text, start=1) if "feature:third-plenum" in row)
    spoil(folder / DENG, "feature:third-plenum", "feature:third-plenumm")
    [problem] = check_story(folder)
    assert problem.file == DENG
    assert problem.where.startswith(f"line {number} “")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"verdict": "true"}, "c01 verdict: “true” is not one of supported"),
        ({"anotation": "x"}, "c01 anotation: is no field of the format (did you mean annotation"),
        ({"annotation": "\U0001f5fa"}, "no bundled font can draw"),
        ({"sources": [{"citation": "x"}]}, "c01 sources 1.seen: is missing"),
        (
            {"sources": [{"citation": "x", "seen": True, "key": "short-2040"}]},
            "there is no work “short-2040” in the bibliography (did you mean short-200",
        ),
    ],
)
def test_a_claim_is_held_against_its_schema(
    folder: Path, change: dict[str, object], says: str
) -> None:
    path = folder / "claims.json"
    claims = json.loads(path.read_text(encoding="utf-8"))
    claims[0] |= change
    path.write_text(json.dumps(claims, ensure_ascii=False), encoding="utf-8")
    lines = [problem.line() for problem in check_story(folder)]
    assert any(says in line for line in lines), lines


def test_the_last_line_counts_what_was_looked_at(folder: Path) -> None:
    assert summary(None, []).startswith("ratanakiri_bases 48, dk_zones 14, ")
    assert summary(None, []).endswith("panels 14, claims 87: no problems")
    assert summary(folder, []) == "panels 14, claims 87: no problems"
    spoil(folder / DENG, "feature:third-plenum", "feature:third-plenumm")
    assert summary(folder, check_story(folder)).endswith(": 1 problem")


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
