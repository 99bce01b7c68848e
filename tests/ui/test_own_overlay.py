"""A file of one's own opened in the whole window: dialog, drop, map, card, list, undo, session."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QTextBrowser,
    QToolButton,
    QTreeWidget,
)

from atlas.app.session import KeptOverlay, load_session, session_path
from atlas.core import actions
from atlas.core.own import asked_by, is_cell, layer_of
from atlas.core.viewport import to_px
from atlas.render.own_marks import own_hits
from atlas.ui.application import _save
from tests.ui.conftest import Mouse
from tests.ui.dialogs import during
from tests.ui.whole_window import Atlas

NEAR = "".join(f"Camp {n},104.9{n},11.5{n},1975-04-17,1979-01-07\n" for n in range(8))
FILE = f"name,lon,lat,start,end,note\n{NEAR}Alone,107.5,13.5,1974~,,<b>Only</b> one\nBad,,,1975,\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "my camps.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def drop(atlas: Atlas, path: Path) -> None:
    data, copy = QMimeData(), Qt.DropAction.CopyAction
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(200, 200), copy, data, buttons, keys)
    entering.ignore()
    QApplication.sendEvent(atlas.window, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(atlas.window, QDropEvent(QPointF(200, 200), copy, data, buttons, keys))


def opened(atlas: Atlas, path: Path) -> str:
    """Drop a file on the window and wait until it is shown; return its layer."""
    drop(atlas, path)
    atlas.qtbot.waitUntil(lambda: bool(atlas.store.state.own))
    return atlas.store.state.own[-1]


def cell_px(atlas: Atlas, number: int) -> tuple[float, float]:
    """Return where a click meets the sign of so many places."""
    scene = atlas.window.canvas.scene
    cells = [cell for own in scene.own for cell in own.cells if cell.number == number]
    x, y = to_px(scene.camera, scene.size_px, cells[0].x_m, cells[0].y_m)
    # A sign is pushed into its cell, so that it lies near the middle of its places.
    spots = ((x + dx, y + dy) for dx in range(-24, 25, 4) for dy in range(-24, 25, 4))
    return next(spot for spot in spots if cells[0].id in own_hits(scene, *spot)[:1])


def tree_rows(atlas: Atlas) -> list[str]:
    tree = atlas.part(QTreeWidget, "layer_tree")
    assert isinstance(tree, QTreeWidget)
    heads = [tree.topLevelItem(i) for i in range(tree.topLevelItemCount())]
    return [head.child(i).text(0) for head in heads for i in range(head.childCount())]


def test_the_dialog_opens_a_file_and_the_map_shows_it(atlas: Atlas, path: Path) -> None:
    def choose(dialog: QDialog) -> None:
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        assert field is not None
        field.setText(str(path))
        atlas.qtbot.keyClick(field, Qt.Key.Key_Return)

    during(QFileDialog, choose)
    atlas.window.menus.actions["open_overlay"].trigger()
    atlas.qtbot.waitUntil(lambda: bool(atlas.store.state.own))
    (own,) = atlas.window.canvas.scene.own
    assert own.title == "my camps.csv"
    assert sum(cell.number for cell in own.cells) == 9
    assert "9 dated places" in atlas.window.status.currentMessage()
    assert "line 11" in atlas.window.status.currentMessage()
    assert "my camps.csv" in tree_rows(atlas)
    assert any("my camps.csv" in line for line in atlas.window.canvas.scene.credits)


def test_scrubbing_counts_anew_and_undo_takes_the_overlay_away(atlas: Atlas, path: Path) -> None:
    before = atlas.store.state
    layer = opened(atlas, path)
    assert layer in atlas.store.state.layers
    after = atlas.library.atlas.story.panel("war").day + 30
    atlas.store.do(actions.set_day(after, atlas.library.atlas.story))
    (own,) = atlas.window.canvas.scene.own
    assert [cell.number for cell in own.cells] == [1]
    atlas.store.undo()
    atlas.store.undo()
    assert atlas.store.state == before
    assert atlas.window.canvas.scene.own == ()
    assert "my camps.csv" not in tree_rows(atlas)
    atlas.store.redo()
    assert "my camps.csv" in tree_rows(atlas)


def test_a_click_on_a_number_tells_how_many_and_names_the_first(atlas: Atlas, path: Path) -> None:
    opened(atlas, path)
    canvas = atlas.window.canvas
    at = cell_px(atlas, 8)
    mouse = Mouse(canvas, atlas.qtbot)
    mouse.move(*at)
    mouse.click(*at)
    assert is_cell(atlas.store.state.selection)
    card = atlas.window.card
    assert card.isVisible()
    assert card.accessibleName() == "Card: 8 places together"
    text = atlas.part(QTextBrowser, "card_text")
    assert isinstance(text, QTextBrowser)
    assert "Camp 0" in text.toPlainText()
    assert "not checked by the atlas" in text.toPlainText()
    text.anchorClicked.emit(QUrl("own-place:3"))
    assert card.accessibleName().startswith("Card: Camp 3")
    assert "17 April 1975" in text.toPlainText()


def test_a_cells_card_follows_the_date_and_goes_closer(atlas: Atlas, path: Path) -> None:
    opened(atlas, path)
    Mouse(atlas.window.canvas, atlas.qtbot).click(*cell_px(atlas, 8))
    before = atlas.store.state.camera.m_per_px
    go_there = atlas.part(QPushButton, "card_go_there")
    atlas.qtbot.mouseClick(go_there, Qt.MouseButton.LeftButton)
    assert atlas.store.state.camera.m_per_px < before
    after = atlas.library.atlas.story.panel("war").day + 30
    atlas.store.do(actions.set_day(after, atlas.library.atlas.story))
    assert atlas.window.card.accessibleName() == "Card: No place"


def test_a_place_alone_has_a_card_with_its_words_as_they_are(atlas: Atlas, path: Path) -> None:
    opened(atlas, path)
    Mouse(atlas.window.canvas, atlas.qtbot).click(*cell_px(atlas, 1))
    text = atlas.part(QTextBrowser, "card_text")
    assert isinstance(text, QTextBrowser)
    assert "<b>Only</b> one" in text.toPlainText()
    assert layer_of(atlas.store.state.selection) == atlas.store.state.own[0]


def test_the_keys_walk_over_numbers_too(atlas: Atlas, path: Path) -> None:
    opened(atlas, path)
    met = set()
    for _ in range(12):
        atlas.press(Qt.Key.Key_BracketRight)
        met.add(atlas.store.state.selection)
    assert sum(bool(layer_of(one)) for one in met) == 2


def test_the_list_shows_hides_and_closes_it(atlas: Atlas, path: Path) -> None:
    layer = opened(atlas, path)
    tree = atlas.part(QTreeWidget, "layer_tree")
    assert isinstance(tree, QTreeWidget)
    (item,) = tree.findItems("my camps.csv", Qt.MatchFlag.MatchRecursive)
    assert str(path) in item.toolTip(0)
    item.setCheckState(0, Qt.CheckState.Unchecked)
    assert layer not in atlas.store.state.layers
    assert atlas.window.canvas.scene.own == ()
    tree.setCurrentItem(item)
    close = atlas.part(QToolButton, "layer_close")
    assert isinstance(close, QToolButton)
    atlas.qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert atlas.store.state.own == ()
    assert "my camps.csv" not in tree_rows(atlas)
    assert "Your overlays" not in [
        tree.topLevelItem(i).text(0) for i in range(tree.topLevelItemCount())
    ]


def test_a_file_that_is_none_is_told_and_changes_nothing(atlas: Atlas, tmp_path: Path) -> None:
    before = atlas.store.state
    path = tmp_path / "broken.geojson"
    path.write_text('{"type": "FeatureCollection",\n"features": [', encoding="utf-8")
    drop(atlas, path)
    told = atlas.window.status.currentMessage
    atlas.qtbot.waitUntil(lambda: "line 2" in told())
    assert told().startswith("broken.geojson")
    assert "save it as" in told()
    assert atlas.store.state == before
    atlas.window.menus.actions["close_overlays"].trigger()
    assert "No overlay" in told()


def test_a_changed_file_is_read_anew(atlas: Atlas, path: Path) -> None:
    opened(atlas, path)
    path.write_text(FILE.replace("Alone,107.5", "Alone,104.9"), encoding="utf-8")
    drop(atlas, path)
    numbers = lambda: [c.number for own in atlas.window.canvas.scene.own for c in own.cells]  # noqa: E731
    atlas.qtbot.waitUntil(lambda: numbers() != [1, 8] and len(atlas.store.state.own) == 1)


def test_the_session_keeps_it_by_its_path(atlas: Atlas, path: Path) -> None:
    layer = opened(atlas, path)
    atlas.store.do(actions.set_opacity(layer, 50))
    atlas.store.do(actions.show_layer(layer, False))
    _save(atlas.window, atlas.store)
    session = load_session(session_path(), atlas.library.atlas)
    assert session.overlays == (KeptOverlay(str(path), False, 50),)
    atlas.window.menus.actions["close_overlays"].trigger()
    before = atlas.store.state
    atlas.window.commands.reopen(session.overlays)
    atlas.qtbot.waitUntil(lambda: bool(atlas.store.state.own))
    assert atlas.store.state.opacity_of(layer) == 50
    assert layer not in atlas.store.state.layers
    assert before.own == ()


def test_a_file_that_is_gone_is_told_at_the_next_start(atlas: Atlas, tmp_path: Path) -> None:
    gone = KeptOverlay(str(tmp_path / "gone.csv"))
    atlas.window.commands.reopen((gone,))
    assert atlas.window.commands.overlays_left() == (gone,)
    told = atlas.window.status.currentMessage
    atlas.qtbot.waitUntil(lambda: "does not exist" in told())
    assert atlas.window.commands.overlays_left() == ()


def test_closing_the_window_gives_up_what_is_being_read(atlas: Atlas, path: Path) -> None:
    path.write_text(FILE + NEAR * 4_000, encoding="utf-8")
    atlas.window.commands.open_overlay_at(path)
    atlas.window.commands.opener.close()
    QApplication.processEvents()
    assert atlas.store.state.own == ()


def test_what_was_read_as_the_window_closed_is_left(atlas: Atlas, path: Path) -> None:
    opener = atlas.window.commands.opener
    opener.open(path, asked_by(atlas.store.state))
    # It has been read, and the news of it waits for the window to be told.
    assert opener._thread is not None
    opener._thread.join()
    opener.close()
    QApplication.processEvents()
    assert atlas.store.state.own == ()
    assert atlas.library.atlas.own == {}
