"""What a gesture may paint, counted over the real atlas: no clock is asked.

The window paints in the background, as it does for a reader. `BASE` is what is kept as pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from atlas.app.library import Library, open_library
from atlas.app.picture import MapPicture
from atlas.core import actions
from atlas.core.day import day_from_ymd
from atlas.core.resolve import resolve
from atlas.core.scene import Scene
from atlas.core.store import Store
from atlas.core.timescale import TimeScale
from atlas.render.name_plan import name_plan
from atlas.render.traced import Account, PaintTrace
from atlas.render.zones import zones_key
from atlas.ui.application import close_window, make_window
from atlas.ui.window import MainWindow
from tests.records import replace
from tests.ui.conftest import LEFT, Mouse

FIRST_DAY, LAST_DAY = day_from_ymd(1978, 12, 20), day_from_ymd(1979, 3, 20)
GROUND = {"depths", "land", "relief", "edge of the region"}
COUNTRIES = {"countries", "rivers and lakes", "coast", "borders", "graticule"}
MOST_CALLS, MOST_VERTICES = 170, 300
"""Of a frame of the scrub, all but the kept pictures: 114 and 39 when this was written."""
MOST_AT_ONCE = 10_000
"""Vertices of one draw call: Qt keeps Python's lock while it draws.

The largest is a country's finest shape (9398), filled without smoothing in a millisecond.
"""
BASE = GROUND | COUNTRIES | {"provinces", "zones"}


@pytest.fixture(scope="module")
def whole_library(pack_path: Path) -> Library:
    return open_library(pack_file=pack_path)


class Counted:
    """The window at the campaign's first day, sharp, with every painter keeping account."""

    def __init__(self, qtbot: QtBot, library: Library) -> None:
        made = make_window(library, None)
        self.window: MainWindow = made[0]
        self.store: Store = made[1]
        self.picture: MapPicture = made[2]
        self.story = library.atlas.story
        self.canvas = self.window.canvas
        self.canvas.flight_ms = 0
        self.window.arrange(1280, 800)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.qtbot = qtbot
        self.store.do(actions.open_panel(self.story.panel("deng")))
        self.store.do(actions.set_day(FIRST_DAY, self.story))
        self.rest()
        self.begin()

    def begin(self) -> None:
        """Count from here on."""
        self.trace = PaintTrace()
        self.canvas.paint_with(self.trace.painter)
        self.plans = name_plan.cache_info().misses
        QApplication.processEvents()

    def rest(self) -> None:
        """Let all be painted that is wanted, and then once more."""
        QApplication.processEvents()
        assert self.picture.wait_idle()
        self.canvas.update()
        QApplication.processEvents()
        assert self.picture.is_sharp

    def painted(self, names: Iterable[str]) -> dict[str, int]:
        """Return how often each of these parts was painted, those never painted left out."""
        rows = self.trace.parts
        return {name: rows[name].painted for name in names if name in rows}

    def in_window(self, names: Iterable[str]) -> dict[str, int]:
        """Return how often these parts were painted on the window's own thread."""
        rows = {name: row for name, row in self.trace.parts.items() if name in names}
        counts = {name: row.painted - row.beside for name, row in rows.items()}
        return {name: count for name, count in counts.items() if count}

    @property
    def largest_call(self) -> int:
        """The vertices of the largest draw call so far, on any thread."""
        return max(row.most for row in self.trace.parts.values())

    @property
    def plans_made(self) -> int:
        return name_plan.cache_info().misses - self.plans


@pytest.fixture
def counted(qtbot: QtBot, whole_library: Library) -> Iterator[Counted]:
    made = Counted(qtbot, whole_library)
    yield made
    made.window.close()
    close_window(made.window, made.picture)
    made.window.deleteLater()


def scrubbed(counted: Counted) -> list[Account]:
    """Drag the slider over the campaign's days by mouse; return the account of each frame."""
    track = counted.window.time_bar.track
    margin = track.scale.left_px
    track.show_window(TimeScale(FIRST_DAY, LAST_DAY + 1, margin, track.width() - 2 * margin))
    mouse, y_px, frames = Mouse(track, counted.qtbot), track.height() * 0.45, []
    mouse.press(track.scale.to_px(FIRST_DAY + 0.5), y_px)
    for day in range(FIRST_DAY + 1, LAST_DAY + 1):
        mouse.move(track.scale.to_px(day + 0.5), y_px, LEFT)
        QApplication.processEvents()
        frames.append(counted.trace.frame)
    assert counted.store.state.day == LAST_DAY
    mouse.release(track.scale.to_px(LAST_DAY + 0.5), y_px)
    return frames


def changes(counted: Counted, what: Callable[[Scene], object]) -> int:
    """Return on how many of the campaign's days something differs from the day before."""
    atlas, state = counted.window.library.atlas, counted.store.state
    days = range(FIRST_DAY, LAST_DAY + 1)
    seen = [what(resolve(replace(state, day=day), atlas)) for day in days]
    return sum(one != other for one, other in pairwise(seen))


def test_a_scrub_paints_no_ground_and_plans_no_names(counted: Counted) -> None:
    before = counted.trace.frames
    scrubbed(counted)
    assert counted.trace.frames - before == LAST_DAY - FIRST_DAY, "one frame a day"
    assert counted.painted(GROUND) == {}
    assert counted.plans_made == 0


def test_a_scrub_paints_countries_and_zones_only_as_they_change(counted: Counted) -> None:
    borders = changes(counted, lambda scene: scene.political)
    zones = changes(counted, zones_key)
    scrubbed(counted)
    assert 0 < borders < 4
    assert counted.painted(COUNTRIES) == dict.fromkeys(COUNTRIES, borders)
    assert 0 < counted.painted(["zones"])["zones"] <= zones + borders


def test_a_day_of_a_scrub_takes_few_draw_calls(counted: Counted) -> None:
    frames = scrubbed(counted)
    assert max(frame.calls for frame in frames) <= MOST_CALLS
    assert max(frame.vertices for frame in frames) <= MOST_VERTICES
    assert counted.largest_call <= MOST_AT_ONCE


def test_a_drag_of_the_map_leaves_the_base_to_the_background(counted: Counted) -> None:
    mouse = Mouse(counted.canvas, counted.qtbot)
    mouse.press(400, 300)
    for step in range(1, 21):
        mouse.move(400 + 5 * step, 300, LEFT)
        QApplication.processEvents()
    mouse.release(500, 300)
    assert counted.trace.frames >= 20
    counted.rest()
    assert counted.in_window(GROUND | COUNTRIES) == {}
    assert counted.painted(["land"])["land"] >= 1
    assert counted.plans_made <= counted.painted(["land"])["land"] + 1
    assert counted.largest_call <= MOST_AT_ONCE


def test_a_map_at_rest_is_painted_once_and_no_more(counted: Counted) -> None:
    mouse = Mouse(counted.canvas, counted.qtbot)
    # Seen as one move: nothing is painted between.
    mouse.drag((400, 300), (500, 340), steps=12)
    counted.rest()
    assert counted.painted(GROUND) == dict.fromkeys(GROUND, 1)
    assert counted.painted(COUNTRIES) == dict.fromkeys(COUNTRIES, 1)
    counted.begin()
    frames = counted.trace.frames
    counted.rest()
    assert counted.trace.frames == frames + 1, "the one that was asked for"
    assert counted.painted(BASE) == {}


def test_zooming_leaves_the_base_to_the_background(counted: Counted) -> None:
    mouse = Mouse(counted.canvas, counted.qtbot)
    for _ in range(12):
        mouse.wheel(400, 300, 20)
        QApplication.processEvents()
    counted.rest()
    assert counted.in_window(GROUND | COUNTRIES) == {}
    assert counted.plans_made <= counted.painted(["land"])["land"] + 1
    assert counted.largest_call <= MOST_AT_ONCE


def test_another_panel_paints_one_ground(counted: Counted) -> None:
    counted.qtbot.keyClick(counted.window, Qt.Key.Key_PageDown)
    assert counted.store.state.panel != "deng"
    counted.rest()
    assert counted.painted(GROUND) == dict.fromkeys(GROUND, 1)
    assert counted.in_window(GROUND) == {}
    assert counted.plans_made <= 2
