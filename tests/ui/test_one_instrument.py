"""Field, track, map and contents tell one date, on every day of a drag over the real atlas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from atlas.app.library import Library, open_library
from atlas.app.picture import MapPicture
from atlas.core.day import day_from_ymd
from atlas.core.store import Store
from atlas.core.words import day_in_words
from atlas.ui.application import close_window, make_window
from atlas.ui.time_layout import AXIS_PX
from atlas.ui.window import MainWindow
from tests.ui.agreement import Watcher, part
from tests.ui.conftest import LEFT, Mouse

FIRST_DAY, LAST_DAY = day_from_ymd(1978, 12, 20), day_from_ymd(1979, 3, 20)
AXIS_Y = sum(AXIS_PX) / 2


@pytest.fixture(scope="module")
def whole_library(pack_path: Path) -> Library:
    return open_library()


class Opened:
    """The window on the real atlas, painting in the background as it does for a reader."""

    def __init__(self, qtbot: QtBot, library: Library) -> None:
        self.qtbot = qtbot
        made = make_window(library, None)
        self.window: MainWindow = made[0]
        self.store: Store = made[1]
        self.picture: MapPicture = made[2]
        self.window.arrange(1280, 800)
        self.watcher = Watcher(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.track = self.window.time_bar.track
        self.mouse = Mouse(self.track, qtbot)

    def type_date(self, text: str) -> None:
        field = part(self.window, QLineEdit, "date_edit")
        self.qtbot.keyClick(self.window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.waitUntil(field.hasFocus)
        self.qtbot.keyClicks(field, text)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)

    def x_px(self, day: int) -> float:
        return self.track.scale.to_px(day + 0.5)

    def until_idle(self) -> None:
        """Wait until nothing is left to paint."""
        before = len(self.watcher.painted_days)
        self.window.canvas.update()
        self.qtbot.waitUntil(lambda: len(self.watcher.painted_days) > before)
        assert self.picture.wait_idle()
        QApplication.processEvents()


@pytest.fixture
def opened(qtbot: QtBot, whole_library: Library) -> Iterator[Opened]:
    made = Opened(qtbot, whole_library)
    yield made
    made.window.close()
    close_window(made.window, made.picture)
    made.window.deleteLater()


def test_a_drag_reaches_every_day_and_all_parts_agree(opened: Opened) -> None:
    opened.type_date("3 February 1979")
    while opened.track.scale.end_day - opened.track.scale.start_day > 300:
        opened.mouse.wheel(opened.x_px(day_from_ymd(1979, 2, 3)), AXIS_Y, 120)
    story = opened.window.library.atlas.story
    opened.mouse.press(opened.x_px(FIRST_DAY), AXIS_Y)
    reached = []
    for day in range(FIRST_DAY, LAST_DAY + 1):
        opened.mouse.move(opened.x_px(day), AXIS_Y, LEFT)
        opened.until_idle()
        assert opened.watcher.read().disagreements(day, story) == []
        reached.append(opened.watcher.painted_days[-1])
    opened.mouse.release(opened.x_px(LAST_DAY), AXIS_Y)
    assert reached == list(range(FIRST_DAY, LAST_DAY + 1))
    opened.until_idle()
    assert opened.watcher.read().disagreements(LAST_DAY, story) == []
    assert story.panel(opened.store.state.panel).span.presence(LAST_DAY)
    assert opened.store.undo()
    assert opened.store.state.day == day_from_ymd(1979, 2, 3)


def test_a_hasty_drag_ends_on_the_track_s_date(opened: Opened) -> None:
    """Moves faster than anything is painted: what stands at the end is the last of them."""
    opened.type_date("3 February 1979")
    opened.until_idle()
    opened.mouse.drag((300, AXIS_Y), (700, AXIS_Y), steps=150)
    opened.mouse.drag((700, AXIS_Y), (433, AXIS_Y), steps=90)
    opened.until_idle()
    state, library = opened.store.state, opened.window.library
    assert int(opened.track.scale.to_day(433)) == state.day
    assert opened.watcher.read().disagreements(state.day, library.atlas.story) == []
    hasty = opened.window.canvas.grab().toImage()
    opened.type_date("7 January 1979")
    opened.until_idle()
    assert opened.window.canvas.grab().toImage() != hasty
    opened.type_date(day_in_words(state.day))
    opened.until_idle()
    assert opened.window.canvas.grab().toImage() == hasty
