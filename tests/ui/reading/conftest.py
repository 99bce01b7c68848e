"""The reading over a small story with a link of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QTextBrowser,
)
from pytestqt.qtbot import QtBot

from atlas.app.library import Library
from atlas.core import actions
from atlas.core.store import Store
from atlas.ui.panel_dock import PanelDock
from atlas.ui.panel_view import PanelView
from tests.app.fake_library import fake_library
from tests.records import replace
from tests.ui.reading.reader import (
    story,
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = fake_library(tmp_path)
    return Library(replace(made.atlas, story=story()), made.pack, ())


@pytest.fixture
def store(library: Library) -> Store:
    return Store(actions.initial_state(library.atlas.story, (800, 600)))


@pytest.fixture
def dock(store: Store, library: Library, style: object, qtbot: QtBot) -> Iterator[PanelDock]:
    widget = PanelDock(store, library)
    qtbot.add_widget(widget)
    widget.resize(420, 640)
    widget.show()
    qtbot.wait_exposed(widget)
    yield widget
    widget.close_down()


@pytest.fixture
def view(dock: PanelDock) -> PanelView:
    return dock.findChild(QTextBrowser, "panel_view")
