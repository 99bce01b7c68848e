"""A button of a dialog: Return stays with the dialog's own. Floor: ui; no neighbours."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton


def push_button(words: str, do: Callable[[], None]) -> QPushButton:
    """Return a button that does something when pressed, and nothing on Return elsewhere."""
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.clicked.connect(lambda *_: do())
    return button
