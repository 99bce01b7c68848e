"""Which single keys a focused widget keeps for itself instead of the window's shortcuts.

Floor: ui; neighbours: window, commands. One types in fields; buttons and lists need Space to be
used by keyboard; everywhere else the keys move the date, the panel and the map.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QSlider,
    QWidget,
)

from atlas.ui.commands import COMMANDS

_EDITING: Final = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
    }
)
_CHORD: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def belongs_to_field(focused: QWidget, event: QKeyEvent) -> bool:
    """Tell whether the focused widget, not the window, should have this key."""
    chord = bool(event.modifiers() & _CHORD)
    if isinstance(focused, QLineEdit | QAbstractSpinBox):
        typed = bool(event.text()) and event.text().isprintable()
        return not chord and (typed or event.key() in _EDITING)
    if isinstance(focused, QComboBox):
        return not chord and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Down)
    if isinstance(focused, QSlider):
        return not event.modifiers() and event.key() in _EDITING
    if isinstance(focused, QAbstractButton | QAbstractItemView):
        return not chord and event.key() == Qt.Key.Key_Space
    return False


_EDIT_CHORDS: Final = frozenset({"undo", "redo", "pan_left", "pan_right", "pan_up", "pan_down"})
"""Commands whose chords mean something of their own while one types."""


class WindowChords(QObject):
    """Keeps the window's chords from fields: some platforms give Ctrl+E to every text field."""

    def __init__(self, window: QWidget, keys_of: Callable[[str], tuple[str, ...]]) -> None:
        super().__init__(window)
        self._window = window
        self._keys_of = keys_of
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._window.isAncestorOf(now):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass a chord of the window by the field, on to the window's shortcuts."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if QKeySequence(event.keyCombination()).toString() not in window_chords(self._keys_of):
            return False
        event.ignore()
        return True


def window_chords(keys_of: Callable[[str], tuple[str, ...]]) -> frozenset[str]:
    """Return the chords of the commands that work from within every field, as portable text."""
    return frozenset(
        QKeySequence(key).toString()
        for command in COMMANDS
        if command.menu and command.id not in _EDIT_CHORDS
        for key in keys_of(command.id)
        if key.startswith("Ctrl+")
    )
