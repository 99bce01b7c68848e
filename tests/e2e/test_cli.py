"""The command line as a person meets it: separate processes, no display, an empty folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QImage

from atlas import __version__

PANELS = 14


@pytest.fixture(scope="module", autouse=True)
def _built(pack_path: Path) -> None:
    assert pack_path.exists()


def atlas(
    folder: Path, *words: str | Path, root: Path, **extra: str
) -> subprocess.CompletedProcess[str]:
    """Run the atlas in a folder without a display."""
    dropped = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {key: value for key, value in os.environ.items() if key not in dropped}
    return subprocess.run(
        [sys.executable, "-m", "atlas", *map(str, words)],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(root), "INDOCHINA_ATLAS_HOME": str(folder)} | extra,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_info_tells_what_this_copy_is(project_root: Path, tmp_path: Path) -> None:
    done = atlas(tmp_path, "info", "--json", root=project_root)
    assert (done.returncode, done.stderr) == (0, "")
    facts = json.loads(done.stdout)
    assert facts["version"] == __version__
    assert len(facts["panels"]) == PANELS
    assert facts["features"] > 300
    assert Path(facts["pack"]).is_file()
    assert facts["data_version"]
    assert "fronts" in facts["layers"]


def test_a_link_that_cannot_be_read_opens_no_window(project_root: Path, tmp_path: Path) -> None:
    words = ("--until", "first-map", "atlas:9/china-khmer-rouge/deng")
    done = atlas(tmp_path, *words, root=project_root)
    assert done.returncode == 1
    assert "version 9; this atlas reads 1" in done.stderr


def test_info_reads_well_in_a_plain_terminal(project_root: Path, tmp_path: Path) -> None:
    done = atlas(tmp_path, "info", root=project_root, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0
    assert "deng             7 January 1979" in done.stdout


@pytest.mark.parametrize(("word", "says"), [("--version", __version__), ("--help", "examples:")])
def test_version_and_help(project_root: Path, tmp_path: Path, word: str, says: str) -> None:
    done = atlas(tmp_path, word, root=project_root)
    assert (done.returncode, done.stderr) == (0, "")
    assert says in done.stdout


def test_a_png_of_a_panel_at_a_date_and_box(project_root: Path, tmp_path: Path) -> None:
    words = "export out.png --panel deng --date 1979-01-07 --bbox 101,8,111,24 --size 960x540"
    done = atlas(tmp_path, *words.split(), root=project_root)
    assert (done.returncode, done.stdout, done.stderr) == (0, "out.png\n", "")
    image = QImage(str(tmp_path / "out.png"))
    assert (image.width(), image.height()) == (960, 540)
    assert image.text("Date") == "7 January 1979"


def test_a_date_alone_finds_its_panel(project_root: Path, tmp_path: Path) -> None:
    done = atlas(tmp_path, "export", "a.png", "--date", "1 May 1970", root=project_root)
    assert done.returncode == 0, done.stderr
    image = QImage(str(tmp_path / "a.png"))
    assert image.text("Date") == "1 May 1970"
    assert json.loads(image.text("Atlas-State"))["panel"] == "support-1970-75"


def test_a_picture_is_drawn_again_from_a_picture(project_root: Path, tmp_path: Path) -> None:
    words = "export old.png --panel deng --date 1979-02-20 --theme night --size 640x400 --dpi 144"
    assert atlas(tmp_path, *words.split(), root=project_root).returncode == 0
    words = "export again.png --from-file old.png"
    done = atlas(tmp_path, *words.split(), root=project_root)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "again.png").read_bytes() == (tmp_path / "old.png").read_bytes()
    (tmp_path / "old.png").write_bytes(b"no picture")
    refused = atlas(tmp_path, *words.split(), root=project_root)
    assert refused.returncode == 1
    assert "old.png: carries no view of this atlas" in refused.stderr


def test_a_pdf_page_and_an_svg(project_root: Path, tmp_path: Path) -> None:
    words = "export out.pdf --page a4 --panel origins"
    assert atlas(tmp_path, *words.split(), root=project_root).returncode == 0
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-")
    words = "export out.svg --date 1970-05-01 --layers none"
    assert atlas(tmp_path, *words.split(), root=project_root).returncode == 0
    root = ElementTree.fromstring((tmp_path / "out.svg").read_text(encoding="utf-8"))
    assert root.tag.endswith("svg")


def test_every_panel_becomes_a_picture_and_is_listed(project_root: Path, tmp_path: Path) -> None:
    words = "export --all-panels --out-dir pictures/new --size 320x240"
    done = atlas(tmp_path, *words.split(), root=project_root)
    assert (done.returncode, done.stderr) == (0, "")
    written = sorted((tmp_path / "pictures" / "new").iterdir())
    assert len(written) == PANELS
    assert done.stdout.split() == [str(path.relative_to(tmp_path)) for path in written]
    assert written[10].name == "10-deng.png"


def test_without_a_display_the_panels_are_written_instead(
    project_root: Path, tmp_path: Path
) -> None:
    done = atlas(tmp_path, "--panel", "deng", root=project_root)
    assert done.returncode == 0
    assert "no display was found" in done.stderr
    assert "written as pictures instead" in done.stderr
    written = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(written) == PANELS
    assert all(name in done.stdout for name in written)


def test_the_built_in_story_is_sound(project_root: Path, tmp_path: Path) -> None:
    done = atlas(tmp_path, "check", root=project_root)
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1
    assert done.stdout.startswith("ratanakiri_bases 48, ")
    assert done.stdout.endswith("panels 14, claims 87: no problems\n")


def test_a_bad_story_is_listed_line_by_line(project_root: Path, tmp_path: Path) -> None:
    (tmp_path / "panels").mkdir()
    (tmp_path / "story.toml").write_text('span = "long ago"\n')
    (tmp_path / "panels" / "1.md").write_text("no front matter")
    done = atlas(tmp_path, "check", tmp_path, root=project_root)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert any("no front matter" in line for line in lines)
    assert lines[-1].endswith(("problems", ": 1 problem"))
    assert "Traceback" not in done.stderr
    shown = atlas(tmp_path, "export", "a.png", "--story", tmp_path, root=project_root)
    assert shown.returncode == 1
    assert "no panel could be read" in shown.stderr
    assert "Traceback" not in shown.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("export out.png --panel dengg", "did you mean deng?"),
        ("export out.png --date 1900-01-01", "it is 1 January 1930 to 31 December 2026"),
        ("export out.png --date yesterday", "is not a date"),
        ("export out.png --bbox 0,0,10,10", "outside the mapped region"),
        ("export out.png --layers front", "did you mean fronts?"),
        ("export out.png --theme nite", "did you mean night?"),
        ("export out.png --size 20000x100", "--size"),
        ("export out.gif", "end the name in .png, .jpg, .webp, .tif, .pdf or .svg"),
        ("export missing/out.png", "there is no folder missing"),
        ("export . --panel deng", "end the name in"),
        ("export --all-panels --format bitmap", "choose one of png, jpg, webp, tif, pdf, svg"),
        ("export --all-panels --out-dir taken", "taken: cannot be made"),
        ("export out.png --story missing", "there is no story in missing"),
        ("info --story missing", "there is no story in missing"),
        ("check missing", "there is no such folder"),
    ],
)
def test_a_wrong_wish_is_one_clear_line(
    project_root: Path, tmp_path: Path, words: str, says: str
) -> None:
    (tmp_path / "taken").write_text("a file")
    done = atlas(tmp_path, *words.split(), root=project_root)
    assert done.returncode == 1
    assert says in done.stderr
    assert done.stderr.startswith("indochina-atlas: ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


@pytest.mark.parametrize("words", ["exprot out.png", "export", "--panle deng"])
def test_wrong_use_is_told_with_the_usage(project_root: Path, tmp_path: Path, words: str) -> None:
    done = atlas(tmp_path, *words.split(), root=project_root)
    assert done.returncode == 2
    assert "usage:" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_pack_is_told_with_its_remedy(
    project_root: Path, pack_path: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "atlas.pack"
    damaged.write_bytes(pack_path.read_bytes()[:1000])
    code = (
        "import sys, atlas.app.library as library\n"
        "from pathlib import Path\n"
        f"library.pack_path = lambda: Path({str(damaged)!r})\n"
        "from atlas.__main__ import main\n"
        "sys.exit(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "info"],
        cwd=project_root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "build it again with" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_leaves_early_is_no_error_to_shout_about(
    project_root: Path, tmp_path: Path
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "atlas", "info", "--json"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(project_root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    shouted = process.stderr.read()
    process.stderr.close()
    process.wait(60)
    assert "Traceback" not in shouted
    assert "Exception ignored" not in shouted
