"""Where the reader changes keys: every command of the menus, its keys, and who else has one.

Floor: ui; neighbours: help_dialogs, which opens it; app.key_choices, which keeps what is chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from atlas.app.key_choices import KeyChoices, plain_key
from atlas.app.refusal import reason_of
from atlas.ui.commands import BY_ID, COMMANDS
from atlas.ui.plain_text import plain
from atlas.ui.push_button import push_button

PROMPT: Final = "Choose a command, then press its new key in the field."
_ID: Final = Qt.ItemDataRole.UserRole


class KeysEditor(QDialog):
    """Lists commands with their keys and takes new ones. `changed` tells that keys differ now."""

    changed = Signal()

    def __init__(self, choices: KeyChoices, parent: QWidget) -> None:
        super().__init__(parent)
        self._choices = choices
        self._items: dict[str, QTreeWidgetItem] = {}
        self.setWindowTitle("Change keys")
        self.setObjectName("keys_editor")
        self._list = QTreeWidget()
        self._list.setObjectName("keys_list")
        self._list.setAccessibleName("Commands and their keys")
        self._list.setHeaderLabels(["Command", "Keys"])
        self._list.setRootIsDecorated(False)
        self._field = QKeySequenceEdit()
        self._field.setObjectName("key_field")
        self._field.setAccessibleName("New key")
        self._field.setMaximumSequenceLength(1)
        self._words = QLabel(objectName="key_words", wordWrap=True)
        self._set = push_button("&Set", self._give)
        self._reset = push_button("&Reset this one", self._reset_one)
        self._reset_all = push_button("Reset a&ll", self._reset_every)
        self._lay_out()
        self._list.currentItemChanged.connect(lambda *_: self._begin())
        self._field.keySequenceChanged.connect(lambda _: self._judge())
        self._fill()
        self._list.setCurrentItem(next(iter(self._items.values())))
        self.resize(QSize(620, 560).boundedTo(parent.window().size() - QSize(24, 48)))

    def _lay_out(self) -> None:
        label = QLabel("&New key")
        label.setBuddy(self._field)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (label, self._field, self._set, self._reset, self._reset_all):
            row.addWidget(widget, 1 if widget is self._field else 0)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        close.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(QLabel("Change keys", objectName="dialog_title"))
        column.addWidget(self._list, 1)
        column.addLayout(row)
        column.addWidget(self._words)
        column.addWidget(close)
        self._words.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + 4)

    def _fill(self) -> None:
        for command in COMMANDS:
            if command.menu:
                item = QTreeWidgetItem(self._list, [f"{command.menu}: {_words_of(command.id)}"])
                item.setData(0, _ID, command.id)
                self._items[command.id] = item
        self._show_keys()
        self._list.resizeColumnToContents(0)

    def _show_keys(self) -> None:
        for name, item in self._items.items():
            item.setText(1, "  or  ".join(map(_native, self._choices.keys(name))))
            font = item.font(1)
            font.setBold(self._choices.is_chosen(name))
            item.setFont(1, font)

    @property
    def _command(self) -> str:
        item = self._list.currentItem()
        return item.data(0, _ID) if item is not None else ""

    @property
    def _key(self) -> str:
        return plain_key(self._field.keySequence().toString())

    def _begin(self) -> None:
        """Take up another command."""
        self._field.clear()
        self._judge()

    def _judge(self, said: str = "") -> None:
        """Say what setting the key in the field would do."""
        key, holder = self._key, self._choices.holder(self._key)
        refusal = self._choices.refusal(key) if key else ""
        another = bool(holder) and holder != self._command
        if key and self._choices.is_fixed(key):
            refusal = f"{_native(key)} is “{_words_of(holder)}” and cannot be changed."
        elif another and not refusal:
            said = f"{_native(key)} is “{_words_of(holder)}” now: setting it takes it from there."
        self._words.setText(plain(refusal or said or PROMPT))
        self._set.setText("Take it &over" if another and not refusal else "&Set")
        self._set.setEnabled(bool(key and self._command) and not refusal)
        self._reset.setEnabled(self._choices.is_chosen(self._command))

    def _give(self) -> None:
        self._do(lambda: self._choices.choose(self._command, self._key))

    def _reset_one(self) -> None:
        self._do(lambda: self._choices.reset(self._command))

    def _reset_every(self) -> None:
        self._do(self._choices.reset_all)

    def _do(self, change: Callable[[], None]) -> None:
        said = ""
        try:
            change()
        except OSError as error:
            said = f"Your keys could not be saved: {reason_of(error)}"
        self._show_keys()
        self._field.clear()
        self._list.setFocus()  # a button gone grey would hand the keyboard to “Reset all”
        self._judge(said)
        self.changed.emit()


def _words_of(command: str) -> str:
    return BY_ID[command].text.rstrip("…")


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
