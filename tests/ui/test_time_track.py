"""The time track under real mouse, wheel and key events: it drags the date, not the axis."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from atlas.core import actions
from atlas.core.day import day_from_ymd
from atlas.core.resources import resources_dir
from atlas.core.store import Change, Store
from atlas.render.fonts import load_fonts
from atlas.ui.time_layout import (
    AXIS_PX,
    CHAPTERS_PX,
    OVERVIEW_PX,
    lane_y_px,
)
from atlas.ui.time_track import TimeTrack
from tests.app.fake_library import STORY, fake_library

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
CHAPTER_Y = sum(CHAPTERS_PX) / 2
Keys = Qt.KeyboardModifier
NO_KEYS, CTRL = Keys.NoModifier, Keys.ControlModifier
AXIS_Y = sum(AXIS_PX) / 2
OVERVIEW_Y = sum(OVERVIEW_PX) / 2
ERA_DAYS = STORY.last_day + 1 - STORY.first_day


@pytest.fixture
def store() -> Store:
    return Store(actions.initial_state(STORY, (800, 600)))


@pytest.fixture
def track(store: Store, qtbot: QtBot, tmp_path: Path) -> Iterator[TimeTrack]:
    load_fonts(resources_dir() / "fonts")
    widget = TimeTrack(store, fake_library(tmp_path))
    qtbot.add_widget(widget)
    widget.resize(1000, widget.sizeHint().height())
    widget.show()
    yield widget
    widget.close_down()


def mouse(
    widget: TimeTrack, kind: QEvent.Type, x: float, y: float, held: bool, keys: Keys = NO_KEYS
) -> None:
    at = QPointF(x, y)
    moving = kind == QEvent.Type.MouseMove
    button = NO_BUTTON if moving else LEFT
    buttons = LEFT if held else NO_BUTTON
    event = QMouseEvent(kind, at, widget.mapToGlobal(at), button, buttons, keys)
    QApplication.sendEvent(widget, event)


def press(widget: TimeTrack, x: float, y: float = AXIS_Y) -> None:
    mouse(widget, QEvent.Type.MouseButtonPress, x, y, True)


def move(widget: TimeTrack, x: float, y: float = AXIS_Y, held: bool = True) -> None:
    mouse(widget, QEvent.Type.MouseMove, x, y, held)


def release(widget: TimeTrack, x: float, y: float = AXIS_Y) -> None:
    mouse(widget, QEvent.Type.MouseButtonRelease, x, y, False)


def wheel(widget: TimeTrack, x: float, turn: int, y: float = AXIS_Y, sideways: int = 0) -> None:
    at = QPointF(x, y)
    event = QWheelEvent(
        at, widget.mapToGlobal(at), QPoint(), QPoint(sideways, turn), NO_BUTTON,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def px(track: TimeTrack, year: int, month: int = 1, day: int = 1) -> float:
    return track.scale.to_px(day_from_ymd(year, month, day) + 0.5)


def test_the_introduction_shows_the_era(track: TimeTrack) -> None:
    assert track.shows_era
    assert track.accessibleName() == "Time track"
    assert "21 June 1975" in track.accessibleDescription()


def test_a_drag_sets_the_date_at_every_move_and_undoes_as_one(
    track: TimeTrack, store: Store
) -> None:
    before = store.state
    seen: list[Change] = []
    store.subscribe(seen.append)
    window = track.scale
    press(track, px(track, 1966))
    for year in range(1967, 1981):
        move(track, px(track, year))
    assert store.state.panel == "intro", "the text does not jump while the button is down"
    release(track, px(track, 1980))
    assert len([change for change in seen if "day" in change.fields]) == 15
    assert {change.cause for change in seen} == {"time_track"}
    assert all("camera" not in change.fields for change in seen)
    assert abs(store.state.day - day_from_ymd(1980, 1, 1)) <= 40
    assert store.state.panel == "war"
    assert track.scale == window, "the axis stays"
    assert store.undo()
    assert store.state == before


def test_with_ctrl_a_drag_goes_from_event_to_event(track: TimeTrack, store: Store) -> None:
    fall, at_px = day_from_ymd(1979, 1, 7), px(track, 1979, 1, 7)
    press(track, px(track, 1940))
    move(track, at_px + 9)
    assert store.state.day != fall
    mouse(track, QEvent.Type.MouseMove, at_px + 9, AXIS_Y, True, CTRL)
    assert store.state.day == fall
    mouse(track, QEvent.Type.MouseMove, px(track, 1945), AXIS_Y, True, CTRL)
    assert abs(store.state.day - day_from_ymd(1945, 1, 1)) <= 40, "no event is near"
    release(track, px(track, 1945))


@pytest.mark.parametrize(("value", "closer"), [(0.5, True), (-0.5, False)])
def test_a_pinch_zooms_where_the_fingers_are(track: TimeTrack, value: float, closer: bool) -> None:
    wheel(track, px(track, 1978), 480)
    before, at = track.scale, QPointF(px(track, 1978), AXIS_Y)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2,
        at, at, track.mapToGlobal(at), value, QPointF(),
    )  # fmt: skip
    QApplication.sendEvent(track, event)
    assert (track.scale.days_per_px < before.days_per_px) == closer
    assert track.scale.to_day(at.x()) == pytest.approx(before.to_day(at.x()), abs=1)


def test_a_click_jumps_there(track: TimeTrack, store: Store) -> None:
    press(track, px(track, 1990))
    release(track, px(track, 1990))
    assert abs(store.state.day - day_from_ymd(1990, 1, 1)) <= 40


def test_a_click_on_an_event_goes_to_its_day_and_selects_it(track: TimeTrack, store: Store) -> None:
    x = px(track, 1979, 1, 7)
    press(track, x, lane_y_px(0))
    release(track, x, lane_y_px(0))
    assert store.state.selection == "fall-of-phnom-penh"
    assert store.state.day == day_from_ymd(1979, 1, 7)
    assert store.state.panel == "war"
    assert store.undo()
    assert store.state.panel == "intro"
    assert not store.can_undo


def test_the_other_button_does_nothing(track: TimeTrack, store: Store, qtbot: QtBot) -> None:
    before = store.state
    qtbot.mouseClick(track, Qt.MouseButton.RightButton, pos=QPoint(400, int(AXIS_Y)))
    assert store.state == before


def test_the_wheel_zooms_at_the_pointer(track: TimeTrack, store: Store) -> None:
    x = px(track, 1979)
    day = track.scale.to_day(x)
    before = store.state
    for _ in range(12):
        wheel(track, x, 120)
    assert track.scale.end_day - track.scale.start_day < ERA_DAYS / 10
    assert track.scale.to_day(x) == pytest.approx(day, abs=0.5)
    assert store.state == before
    for _ in range(40):
        wheel(track, x, 120)
    assert track.scale.end_day - track.scale.start_day == pytest.approx(14)
    for _ in range(60):
        wheel(track, x, -120)
    assert track.shows_era


def test_the_wheel_sideways_moves_along(track: TimeTrack) -> None:
    track.zoom(8, 500)
    before = track.scale
    wheel(track, 500, 0, sideways=-120)
    assert track.scale.start_day > before.start_day
    length = before.end_day - before.start_day
    assert track.scale.end_day - track.scale.start_day == pytest.approx(length)


def test_opening_a_panel_shows_its_span_as_a_lens(track: TimeTrack, store: Store) -> None:
    span = STORY.panel("bases").span
    assert span is not None
    store.do(actions.open_panel(STORY.panel("bases")), cause="panel_dock")
    assert track.scale.start_day < span.earliest_start_day
    assert track.scale.end_day > span.latest_end_day
    assert not track.shows_era
    store.do(actions.open_panel(STORY.panel("intro")), cause="panel_dock")
    assert track.shows_era


def test_a_panel_that_follows_the_date_leaves_the_window(track: TimeTrack, store: Store) -> None:
    window = track.scale
    store.do(actions.set_day(day_from_ymd(1980, 5, 5), STORY))
    store.do(actions.follow_date(STORY))
    assert store.state.panel == "war"
    assert track.scale == window


def test_a_double_click_on_a_bracket_opens_its_panel(
    track: TimeTrack, store: Store, qtbot: QtBot
) -> None:
    at = QPoint(round(px(track, 1966)), round(CHAPTER_Y))
    qtbot.mouseDClick(track, LEFT, pos=at)
    assert store.state.panel == "bases"
    assert store.state.day == STORY.panel("bases").day
    release(track, at.x(), at.y())
    assert store.state.day == STORY.panel("bases").day


def test_a_date_from_elsewhere_stays_in_view(track: TimeTrack, store: Store) -> None:
    track.zoom(30, px(track, 1979))
    store.do(actions.set_day(day_from_ymd(2001, 1, 1), STORY), cause="panel_text")
    assert track.scale.holds(day_from_ymd(2001, 1, 1))


def test_a_drag_past_the_end_scrolls_on(track: TimeTrack, store: Store, qtbot: QtBot) -> None:
    track.zoom(30, px(track, 1979))
    before = track.scale.end_day
    press(track, 900)
    move(track, 1100)
    qtbot.wait_until(lambda: track.scale.end_day > before + 30, timeout=5000)
    release(track, 1100)
    assert store.state.day > before
    stopped = track.scale
    assert store.state.day < stopped.end_day


def test_the_brush_moves_the_window(track: TimeTrack, store: Store) -> None:
    before = store.state
    track.zoom(6, px(track, 1979))
    window, overview = track.scale, track.overview_scale
    x = overview.to_px((window.start_day + window.end_day) / 2)
    press(track, x, OVERVIEW_Y)
    move(track, x - 100, OVERVIEW_Y)
    release(track, x - 100, OVERVIEW_Y)
    moved = (track.scale.start_day - window.start_day) / overview.days_per_px
    assert moved == pytest.approx(-100)
    assert store.state == before


def test_the_brush_stretches_the_window_at_its_edge(track: TimeTrack) -> None:
    track.zoom(6, px(track, 1979))
    window, overview = track.scale, track.overview_scale
    x = overview.to_px(window.end_day)
    press(track, x, OVERVIEW_Y)
    move(track, x + 60, OVERVIEW_Y)
    release(track, x + 60, OVERVIEW_Y)
    assert track.scale.start_day == pytest.approx(window.start_day)
    assert overview.to_px(track.scale.end_day) == pytest.approx(x + 60)


def test_the_brush_draws_a_window_over_the_whole_era(track: TimeTrack) -> None:
    overview = track.overview_scale
    press(track, 600, OVERVIEW_Y)
    move(track, 500, OVERVIEW_Y)
    release(track, 500, OVERVIEW_Y)
    assert overview.to_px(track.scale.start_day) == pytest.approx(500)
    assert overview.to_px(track.scale.end_day) == pytest.approx(600)


def test_a_click_beside_the_brush_centres_the_window(track: TimeTrack) -> None:
    track.zoom(6, px(track, 1979))
    press(track, 200, OVERVIEW_Y)
    release(track, 200, OVERVIEW_Y)
    middle = (track.scale.start_day + track.scale.end_day) / 2
    assert track.overview_scale.to_px(middle) == pytest.approx(200)


@pytest.mark.parametrize(
    ("key", "modifier", "expected"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, (1975, 6, 22)),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, (1975, 6, 20)),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, (1975, 7, 21)),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, (1975, 5, 21)),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, (1930, 1, 1)),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, (2026, 12, 31)),
    ],
)
def test_keys_move_the_date(
    track: TimeTrack, store: Store, qtbot: QtBot, key: Qt.Key,
    modifier: Qt.KeyboardModifier, expected: tuple[int, int, int],
) -> None:  # fmt: skip
    qtbot.keyClick(track, key, modifier)
    assert store.state.day == day_from_ymd(*expected)
    assert track.scale.holds(store.state.day)


def test_page_keys_turn_the_panel(track: TimeTrack, store: Store, qtbot: QtBot) -> None:
    qtbot.keyClick(track, Qt.Key.Key_PageDown)
    assert store.state.panel == "bases"
    qtbot.keyClick(track, Qt.Key.Key_PageUp)
    qtbot.keyClick(track, Qt.Key.Key_PageUp)
    assert store.state.panel == "intro"


def test_up_and_down_zoom(track: TimeTrack, qtbot: QtBot) -> None:
    qtbot.keyClick(track, Qt.Key.Key_Up)
    qtbot.keyClick(track, Qt.Key.Key_Up)
    assert track.scale.end_day - track.scale.start_day == pytest.approx(ERA_DAYS / 4)
    qtbot.keyClick(track, Qt.Key.Key_Down)
    assert track.scale.end_day - track.scale.start_day == pytest.approx(ERA_DAYS / 2)


def test_the_description_tells_the_date(track: TimeTrack, store: Store) -> None:
    store.do(actions.set_day(day_from_ymd(1979, 1, 7), STORY))
    assert track.accessibleDescription() == "7 January 1979, told in: The war"


def test_the_strip_of_the_era_tells_of_what_is_in_view(
    track: TimeTrack, store: Store, qtbot: QtBot
) -> None:
    def strip() -> QImage:
        top, bottom = (round(y) for y in OVERVIEW_PX)
        return track.grab(QRect(0, top, track.width(), bottom - top)).toImage()

    whole = strip()
    camera = store.state.camera
    store.do(actions.show_layer("ratanakiri_bases", visible=False))
    qtbot.waitUntil(lambda: strip() != whole)
    store.do(actions.show_layer("ratanakiri_bases", visible=True))
    qtbot.waitUntil(lambda: strip() == whole)
    store.do(actions.fit((101.0, 18.0, 104.0, 21.0)))
    qtbot.waitUntil(lambda: strip() != whole)
    store.do(actions.set_camera(camera))
    qtbot.waitUntil(lambda: strip() == whole)


def test_a_hover_draws_a_plate_and_leaving_clears_it(track: TimeTrack) -> None:
    plain = track.grab().toImage()
    move(track, px(track, 1979, 1, 7), lane_y_px(0), held=False)
    hovered = track.grab().toImage()
    assert hovered != plain
    QApplication.sendEvent(track, QEvent(QEvent.Type.Leave))
    assert track.grab().toImage() == plain


def test_the_track_repaints_with_date_and_theme(track: TimeTrack, store: Store) -> None:
    pictures = [track.grab().toImage()]
    steps = (
        actions.set_day(day_from_ymd(1990, 1, 1), STORY),
        actions.select("office-100"),
        actions.set_theme("night"),
    )
    for step in steps:
        store.do(step)
        pictures.append(track.grab().toImage())
    assert all(pictures[i] != pictures[i + 1] for i in range(3))
