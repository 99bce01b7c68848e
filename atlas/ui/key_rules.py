"""Which single keys a focused widget keeps for itself instead of the window's shortcuts.

Floor: ui; neighbours: window. One types in fields; buttons and lists need Space to be used by
keyboard; everywhere else the keys move the date, the panel and the map.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QWidget,
)

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
    if isinstance(focused, QAbstractButton | QAbstractItemView):
        return not chord and event.key() == Qt.Key.Key_Space
    return False
