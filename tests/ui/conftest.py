"""Widgets over a small hand-made atlas, and the mouse and wheel to use them with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from atlas.app.library import Library
from atlas.app.picture import MapPicture
from atlas.app.session import HOME_VARIABLE
from atlas.core import actions
from atlas.core.store import Change, Store
from atlas.render.basemap import BaseMap
from atlas.render.fonts import load_fonts
from atlas.render.style import Style, load_style
from tests.app.fake_library import fake_library
from tests.ui.whole_window import Atlas, on_screen

SIZE = (800, 600)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def _own_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return fake_library(tmp_path)


@pytest.fixture
def store(library: Library) -> Store:
    return Store(actions.initial_state(library.atlas.story, SIZE))


@pytest.fixture
def style(qapp: QApplication) -> Style:
    load_fonts()
    return load_style("paper")


@pytest.fixture
def picture(library: Library, style: Style) -> Iterator[MapPicture]:
    made = MapPicture(BaseMap(library.pack), style, synchronous=True)
    yield made
    made.close()


@pytest.fixture
def changes(store: Store) -> list[Change]:
    """Every notice from now on."""
    seen: list[Change] = []
    store.subscribe(seen.append)
    return seen


@dataclass
class Mouse:
    """Real mouse and wheel events on one widget."""

    widget: QWidget
    qtbot: QtBot

    def move(self, x: float, y: float, buttons: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
        at = QPointF(x, y)
        self._send(QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton, buttons)

    def press(self, x: float, y: float) -> None:
        self._send(QEvent.Type.MouseButtonPress, QPointF(x, y), LEFT, LEFT)

    def release(self, x: float, y: float) -> None:
        none = Qt.MouseButton.NoButton
        self._send(QEvent.Type.MouseButtonRelease, QPointF(x, y), LEFT, none)

    def click(self, x: float, y: float) -> None:
        self.press(x, y)
        self.release(x, y)

    def drag(self, start: tuple[float, float], end: tuple[float, float], steps: int = 5) -> None:
        self.press(*start)
        for i in range(1, steps + 1):
            x, y = (a + (b - a) * i / steps for a, b in zip(start, end, strict=True))
            self.move(x, y, LEFT)
        self.release(*end)

    def double_click(self, x: float, y: float, shift: bool = False) -> None:
        keys = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        self.qtbot.mouseDClick(self.widget, LEFT, keys, QPoint(round(x), round(y)))

    def wheel(self, x: float, y: float, angle: int) -> None:
        at = QPointF(x, y)
        event = QWheelEvent(
            at, self.widget.mapToGlobal(at), QPoint(), QPoint(0, angle),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(self.widget, event)

    def _send(
        self, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton, buttons: Qt.MouseButton
    ) -> None:
        event = QMouseEvent(
            kind, at, self.widget.mapToGlobal(at), button, buttons, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(self.widget, event)


@pytest.fixture
def atlas(qtbot: QtBot, library: Library) -> Iterator[Atlas]:
    with on_screen(Atlas(qtbot, library)) as made:
        yield made
