"""How the window shares out its width, and where the keyboard goes in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QDockWidget, QLineEdit, QTreeWidget

from atlas.core import actions
from atlas.core.resolve import resolve
from atlas.ui.export_dialog import ExportDialog
from atlas.ui.mark_walk import neighbour_mark, walk_of
from tests.app.fake_library import STORY
from tests.records import replace
from tests.ui.whole_window import Atlas

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("width", [800, 900, 999])
def test_in_a_narrow_window_the_map_comes_first(atlas: Atlas, width: int) -> None:
    window = atlas.window
    wide = [window.layers_dock.width(), window.text_dock.width()]
    window.resize(width, 600)
    atlas.qtbot.waitUntil(lambda: window.text_dock.width() <= width * 0.34 + 1)
    assert not window.layers_dock.isVisible()
    assert window.canvas.width() > width / 2
    window.resize(1280, 800)
    atlas.qtbot.waitUntil(window.layers_dock.isVisible)
    atlas.qtbot.waitUntil(lambda: [window.layers_dock.width(), window.text_dock.width()] == wide)


def test_the_sides_grow_and_shrink_by_keys_and_stay_so(atlas: Atlas) -> None:
    window = atlas.window
    text_px, layers_px = window.text_dock.width(), window.layers_dock.width()
    atlas.press(Qt.Key.Key_BracketRight, CONTROL)
    atlas.qtbot.waitUntil(lambda: window.text_dock.width() == text_px + 40)
    assert window.layers_dock.width() == layers_px
    window.layers_dock.findChild(QTreeWidget).setFocus()
    atlas.press(Qt.Key.Key_BracketRight, CONTROL)
    atlas.qtbot.waitUntil(lambda: window.layers_dock.width() == layers_px + 40)
    atlas.press(Qt.Key.Key_BracketLeft, CONTROL)
    atlas.qtbot.waitUntil(lambda: window.layers_dock.width() == layers_px)
    window.resize(1300, 800)
    QApplication.processEvents()
    assert window.text_dock.width() == text_px + 40


def test_layers_asked_for_in_a_narrow_window_stay(atlas: Atlas) -> None:
    window = atlas.window
    window.resize(900, 600)
    atlas.qtbot.waitUntil(window.layers_dock.isHidden)
    window.layers_dock.toggleViewAction().trigger()
    window.resize(880, 600)
    QApplication.processEvents()
    assert window.layers_dock.isVisible()
    window.layers_dock.toggleViewAction().trigger()
    window.resize(1280, 800)
    QApplication.processEvents()
    assert not window.layers_dock.isVisible()


def test_a_narrow_window_starts_without_the_layer_list(atlas: Atlas) -> None:
    atlas.window.arrange(900, 600)
    assert not atlas.window.layers_dock.isVisible()
    dock = atlas.part(QDockWidget, "layers_dock")
    assert isinstance(dock, QDockWidget)
    dock.toggleViewAction().trigger()
    assert dock.isVisible()


def test_chords_of_the_window_work_while_typing(atlas: Atlas) -> None:
    seen: list[str] = []

    def close() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        seen.append(dialog.windowTitle())
        dialog.reject()

    class Greedy(QLineEdit):
        """A field as on platforms that give Ctrl+E to every field."""

        def event(self, event: QEvent) -> bool:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            return super().event(event)

    field = Greedy(atlas.window.time_bar)
    field.show()
    field.setFocus()
    QTimer.singleShot(0, close)
    atlas.press(Qt.Key.Key_E, CONTROL)
    assert seen == ["Export the map"]


def test_tab_leads_from_the_map_to_the_date_and_through_every_part(atlas: Atlas) -> None:
    seen: list[str] = []
    while len(seen) < 60 and (not seen or not atlas.window.canvas.hasFocus()):
        atlas.press(Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.objectName())
    assert atlas.window.canvas.hasFocus()
    assert seen[0] == "date_edit"
    for name in (
        "play_button",
        "time_track",
        "layer_tree",
        "dock_hide",
        "panel_view",
        "next_panel",
    ):
        assert name in seen
    assert "" not in seen


def test_brackets_walk_through_the_marks_in_view(atlas: Atlas) -> None:
    atlas.store.do(actions.open_panel(STORY.panel("bases")))
    walk = walk_of(atlas.window.canvas.scene)
    assert set(walk) == {"office-100", "camp-two"}
    atlas.press(Qt.Key.Key_BracketRight)
    assert atlas.store.state.selection == walk[0]
    assert atlas.window.card.isVisible()
    atlas.press(Qt.Key.Key_BracketRight)
    assert atlas.store.state.selection == walk[1]
    atlas.press(Qt.Key.Key_BracketRight)
    assert atlas.store.state.selection == walk[0]
    atlas.press(Qt.Key.Key_BracketLeft)
    assert atlas.store.state.selection == walk[1]
    for layer in ("ratanakiri_bases", "events"):
        atlas.store.do(actions.show_layer(layer, False))
    atlas.store.do(actions.select(""))
    atlas.press(Qt.Key.Key_BracketLeft)
    assert "no mark in view" in atlas.window.status.currentMessage()


def test_the_walk_goes_by_rows_from_the_left(atlas: Atlas) -> None:
    scene = atlas.window.canvas.scene
    k, camera = scene.camera.m_per_px, scene.camera
    spots = {"c": (0, 100), "a": (-200, 104), "b": (-100, 98), "d": (-300, 0), "off": (9e6, 0)}
    mark = resolve(
        actions.open_panel(STORY.panel("bases"))(atlas.store.state), atlas.library.atlas
    ).marks[0]
    marks = tuple(
        replace(mark, feature_id=name, x_m=camera.x_m + x * k, y_m=camera.y_m + y * k)
        for name, (x, y) in spots.items()
    )
    size_px = (1000, 48 * 16)
    assert walk_of(replace(scene, marks=marks, size_px=size_px)) == ("a", "b", "c", "d")
    assert neighbour_mark(replace(scene, marks=marks, size_px=size_px), -1) == "d"


def test_an_export_is_told_and_its_folder_remembered(atlas: Atlas, tmp_path: Path) -> None:
    asked: list[Path] = []

    def save_as(name: str) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog)
        asked.append(dialog.form.path().parent)
        dialog.form.set_path(tmp_path / name)
        dialog.save()

    for name in ("one.png", "two.png"):
        QTimer.singleShot(0, lambda name=name: save_as(name))
        atlas.action("export_action").trigger()
        assert str(tmp_path / name) in atlas.window.status.currentMessage()
    assert asked[1] == tmp_path
