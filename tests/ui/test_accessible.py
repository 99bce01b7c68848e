"""The whole window and every dialog by keyboard alone, and as a screen reader is told of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget

from atlas.core import actions
from atlas.core.day import day_from_ymd
from atlas.ui.commands import COMMANDS, MENUS
from tests.app.fake_library import STORY
from tests.ui.accessibility import controls, faults
from tests.ui.whole_window import Atlas

DIALOGS = tuple(c.id for c in COMMANDS if c.text.endswith("…") or c.menu == "Help")


def test_every_part_of_the_window_can_be_used_without_a_mouse(atlas: Atlas) -> None:
    atlas.store.do(actions.open_panel(STORY.panel("war")))
    found = faults(atlas.window, atlas.window.canvas)
    assert not found, "\n".join(found)


def test_the_card_can_be_used_without_a_mouse(atlas: Atlas) -> None:
    atlas.store.do(actions.open_panel(STORY.panel("war")))
    atlas.store.do(actions.select("fall-of-phnom-penh"))
    assert atlas.window.card.isVisible()
    found = faults(atlas.window, atlas.window.canvas)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("command", DIALOGS)
def test_every_dialog_can_be_used_without_a_mouse(atlas: Atlas, command: str) -> None:
    found: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            return
        try:
            if isinstance(dialog, QFileDialog):
                return  # the system's own, where it has one
            atlas.qtbot.waitUntil(dialog.isActiveWindow)
            found.extend(faults(dialog, dialog.focusWidget() or next(controls(dialog))))
        finally:
            dialog.reject()

    QTimer.singleShot(0, look)
    atlas.action(f"{command}_action").trigger()
    QApplication.processEvents()
    assert not found, "\n".join(found)


def test_a_screen_reader_reads_and_sets_the_date(atlas: Atlas) -> None:
    atlas.store.do(actions.open_panel(STORY.panel("war")))
    told = QAccessible.queryAccessibleInterface(atlas.window.time_bar.track)
    assert told.role() == QAccessible.Role.Slider
    assert told.text(QAccessible.Text.Value) == "7 January 1979"
    value = told.valueInterface()
    assert (value.minimumValue(), value.maximumValue()) == (STORY.first_day, STORY.last_day)
    value.setCurrentValue(value.currentValue() + value.minimumStepSize())
    assert atlas.store.state.day == day_from_ymd(1979, 1, 8)
    assert told.text(QAccessible.Text.Value) == "8 January 1979"


@pytest.mark.parametrize("focus", ["map_canvas", "time_track"])
def test_a_date_goes_on_changing_while_a_screen_reader_listens(atlas: Atlas, focus: str) -> None:
    QAccessible.setActive(True)
    try:
        atlas.part(QWidget, focus).setFocus()
        before = atlas.store.state.day
        atlas.press(Qt.Key.Key_Right)
        assert atlas.store.state.day == before + 1
    finally:
        QAccessible.setActive(False)


def test_every_command_stands_in_a_menu_with_a_letter_of_its_own(atlas: Atlas) -> None:
    bar = atlas.window.menuBar()
    titles = [entry.text() for entry in bar.actions()]
    letters = [title[title.index("&") + 1].lower() for title in titles]
    assert len(set(letters)) == len(MENUS)
    listed = {entry for menu in bar.findChildren(QMenu) for entry in menu.actions()}
    for command in COMMANDS:
        if command.menu:
            assert atlas.action(f"{command.id}_action") in listed
