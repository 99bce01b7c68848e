from __future__ import annotations

import json
from pathlib import Path

import pytest

from atlas.app.bookmarks import LONGEST_NAME, MOST, Bookmark, Bookmarks

LINK = "atlas:1/small/war?d=1979-01-07"


def names(path: Path, story: str = "small") -> list[str]:
    return [mark.name for mark in Bookmarks(path, story).marks]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "bookmarks.json"


@pytest.fixture
def kept(path: Path) -> Bookmarks:
    made = Bookmarks(path, "small")
    for name in ("one", "two", "three"):
        made.add(name, LINK)
    return made


def test_they_are_found_again(kept: Bookmarks, path: Path) -> None:
    assert Bookmarks(path, "small").marks == kept.marks
    assert kept.marks[0] == Bookmark("one", LINK)
    assert [file.name for file in path.parent.iterdir()] == ["bookmarks.json"]


def test_they_are_renamed_ordered_and_removed(kept: Bookmarks, path: Path) -> None:
    kept.rename(1, "  deux\n")
    assert kept.move(2, -2) == 0
    assert kept.move(0, -1) == 0
    assert names(path) == ["three", "one", "deux"]
    kept.rename(0, " ")
    kept.remove(1)
    assert names(path) == ["three", "deux"]


def test_no_two_have_one_name(kept: Bookmarks) -> None:
    kept.add("one", LINK)
    kept.add("", LINK)
    kept.rename(2, "two")
    kept.rename(0, "one")
    assert [m.name for m in kept.marks] == ["one", "two", "two (2)", "one (2)", "A view"]
    kept.add("x" * 500, LINK)
    assert len(kept.marks[-1].name) == LONGEST_NAME


def test_those_of_another_story_wait_in_the_file(kept: Bookmarks, path: Path) -> None:
    other = Bookmarks(path, "other")
    assert other.marks == ()
    other.add("elsewhere", "atlas:1/other/a")
    assert names(path) == ["one", "two", "three"]
    assert names(path, "other") == ["elsewhere"]


def test_there_is_an_end_to_them(kept: Bookmarks, path: Path) -> None:
    rows = [{"name": str(i), "link": LINK} for i in range(MOST)]
    path.write_text(json.dumps({"version": 1, "bookmarks": rows}))
    with pytest.raises(ValueError, match=str(MOST)):
        Bookmarks(path, "small").add("more", LINK)


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"version": 2}', '{"version": 1}', '{"version": 1, "bookmarks": [3]}',
     '{"version": 1, "bookmarks": [{"name": "a", "link": "file:///etc"}]}',
     '{"version": 1, "bookmarks": [{"name": "", "link": "atlas:1/a/b"}]}', "[" * 9999],
)  # fmt: skip
def test_a_damaged_file_is_kept_aside(path: Path, content: str) -> None:
    path.parent.mkdir()
    path.write_text(content)
    read = Bookmarks(path, "small")
    assert read.marks == ()
    assert "bookmarks.json.broken" in read.notice
    read.add("new", LINK)
    assert names(path) == ["new"]
    assert path.with_name("bookmarks.json.broken").read_text() == content


def test_what_cannot_be_saved_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    made = Bookmarks(tmp_path / "file" / "bookmarks.json", "small")
    with pytest.raises(OSError):  # noqa: PT011
        made.add("one", LINK)
    assert made.marks == ()
