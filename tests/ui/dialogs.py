"""What a reader does in a dialog, done once it is open and has the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget


def during(kind: type[QDialog], do: Callable[[QDialog], None]) -> None:
    """Do something in the next dialog of that kind, then close what is left of it."""
    over = QApplication.activeModalWidget()
    clock = QTimer(QApplication.instance(), interval=10)

    def has_keyboard(dialog: QWidget) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and dialog.isAncestorOf(focus)

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is over or dialog is None or not has_keyboard(dialog):
            return
        clock.stop()
        clock.deleteLater()
        try:
            assert isinstance(dialog, kind)
            do(dialog)
        finally:
            dialog.close()

    clock.timeout.connect(act)
    clock.start()
