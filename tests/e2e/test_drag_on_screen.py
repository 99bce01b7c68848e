"""The started atlas on a real X screen, its time track dragged by a real pointer."""

from __future__ import annotations

import json
import os
import selectors
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from atlas.app.library import open_library
from atlas.core.day import day_from_ymd
from atlas.core.timescale import TimeScale
from atlas.core.words import day_in_words
from atlas.ui.time_layout import AXIS_PX
from tests.ui.agreement import Reading

PROGRAMS = ("Xvfb", "xdotool")
MISSING = [program for program in PROGRAMS if shutil.which(program) is None]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]
FIRST_DAY, LAST_DAY = day_from_ymd(1978, 12, 20), day_from_ymd(1979, 3, 20)
MIDDLE_DAY = day_from_ymd(1979, 2, 3)
PATIENCE_S = 30.0
WHEEL_UP = "4"


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of its own, with a number nobody else has."""
    read_end, write_end = os.pipe()
    command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x800x24"]
    server = subprocess.Popen(command, pass_fds=[write_end], stderr=subprocess.DEVNULL)
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


class Screen:
    """The running atlas: what it tells, and a hand at its mouse."""

    def __init__(self, display: str, root: Path, home: Path) -> None:
        self._environment = os.environ | {
            "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "INDOCHINA_ATLAS_HOME": str(home),
        }  # fmt: skip
        command = [sys.executable, "-m", "tests.e2e.watched_atlas", "--date", "1979-02-03"]
        self._atlas = subprocess.Popen(
            command, cwd=root, env=self._environment, stdout=subprocess.PIPE, bufsize=0
        )
        self._rest = self._last = b""

    def hand(self, *words: object) -> None:
        """Do something with the pointer."""
        command = ["xdotool", *(str(word) for word in words)]
        subprocess.run(command, env=self._environment, check=True)

    def until(self, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait until the atlas tells something of which that holds."""
        while True:
            told: dict[str, Any] = json.loads(self._line())
            if holds(told):
                return told

    def _line(self) -> bytes:
        pipe = self._atlas.stdout
        assert pipe is not None
        with selectors.DefaultSelector() as waiting:
            waiting.register(pipe, selectors.EVENT_READ)
            while b"\n" not in self._rest:
                if not waiting.select(PATIENCE_S):
                    pytest.fail(f"the atlas told nothing more, last {self._last}")
                more = os.read(pipe.fileno(), 65536)
                if not more:
                    pytest.fail("the atlas ended")
                self._rest += more
        self._last, _, self._rest = self._rest.partition(b"\n")
        return self._last

    def close(self) -> None:
        self._atlas.terminate()
        self._atlas.wait()
        assert self._atlas.stdout is not None
        self._atlas.stdout.close()


@pytest.fixture
def screen(
    display: str, project_root: Path, pack_path: Path, tmp_path: Path
) -> Iterator[Screen]:  # fmt: skip
    made = Screen(display, project_root, tmp_path)
    yield made
    made.close()


def place(told: dict[str, Any], day: int) -> tuple[int, int]:
    """Return the pixel of the screen where a day stands on the track's axis."""
    x_px = TimeScale(**told["scale"]).to_px(day + 0.5)
    return round(x_px), round(told["top_px"] + sum(AXIS_PX) / 2)


def length_days(told: dict[str, Any]) -> float:
    return float(told["scale"]["end_day"] - told["scale"]["start_day"])


def test_the_pointer_drags_through_every_day(screen: Screen) -> None:
    story = open_library().atlas.story
    told = screen.until(lambda told: told["reading"]["painted_day"] == MIDDLE_DAY)
    while (length := length_days(told)) > 300:
        screen.hand("mousemove", *place(told, MIDDLE_DAY), "click", WHEEL_UP)
        told = screen.until(lambda told, most=length: length_days(told) < most)
    screen.hand("mousemove", *place(told, FIRST_DAY), "mousedown", 1)
    for day in range(FIRST_DAY, LAST_DAY + 1):
        screen.hand("mousemove", *place(told, day))
        words = day_in_words(day)
        told = screen.until(lambda told, words=words: told["reading"]["field"] == words)
        assert Reading(**told["reading"]).disagreements(day, story) == []
    screen.hand("mousemove", *place(told, LAST_DAY), "mouseup", 1, "mousemove", 5, 5)
    assert set(range(FIRST_DAY, LAST_DAY + 1)) <= set(told["painted_days"])


def test_a_hasty_pointer_ends_on_the_track_s_date(screen: Screen) -> None:
    story = open_library().atlas.story
    told = screen.until(lambda told: told["reading"]["painted_day"] == MIDDLE_DAY)
    y_px = place(told, MIDDLE_DAY)[1]
    strokes = [word for x in range(200, 900, 7) for word in ("mousemove", x, y_px)]
    screen.hand("mousemove", 200, y_px, "mousedown", 1, *strokes, "mousemove", 611, y_px)
    day = int(TimeScale(**told["scale"]).to_day(611))
    told = screen.until(lambda told: told["reading"]["field"] == day_in_words(day))
    screen.hand("mouseup", 1)
    assert Reading(**told["reading"]).disagreements(day, story) == []
