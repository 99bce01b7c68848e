"""The search field at the end of the menu bar: type, choose with the arrows, Enter goes there.

Floor: ui; neighbours: search_list (what was found), search_moves (what choosing does), window.
What can be found is gathered when the field first gets the focus, never at the start.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMainWindow

from atlas.app.library import Library
from atlas.core.link import LONGEST
from atlas.core.search import Entry, Hit, SearchIndex, find_all
from atlas.core.search_entries import search_entries
from atlas.core.store import Store
from atlas.render.style import Style
from atlas.ui.search_list import SearchList
from atlas.ui.search_moves import going_to, link_hits

CAUSE: Final = "search"
PROMPT: Final = "Search places, events, people, text   Ctrl+K"
HINT: Final = "Type a name, a date or words of the text. Down and Up choose, Enter goes there."
WIDEST_PX: Final = 420
NARROWEST_PX: Final = 170
LIST_PX: Final = 560
_ROWS_ON: Final = {
    Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5,
}  # fmt: skip


class SearchBox(QLineEdit):
    """Finds places, features, panels, text and dates.

    `went_to` carries the entry chosen, once the state shows it; `done` says that the keyboard may
    go back to the map; `closed` that the field has lost the focus.
    """

    went_to = Signal(object)
    done = Signal()
    closed = Signal()

    def __init__(self, store: Store, library: Library, style: Style, window: QMainWindow) -> None:
        super().__init__(window)
        self._store, self._library, self._window = store, library, window
        self._index: SearchIndex | None = None
        self._hits: tuple[Hit, ...] = ()
        self._theme = style
        self._made_list: SearchList | None = None
        self.setObjectName("search_box")
        self.setAccessibleName("Search")
        self.setAccessibleDescription(HINT)
        self.setPlaceholderText(PROMPT)
        self.setToolTip(HINT)
        self.setMaxLength(LONGEST)
        families = ", ".join(f'"{name}"' for name in style.font("label", 13).families())
        self.setStyleSheet(f"#search_box {{ font-family: {families}; }}")
        self.setClearButtonEnabled(True)
        self.textEdited.connect(self._find)
        window.installEventFilter(self)

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What is listed now, best first."""
        return self._hits

    def set_style(self, style: Style) -> None:
        """Take the colours of a theme."""
        self._theme = style
        if self._made_list is not None:
            self._made_list.set_style(style)

    def close_down(self) -> None:
        """Tell nobody any more."""
        self._window.removeEventFilter(self)
        self.blockSignals(True)

    def begin(self) -> None:
        """Take the keyboard; what was typed before is typed over."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def sizeHint(self) -> QSize:
        """Ask for a share of the window's width."""
        wanted = round(self._window.width() * 0.3)
        return QSize(min(max(wanted, NARROWEST_PX), WIDEST_PX), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Ask for the same: the menus leave room enough."""
        return self.sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and self._hits:
            self._list.place_under(self, self._window, LIST_PX)
        return False

    def _find(self, typed: str) -> None:
        if not typed.strip():
            self._hide_list()
            return
        atlas = self._library.atlas
        links = link_hits(typed, atlas, self._store.state)
        self._hits = links or find_all(self._searchable(), atlas.story, typed)
        self._list.show_hits(self._hits)
        self._list.place_under(self, self._window, LIST_PX)
        self._list.show()
        self._list.raise_()
        self.setAccessibleDescription(self._list.said())

    @property
    def _list(self) -> SearchList:
        """The list, made when it is first needed."""
        if self._made_list is None:
            self._made_list = SearchList(self._theme, self._window)
            self._made_list.chosen.connect(self._choose)
        return self._made_list

    def _searchable(self) -> SearchIndex:
        if self._index is None:
            names = self._library.alternative_names()
            self._index = SearchIndex(search_entries(self._library.atlas, names))
        return self._index

    def _hide_list(self) -> None:
        self._hits = ()
        if self._made_list is not None:
            self._made_list.hide()
        self.setAccessibleDescription(HINT)

    def _choose(self, row: int) -> None:
        if not 0 <= row < len(self._hits):
            return
        entry: Entry = self._hits[row].entry
        if entry.kind == "refusal":
            return
        self._leave()
        self._store.do(going_to(entry, self._library.atlas), cause=CAUSE)
        self.went_to.emit(entry)

    def _leave(self) -> None:
        self.clear()
        self._hide_list()
        self.done.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the mark, choose, leave; everything else is typing."""
        key = Qt.Key(event.key())
        if key in _ROWS_ON and self._list.isVisible():
            self._move(_ROWS_ON[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._list.currentRow())
        elif key == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _move(self, rows: int) -> None:
        """Mark another row; one step past an end goes on at the other."""
        count = len(self._hits)
        if not count:
            return
        row = self._list.currentRow() + rows
        row = row % count if abs(rows) == 1 else min(max(row, 0), count - 1)
        self._list.setCurrentRow(row)
        self.setAccessibleDescription(self._list.said())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Gather what can be found, and list again what was found last."""
        super().focusInEvent(event)
        self._searchable()
        self._find(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the list away, except while the field's own menu is open."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._hide_list()
            self.closed.emit()
