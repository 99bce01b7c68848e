"""What a start does before its first map, and what comes after: counted, not timed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from atlas.app.library import Library
from atlas.app.session import HOME_VARIABLE
from atlas.ui.application import make_window
from atlas.ui.dock_room import LAYERS_PX, TEXT_PX, TIME_PX
from atlas.ui.window import MainWindow

AFTER_THE_MAP = (
    "atlas.ui.window_parts", "atlas.ui.panel_dock", "atlas.ui.identify", "atlas.ui.time_bar",
    "atlas.ui.layers_dock", "atlas.ui.menus", "atlas.app.player", "atlas.app.export"
)  # fmt: skip
NEVER = ("numpy", "shapely", "pyproj", "geopandas", "pandas", "pyogrio", "PIL")

START = """
import json, sys
from atlas.__main__ import open_window
from atlas.app import cli
from atlas.app.picture import MapPicture
from atlas.render import name_plan
from atlas.render.painter import MapPainter
counts = dict.fromkeys(("grounds", "politics", "paints", "plans"), 0)
def counted(kind, name, what):
    plain = getattr(kind, name)
    def counting(*words, **more):
        counts[what] += 1
        return plain(*words, **more)
    setattr(kind, name, counting)
counted(MapPainter, "ground_image", "grounds")
counted(MapPainter, "with_politics", "politics")
counted(MapPicture, "paint", "paints")
counted(name_plan, "plan", "plans")
code = cli.run(["--until", "first-map"], open_window)
json.dump({"counts": counts, "modules": sorted(sys.modules)}, sys.stdout)
sys.exit(code)
"""


Told = dict[str, dict[str, int]]


@pytest.fixture(scope="module")
def starts(
    project_root: Path, pack_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Told, Told]:
    """What is told of a first start, and of a second one."""
    home = str(tmp_path_factory.mktemp("home"))
    return told_of_start(project_root, home), told_of_start(project_root, home)


def told_of_start(root: Path, home: str) -> Told:
    done = subprocess.run(
        [sys.executable, "-c", START],
        cwd=root,
        env=os.environ | {HOME_VARIABLE: home},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: Told = json.loads(done.stdout)
    return told


@pytest.fixture
def start(starts: tuple[Told, Told]) -> Told:
    return starts[0]


def test_the_map_is_painted_once(start: Told) -> None:
    assert start["counts"] == {"grounds": 1, "politics": 1, "paints": 1, "plans": 1}


def test_names_of_a_view_that_was_left_are_not_planned_again(starts: tuple[Told, Told]) -> None:
    assert starts[1]["counts"] == {"grounds": 1, "politics": 1, "paints": 1, "plans": 0}


@pytest.mark.parametrize("module", [*AFTER_THE_MAP, *NEVER])
def test_the_first_map_does_not_wait_for(start: Told, module: str) -> None:
    assert module not in start["modules"]


@pytest.fixture
def window(library: Library, qtbot: QtBot) -> MainWindow:
    made, _, picture = make_window(library, None, synchronous=True)
    qtbot.addWidget(made, before_close_func=lambda _: (made.close_down(), picture.close()))
    return made


def test_the_room_kept_is_the_room_taken(window: MainWindow, qtbot: QtBot) -> None:
    window.arrange(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    for view, (wanted, _) in (
        (window.layers, LAYERS_PX), (window.panel_dock, TEXT_PX), (window.time_bar, TIME_PX),
    ):  # fmt: skip
        assert view.sizeHint() == QSize(*wanted)
    assert window.time_bar.minimumSizeHint() == QSize(*TIME_PX[1])


def test_the_map_stays_where_it_is_when_the_docks_are_filled(
    library: Library, qtbot: QtBot
) -> None:
    from atlas.ui import application

    window, _, picture = application._map_window(library, None, synchronous=True)
    qtbot.addWidget(window, before_close_func=lambda _: (window.close_down(), picture.close()))
    window.arrange(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    before = window.canvas.geometry()
    window.complete()
    QApplication.processEvents()
    qtbot.waitUntil(window.panel_dock.isVisible)
    assert window.canvas.geometry() == before
