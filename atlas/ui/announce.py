"""Tells screen readers, if any listens, that a value changed.

Floor: ui; neighbours: time_track, accessible.
"""

from __future__ import annotations

from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleValueChangeEvent,
)
from PySide6.QtWidgets import QWidget


def tell_value(widget: QWidget, value: int, words: str) -> None:
    """Say that a widget's value is another one; in words where the keyboard is elsewhere.

    The date changes by keys wherever the keyboard is.
    """
    if not QAccessible.isActive():
        return
    QAccessible.updateAccessibility(QAccessibleValueChangeEvent(widget, value))
    if not widget.hasFocus():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
