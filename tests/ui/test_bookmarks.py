"""Bookmarks by keyboard alone: kept, listed, gone to, renamed, ordered, removed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QLineEdit, QListWidget, QWidget

from atlas.app.bookmarks import bookmarks_path
from atlas.core import actions
from atlas.core.link import link_to
from atlas.ui.bookmarks_dialog import BookmarksDialog
from tests.app.fake_library import STORY, day
from tests.records import replace
from tests.ui.dialogs import during
from tests.ui.whole_window import Atlas

# What the offscreen platform says of windows that pop up.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
KEY = Qt.Key


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(atlas: Atlas, key: Qt.Key) -> None:
    """Press a chord once the window has the keyboard, which a dialog may have had till now."""
    atlas.window.activateWindow()
    atlas.qtbot.waitUntil(atlas.window.canvas.hasFocus)
    atlas.press(key, CONTROL)


def keep(atlas: Atlas, name: str) -> None:
    def type_name(dialog: QDialog) -> None:
        QTest.keyClicks(dialog.findChild(QLineEdit), name)
        QTest.keyClick(dialog, KEY.Key_Return)

    during(QInputDialog, type_name)
    press(atlas, KEY.Key_D)


def rows_of(dialog: QDialog) -> QListWidget:
    return dialog.findChild(QListWidget, "bookmarks_list")


def listed(dialog: QDialog) -> list[str]:
    rows = rows_of(dialog)
    return [rows.item(i).text() for i in range(rows.count())]


def test_a_view_is_kept_and_gone_back_to_as_one_step(atlas: Atlas) -> None:
    atlas.store.do(actions.open_panel(STORY.panel("war")))
    atlas.store.do(actions.zoom(2))
    there = atlas.store.state
    keep(atlas, "the war")
    atlas.store.do(actions.open_panel(STORY.panel("bases")))
    before = atlas.store.state
    during(BookmarksDialog, lambda dialog: QTest.keyClick(rows_of(dialog), KEY.Key_Return))
    press(atlas, KEY.Key_B)
    assert link_to(atlas.store.state, STORY) == link_to(there, STORY)
    assert replace(atlas.store.state, camera=there.camera) == there
    atlas.store.undo()
    assert atlas.store.state == before
    assert bookmarks_path().is_file()


def test_the_name_offered_tells_panel_and_date(atlas: Atlas) -> None:
    offered = []
    during(QInputDialog, lambda dialog: offered.append(dialog.textValue()))
    press(atlas, KEY.Key_D)
    assert offered == ["A question, 21 June 1975"]
    assert not bookmarks_path().exists()


def test_a_long_name_is_shown_whole_with_all_its_dates(atlas: Atlas) -> None:
    atlas.store.do(actions.set_range(day(1978, 12, 25), day(1979, 1, 7), STORY))
    atlas.store.do(actions.set_other_day(day(1979, 3, 5), STORY))
    atlas.store.do(actions.compare("side", STORY))
    seen: list[tuple[str, bool]] = []

    def look(dialog: QDialog) -> None:
        field = dialog.findChild(QLineEdit)
        assert field is not None
        widest = field.fontMetrics().horizontalAdvance(field.text())
        seen.append((field.text(), widest < field.contentsRect().width()))

    during(QInputDialog, look)
    press(atlas, KEY.Key_D)
    assert seen == [("A question, 25 Dec 1978 – 7 Jan 1979 and 5 March 1979", True)]


def test_the_list_is_kept_in_order_by_keys(atlas: Atlas) -> None:
    for name in ("one", "two", "three"):
        keep(atlas, name)
    seen: list[list[str]] = []

    def tidy(dialog: QDialog) -> None:
        rows = rows_of(dialog)
        QTest.keyClick(rows, KEY.Key_Down, ALT)
        seen.append(listed(dialog))
        QTest.keyClick(rows, KEY.Key_F2)
        QTest.keyClicks(focused(), "uno")
        QTest.keyClick(focused(), KEY.Key_Return)
        atlas.qtbot.waitUntil(rows.hasFocus)
        seen.append(listed(dialog))
        QTest.keyClick(rows, KEY.Key_Up)
        QTest.keyClick(rows, KEY.Key_Delete)
        seen.append(listed(dialog))

    during(BookmarksDialog, tidy)
    press(atlas, KEY.Key_B)
    assert seen == [["two", "one", "three"], ["two", "uno", "three"], ["uno", "three"]]


def test_a_view_is_added_from_the_list(atlas: Atlas) -> None:
    seen: list[list[str]] = []

    def add(dialog: QDialog) -> None:
        during(QInputDialog, lambda asked: QTest.keyClick(asked, KEY.Key_Return))
        QTest.keyClick(dialog, KEY.Key_A, ALT)
        atlas.qtbot.waitUntil(lambda: bool(listed(dialog)))
        seen.append(listed(dialog))

    during(BookmarksDialog, add)
    press(atlas, KEY.Key_B)
    assert seen == [["A question, 21 June 1975"]]


def test_a_damaged_file_is_told(atlas: Atlas) -> None:
    bookmarks_path().parent.mkdir(parents=True, exist_ok=True)
    bookmarks_path().write_text("{")
    during(BookmarksDialog, lambda dialog: None)
    press(atlas, KEY.Key_B)
    assert "bookmarks.json.broken" in atlas.window.status.currentMessage()
