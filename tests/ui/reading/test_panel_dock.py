"""The reading beside the map: the text stays while only dates move."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QPushButton,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from atlas.core import actions
from atlas.core.day import day_from_ymd
from atlas.core.store import Change, Store
from atlas.ui.panel_dock import TEXT_PX, PanelDock
from atlas.ui.panel_view import PanelView
from tests.ui.reading.reader import (
    note,
    story,
    texts,
)

# What the offscreen platform says of windows that pop up.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LEFT = Qt.MouseButton.LeftButton


def test_the_header_counts_and_names_the_panel(dock: PanelDock, store: Store) -> None:
    assert texts(dock) == ("1 of 3", "A question")
    store.do(actions.open_panel(story().panel("war")))
    assert texts(dock) == ("3 of 3", "The war")


def test_the_text_is_shown_as_it_stands(view: PanelView) -> None:
    text = view.toPlainText()
    assert "with <b>tags</b> and a picture" in text
    assert "Claims checked: 1 disputed" in text
    assert {p.link.href for p in view.placed} == {
        "date:1979-01-07", "place:phnom-penh", "feature:fall-of-phnom-penh", "claim:c1",
        "https://example.org/page", "feature:office-100",
    }  # fmt: skip


def test_contents_fold_out_and_open_a_panel(
    dock: PanelDock, store: Store, changes: list[Change], qtbot: QtBot
) -> None:
    contents = dock.findChild(QListWidget, "contents_list")
    assert not contents.isVisible()
    qtbot.mouseClick(dock.findChild(QToolButton, "contents_button"), LEFT)
    assert contents.isVisible()
    row = contents.visualItemRect(contents.item(2)).center()
    qtbot.mouseClick(contents.viewport(), LEFT, pos=row)
    assert store.state.panel == "war"
    assert len(changes) == 1
    assert {"panel", "day", "camera", "layers"} >= changes[0].fields
    assert not contents.isVisible()
    assert [contents.item(i).font().bold() for i in range(3)] == [False, False, True]


@pytest.mark.parametrize("height", [300, 420, 640])
def test_contents_lie_over_the_text_and_inside_the_dock(
    dock: PanelDock, view: PanelView, qtbot: QtBot, height: int
) -> None:
    dock.resize(300, height)
    before = view.geometry()
    qtbot.mouseClick(dock.findChild(QToolButton, "contents_button"), LEFT)
    contents = dock.findChild(QListWidget, "contents_list")
    assert view.geometry() == before
    assert dock.rect().contains(contents.geometry())
    assert dock.childAt(contents.geometry().center()) is contents.viewport()
    button = dock.findChild(QToolButton, "contents_button")
    assert contents.y() > button.mapTo(dock, button.rect().bottomLeft()).y()
    qtbot.keyClick(contents, Qt.Key.Key_Escape)
    assert contents.isHidden()
    assert button.hasFocus()


def test_the_first_panel_alone_tells_what_links_look_like(view: PanelView, store: Store) -> None:
    assert "Links lead to: marks" in view.toPlainText().replace("\u00a0", " ")
    store.do(actions.open_panel(story().panel("bases")))
    assert "Links lead to" not in view.toPlainText().replace("\u00a0", " ")


def test_contents_are_walked_by_keys(dock: PanelDock, store: Store, qtbot: QtBot) -> None:
    qtbot.mouseClick(dock.findChild(QToolButton, "contents_button"), LEFT)
    contents = dock.findChild(QListWidget, "contents_list")
    qtbot.keyClick(contents, Qt.Key.Key_Down)
    qtbot.keyClick(contents, Qt.Key.Key_Return)
    assert store.state.panel == "bases"


def test_back_and_forward(dock: PanelDock, store: Store, qtbot: QtBot) -> None:
    back = dock.findChild(QPushButton, "previous_panel")
    forward = dock.findChild(QPushButton, "next_panel")
    assert back.isHidden()
    qtbot.mouseClick(forward, LEFT)
    qtbot.mouseClick(forward, LEFT)
    assert store.state.panel == "war"
    assert forward.isHidden()
    assert "Bases" in back.text()
    qtbot.mouseClick(back, LEFT)
    assert store.state.panel == "bases"


def test_the_panel_of_the_date_is_marked_in_the_contents(dock: PanelDock, store: Store) -> None:
    contents = dock.findChild(QListWidget, "contents_list")
    store.do(actions.open_panel(story().panel("bases")))
    store.do(actions.set_day(day_from_ymd(1980, 1, 1), story()))
    said = [contents.item(i).data(Qt.ItemDataRole.AccessibleTextRole) for i in range(3)]
    assert said[1].startswith("Bases in the forest, open")
    assert said[2].startswith("The war, holds the date shown")
    assert "open" not in said[0] + said[2]


@pytest.mark.parametrize("scrolled_px", [0, 300])
def test_a_date_elsewhere_is_noted_and_the_lines_stay_where_they_are(
    dock: PanelDock, view: PanelView, store: Store, scrolled_px: int
) -> None:
    view.verticalScrollBar().setValue(scrolled_px)
    document = view.document()
    line = view.cursorForPosition(QPoint(30, 200))

    def line_y() -> int:
        return view.viewport().mapToGlobal(view.cursorRect(line).topLeft()).y()

    before = line_y()
    assert note(dock).isHidden()
    for year in range(1976, 1991):
        store.do(actions.set_day(day_from_ymd(year, 1, 1), story()), "time_track", "drag-1")
        assert line_y() == before
    assert view.document() is document
    assert not note(dock).isHidden()
    assert "1 January 1990" in note(dock).text()
    assert "The war" in note(dock).text()
    store.do(actions.set_day(story().panel("intro").day, story()), "time_track", "drag-1")
    assert note(dock).isHidden()
    assert line_y() == before


def test_the_note_turns_to_the_panel_and_leaves_date_and_view(
    dock: PanelDock, store: Store, changes: list[Change]
) -> None:
    store.do(actions.pan(200, 100))
    store.do(actions.set_day(day_from_ymd(1990, 1, 1), story()))
    before = store.state
    changes.clear()
    note(dock).linkActivated.emit("turn")
    assert store.state.panel == "war"
    assert (store.state.day, store.state.camera) == (before.day, before.camera)
    assert len(changes) == 1
    assert note(dock).isHidden()


def test_the_size_of_the_text_is_changed_by_keys_and_wheel(
    dock: PanelDock, view: PanelView, qtbot: QtBot
) -> None:
    view.setFocus()
    dock.activateWindow()
    before = view.document().size().height()
    with qtbot.wait_signal(dock.text_px_changed):
        qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert dock.text_px == TEXT_PX + 1
    assert view.document().size().height() > before
    qtbot.keyClick(view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert dock.text_px == TEXT_PX - 1
    at = QPointF(100, 100)
    event = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)
    assert dock.text_px == TEXT_PX
    for _ in range(40):
        qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert dock.text_px == 30
    qtbot.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert dock.text_px == TEXT_PX


def test_the_reader_keeps_the_place_when_the_size_changes(dock: PanelDock, view: PanelView) -> None:
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = view.cursorForPosition(QPoint(0, 2)).position()
    dock.set_text_px(22)
    assert view.cursorForPosition(QPoint(0, 2)).position() == pytest.approx(before, abs=60)


def test_another_theme_is_put_on(dock: PanelDock, store: Store) -> None:
    before = dock.grab().toImage()
    store.do(actions.set_theme("night"))
    assert dock.grab().toImage() != before
    assert texts(dock)[1] == "A question"
