"""Booklet, film and page as a person meets them: processes of their own, a story of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

STORY = """\
id = "mine"
title = "One town"
subtitle = "A test"
span = "1970/1980"
credits = ["Mine."]
"""
PANEL = """+++
id = "only"
order = 0
title = "The only section"
span = "1975/1979"
date = "1979-01-07"
bbox = [102, 10, 108, 15]
layers = ["polities", "relief", "events", "no-such-layer"]
+++

Read of [7 January 1979](date:1979-01-07) & <b>the town</b>.
"""


@pytest.fixture
def story(pack_path: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "story"
    (folder / "panels").mkdir(parents=True)
    (folder / "story.toml").write_text(STORY)
    (folder / "panels" / "00-only.md").write_text(PANEL)
    return folder


def started(root: Path, folder: Path, words: str) -> subprocess.Popen[str]:
    dropped = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {key: value for key, value in os.environ.items() if key not in dropped}
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "atlas", *words.split()],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(root), "INDOCHINA_ATLAS_HOME": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def told(root: Path, folder: Path, words: str) -> str:
    process = started(root, folder, words)
    out, complaints = process.communicate(timeout=120)
    assert (process.returncode, complaints) == (0, "")
    return out


def test_a_booklet_of_ones_own_story(project_root: Path, tmp_path: Path, story: Path) -> None:
    assert told(project_root, tmp_path, "booklet a.pdf --story story --page letter") == "a.pdf\n"
    data = (tmp_path / "a.pdf").read_bytes()
    assert data.startswith(b"%PDF-1.")
    assert "The only section".encode("utf-16-be").hex().upper().encode() in data


def test_a_page_of_ones_own_story(project_root: Path, tmp_path: Path, story: Path) -> None:
    assert told(project_root, tmp_path, "page a.html --story story") == "a.html\n"
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "<title>One town</title>" in page
    assert "&lt;b&gt;the town" in page


def test_a_film_of_three_days(project_root: Path, tmp_path: Path, story: Path) -> None:
    words = "film a.gif --from 1979-01-06 --to 1979-01-08 --size 400x300 --story story"
    assert told(project_root, tmp_path, words) == "a.gif\n"
    with Image.open(tmp_path / "a.gif") as image:
        assert image.n_frames == 3


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
def test_a_film_that_is_killed_leaves_an_older_one_untouched(
    project_root: Path, tmp_path: Path, story: Path
) -> None:
    (tmp_path / "a.gif").write_bytes(b"older")
    process = started(
        project_root, tmp_path, "film a.gif --from 1970-01-01 --to 1978-01-01 --story story"
    )
    with pytest.raises(subprocess.TimeoutExpired):
        process.communicate(timeout=2)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert (tmp_path / "a.gif").read_bytes() == b"older"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.gif", "story"]


def test_another_run_gives_the_same_bytes(project_root: Path, tmp_path: Path, story: Path) -> None:
    """Pages above all: Qt writes the hour into them, and fonts in the order of a hash."""
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        told(project_root, tmp_path, f"export {folder}/a.pdf --story story --size 640x400")
        told(project_root, tmp_path, f"booklet {folder}/b.pdf --story story --pdf-a")
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(names) == 2
    for name in names:
        one, two = ((tmp_path / folder / name).read_bytes() for folder in ("one", "two"))
        assert one == two, name


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("film a.avi --from 1979 --to 1980", "no film the atlas writes"),
        ("film a.gif --from 1979 --to soon", "--to"),
        ("page a.txt", "end the name in .html"),
        ("booklet a.pdf --page a0", "no booklets on"),
        ("booklet none/a.pdf", "no folder"),
    ],
)
def test_a_wrong_wish_is_one_clear_line(
    project_root: Path, tmp_path: Path, story: Path, words: str, says: str
) -> None:
    process = started(project_root, tmp_path, f"{words} --story story")
    out, complaints = process.communicate(timeout=120)
    assert (process.returncode, out, complaints.count("\n")) == (1, "", 1)
    assert says in complaints
