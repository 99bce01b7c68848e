from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core import actions
from atlas.core.link import link_to
from atlas.core.own import is_cell, is_own, layer_of, rounded_number, together_words
from atlas.core.state import State
from tests.app.fake_library import STORY

CAMPS, TOWNS = "own:camps-0a1b2c", "own:towns-9f8e7d"


@pytest.fixture
def state() -> State:
    return actions.initial_state(STORY, (800, 600))


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (1, "1"), (99, "99"), (100, "100"), (104, "100"), (105, "110"), (994, "990"),
        (996, "1k"), (1_234, "1.2k"), (12_345, "12k"), (123_456, "120k"), (999_999, "1M"),
        (1_250_000, "1.3M"),
    ],
)  # fmt: skip
def test_numbers_on_the_map_have_two_figures(count: int, written: str) -> None:
    assert rounded_number(count) == written


@given(st.integers(1, 2_000_000))
def test_a_written_number_is_within_a_twentieth_of_the_count(count: int) -> None:
    text = rounded_number(count)
    value = float(text.rstrip("kM")) * {"k": 1e3, "M": 1e6}.get(text[-1], 1)
    assert abs(value - count) <= count * 0.05
    assert len(text) <= 4


def test_ids_tell_layer_and_cell() -> None:
    assert is_own(CAMPS)
    assert not is_own("events")
    assert layer_of(f"{CAMPS}#12") == CAMPS
    assert layer_of("fall-of-phnom-penh") == ""
    assert is_cell(f"{CAMPS}#laea:31/-4/7")
    assert not is_cell(f"{CAMPS}#12")
    assert not is_cell("a/b")
    assert together_words(1) == "One place"
    assert together_words(1_200) == "1,200 places together"


def test_an_own_overlay_stays_while_panels_turn(state: State) -> None:
    for action in (
        actions.open_own(CAMPS),
        actions.open_own(TOWNS),
        actions.show_layer(TOWNS, False),
        actions.open_panel(STORY.panel("war")),
        actions.set_day(STORY.panel("bases").day, STORY),
        actions.follow_date(STORY),
    ):
        state = action(state)
    assert state.own == (CAMPS, TOWNS)
    assert CAMPS in state.layers
    assert TOWNS not in state.layers
    assert state.panel == "bases"
    assert state.layers - state.readers_layers == actions.overlays_of(STORY.panel("bases"))


def test_closing_takes_away_all_that_was_chosen(state: State) -> None:
    before = state
    for action in (
        actions.open_own(CAMPS),
        actions.set_opacity(CAMPS, 40),
        actions.show_alone(CAMPS),
        actions.select(f"{CAMPS}#3"),
        actions.close_own(CAMPS),
    ):
        state = action(state)
    assert state == before


def test_no_link_tells_of_a_readers_own_overlays(state: State) -> None:
    shown = actions.open_own(CAMPS)(state)
    chosen = actions.select(f"{CAMPS}#3")(actions.set_opacity(CAMPS, 40)(shown))
    assert link_to(chosen, STORY) == link_to(state, STORY)
