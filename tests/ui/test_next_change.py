from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atlas.core import actions
from atlas.core.model import Atlas
from atlas.ui.next_change import next_change_day
from tests.app.fake_library import FEATURES, PLACES, STORY, day
from tests.records import replace

ATLAS = Atlas(STORY, FEATURES, (), PLACES)
STATE = actions.initial_state(STORY, (800, 600))
FALL = day(1979, 1, 7)


def test_it_stops_at_every_change_and_then_at_none() -> None:
    state, days = replace(STATE, day=day(1971, 1, 1)), []
    while (found := next_change_day(state, ATLAS, 1)) is not None:
        days.append(found)
        state = replace(state, day=found)
    bombing = day(1973, 8, 6)
    assert days == [bombing, bombing + 1, FALL, FALL + 1]


def test_what_is_hidden_or_out_of_view_does_not_count() -> None:
    state = replace(STATE, day=FALL - 1)
    assert next_change_day(state, ATLAS, 1) == FALL
    assert next_change_day(actions.show_layer("events", False)(state), ATLAS, 1) is None
    away = actions.fit((120.0, 30.0, 125.0, 35.0))(state)
    assert next_change_day(away, ATLAS, 1) is None


@given(st.integers(STORY.first_day, STORY.last_day))
def test_forth_and_back_meet(start: int) -> None:
    state = replace(STATE, day=start)
    later = next_change_day(state, ATLAS, 1)
    if later is None:
        return
    assert later > start
    back = next_change_day(replace(state, day=later), ATLAS, -1)
    assert back is None or back <= start
