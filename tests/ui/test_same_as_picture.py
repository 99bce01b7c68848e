"""What the window shows of the real atlas is what the exported PNG holds, dot for dot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from atlas.app.export import Exporter
from atlas.app.export_options import ExportOptions
from atlas.app.library import Library, open_library
from atlas.core import actions
from atlas.core.day import day_from_ymd
from tests.ui.whole_window import Atlas, on_screen

VIEWS = (
    ("deng", (1979, 1, 7), "paper"),
    ("come-to-power", (1978, 12, 28), "night"),
    ("insurgency-split", (1972, 3, 1), "print"),
)


@pytest.fixture(scope="module")
def whole_library(pack_path: Path) -> Library:
    return open_library(pack_file=pack_path)


@pytest.fixture
def opened(qtbot: QtBot, whole_library: Library) -> Iterator[Atlas]:
    with on_screen(Atlas(qtbot, whole_library)) as made:
        yield made


def dots(image: QImage) -> NDArray[np.uint8]:
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return rows[:, :, :3].copy()


def show(opened: Atlas, panel: str, day: int, theme: str) -> None:
    story = opened.library.atlas.story
    for action in (
        actions.open_panel(story.panel(panel)),
        actions.set_day(day, story),
        actions.set_theme(theme),
    ):
        opened.store.do(action)
    opened.qtbot.waitUntil(lambda: opened.picture.style.theme == theme)
    assert opened.picture.wait_idle()


def test_a_png_is_what_the_window_shows(opened: Atlas, tmp_path: Path) -> None:
    canvas, path = opened.window.canvas, tmp_path / "a.png"
    for panel, date, theme in VIEWS:
        show(opened, panel, day_from_ymd(*date), theme)
        state = opened.store.state
        assert (state.panel, state.theme) == (panel, theme)
        assert state.viewport_px == (canvas.width(), canvas.height())
        options = ExportOptions(furniture=state.furniture)
        Exporter(opened.library, theme).write(state, path, options)
        shown = dots(canvas.grab().toImage())
        assert np.array_equal(dots(QImage(str(path))), shown), (panel, theme)
        show(opened, panel, state.day + 900, theme)
        assert not np.array_equal(dots(canvas.grab().toImage()), shown)
