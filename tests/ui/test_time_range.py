"""A stretch of time by mouse, keys and typing, and what the window makes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTextBrowser, QWidget

from atlas.core import actions
from atlas.ui.time_layout import AXIS_PX
from tests.app.fake_library import STORY, day
from tests.ui.conftest import LEFT
from tests.ui.whole_window import Atlas

AXIS_Y = round(sum(AXIS_PX) / 2)
FIRST, LAST = day(1978, 12, 25), day(1979, 1, 7)
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def near(atlas: Atlas) -> Atlas:
    """The window with its track close about the fall of Phnom Penh."""
    atlas.store.do(actions.open_panel(STORY.panel("war")))
    track = atlas.window.time_bar.track
    track.show_window(replace(track.scale, start_day=LAST - 60, end_day=LAST + 60))
    return atlas


def at(atlas: Atlas, on: int) -> QPoint:
    return QPoint(round(atlas.window.time_bar.track.scale.to_px(on + 0.5)), AXIS_Y)


def drag(atlas: Atlas, start: int, end: int, keys: Qt.KeyboardModifier = PLAIN) -> None:
    track = atlas.window.time_bar.track
    QTest.mousePress(track, LEFT, keys, at(atlas, start))
    for share in (0.3, 0.7, 1.0):
        QTest.mouseMove(track, at(atlas, round(start + (end - start) * share)))
    QTest.mouseRelease(track, LEFT, keys, at(atlas, end))


def shown(atlas: Atlas) -> tuple[int, int]:
    return atlas.store.state.first_day, atlas.store.state.day


def test_shift_and_drag_draw_a_stretch_and_one_undo_takes_it_back(near: Atlas) -> None:
    drag(near, FIRST, LAST, SHIFT)
    assert shown(near) == (FIRST, LAST)
    assert near.part(QLineEdit, "date_edit").text() == "25 Dec 1978 – 7 Jan 1979"
    assert near.window.canvas.scene.date_text == "25 Dec 1978 – 7 Jan 1979"
    assert "25 Dec 1978 – 7 Jan 1979" in near.window.time_bar.track.accessibleDescription()
    assert near.store.undo()
    assert shown(near) == (LAST, LAST)


def test_shift_and_click_reach_from_the_date_to_there(near: Atlas) -> None:
    track = near.window.time_bar.track
    QTest.mouseClick(track, LEFT, SHIFT, at(near, FIRST))
    assert shown(near) == (FIRST, LAST)
    QTest.mouseClick(track, LEFT, SHIFT, at(near, LAST + 20))
    assert shown(near) == (FIRST, LAST + 20)


def test_its_handles_and_its_middle_are_dragged(near: Atlas) -> None:
    near.store.do(actions.set_range(FIRST, LAST, STORY))
    drag(near, FIRST, FIRST - 10)
    assert shown(near) == (FIRST - 10, LAST)
    drag(near, LAST, LAST + 10)
    assert shown(near) == (FIRST - 10, LAST + 10)
    drag(near, FIRST + 5, FIRST + 8)
    assert shown(near) == (FIRST - 7, LAST + 13)
    drag(near, FIRST - 7, LAST + 30)
    assert shown(near) == (LAST + 13, LAST + 13), "the first day stops at the last"


def test_a_click_inside_leaves_the_stretch_a_click_outside_takes_it_along(near: Atlas) -> None:
    near.store.do(actions.set_range(FIRST, LAST, STORY))
    track = near.window.time_bar.track
    QTest.mouseClick(track, LEFT, PLAIN, at(near, FIRST + 6))
    assert shown(near) == (FIRST, LAST)
    QTest.mouseClick(track, LEFT, PLAIN, at(near, LAST + 40))
    assert shown(near) == (FIRST + 40, LAST + 40)


@pytest.mark.parametrize(
    ("key", "keys", "first", "last"),
    [
        (Qt.Key.Key_Left, ALT, FIRST - 1, LAST),
        (Qt.Key.Key_Right, ALT, FIRST + 1, LAST),
        (Qt.Key.Key_Left, ALT | SHIFT, FIRST, LAST - 1),
        (Qt.Key.Key_Right, ALT | SHIFT, FIRST, LAST + 1),
        (Qt.Key.Key_Right, PLAIN, FIRST + 1, LAST + 1),
        (Qt.Key.Key_R, PLAIN, LAST, LAST),
    ],
)
@pytest.mark.parametrize("focus", ["map_canvas", "time_track"])
def test_keys_move_its_ends_and_end_it(
    near: Atlas, focus: str, key: Qt.Key, keys: Qt.KeyboardModifier, first: int, last: int
) -> None:
    near.store.do(actions.set_range(FIRST, LAST, STORY))
    near.part(QWidget, focus).setFocus()
    near.press(key, keys)
    assert shown(near) == (first, last)


@pytest.mark.parametrize("typed", ["25 Dec 1978 - 7 Jan 1979", "1978-12-25/1979-01-07"])
def test_a_stretch_is_typed(atlas: Atlas, typed: str) -> None:
    atlas.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    field = atlas.part(QLineEdit, "date_edit")
    atlas.qtbot.waitUntil(field.hasFocus)
    atlas.qtbot.keyClicks(field, typed)
    atlas.press(Qt.Key.Key_Return)
    assert shown(atlas) == (FIRST, LAST)
    assert field.text() == "25 Dec 1978 – 7 Jan 1979"
    assert atlas.panel == "war"


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (FIRST, LAST + 9, "In the time shown, 25 Dec 1978 – 16 Jan 1979."),
        (LAST + 1, LAST + 9, "Past: it ended 1 day before 8 January 1979."),
        (FIRST, LAST - 2, "Still to come: it begins 2 days after 5 January 1979."),
    ],
)
def test_the_card_speaks_of_the_stretch(atlas: Atlas, first: int, last: int, says: str) -> None:
    atlas.store.do(actions.set_range(first, last, STORY))
    atlas.store.do(actions.select("fall-of-phnom-penh"))
    told = atlas.part(QTextBrowser, "card_text")
    assert isinstance(told, QTextBrowser)
    assert says in told.toPlainText()


def test_the_stretch_is_painted(near: Atlas) -> None:
    track = near.window.time_bar.track
    bare, map_of_day = track.grab().toImage(), near.window.canvas.grab().toImage()
    near.store.do(actions.set_range(FIRST, LAST, STORY))
    assert track.grab().toImage() != bare
    assert near.window.canvas.grab().toImage() != map_of_day
