"""`indochina-atlas data` as a person meets it: a process of its own, in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from geodata.exporters.read_geopackage import read_geopackage
from geodata.exporters.reading import read_csv, read_geojson, read_linked_places


@pytest.fixture(scope="module", autouse=True)
def _built(pack_path: Path) -> None:
    assert pack_path.exists()


def data(root: Path, folder: Path, words: str) -> subprocess.CompletedProcess[str]:
    dropped = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {key: value for key, value in os.environ.items() if key not in dropped}
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "atlas", "data", *words.split()],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(root), "INDOCHINA_ATLAS_HOME": str(folder)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_every_format_is_written_and_holds_the_same_features(
    project_root: Path, tmp_path: Path
) -> None:
    day = "--date 1979-01-07 --visible"
    for name, more in (
        ("a.geojson", ""),
        ("a.json", "--format linked-places"),
        ("a.gpkg", ""),
        ("a.csv", ""),
        ("a.kml", ""),
    ):
        done = data(project_root, tmp_path, f"{name} {day} {more}")
        assert (done.returncode, done.stdout, done.stderr) == (0, f"{name}\n", "")
    plain = read_geojson(tmp_path / "a.geojson")
    assert len(plain) > 20
    assert read_linked_places(tmp_path / "a.json") == plain
    assert read_csv(tmp_path / "a.csv") == plain
    assert {record.id for record in read_geopackage(tmp_path / "a.gpkg")} == {
        record.id for record in plain
    }
    root = ElementTree.fromstring((tmp_path / "a.kml").read_bytes())
    names = {element.text for element in root.iter("{http://www.opengis.net/kml/2.2}name")}
    assert {record.name for record in plain} <= names
    assert len(list(tmp_path.iterdir())) == 5


def test_no_qt_is_loaded(project_root: Path, tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from atlas.__main__ import main\n"
        "sys.argv = ['indochina-atlas', 'data', 'a.csv']\n"
        "assert main() == 0\n"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(project_root)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("a.csv --layers front", "did you mean fronts?"),
        ("a.csv --panel dengg", "did you mean deng?"),
        ("a.xlsx", "its ending names no format"),
        ("missing/a.csv", "there is no folder missing"),
        ("a.csv --story missing", "there is no story in missing"),
    ],
)
def test_a_wrong_wish_is_one_clear_line(
    project_root: Path, tmp_path: Path, words: str, says: str
) -> None:
    done = data(project_root, tmp_path, words)
    assert (done.returncode, done.stdout) == (1, "")
    assert says in done.stderr
    assert done.stderr.startswith("indochina-atlas: ")
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_wrong_use_is_told_with_the_usage(project_root: Path, tmp_path: Path) -> None:
    done = data(project_root, tmp_path, "a.csv --date 1979")
    assert done.returncode == 2
    assert "--date goes with --visible" in done.stderr
