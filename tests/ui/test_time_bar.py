"""The time bar: play, steps, speed, and a date field that refuses what it cannot read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from atlas.core import actions
from atlas.core.day import day_from_ymd
from atlas.core.resources import resources_dir
from atlas.core.store import Change, Store
from atlas.render.fonts import load_fonts
from atlas.ui.date_plate import plate_box
from atlas.ui.time_bar import TimeBar
from tests.app.fake_library import STORY, fake_library

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def store() -> Store:
    return Store(actions.initial_state(STORY, (800, 600)))


@pytest.fixture
def bar(store: Store, qtbot: QtBot, tmp_path: Path) -> Iterator[TimeBar]:
    load_fonts(resources_dir() / "fonts")
    widget = TimeBar(store, fake_library(tmp_path))
    qtbot.add_widget(widget)
    widget.resize(1280, widget.sizeHint().height())
    widget.show()
    qtbot.wait_exposed(widget)
    widget.activateWindow()
    yield widget
    widget.close_down()


def field(bar: TimeBar) -> QLineEdit:
    return bar.findChild(QLineEdit, "date_edit")


def message(bar: TimeBar) -> str:
    return bar.findChild(QLabel, "date_message").text()


def button(bar: TimeBar, name: str) -> QToolButton:
    return bar.findChild(QToolButton, name)


def type_date(bar: TimeBar, qtbot: QtBot, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    bar.edit_date()
    qtbot.keyClicks(field(bar), text)
    qtbot.keyClick(field(bar), end)


def test_every_part_has_its_name(bar: TimeBar) -> None:
    for kind, name in (
        (QToolButton, "play_button"),
        (QComboBox, "step_box"),
        (QLineEdit, "date_edit"),
    ):
        assert bar.findChild(kind, name).accessibleName()
    assert bar.findChild(QLabel, "date_message") is not None
    assert bar.track.objectName() == "time_track"


def test_the_field_shows_the_date_in_words(bar: TimeBar, store: Store) -> None:
    assert field(bar).text() == "21 June 1975"
    store.do(actions.set_day(day_from_ymd(1979, 1, 7), STORY))
    assert field(bar).text() == "7 January 1979"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1979-01-07", (1979, 1, 7)),
        ("7 Jan 1979", (1979, 1, 7)),
        ("March 1970", (1970, 3, 1)),
        ("1980", (1980, 1, 1)),
    ],
)
def test_enter_goes_to_a_typed_date(
    bar: TimeBar, store: Store, qtbot: QtBot, typed: str, expected: tuple[int, int, int]
) -> None:
    changes: list[Change] = []
    store.subscribe(changes.append)
    type_date(bar, qtbot, typed)
    assert store.state.day == day_from_ymd(*expected)
    assert store.state.panel == STORY.panel_at(store.state.day).id
    assert [change.cause for change in changes] == ["time_bar"]
    assert message(bar) == ""


@pytest.mark.parametrize("typed", ["soon", "1979-02-30", "12 Foo 1979", "1850", "2100-01-01", ".."])
def test_an_unreadable_date_is_marked_and_changes_nothing(
    bar: TimeBar, store: Store, qtbot: QtBot, typed: str
) -> None:
    before = store.state
    type_date(bar, qtbot, typed)
    assert store.state == before
    assert field(bar).property("misread") is True
    assert field(bar).text() == typed
    assert message(bar)
    assert ("1979-01-07" in message(bar)) is (typed not in ("1850", "2100-01-01"))
    assert message(bar).lower() == field(bar).accessibleDescription().lower()
    qtbot.keyClick(field(bar), Qt.Key.Key_Escape)
    assert field(bar).text() == "21 June 1975"
    assert field(bar).property("misread") is False
    assert message(bar) == ""


def test_a_refusal_is_read_whole(bar: TimeBar, qtbot: QtBot) -> None:
    type_date(bar, qtbot, "some time in the dry season of the year after the war had ended")
    plate = bar.findChild(QLabel, "date_message")
    assert plate.isVisible()
    assert plate.height() >= plate.heightForWidth(plate.width())
    assert bar.rect().contains(plate.geometry())
    assert not plate.geometry().intersects(field(bar).geometry())
    qtbot.keyClick(field(bar), Qt.Key.Key_Escape)
    assert plate.isHidden()


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_after_enter_and_escape_the_keyboard_is_wanted_elsewhere(
    bar: TimeBar, qtbot: QtBot, end: Qt.Key
) -> None:
    with qtbot.waitSignal(bar.date_edit.done):
        type_date(bar, qtbot, "1980", end)
    with qtbot.assertNotEmitted(bar.date_edit.done):
        type_date(bar, qtbot, "soon")


def test_a_plate_stands_above_the_field_if_it_can() -> None:
    field_box = QRect(100, 300, 176, 30)
    above = plate_box(QSize(900, 600), QSize(340, 60), field_box)
    assert (above.left(), above.bottom()) == (100, 293)
    assert plate_box(QSize(900, 600), QSize(340, 60), field_box.translated(0, -290)).top() == 45
    assert plate_box(QSize(400, 600), QSize(340, 60), field_box).right() < 400


def test_escape_restores_and_changes_nothing(bar: TimeBar, store: Store, qtbot: QtBot) -> None:
    before = store.state
    type_date(bar, qtbot, "1990", Qt.Key.Key_Escape)
    assert store.state == before
    assert field(bar).text() == "21 June 1975"


def test_typing_is_not_overwritten_by_the_running_date(
    bar: TimeBar, store: Store, qtbot: QtBot
) -> None:
    bar.edit_date()
    qtbot.keyClicks(field(bar), "199")
    store.do(actions.set_day(day_from_ymd(1981, 1, 1), STORY))
    assert field(bar).text() == "199"
    qtbot.keyClick(field(bar), Qt.Key.Key_Escape)
    assert field(bar).text() == "1 January 1981"


def test_step_buttons_step_by_the_chosen_step(bar: TimeBar, store: Store, qtbot: QtBot) -> None:
    qtbot.mouseClick(button(bar, "step_forward"), LEFT)
    assert store.state.day == day_from_ymd(1975, 6, 22)
    steps = bar.findChild(QComboBox, "step_box")
    steps.setFocus()
    for _ in range(2):
        QTest.keyClick(steps, Qt.Key.Key_Down)
    assert store.state.step == "month"
    qtbot.mouseClick(button(bar, "step_back"), LEFT)
    assert store.state.day == day_from_ymd(1975, 5, 22)
    store.do(actions.set_step("year"))
    assert steps.currentText() == "Year"


def test_play_runs_and_pause_stops(bar: TimeBar, store: Store, qtbot: QtBot) -> None:
    before = store.state.day
    play = button(bar, "play_button")
    qtbot.mouseClick(play, LEFT)
    assert bar.player.playing
    assert play.accessibleDescription() == "Playing"
    qtbot.wait_until(lambda: store.state.day > before + 1, timeout=5000)
    qtbot.mouseClick(play, LEFT)
    assert not bar.player.playing
    assert store.state.panel == "war"
    assert store.undo()
    assert store.state.day == before


def test_direction_and_loop_are_switched(bar: TimeBar, store: Store, qtbot: QtBot) -> None:
    qtbot.mouseClick(button(bar, "direction_button"), LEFT)
    assert bar.player.direction == -1
    assert button(bar, "direction_button").text() == "Backwards"
    store.do(actions.open_panel(STORY.panel("bases")))
    qtbot.mouseClick(button(bar, "loop_button"), LEFT)
    assert bar.player.loop
    first, last = bar.player.bounds
    scale = bar.track.scale
    assert scale.start_day <= first < last < scale.end_day


def test_the_speed_is_chosen(bar: TimeBar, qtbot: QtBot) -> None:
    speeds = bar.findChild(QComboBox, "speed_box")
    QTest.keyClick(speeds, Qt.Key.Key_Down)
    assert bar.player.speed == 20


def test_the_whole_era_is_offered_while_less_is_shown(
    bar: TimeBar, store: Store, qtbot: QtBot
) -> None:
    era = button(bar, "era_button")
    assert era.isHidden()
    store.do(actions.open_panel(STORY.panel("bases")))
    assert not era.isHidden()
    qtbot.mouseClick(era, LEFT)
    assert bar.track.shows_era
    assert era.isHidden()


def test_another_theme_is_put_on(bar: TimeBar, store: Store) -> None:
    before = bar.grab().toImage()
    store.do(actions.set_theme("night"))
    assert bar.grab().toImage() != before
