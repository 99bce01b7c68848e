"""A reader changes keys: the new one works at once, conflicts are named, all can be reset."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QKeySequenceEdit,
    QLabel,
    QPushButton,
    QTreeWidget,
)

from atlas.app.key_choices import KeyChoices, key_choices_path
from atlas.ui.commands import changeable_keys, fixed_keys
from atlas.ui.help_dialogs import KeysDialog
from atlas.ui.keys_editor import KeysEditor
from tests.ui.dialogs import during
from tests.ui.whole_window import Atlas

# What the offscreen platform says of windows that pop up.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

KEY = Qt.Key
PLAIN, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


class Editor:
    """A reader at the editor."""

    def __init__(self, dialog: QDialog, atlas: Atlas) -> None:
        self.dialog, self.atlas = dialog, atlas
        self.list = dialog.findChild(QTreeWidget, "keys_list")

    def stand_on(self, words: str) -> None:
        (item,) = self.list.findItems(words, Qt.MatchFlag.MatchExactly)
        self.list.setCurrentItem(item)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        field = self.dialog.findChild(QKeySequenceEdit, "key_field")
        field.setFocus()
        QTest.keyClick(field.findChild(QDialog) or field, key, modifier)

    def click(self, words: str) -> None:
        (button,) = (b for b in self.dialog.findChildren(QPushButton) if b.text() == words)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def keys(self, words: str) -> str:
        (item,) = self.list.findItems(words, Qt.MatchFlag.MatchExactly)
        return item.text(1)

    @property
    def said(self) -> str:
        return self.dialog.findChild(QLabel, "key_words").text()

    def can_set(self) -> bool:
        buttons = {b.text(): b for b in self.dialog.findChildren(QPushButton)}
        return any(buttons[w].isEnabled() for w in ("&Set", "Take it &over") if w in buttons)


def test_a_new_key_works_at_once_and_the_old_no_more(atlas: Atlas) -> None:
    def change(dialog: QDialog) -> None:
        editor = Editor(dialog, atlas)
        editor.stand_on("Go: Next panel")
        editor.press(KEY.Key_J)
        editor.click("&Set")
        assert editor.keys("Go: Next panel") == "J"

    during(KeysEditor, change)
    atlas.window.commands.change_keys()
    atlas.window.activateWindow()
    atlas.window.canvas.setFocus()
    atlas.qtbot.waitUntil(atlas.window.canvas.hasFocus)
    atlas.press(KEY.Key_PageDown)
    assert atlas.panel == "intro"
    atlas.press(KEY.Key_J)
    assert atlas.panel == "bases"
    kept = KeyChoices(key_choices_path(), changeable_keys(), fixed_keys())
    assert kept.keys("next_panel") == ("J",)


def test_space_after_setting_a_key_does_not_reset_them_all(atlas: Atlas) -> None:
    def change(dialog: QDialog) -> None:
        editor = Editor(dialog, atlas)
        editor.stand_on("Go: Next panel")
        editor.press(KEY.Key_J)
        editor.click("&Set")
        assert editor.list.hasFocus()
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Space)
        assert editor.keys("Go: Next panel") == "J"

    during(KeysEditor, change)
    atlas.window.commands.change_keys()


def test_a_conflict_is_named_and_can_be_resolved(atlas: Atlas) -> None:
    def change(dialog: QDialog) -> None:
        editor = Editor(dialog, atlas)
        editor.stand_on("Go: Next panel")
        editor.press(KEY.Key_E, CONTROL)
        assert "“Export”" in editor.said
        editor.click("Take it &over")
        assert editor.keys("Go: Next panel") == "Ctrl+E"
        assert editor.keys("File: Export") == ""
        editor.press(KEY.Key_C, CONTROL)
        assert "Copy what is measured" in editor.said
        assert not editor.can_set()
        editor.click("Reset a&ll")
        assert editor.keys("File: Export") == "Ctrl+E"

    during(KeysEditor, change)
    atlas.window.commands.change_keys()
    assert atlas.action("next_panel_action").shortcut().toString() == "PgDown"


def test_the_page_of_keys_tells_those_in_force_and_leads_here(atlas: Atlas) -> None:
    atlas.window.commands._keys.choose("next_panel", "J")
    seen = []

    def look(dialog: QDialog) -> None:
        seen.extend(label.text() for label in dialog.findChildren(QLabel))
        during(KeysEditor, lambda editor: seen.append(editor.windowTitle()))
        QTest.mouseClick(dialog.findChild(QPushButton, "change_keys"), Qt.MouseButton.LeftButton)

    during(KeysDialog, look)
    atlas.press(KEY.Key_F1)
    assert "<b>J</b>" in seen
    assert "<b>PgDown</b>" not in seen
    assert seen[-1] == "Change keys"
