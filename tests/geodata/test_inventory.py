"""The inventory lists what the folders hold, the check reads it, and a damaged one is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from geodata.__main__ import main
from geodata.evidence import LAYERS, SOURCES_FOLDER
from geodata.faults import Faults
from geodata.inventory import (
    INVENTORY,
    STORY_FOLDER,
    held_in_evidence,
    held_in_story,
    read_inventory,
    text_of,
)
from geodata.validate import validate_sources
from geodata.validate_inventory import check_evidence_inventory, check_story_inventory

SAMPLE = Path(__file__).parents[1] / "data" / "good" / "evidence"
REMEDY = "python -m geodata inventory"


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """A copy of the built-in evidence, to be spoiled."""
    return Path(shutil.copytree(SOURCES_FOLDER, tmp_path / "evidence"))


@pytest.fixture
def sample(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A copy of the small sample, with an inventory."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "sample"))
    assert main(["inventory", str(folder)]) == 0
    capsys.readouterr()
    return folder


def lines(folder: Path) -> list[str]:
    return [problem.line() for problem in check_evidence_inventory(folder, [])]


def change(path: Path, alter: Any) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    alter(content)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def test_the_committed_inventories_list_what_is_there_and_nothing_else() -> None:
    remedy = f"run `{REMEDY}` and commit what it writes"
    faults = Faults("")
    evidence, story = held_in_evidence(SOURCES_FOLDER, faults), held_in_story(STORY_FOLDER, faults)
    assert faults.problems == []
    for folder, held in ((SOURCES_FOLDER, evidence), (STORY_FOLDER, story)):
        assert read_inventory(folder / INVENTORY, faults) == held, remedy
        assert (folder / INVENTORY).read_text(encoding="utf-8") == text_of(held), remedy


def test_the_whole_check_names_every_feature_that_lost_a_source(evidence: Path) -> None:
    cut: set[tuple[str, str, str]] = set()

    def take_the_last_source(content: Any, file: str) -> None:
        for feature in content["features"]:
            sources = feature["properties"]["sources"]
            if len(sources) > 1:
                cut.add((file, feature["id"], sources.pop()["key"]))

    for layer in LAYERS:
        change(
            evidence / f"{layer}.geojson",
            lambda c, f=f"{layer}.geojson": take_the_last_source(c, f),
        )
    said = [problem.line() for problem in validate_sources(evidence, None)]
    assert len(cut) == len(said) > 150
    for file, name, key in cut:
        start = f"error: {file}: {name} sources: “{key}"
        assert any(line.startswith(start) for line in said), start


def test_a_changed_page_or_id_is_named_with_what_stands_there_now(evidence: Path) -> None:
    def alter(content: Any) -> None:
        first, second = content["features"][2:4]
        first["properties"]["sources"][1]["locator"] = "pp. 395-401"
        second["id"] = second["properties"]["id"] = second["id"] + "-bis"

    before = json.loads((evidence / "fronts.geojson").read_text(encoding="utf-8"))["features"]
    change(evidence / "fronts.geojson", alter)
    page, name = lines(evidence)
    assert "changed to “short-2004, pp. 395-401”?" in page
    assert f"changed to “{before[3]['id']}-bis”?" in name
    assert all(f"{REMEDY} {evidence}" in line for line in (page, name))


def test_a_citation_given_twice_may_not_stand_there_once(sample: Path) -> None:
    def cite_again(content: Any) -> None:
        sources = content["features"][0]["properties"]["sources"]
        sources.append(sources[0] | {"supports": "something else"})

    change(sample / "events.geojson", cite_again)
    assert main(["inventory", str(sample)]) == 0
    assert lines(sample) == []
    change(
        sample / "events.geojson",
        lambda content: content["features"][0]["properties"]["sources"].pop(),
    )
    (line,) = lines(sample)
    assert "is listed 2 times in the inventory and stands here 1 times" in line


def test_a_file_that_lost_everything_is_said_once(evidence: Path) -> None:
    change(evidence / "events.geojson", lambda content: content["features"].clear())
    (line,) = lines(evidence)
    assert line.startswith("error: events.geojson: holds nothing of what the inventory lists: 140 ")
    (evidence / "events.geojson").unlink()
    said = [problem.line() for problem in validate_sources(evidence, None)]
    assert [line for line in said if "events.geojson: " in line and "inventory" in line] == []
    assert any("events.geojson: cannot be read" in line for line in said)


def test_additions_are_free_and_counted_in_one_warning(sample: Path) -> None:
    def alter(content: Any) -> None:
        feature = content["features"][0]
        feature["properties"]["sources"].append({**feature["properties"]["sources"][0]})

    assert lines(sample) == []
    change(sample / "events.geojson", alter)
    (line,) = lines(sample)
    assert line.startswith(f"warning: {INVENTORY}: does not list 1 ids, dates or sources yet")
    assert main(["check", str(sample)]) == 0


def test_a_folder_without_an_inventory_is_held_against_nothing(sample: Path) -> None:
    (sample / INVENTORY).unlink()
    change(sample / "events.geojson", lambda content: content["features"].clear())
    assert lines(sample) == []
    assert check_story_inventory(sample, []) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "lists nothing"),
        (b"# only words\n", "lists nothing"),
        (b"  sources short-2004\n", "line 1: cannot be read: “sources short-2004”"),
        (b"events.geojson: a\n<<<<<<< ours\n", "line 2: cannot be read: “<<<<<<< ours”"),
        (b"events.geojson: a\n  sources\n", "line 2: cannot be read: “sources”"),
        (b"events.geojson: a\nevents.geojson: a\n", "line 2: cannot be read: “events.geojson: a”"),
    ],
)
def test_a_damaged_inventory_is_named_with_its_remedy(
    sample: Path, content: bytes, says: str
) -> None:
    (sample / INVENTORY).write_bytes(content)
    (line,) = lines(sample)
    assert line.startswith(f"error: {INVENTORY}: {says}")
    assert REMEDY in line


@pytest.mark.parametrize("content", [b"\xff\xfe\0", b"\xe9\n", b"\xef\xbb\xbf# \n"])
def test_an_inventory_that_is_no_utf_8_is_named(sample: Path, content: bytes) -> None:
    (sample / INVENTORY).write_bytes(content)
    (line,) = lines(sample)
    assert line.startswith(f"error: {INVENTORY}: ")
    assert "save it as UTF-8" in line


def test_an_inventory_that_is_a_folder_is_named(sample: Path) -> None:
    (sample / INVENTORY).unlink()
    (sample / INVENTORY).mkdir()
    (line,) = lines(sample)
    assert line.startswith(f"error: {INVENTORY}: is no file")


def test_the_command_tells_what_left_and_what_came(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def alter(content: Any) -> None:
        content["features"][0]["when"]["timespans"][0]["start"]["edtf"] = "1978-12-31"

    written = (sample / INVENTORY).read_bytes()
    assert main(["inventory", str(sample)]) == 0
    assert capsys.readouterr().out == f"{sample / INVENTORY} is written\n"
    assert (sample / INVENTORY).read_bytes() == written
    change(sample / "events.geojson", alter)
    assert main(["inventory", str(sample)]) == 0
    gone, came, _ = capsys.readouterr().out.splitlines()
    assert gone.startswith("- events.geojson: ")
    assert came.startswith("+ events.geojson: ")
    assert "when 1978-12-31 / " in came
    assert lines(sample) == []


def test_nothing_is_listed_of_a_folder_that_cannot_be_read(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = (sample / INVENTORY).read_bytes()
    (sample / "events.geojson").write_text("{", encoding="utf-8")
    assert main(["inventory", str(sample)]) == 1
    assert "events.geojson: line 1: is no JSON" in capsys.readouterr().err
    assert (sample / INVENTORY).read_bytes() == written
    assert main(["inventory", str(sample.parent)]) == 1
    assert "holds no evidence" in capsys.readouterr().err
