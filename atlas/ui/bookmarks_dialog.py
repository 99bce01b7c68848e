"""The list of bookmarks: go to one, rename, remove, put in order; all of it by keyboard too.

Floor: ui; neighbours: view_commands, which opens it; app.bookmarks, which keeps them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from atlas.app.bookmarks import LONGEST_NAME, Bookmarks
from atlas.app.refusal import reason_of
from atlas.ui.plain_text import plain
from atlas.ui.push_button import push_button

EMPTY: Final = "No bookmarks yet. “Add this view” keeps the view behind this window."
KEYS: Final = "Enter goes there, F2 renames, Delete removes, Alt+Up and Alt+Down put in order."
_ALT: Final = Qt.KeyboardModifier.AltModifier


class BookmarksDialog(QDialog):
    """Shows the bookmarks. `chosen` carries the number of the one to go to."""

    chosen = Signal(int)

    def __init__(self, bookmarks: Bookmarks, add: Callable[[], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._bookmarks, self._add_view = bookmarks, add
        self._fault = ""
        self.setWindowTitle("Bookmarks")
        self.setObjectName("bookmarks_dialog")
        self._list = QListWidget()
        self._list.setObjectName("bookmarks_list")
        self._list.setAccessibleName("Bookmarks")
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.installEventFilter(self)
        self._words = QLabel(objectName="bookmarks_words", wordWrap=True)
        self._make_buttons()
        self._lay_out()
        self._list.itemChanged.connect(self._rename)
        self._list.itemActivated.connect(self._go)
        self._list.currentRowChanged.connect(self._show_what_can_be_done)
        self._show(0)
        self.resize(QSize(560, 440).boundedTo(parent.window().size() - QSize(24, 48)))

    def _make_buttons(self) -> None:
        self._go_button = push_button("&Go there", self._go)
        self._go_button.setDefault(True)
        self._new = push_button("&Add this view", self._add)
        self._name = push_button("Re&name", self._edit)
        self._up = push_button("Move &up", lambda: self._move(-1))
        self._down = push_button("Move &down", lambda: self._move(1))
        self._gone = push_button("&Remove", self._remove)

    def _lay_out(self) -> None:
        buttons = QVBoxLayout()
        for button in (self._go_button, self._new, self._name, self._up, self._down, self._gone):
            buttons.addWidget(button)
        buttons.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._list, 1)
        row.addLayout(buttons)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(QLabel("Bookmarks", objectName="dialog_title"))
        column.addLayout(row, 1)
        column.addWidget(self._words)
        column.addWidget(close)

    def _show(self, current: int) -> None:
        """List the bookmarks anew and stand on one."""
        with QSignalBlocker(self._list):
            self._list.clear()
            for mark in self._bookmarks.marks:
                item = QListWidgetItem(mark.name)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                item.setToolTip(plain(mark.link))
                self._list.addItem(item)
            self._list.setCurrentRow(min(current, self._list.count() - 1))
        self._show_what_can_be_done()
        self._list.setFocus()

    def _show_what_can_be_done(self) -> None:
        row, count = self._list.currentRow(), self._list.count()
        for button in (self._go_button, self._name, self._gone):
            button.setEnabled(row >= 0)
        self._up.setEnabled(row > 0)
        self._down.setEnabled(0 <= row < count - 1)
        self._words.setText(plain(self._fault) or (KEYS if count else EMPTY))

    def _go(self, *_: object) -> None:
        row = self._list.currentRow()
        if row >= 0:
            self.accept()
            self.chosen.emit(row)

    def _add(self) -> None:
        if self._add_view():
            self._show(len(self._bookmarks.marks) - 1)

    def _edit(self) -> None:
        self._list.editItem(self._list.currentItem())

    def _rename(self, item: QListWidgetItem) -> None:
        """Take the name typed; the row stays, since its editor is still closing."""
        row = self._list.row(item)
        self._do(lambda: self._bookmarks.rename(row, item.text()[: 2 * LONGEST_NAME]))
        with QSignalBlocker(self._list):
            item.setText(self._bookmarks.marks[row].name)

    def _remove(self) -> None:
        row = self._list.currentRow()
        if row >= 0:
            self._change(lambda: self._bookmarks.remove(row), row)

    def _move(self, offset: int) -> None:
        row = self._list.currentRow()
        if 0 <= row + offset < self._list.count() and row >= 0:
            self._change(lambda: self._bookmarks.move(row, offset), row + offset)

    def _change(self, do: Callable[[], object], current: int) -> None:
        self._do(do)
        self._show(current)

    def _do(self, do: Callable[[], object]) -> None:
        """Do it, or say why it could not be kept."""
        self._fault = ""
        try:
            do()
        except OSError as error:
            self._fault = f"The bookmarks could not be saved: {reason_of(error)}"
        self._show_what_can_be_done()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the list that Qt does not know."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        typed_in = QApplication.focusWidget()
        if typed_in is not None and typed_in.parent() is self._list.viewport():
            # A name is being typed: the Enter that ends it would go there too.
            return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        alt = bool(event.modifiers() & _ALT)
        match Qt.Key(event.key()):
            case Qt.Key.Key_Delete:
                self._remove()
            case Qt.Key.Key_Up if alt:
                self._move(-1)
            case Qt.Key.Key_Down if alt:
                self._move(1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._go()
            case _:
                return False
        return True
