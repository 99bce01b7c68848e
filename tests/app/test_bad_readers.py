"""One bad file of every kind, put before its reader: what is said of it, and nothing worse."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from atlas.app import overlay_endings
from atlas.app.bookmarks import Bookmarks
from atlas.app.images import picture_endings
from atlas.app.images.carried import read_frame
from atlas.app.job_list import read_jobs
from atlas.app.key_choices import KeyChoices
from atlas.app.library import Library, load_story, open_library
from atlas.app.refusal import Refusal
from atlas.app.session import load_session
from atlas.core.panel_markup import read_blocks
from atlas.core.story import StoryError
from geodata.own.limits import OverlayError
from geodata.own.read import read_own
from geodata.pack import PackError
from tests.app.fake_library import fake_library

BAD = Path(__file__).parents[1] / "data" / "bad" / "readers"
EXPECTED: dict[str, str] = tomllib.loads((BAD / "expected.toml").read_text(encoding="utf-8"))
GOOD_PANEL = (
    '+++\nid = "intro"\norder = 0\ntitle = "A question"\ndate = "1975"\n'
    "bbox = [101, 8, 110, 15]\n+++\nWords.\n"
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return fake_library(tmp_path)


def of_session(path: Path, library: Library) -> str:
    session = load_session(path, library.atlas)
    if session.state is not None:
        assert session.state.panel in {panel.id for panel in library.atlas.story.panels}
    assert session.docks in (b"", b"docks")
    assert path.exists() == (not session.notice)
    assert not session.notice or path.with_name(f"{path.name}.broken").exists()
    return session.notice


def of_bookmarks(path: Path, library: Library) -> str:
    return Bookmarks(path, "small").notice


def of_keys(path: Path, library: Library) -> str:
    choices = KeyChoices(path, {"undo": ("Ctrl+Z",), "go": ("H",)}, {})
    assert sorted(choices.keys("undo") + choices.keys("go")) != ["G", "G"]
    return choices.notice


def story_with(name: str) -> Callable[[Path, Library], str]:
    def said(path: Path, library: Library) -> str:
        folder = path.parent / "story"
        (folder / "panels").mkdir(parents=True)
        (folder / "story.toml").write_text('title = "A story"\n')
        (folder / "panels" / "0.md").write_text(GOOD_PANEL)
        shutil.copy(path, folder / name)
        try:
            story, problems = load_story(folder)
        except StoryError as error:
            return str(error)
        assert story.panels[0].id == "intro", "what is good is shown"
        for panel in story.panels:
            assert "/" not in panel.id
            assert "\u202e" not in panel.title + panel.body
            kinds = {r.link.kind for b in read_blocks(panel.body) for r in b.runs if r.link}
            assert kinds <= {"date"}
        return "; ".join(problem.line() for problem in problems)

    return said


def of_jobs(path: Path, library: Library) -> str:
    with pytest.raises(Refusal) as refused:
        read_jobs(path)
    return str(refused.value)


def of_picture(path: Path, library: Library) -> str:
    with pytest.raises(Refusal) as refused:
        read_frame(path, library)
    return str(refused.value)


def of_globe(path: Path, library: Library) -> str:
    """What the atlas only writes is not taken when dropped, and no view of it as a picture."""
    assert path.suffix not in {*picture_endings.ENDINGS, *overlay_endings.ENDINGS}
    with pytest.raises(OverlayError, match="is no overlay"):
        read_own(path, "own:globe")
    said = of_picture(path, library)
    assert {file.name for file in path.parent.iterdir()} == {path.name, "small.pack"}
    return said


def of_pack(path: Path, library: Library) -> str:
    (path.parent / "panels").mkdir()
    (path.parent / "panels" / "0.md").write_text(GOOD_PANEL)
    (path.parent / "story.toml").write_text("")
    with pytest.raises(PackError) as refused:
        open_library(path.parent, path)
    return str(refused.value)


SAID_OF: dict[str, Callable[[Path, Library], str]] = {
    "session": of_session,
    "bookmarks": of_bookmarks,
    "keys": of_keys,
    "story": story_with("story.toml"),
    "panel": story_with("panels/bad.md"),
    "claims": story_with("claims.json"),
    "jobs": of_jobs,
    "picture": of_picture,
    "globe": of_globe,
    "pack": of_pack,
}


def test_every_bad_file_has_its_words() -> None:
    assert {path.name for path in BAD.iterdir()} - {"expected.toml"} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_it_is_told_what_is_wrong(tmp_path: Path, library: Library, name: str) -> None:
    path = Path(shutil.copy(BAD / name, tmp_path))
    said = SAID_OF[name.partition(".")[0]](path, library)
    if not EXPECTED[name]:
        assert said == "", "nothing in it is wrong enough to speak of"
        return
    assert EXPECTED[name] in said
    assert len(said) < 700
