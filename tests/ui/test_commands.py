from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QTreeWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from atlas.app.library import Library
from atlas.ui.commands import COMMANDS, MENUS, listed_keys
from atlas.ui.help_dialogs import BOUNDARIES, MOUSE, AboutDialog, KeysDialog, about_html
from atlas.ui.key_rules import belongs_to_field

NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def test_no_key_means_two_things() -> None:
    keys = Counter(QKeySequence(key).toString() for c in COMMANDS for key in c.keys)
    assert "" not in keys
    assert not [key for key, count in keys.items() if count > 1]


def test_every_command_has_a_menu_and_words() -> None:
    assert {command.menu for command in COMMANDS} - {""} == set(MENUS)
    assert all(command.text for command in COMMANDS)
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


def test_the_page_of_keys_lists_them_all(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    page = KeysDialog(parent)
    said = " ".join(label.text() for label in page.findChildren(QLabel))
    for words, keys in listed_keys():
        assert words in said
        assert all(QKeySequence(key).toString() in said for key in keys)
    assert all(words in said for _, words in MOUSE)


def test_about_names_credits_and_takes_no_side(library: Library, qtbot: QtBot) -> None:
    html = about_html(library)
    assert BOUNDARIES in html
    assert "A small story for tests." in html
    assert library.atlas.data_version in html
    borders = [line for line in html.split("<") if "oundaries" in line or "Borders" in line]
    assert len(borders) == 1
    parent = QWidget()
    qtbot.addWidget(parent)
    assert AboutDialog(library, parent).windowTitle() == "About the Indochina Atlas"


def key(code: Qt.Key, text: str = "", modifier: Qt.KeyboardModifier = NONE) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.ShortcutOverride, code, modifier, text)


@pytest.mark.parametrize(
    ("kind", "event", "kept"),
    [
        (QLineEdit, key(Qt.Key.Key_Right), True),
        (QLineEdit, key(Qt.Key.Key_Space, " "), True),
        (QLineEdit, key(Qt.Key.Key_H, "h"), True),
        (QLineEdit, key(Qt.Key.Key_Plus, "+", SHIFT), True),
        (QLineEdit, key(Qt.Key.Key_PageDown), True),
        (QLineEdit, key(Qt.Key.Key_E, "\x05", CONTROL), False),
        (QLineEdit, key(Qt.Key.Key_F11), False),
        (QSpinBox, key(Qt.Key.Key_Home), True),
        (QComboBox, key(Qt.Key.Key_Space, " "), True),
        (QComboBox, key(Qt.Key.Key_Right), False),
        (QPushButton, key(Qt.Key.Key_Space, " "), True),
        (QPushButton, key(Qt.Key.Key_Left), False),
        (QTreeWidget, key(Qt.Key.Key_Space, " "), True),
        (QListWidget, key(Qt.Key.Key_PageDown), False),
        (QWidget, key(Qt.Key.Key_Space, " "), False),
    ],
)  # fmt: skip
def test_keys_stay_with_the_field_that_needs_them(
    qtbot: QtBot, kind: type[QWidget], event: QKeyEvent, kept: bool
) -> None:
    widget = kind()
    qtbot.addWidget(widget)
    assert belongs_to_field(widget, event) is kept
