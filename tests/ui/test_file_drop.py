from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from atlas.app.export import Exporter
from atlas.app.export_options import ExportOptions
from atlas.core import actions
from tests.app.fake_library import STORY
from tests.records import replace
from tests.ui.whole_window import Atlas

NO_BUTTON, NO_KEY = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier


def drop(atlas: Atlas, *urls: QUrl) -> bool:
    """Drag files over the map and let them go there; tell whether the window took them."""
    data = QMimeData()
    data.setUrls(list(urls))
    copy = Qt.DropAction.CopyAction
    entering = QDragEnterEvent(QPoint(200, 200), copy, data, NO_BUTTON, NO_KEY)
    entering.ignore()
    QApplication.sendEvent(atlas.window, entering)
    if not entering.isAccepted():
        return False
    QApplication.sendEvent(
        atlas.window, QDropEvent(QPointF(200, 200), copy, data, NO_BUTTON, NO_KEY)
    )
    return True


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_a_dropped_picture_shows_its_view_as_one_step(
    atlas: Atlas, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"a.{ending}"
    atlas.store.do(actions.open_panel(STORY.panel("war")))
    there = replace(atlas.store.state, theme="night", range_days=20, by_alignment=True)
    Exporter(atlas.window.library, "night").write(there, path, ExportOptions())
    atlas.store.do(actions.open_panel(STORY.panel("bases")))
    before = atlas.store.state
    assert drop(atlas, QUrl.fromLocalFile(str(path)))
    assert atlas.store.state == replace(there, furniture=before.furniture, step=before.step)
    assert path.name in atlas.window.status.currentMessage()
    atlas.store.undo()
    assert atlas.store.state == before


def test_a_picture_of_another_shape_is_seen_whole(atlas: Atlas, tmp_path: Path) -> None:
    state = replace(atlas.store.state, viewport_px=(300, 900))
    path = tmp_path / "tall.png"
    Exporter(atlas.window.library, "paper").write(state, path, ExportOptions())
    now_px = atlas.store.state.viewport_px
    assert drop(atlas, QUrl.fromLocalFile(str(path)))
    assert atlas.store.state.viewport_px == now_px
    assert atlas.store.state.camera.m_per_px > state.camera.m_per_px


def test_a_file_without_a_view_is_told_and_changes_nothing(atlas: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "holiday.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0 no view in it")
    before = atlas.store.state
    assert drop(atlas, QUrl.fromLocalFile(str(path)))
    assert atlas.store.state == before
    assert "carries no view" in atlas.window.status.currentMessage()


def test_what_is_no_picture_is_not_taken(atlas: Atlas, tmp_path: Path) -> None:
    before = atlas.store.state
    png = QUrl.fromLocalFile(str(tmp_path / "a.png"))
    assert not drop(atlas, QUrl.fromLocalFile(str(tmp_path / "a.exe")))
    assert not drop(atlas, QUrl("https://example.org/a.png"))
    assert not drop(atlas, png, png)
    assert not drop(atlas)
    assert atlas.store.state == before
