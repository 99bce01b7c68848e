"""A whole window over the small atlas, and keys pressed where the focus is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from atlas.app.library import Library
from atlas.app.picture import MapPicture
from atlas.core.store import Store
from atlas.ui.application import make_window
from atlas.ui.window import MainWindow

PLAIN = Qt.KeyboardModifier.NoModifier


class Atlas:
    """The window with what it stands on."""

    def __init__(self, qtbot: QtBot, library: Library) -> None:
        self.qtbot, self.library = qtbot, library
        made = make_window(library, None, synchronous=True)
        self.window: MainWindow = made[0]
        self.store: Store = made[1]
        self.picture: MapPicture = made[2]
        self.window.canvas.flight_ms = 0
        self.window.arrange(1280, 800)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key where the focus is."""
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def part(self, kind: type[QWidget], name: str) -> QWidget:
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def action(self, name: str) -> QAction:
        found = self.window.findChild(QAction, name)
        assert found is not None, name
        return found

    @property
    def panel(self) -> str:
        return self.store.state.panel


_Atlas = TypeVar("_Atlas", bound=Atlas)


@contextmanager
def on_screen(made: _Atlas) -> Iterator[_Atlas]:
    """Show a window with the focus on its map, and close it after use."""
    made.window.show()
    made.qtbot.waitExposed(made.window)
    made.window.activateWindow()
    made.window.canvas.setFocus()
    made.qtbot.waitUntil(made.window.canvas.hasFocus)
    yield made
    made.window.close()
    made.window.close_down()
    made.picture.close()
    made.window.deleteLater()
