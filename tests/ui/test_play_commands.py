"""How the date plays, by keys and in the menu, and what the step leaves alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QToolButton

from tests.app.fake_library import day
from tests.ui.whole_window import Atlas

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def test_direction_loop_and_speed_by_keys(atlas: Atlas) -> None:
    player = atlas.window.time_bar.player
    atlas.press(KEY.Key_B)
    assert player.direction == -1
    assert atlas.action("play_backwards_action").isChecked()
    assert atlas.part(QToolButton, "direction_button").text() == "Backwards"
    atlas.press(KEY.Key_L)
    assert player.loop
    assert atlas.action("loop_action").isChecked()
    assert atlas.part(QToolButton, "loop_button").isChecked()
    atlas.press(KEY.Key_Period, CONTROL)
    assert player.speed == 20
    assert atlas.part(QComboBox, "speed_box").currentText() == "20 a second"
    for _ in range(9):
        atlas.press(KEY.Key_Comma, CONTROL)
    assert player.speed == 1
    atlas.press(KEY.Key_B)
    atlas.press(KEY.Key_L)
    assert (player.direction, player.loop) == (1, False)


def test_stopping_at_the_panels_end_is_a_choice(atlas: Atlas) -> None:
    player, entry = atlas.window.time_bar.player, atlas.action("stop_at_panel_action")
    assert entry.isChecked()
    assert player.stops_at_panel
    entry.trigger()
    assert not player.stops_at_panel
    assert not entry.isChecked()


def test_a_date_typed_is_kept_when_the_step_changes(atlas: Atlas) -> None:
    field = atlas.window.time_bar.date_edit
    for typed, meant in (("14 Feb 1979", day(1979, 2, 14)), ("1977", day(1977, 1, 1))):
        field.setFocus()
        field.selectAll()
        atlas.qtbot.keyClicks(field, typed)
        atlas.qtbot.keyClick(field, KEY.Key_Return)
        box = atlas.part(QComboBox, "step_box")
        box.setFocus()
        for _ in range(3):
            atlas.qtbot.keyClick(box, KEY.Key_Down)
            assert atlas.store.state.day == meant
        assert atlas.store.state.step == "year"
        for _ in range(3):
            atlas.qtbot.keyClick(box, KEY.Key_Up)
