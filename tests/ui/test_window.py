from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QMenu,
    QTextBrowser,
    QTreeWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from atlas.app.session import Session, load_session, save_session
from atlas.core import actions
from atlas.core.projection import projection_named
from atlas.core.viewport import fit_bbox, to_px
from atlas.ui.commands import COMMANDS
from atlas.ui.layer_tree import SYMBOL_PX
from atlas.ui.menus import PROJECTION_WORDS, read_ahead
from tests.app.fake_library import STORY, day
from tests.ui.conftest import Mouse
from tests.ui.whole_window import Atlas

PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
FALL = day(1979, 1, 7)


NAMES = (
    "map_canvas", "time_track", "date_edit", "play_button", "step_box", "contents_list",
    "panel_view", "next_panel", "previous_panel", "layer_tree", "identify_card",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_part_has_its_name(atlas: Atlas, name: str) -> None:
    assert atlas.part(QWidget, name).window() is atlas.window


@pytest.mark.parametrize("focus", ["map_canvas", "panel_view", "layer_tree", "step_box"])
def test_nought_shows_the_whole_era_wherever_the_focus_is(atlas: Atlas, focus: str) -> None:
    atlas.store.do(actions.open_panel(STORY.panel("war")))
    assert not atlas.window.time_bar.track.shows_era
    atlas.part(QWidget, focus).setFocus()
    atlas.press(Qt.Key.Key_0)
    assert atlas.window.time_bar.track.shows_era


def test_the_first_start_opens_the_first_panel_and_nothing_to_undo(atlas: Atlas) -> None:
    assert atlas.panel == "intro"
    assert not atlas.store.can_undo
    assert atlas.action("export_action").text() == "Export…"


@pytest.mark.parametrize(
    ("key", "modifier", "expected"),
    [
        (Qt.Key.Key_Right, PLAIN, FALL + 1),
        (Qt.Key.Key_Left, PLAIN, FALL - 1),
        (Qt.Key.Key_Right, SHIFT, day(1979, 2, 7)),
        (Qt.Key.Key_Left, SHIFT, day(1978, 12, 7)),
        (Qt.Key.Key_Home, PLAIN, STORY.first_day),
        (Qt.Key.Key_End, PLAIN, STORY.last_day),
        (Qt.Key.Key_Period, PLAIN, FALL + 1),
        (Qt.Key.Key_Comma, PLAIN, day(1973, 8, 7)),
        (Qt.Key.Key_N, PLAIN, FALL + 1),
        (Qt.Key.Key_P, PLAIN, day(1973, 8, 7)),
    ],
)
@pytest.mark.parametrize("focus", ["map_canvas", "panel_view", "layer_tree", "step_box"])
def test_keys_move_the_date_wherever_the_focus_is(
    atlas: Atlas, key: Qt.Key, modifier: Qt.KeyboardModifier, expected: int, focus: str
) -> None:
    atlas.store.do(actions.open_panel(STORY.panel("war")))
    atlas.part(QWidget, focus).setFocus()
    atlas.press(key, modifier)
    assert atlas.store.state.day == expected


def test_keys_stay_in_the_date_field_while_typing(atlas: Atlas) -> None:
    field = atlas.part(QLineEdit, "date_edit")
    assert isinstance(field, QLineEdit)
    before = atlas.store.state
    atlas.press(Qt.Key.Key_G, CONTROL)
    atlas.qtbot.waitUntil(field.hasFocus)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_H):
        atlas.press(key)
    assert atlas.store.state == before
    field.selectAll()
    atlas.qtbot.keyClicks(field, "7 Jan 1979")
    atlas.press(Qt.Key.Key_Return)
    assert atlas.store.state.day == FALL
    assert atlas.window.canvas.hasFocus()
    atlas.press(Qt.Key.Key_Right)
    assert atlas.store.state.day == FALL + 1
    atlas.press(Qt.Key.Key_G, CONTROL)
    atlas.press(Qt.Key.Key_Escape)
    assert atlas.window.canvas.hasFocus()
    assert atlas.store.state.day == FALL + 1


def test_page_keys_turn_panels_and_undo_turns_back(atlas: Atlas) -> None:
    atlas.press(Qt.Key.Key_PageDown)
    assert atlas.panel == "bases"
    atlas.press(Qt.Key.Key_PageDown)
    atlas.press(Qt.Key.Key_PageDown)
    assert atlas.panel == "war"
    atlas.press(Qt.Key.Key_PageUp)
    assert atlas.panel == "bases"
    atlas.press(Qt.Key.Key_Z, CONTROL)
    assert atlas.panel == "war"
    atlas.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert atlas.panel == "bases"


def test_a_run_of_one_key_is_one_step_to_undo(atlas: Atlas) -> None:
    atlas.store.do(actions.open_panel(STORY.panel("war")))
    for _ in range(5):
        atlas.press(Qt.Key.Key_Right)
    assert atlas.store.state.day == FALL + 5
    atlas.press(Qt.Key.Key_Z, CONTROL)
    assert atlas.store.state.day == FALL


def test_space_plays_and_pauses_but_ticks_in_the_layer_list(atlas: Atlas) -> None:
    atlas.press(Qt.Key.Key_Space)
    assert atlas.window.time_bar.player.playing
    atlas.press(Qt.Key.Key_Space)
    assert not atlas.window.time_bar.player.playing
    tree = atlas.part(QTreeWidget, "layer_tree")
    assert isinstance(tree, QTreeWidget)
    tree.setFocus()
    (row,) = tree.findItems("Towns", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    tree.setCurrentItem(row)
    atlas.press(Qt.Key.Key_Space)
    assert not atlas.window.time_bar.player.playing
    assert "places" not in atlas.store.state.layers


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_Plus, PLAIN), (Qt.Key.Key_Minus, PLAIN),
     (Qt.Key.Key_Left, CONTROL), (Qt.Key.Key_Down, CONTROL)],
)  # fmt: skip
def test_the_map_moves_by_keys_and_h_brings_it_home(
    atlas: Atlas, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    home = atlas.store.state.camera
    atlas.press(key, modifier)
    assert atlas.store.state.camera != home
    atlas.press(Qt.Key.Key_H)
    assert atlas.store.state.camera == home


def test_clicking_a_mark_opens_the_card_and_escape_closes_it(atlas: Atlas) -> None:
    atlas.store.do(actions.open_panel(STORY.panel("war")))
    canvas = atlas.window.canvas
    canvas.grab()
    anchor = atlas.library.atlas.feature_by_id["fall-of-phnom-penh"].anchor_m
    at = to_px(atlas.store.state.camera, atlas.store.state.viewport_px, *anchor)
    Mouse(canvas, atlas.qtbot).click(*at)
    assert atlas.window.card.isVisible()
    atlas.press(Qt.Key.Key_Escape)
    assert not atlas.window.card.isVisible()


def test_clicks_and_wheel_on_the_card_do_not_reach_the_map(atlas: Atlas) -> None:
    atlas.store.do(actions.open_panel(STORY.panel("war")))
    atlas.store.do(actions.select("fall-of-phnom-penh"))
    before = atlas.store.state
    card = Mouse(atlas.window.card, atlas.qtbot)
    card.click(3, 3)
    card.wheel(3, 3, 120)
    card.double_click(3, 3)
    text = atlas.part(QTextBrowser, "card_text")
    assert isinstance(text, QTextBrowser)
    Mouse(text.viewport(), atlas.qtbot).wheel(5, 5, -1200)
    assert atlas.store.state == before


@pytest.mark.parametrize("key", PROJECTION_WORDS)
def test_the_menu_chooses_a_projection_as_one_step(atlas: Atlas, key: str) -> None:
    before = atlas.store.state
    menu = atlas.part(QMenu, "projection_menu")
    assert [entry.text() for entry in menu.actions()] == list(PROJECTION_WORDS.values())
    entry = menu.actions()[list(PROJECTION_WORDS).index(key)]
    entry.trigger()
    assert atlas.store.state.camera.projection.key == key
    assert [e.isChecked() for e in menu.actions()] == [e is entry for e in menu.actions()]
    assert atlas.window.canvas.scene.camera == atlas.store.state.camera
    assert atlas.store.can_undo == (key != "laea")
    atlas.action("undo_action").trigger()
    assert atlas.store.state == before
    assert menu.actions()[0].isChecked()


def test_a_chosen_projection_stays_from_panel_to_panel(atlas: Atlas) -> None:
    atlas.store.do(actions.choose_projection(projection_named("mercator")))
    atlas.press(Qt.Key.Key_PageDown)
    assert atlas.panel != "intro"
    camera = atlas.store.state.camera
    box = atlas.library.atlas.story.panel(atlas.panel).bbox_deg
    assert camera.projection.key == "mercator"
    assert camera == fit_bbox(box, atlas.store.state.viewport_px, camera.projection)
    atlas.window.resize(1100, 700)
    size_px = atlas.store.state.viewport_px
    assert atlas.store.state.camera == fit_bbox(box, size_px, camera.projection)


def test_the_theme_changes_everywhere_and_can_be_undone(atlas: Atlas) -> None:
    canvas, text = atlas.window.canvas, atlas.window.panel_dock

    def lights() -> list[int]:
        """How light the menu bar, the map and the text are."""
        menu = atlas.window.grab().toImage().pixelColor(3, 3)
        sea = canvas.grab().toImage().pixelColor(5, canvas.height() // 2)
        page = text.grab().toImage().pixelColor(5, text.height() // 2)
        return [color.lightness() for color in (menu, sea, page)]

    def sign() -> QImage:
        """The sign of a layer in the list."""
        tree = atlas.window.layers.findChild(QTreeWidget)
        assert tree is not None
        return tree.topLevelItem(0).child(0).icon(0).pixmap(SYMBOL_PX).toImage()

    assert min(lights()) > 100
    by_day = sign()
    atlas.store.do(actions.set_theme("night"))
    atlas.qtbot.waitUntil(lambda: max(lights()) < 100)
    layer = next(one.id for one in atlas.library.atlas.story.layers if one.group != "base")
    by_night = atlas.picture.symbol_image(layer, SYMBOL_PX)
    assert sign().convertToFormat(by_night.format()) == by_night != by_day
    atlas.press(Qt.Key.Key_Z, CONTROL)
    atlas.qtbot.waitUntil(lambda: min(lights()) > 100)


def test_menu_choices_follow_the_state(atlas: Atlas) -> None:
    def ticked(menu: str) -> list[str]:
        entries = atlas.window.menus.menus[menu].findChildren(QAction)
        subs = [
            e for m in atlas.window.menus.menus[menu].findChildren(QWidget) for e in m.actions()
        ]
        return [e.text() for e in (*entries, *subs, *atlas.window.menus.menus[menu].actions())
                if e.isChecked()]  # fmt: skip

    assert "1  A question" in ticked("Go")
    atlas.press(Qt.Key.Key_PageDown)
    assert "2  Bases in the forest" in ticked("Go")
    assert "Day" in ticked("Time")
    atlas.store.do(actions.set_step("year"))
    assert "Year" in ticked("Time")


def test_names_in_the_view_menu_letter_the_map_anew(atlas: Atlas) -> None:
    view = atlas.window.menus.menus["View"]
    names = next(e.menu() for e in view.actions() if e.text() == "Names")
    assert isinstance(names, QMenu)
    before = atlas.window.canvas.image()
    entry = next(e for e in names.actions() if e.text() == "Local, in their own script")
    entry.trigger()
    assert atlas.store.state.name_language == "local"
    assert entry.isChecked()
    assert atlas.window.canvas.image() != before
    atlas.press(Qt.Key.Key_Z, CONTROL)
    assert atlas.store.state.name_language == "english"
    assert atlas.window.canvas.image() == before


def test_choosing_a_panel_in_the_menu_opens_it(atlas: Atlas) -> None:
    entries = atlas.window.menus.menus["Go"].actions()
    next(entry for entry in entries if entry.text() == "3  The war").trigger()
    assert atlas.panel == "war"
    assert atlas.store.state.day == FALL


def test_undo_and_redo_are_offered_only_when_there_is_something(atlas: Atlas) -> None:
    undo, redo = atlas.action("undo_action"), atlas.action("redo_action")
    assert not undo.isEnabled()
    atlas.press(Qt.Key.Key_PageDown)
    assert undo.isEnabled()
    undo.trigger()
    assert redo.isEnabled()
    assert not undo.isEnabled()


def test_map_and_text_only_hides_the_rest_and_escape_brings_it_back(atlas: Atlas) -> None:
    window = atlas.window
    window.layers_dock.hide()
    atlas.press(Qt.Key.Key_F11, SHIFT)
    assert window.canvas.isVisible()
    assert window.text_dock.isVisible()
    assert not window.time_dock.isVisible()
    assert not window.menuBar().isVisible()
    atlas.press(Qt.Key.Key_PageDown)
    assert atlas.panel == "bases"
    atlas.press(Qt.Key.Key_Escape)
    assert window.time_dock.isVisible()
    assert window.menuBar().isVisible()
    assert not window.layers_dock.isVisible()


def test_copying_puts_the_map_on_the_clipboard(atlas: Atlas) -> None:
    atlas.action("copy_picture_action").trigger()
    image = QApplication.clipboard().image()
    assert (image.width(), image.height()) == atlas.store.state.viewport_px
    assert "clipboard" in atlas.window.status.currentMessage()


@pytest.mark.parametrize(
    ("name", "title"),
    [("export_action", "Export the map"), ("keys_action", "Keys and gestures"),
     ("about_action", "About the Indochina Atlas")],
)  # fmt: skip
def test_dialogs_open(atlas: Atlas, name: str, title: str) -> None:
    seen: list[str] = []

    def close() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        seen.append(dialog.windowTitle())
        dialog.reject()

    QTimer.singleShot(0, close)
    atlas.action(name).trigger()
    assert seen[0].startswith(title)


def test_show_in_text_says_when_the_text_is_silent(atlas: Atlas) -> None:
    atlas.store.do(actions.select("office-100"))
    atlas.window.card.show_in_text.emit("office-100")
    assert "does not speak of" in atlas.window.status.currentMessage()


def test_hovering_a_name_in_the_text_points_it_out(atlas: Atlas) -> None:
    atlas.store.do(actions.open_panel(STORY.panel("war")))
    bare = atlas.window.canvas.grab().toImage()
    atlas.window.panel_dock.feature_hovered.emit("fall-of-phnom-penh")
    assert atlas.window.canvas.grab().toImage() != bare


def test_the_pointer_s_place_is_told(atlas: Atlas) -> None:
    Mouse(atlas.window.canvas, atlas.qtbot).move(50, 60)
    position = atlas.part(QWidget, "status_position")
    assert "° N" in position.text()


def test_every_command_of_the_table_is_an_action(atlas: Atlas) -> None:
    for command in COMMANDS:
        if command.menu:
            assert atlas.action(f"{command.id}_action").shortcuts() or not command.keys


def test_the_arrangement_survives(atlas: Atlas, tmp_path: Path, qtbot: QtBot) -> None:
    window = atlas.window
    window.layers_dock.hide()
    saved = Session(atlas.store.state, bytes(window.saveGeometry().data()),
                    bytes(window.saveState().data()), 20.0)  # fmt: skip
    path = tmp_path / "session.json"
    save_session(path, saved)
    again = load_session(path, atlas.library.atlas)
    window.layers_dock.show()
    assert window.arrange_as(again.geometry, again.docks)
    assert not window.layers_dock.isVisible()


def test_going_to_a_mark_in_view_draws_the_eye_to_it(atlas: Atlas) -> None:
    atlas.store.do(actions.open_panel(STORY.panel("war")))
    atlas.store.do(actions.select("fall-of-phnom-penh"))
    feature = atlas.library.atlas.feature_by_id["fall-of-phnom-penh"]
    x, y = to_px(atlas.store.state.camera, atlas.store.state.viewport_px, *feature.anchor_m)
    round_it = QRect(round(x) - 40, round(y) - 40, 80, 80)
    before = atlas.window.canvas.grab(round_it).toImage()
    camera = atlas.store.state.camera
    button = atlas.part(QWidget, "card_go_there")
    atlas.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert atlas.store.state.camera == camera
    assert atlas.window.canvas.grab(round_it).toImage() != before
    atlas.qtbot.waitUntil(lambda: atlas.window.canvas.grab(round_it).toImage() == before)


def test_opening_the_menu_of_projections_reads_ahead_once(atlas: Atlas) -> None:
    menu = atlas.part(QMenu, "projection_menu")
    assert isinstance(menu, QMenu)
    read_ahead.cache_clear()
    menu.aboutToShow.emit()
    assert read_ahead.cache_info().currsize == 1
    read_ahead().join(60)
    assert not read_ahead().is_alive()
    assert "geodata.reproject" in sys.modules
