"""The player: the next date is arithmetic, a run is one step of undo, an end stops or loops."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from atlas.app.player import Player, next_day
from atlas.core import actions
from atlas.core.day import day_from_ymd
from atlas.core.store import Store
from tests.app.fake_library import STORY

ERA = (STORY.first_day, STORY.last_day)


@pytest.fixture
def store() -> Store:
    return Store(actions.initial_state(STORY, (800, 600)))


@pytest.fixture
def player(store: Store, qapp: object) -> Player:
    return Player(store, STORY)


def test_steps_go_by_the_calendar() -> None:
    day = day_from_ymd(1979, 1, 31)
    assert next_day(day, "day", 1, ERA, False) == (day + 1, False)
    assert next_day(day, "week", -1, ERA, False) == (day - 7, False)
    assert next_day(day, "month", 1, ERA, False) == (day_from_ymd(1979, 2, 28), False)
    assert next_day(day, "year", -3, ERA, False) == (day_from_ymd(1976, 1, 31), False)


def test_an_end_stops_the_run_or_begins_it_again() -> None:
    first, last = ERA
    assert next_day(last, "day", 1, ERA, False) == (last, True)
    assert next_day(last, "day", 1, ERA, True) == (first, False)
    assert next_day(first, "month", -1, ERA, False) == (first, True)
    assert next_day(first, "month", -1, ERA, True) == (last, False)


def test_a_date_outside_the_loop_enters_it() -> None:
    assert next_day(50, "day", 1, (100, 200), True) == (100, False)
    assert next_day(50, "day", -1, (100, 200), True) == (200, False)


@given(
    st.integers(*ERA),
    st.sampled_from(["day", "week", "month", "year"]),
    st.integers(-90, 90).filter(bool),
    st.booleans(),
)
def test_the_next_date_is_always_inside(day: int, step: str, count: int, loop: bool) -> None:
    after, ended = next_day(day, step, count, ERA, loop)
    assert ERA[0] <= after <= ERA[1]
    assert not (ended and loop)
    assert not ended or after in ERA


def test_a_run_is_one_step_of_undo(store: Store, player: Player) -> None:
    before = store.state
    player.play()
    for _ in range(5):
        player.advance(3)
    assert store.state.day == before.day + 15
    player.pause()
    assert not player.playing
    assert store.undo()
    assert store.state == before
    assert not store.can_undo


def test_backwards_goes_back(store: Store, player: Player) -> None:
    before = store.state.day
    player.play(-1)
    player.advance(2)
    assert store.state.day == before - 2
    assert player.direction == -1


def test_the_panel_waits_for_the_pause(store: Store, player: Player) -> None:
    store.do(actions.open_panel(STORY.panel("bases")))
    store.do(actions.set_day(day_from_ymd(1970, 12, 30), STORY))
    player.set_stops_at_panel(False)
    player.play()
    player.advance(30)
    assert store.state.panel == "bases"
    player.pause()
    assert store.state.panel == "war"


def test_play_stops_at_the_end_and_starts_over_from_there(store: Store, player: Player) -> None:
    store.do(actions.set_day(STORY.last_day - 1, STORY))
    player.play()
    player.advance(5)
    assert store.state.day == STORY.last_day
    assert not player.playing
    player.play()
    assert store.state.day == STORY.first_day
    player.pause()


def test_a_loop_keeps_to_its_stretch(store: Store, player: Player) -> None:
    first, last = day_from_ymd(1978, 12, 1), day_from_ymd(1979, 1, 31)
    player.set_loop_bounds(first, last)
    assert player.bounds == ERA
    player.set_loop(True)
    assert player.bounds == (first, last)
    player.play()
    player.advance(1)
    assert store.state.day == first
    player.advance(40)
    player.advance(40)
    assert store.state.day == first
    player.pause()


def test_the_timer_really_runs(store: Store, player: Player, qtbot: QtBot) -> None:
    before = store.state.day
    player.set_speed(60)
    player.play()
    qtbot.wait_until(lambda: store.state.day >= before + 3, timeout=5000)
    player.toggle()
    stopped = store.state.day
    assert not player.playing
    player.toggle()
    assert player.playing
    player.pause()
    assert store.state.day >= stopped


def test_settings_are_told(player: Player, qtbot: QtBot) -> None:
    with qtbot.wait_signal(player.changed):
        player.set_speed(20)
    with qtbot.wait_signal(player.changed):
        player.set_direction(-1)
    assert player.speed == 20
    with pytest.raises(ValueError, match="at least one"):
        player.set_speed(0)


WAR_END = STORY.panel("war").span.latest_end_day - 1  # type: ignore[union-attr]
BASES_START = STORY.panel("bases").span.earliest_start_day  # type: ignore[union-attr]


def test_a_run_stops_where_the_panel_of_the_date_ends(player: Player, store: Store) -> None:
    store.do(actions.set_day(WAR_END - 3, STORY))
    player.play()
    player.advance(2)
    assert player.playing
    player.advance(5)
    assert (store.state.day, player.playing) == (WAR_END, False)
    store.undo()
    assert store.state.day == WAR_END - 3


def test_from_its_end_it_runs_on_into_what_follows(player: Player, store: Store) -> None:
    store.do(actions.set_day(WAR_END, STORY))
    player.play()
    player.advance(40)
    assert store.state.day == WAR_END + 40
    player.pause()


def test_backwards_it_stops_where_the_panel_begins(player: Player, store: Store) -> None:
    store.do(actions.set_day(BASES_START + 2, STORY))
    player.play(-1)
    player.advance(50)
    assert (store.state.day, player.playing) == (BASES_START, False)


def test_it_can_be_told_to_run_on(player: Player, store: Store) -> None:
    player.set_stops_at_panel(False)
    store.do(actions.set_day(WAR_END - 3, STORY))
    player.play()
    player.advance(50)
    assert (store.state.day, player.playing) == (WAR_END + 47, True)
    player.pause()


def test_a_date_chosen_meanwhile_is_played_on_from(player: Player, store: Store) -> None:
    store.do(actions.set_day(WAR_END - 3, STORY))
    player.play()
    store.do(actions.set_day(BASES_START + 5, STORY))
    player.advance(2)
    assert (store.state.day, player.playing) == (BASES_START + 7, True)
    player.pause()
