"""Two dates in one window: keys, handle, both playheads, identify on both sides, export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTextBrowser, QWidget

from atlas.app.export import Exporter
from atlas.app.export_options import ExportOptions
from atlas.core import actions
from atlas.core.panes import place_px, swipe_px
from atlas.ui.export_dialog import ExportDialog
from atlas.ui.swipe_handle import SwipeHandle
from atlas.ui.time_layout import AXIS_PX
from tests.app.fake_library import STORY, day
from tests.ui.conftest import LEFT, Mouse
from tests.ui.whole_window import Atlas

FALL, LATER, EARLIER = day(1979, 1, 7), day(1979, 3, 5), day(1966, 3, 1)
AXIS_Y = round(sum(AXIS_PX) / 2)
ALT, PLAIN = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
BELOW_PLATES_PX = 80
A_FEW = 40
"""Pixels."""


@pytest.fixture
def war(atlas: Atlas) -> Atlas:
    """The window on the fall of Phnom Penh, the second date in March."""
    atlas.store.do(actions.open_panel(STORY.panel("war")))
    atlas.store.do(actions.set_other_day(LATER, STORY))
    return atlas


def handle(atlas: Atlas) -> SwipeHandle:
    found = atlas.part(SwipeHandle, "swipe_handle")
    assert isinstance(found, SwipeHandle)
    return found


def below_plates(image: QImage, left: float, right: float) -> QImage:
    return image.copy(QRect(round(left), BELOW_PLATES_PX, round(right - left), 260))


def unlike(one: QImage, other: QImage) -> int:
    """Return how many pixels differ clearly; edges are smoothed a little otherwise by a clip."""
    return sum(
        abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness()) > 30
        for y in range(one.height())
        for x in range(one.width())
    )


def test_c_goes_through_the_ways_to_compare_and_undo_comes_back(war: Atlas) -> None:
    alone = war.window.canvas.grab().toImage()
    seen = []
    for _ in range(3):
        war.press(Qt.Key.Key_C)
        seen.append((war.store.state.comparison.mode, handle(war).isVisible()))
    assert seen == [("swipe", True), ("side", False), ("off", False)]
    assert war.window.canvas.grab().toImage() == alone
    war.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert war.store.state.comparison.mode == "side"
    assert war.window.canvas.grab().toImage() != alone


@pytest.mark.parametrize("mode", ["swipe", "side"])
def test_the_next_panel_brings_a_second_date_of_its_own(atlas: Atlas, mode: str) -> None:
    """The end of what it tells of; the introduction, which has no span, ends the comparison."""
    atlas.store.do(actions.open_panel(STORY.panel("bases")))
    atlas.store.do(actions.set_other_day(day(1963, 2, 2), STORY))
    atlas.store.do(actions.compare(mode, STORY))
    atlas.press(Qt.Key.Key_PageDown)
    assert atlas.panel == "war"
    other = atlas.part(QLineEdit, "other_date_edit")
    assert isinstance(other, QLineEdit)
    assert atlas.store.state.comparison.mode == mode
    assert other.text() == "31 Dec 1991"
    atlas.press(Qt.Key.Key_PageUp)
    assert other.text() == "31 Dec 1970"
    atlas.press(Qt.Key.Key_PageUp)
    assert atlas.panel == "intro"
    assert atlas.store.state.other_day is None
    assert not other.isVisible()
    atlas.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert other.text() == "31 Dec 1970"


def test_each_side_of_the_handle_is_the_map_of_its_date(war: Atlas) -> None:
    canvas = war.window.canvas
    of_first = canvas.image()
    war.store.do(actions.set_day(EARLIER, STORY))
    of_second = canvas.image()
    war.store.do(actions.set_day(FALL, STORY))
    war.store.do(actions.set_other_day(EARLIER, STORY))
    war.store.do(actions.compare("swipe", STORY))
    both, cut, width = canvas.image(), swipe_px(war.store.state), canvas.width()
    left, right = (0, cut - 3), (cut + 3, width)
    assert unlike(below_plates(both, *left), below_plates(of_first, *left)) < A_FEW
    assert unlike(below_plates(both, *right), below_plates(of_second, *right)) < A_FEW
    assert unlike(below_plates(both, *left), below_plates(of_second, *left)) > A_FEW
    assert unlike(below_plates(both, *right), below_plates(of_first, *right)) > A_FEW


def test_the_handle_is_dragged_in_one_step_of_undo(war: Atlas) -> None:
    war.store.do(actions.compare("swipe", STORY))
    before = war.store.state.comparison.share
    canvas, grip = war.window.canvas, handle(war)
    at = QPoint(round(swipe_px(war.store.state)), 100)
    QTest.mousePress(grip, LEFT, PLAIN, grip.mapFrom(canvas, at))
    for left_px in (30, 60, 100):
        QTest.mouseMove(grip, grip.mapFrom(canvas, at - QPoint(left_px, 0)))
    QTest.mouseRelease(grip, LEFT, PLAIN, grip.mapFrom(canvas, at - QPoint(100, 0)))
    width = canvas.width()
    assert war.store.state.comparison.share == pytest.approx(before - 100 / width, abs=0.03)
    assert war.store.undo()
    assert war.store.state.comparison.share == before


@pytest.mark.parametrize(
    ("key", "share"), [(Qt.Key.Key_Left, 0.48), (Qt.Key.Key_Right, 0.52), (Qt.Key.Key_Home, 0.02)]
)
def test_the_handle_goes_by_keys_and_leaves_the_date(war: Atlas, key: Qt.Key, share: float) -> None:
    war.store.do(actions.compare("swipe", STORY))
    war.press(Qt.Key.Key_Tab)
    assert handle(war).hasFocus()
    war.press(key)
    assert war.store.state.comparison.share == pytest.approx(share)
    assert war.store.state.day == FALL


@pytest.mark.parametrize("mode", ["swipe", "side"])
def test_drag_and_wheel_move_both_maps(war: Atlas, mode: str) -> None:
    war.store.do(actions.compare(mode, STORY))
    canvas = war.window.canvas
    mouse = Mouse(canvas, war.qtbot)
    for x in (canvas.width() * 0.2, canvas.width() * 0.8):
        place_m = canvas.pane_at(x).to_m(x, 300)
        mouse.wheel(x, 300, 120)
        first, second = (pane.scene.camera for pane in canvas.panes)
        assert first == second
        assert canvas.pane_at(x).to_m(x, 300) == pytest.approx(place_m, abs=1.0)
        mouse.drag((x, 300), (x + 40, 330))
        assert canvas.pane_at(x).to_m(x + 40, 330) == pytest.approx(place_m, abs=500.0)


@pytest.mark.parametrize("mode", ["swipe", "side"])
def test_a_mark_is_found_on_the_side_of_its_date_only(war: Atlas, mode: str) -> None:
    war.store.do(actions.set_other_day(EARLIER, STORY))
    war.store.do(actions.compare(mode, STORY))
    war.store.do(actions.swipe_to(0.9))
    canvas = war.window.canvas
    fallen = war.library.atlas.feature_by_id["fall-of-phnom-penh"]
    x, y = place_px(war.store.state, *fallen.anchor_m)
    canvas.grab()
    mouse = Mouse(canvas, war.qtbot)
    mouse.click(x, y)
    assert war.store.state.selection == "fall-of-phnom-penh"
    war.store.do(actions.select(""))
    if mode == "swipe":
        war.store.do(actions.swipe_to(0.02))
    else:
        x += canvas.panes[1].left_px
    mouse.click(x, y)
    assert war.store.state.selection == ""


def test_the_card_tells_of_both_dates(war: Atlas) -> None:
    war.store.do(actions.compare("swipe", STORY))
    war.store.do(actions.select("fall-of-phnom-penh"))
    told = war.part(QTextBrowser, "card_text")
    assert isinstance(told, QTextBrowser)
    assert "7 January 1979" in told.toPlainText()
    assert "5 March 1979" in told.toPlainText()


def test_a_drag_of_the_handle_leaves_the_keyboard_and_c_goes_on(war: Atlas) -> None:
    war.store.do(actions.compare("swipe", STORY))
    QTest.mouseClick(handle(war), LEFT)
    assert war.window.canvas.hasFocus()
    war.press(Qt.Key.Key_Tab)
    assert handle(war).hasFocus()
    for mode in ("side", "off"):
        war.press(Qt.Key.Key_C)
        assert war.store.state.comparison.mode == mode
    assert war.window.canvas.hasFocus()


def test_the_second_date_is_typed_and_stepped(war: Atlas) -> None:
    field = war.part(QLineEdit, "other_date_edit")
    assert isinstance(field, QLineEdit)
    assert not field.isVisible()
    war.press(Qt.Key.Key_Greater)
    assert "press C" in war.window.status.currentMessage()
    war.press(Qt.Key.Key_C)
    assert field.text() == "5 Mar 1979"
    war.press(Qt.Key.Key_Greater)
    assert war.store.state.other_day == LATER + 1
    war.press(Qt.Key.Key_Less)
    field.setFocus()
    field.selectAll()
    war.qtbot.keyClicks(field, "1 April 1979")
    war.press(Qt.Key.Key_Return)
    assert war.store.state.other_day == day(1979, 4, 1)
    assert war.store.state.day == FALL
    assert war.window.canvas.panes[1].scene.date_text == "1 April 1979"


@pytest.mark.parametrize("grip", ["handle", "alt"])
def test_the_second_playhead_is_dragged(war: Atlas, grip: str) -> None:
    war.store.do(actions.compare("swipe", STORY))
    track = war.window.time_bar.track
    track.show_window(replace(track.scale, start_day=FALL - 40, end_day=FALL + 100))
    start, keys = (LATER, PLAIN) if grip == "handle" else (FALL + 20, ALT)

    def at(on: int) -> QPoint:
        return QPoint(round(track.scale.to_px(on + 0.5)), AXIS_Y)

    QTest.mousePress(track, LEFT, keys, at(start))
    for on in (LATER + 5, LATER + 10, LATER + 15):
        QTest.mouseMove(track, at(on))
    QTest.mouseRelease(track, LEFT, keys, at(LATER + 15))
    assert (war.store.state.day, war.store.state.other_day) == (FALL, LATER + 15)
    assert war.store.undo()
    assert war.store.state.other_day == LATER


def test_both_dates_are_painted_on_the_track(war: Atlas) -> None:
    track = war.window.time_bar.track
    before = track.grab().toImage()
    war.store.do(actions.compare("swipe", STORY))
    compared = track.grab().toImage()
    assert compared != before
    war.store.do(actions.set_other_day(LATER + 300, STORY))
    assert track.grab().toImage() != compared


@pytest.mark.parametrize("mode", ["swipe", "side"])
def test_pictures_of_a_comparison_show_both(war: Atlas, mode: str) -> None:
    exporter, options = Exporter(war.library, "paper"), ExportOptions()
    alone = exporter.image(war.store.state, options)
    war.store.do(actions.compare(mode, STORY))
    both = exporter.image(war.store.state, options)
    assert both.size() == alone.size()
    assert both != alone
    war.action("copy_picture_action").trigger()
    copied = QApplication.clipboard().image()
    assert (copied.width(), copied.height()) == war.store.state.viewport_px


@pytest.mark.parametrize("ending", ["png", "pdf", "svg"])
def test_files_of_a_comparison_name_both_dates(war: Atlas, ending: str, tmp_path: Path) -> None:
    war.store.do(actions.compare("side", STORY))
    path = tmp_path / f"both.{ending}"
    Exporter(war.library, "paper").write(war.store.state, path, ExportOptions())
    data = path.read_bytes()
    if ending == "svg":
        assert b"7 January 1979 and 5 March 1979" in data
        assert data.count(b"<svg") == 3
        assert b"<title>7 January 1979</title>" not in data
    if ending == "png":
        assert QImage(str(path)).text("Date") == "7 January 1979 and 5 March 1979"
    assert len(data) > 1000


def test_a_picture_s_first_name_tells_all_its_dates(war: Atlas) -> None:
    war.store.do(actions.compare("side", STORY))
    war.store.do(actions.set_range(day(1978, 12, 25), FALL, STORY))
    dialog = ExportDialog(war.library, war.store.state, war.window)
    assert dialog.form.path().name == "war-1978-12-25-to-1979-01-07-and-1979-03-05.png"
    dialog.deleteLater()


def test_both_dates_are_whole_in_a_narrow_window(war: Atlas) -> None:
    """A stretch across the turn of a year and a second date, at 900 pixels."""
    war.store.do(actions.compare("swipe", STORY))
    war.store.do(actions.set_range(day(1978, 11, 28), day(1979, 11, 28), STORY))
    war.window.resize(900, 700)
    QApplication.processEvents()
    for name in ("date_edit", "other_date_edit"):
        field = war.part(QLineEdit, name)
        assert isinstance(field, QLineEdit)
        words_px = field.fontMetrics().horizontalAdvance(field.text())
        assert field.width() >= words_px + 12, name
    loop = war.part(QWidget, "loop_button")
    war.store.do(actions.compare("off", STORY))
    war.window.resize(1280, 700)
    QApplication.processEvents()
    assert loop.isVisible()


def test_maps_too_narrow_for_their_legend_say_so(war: Atlas) -> None:
    hint = war.part(QLabel, "status_hint")
    assert isinstance(hint, QLabel)
    for item in ("legend", "overview"):
        war.store.do(actions.show_furniture(item, True))
    war.window.resize(900, 500)
    QApplication.processEvents()
    war.store.do(actions.compare("side", STORY))
    missing = war.window.canvas.left_out()
    assert "overview" in missing
    assert f"no room for {' and '.join(sorted(missing))}" in hint.text()
    for item in ("legend", "overview"):
        war.store.do(actions.show_furniture(item, False))
    assert "no room" not in hint.text()
