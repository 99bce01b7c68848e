from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atlas.core import actions
from atlas.core.state import State
from atlas.core.store import MAX_UNDO, Action, Change, Store
from tests.core.samples import state
from tests.records import replace


def to_day(number: int) -> Action:
    return lambda before: replace(before, day=number)


def listening(store: Store) -> list[Change]:
    seen: list[Change] = []
    store.subscribe(seen.append)
    return seen


def test_one_notice_names_what_changed_and_who_did_it() -> None:
    store = Store(state())
    seen = listening(store)
    store.do(lambda s: replace(s, day=5, theme="night"), cause="someone")
    assert len(seen) == 1
    assert seen[0].fields == {"day", "theme"}
    assert seen[0].cause == "someone"
    assert (seen[0].old.day, seen[0].new) == (state().day, store.state)


def test_no_change_is_no_notice_and_no_step() -> None:
    store = Store(state())
    seen = listening(store)
    store.do(lambda s: s)
    store.do(to_day(store.state.day))
    assert seen == []
    assert not store.can_undo


def test_an_action_done_in_a_notice_waits_its_turn() -> None:
    store = Store(state())
    order: list[str] = []

    def first(change: Change) -> None:
        order.append(f"first sees {change.new.day}")
        if change.new.day == 1:
            store.do(to_day(2))
            assert store.state.day == 1

    store.subscribe(first)
    store.subscribe(lambda change: order.append(f"second sees {change.new.day}"))
    store.do(to_day(1))
    assert order == ["first sees 1", "second sees 1", "first sees 2", "second sees 2"]


def test_a_listener_may_leave_during_a_notice() -> None:
    store = Store(state())
    seen: list[int] = []

    def once(change: Change) -> None:
        seen.append(change.new.day)
        leave()

    leave = store.subscribe(once)
    store.do(to_day(1))
    store.do(to_day(2))
    assert seen == [1]


def test_a_failing_action_leaves_the_store_usable() -> None:
    store = Store(state())

    def fails(before: State) -> State:
        raise LookupError

    try:
        store.do(fails)
    except LookupError:
        store.do(to_day(3))
    assert store.state.day == 3


@given(st.lists(st.integers(0, 9), max_size=30))
def test_undo_and_redo_walk_the_same_states(days: list[int]) -> None:
    store = Store(state())
    states = [store.state]
    for number in days:
        store.do(to_day(number))
        if store.state != states[-1]:
            states.append(store.state)
    for expected in reversed(states[:-1]):
        assert store.undo()
        assert store.state == expected
    assert not store.undo()
    for expected in states[1:]:
        assert store.redo()
        assert store.state == expected
    assert not store.redo()


def test_a_gesture_is_one_step() -> None:
    store = Store(state())
    for number in range(10, 20):
        store.do(to_day(number), gesture="drag-1")
    store.end_gesture()
    store.do(to_day(30), gesture="drag-1")
    assert store.undo()
    assert store.state.day == 19
    assert store.undo()
    assert store.state == state()
    assert not store.can_undo


def test_another_action_ends_a_gesture() -> None:
    store = Store(state())
    store.do(to_day(1), gesture="drag-1")
    store.do(actions.set_theme("night"))
    store.do(to_day(2), gesture="drag-1")
    store.undo()
    assert (store.state.day, store.state.theme) == (1, "night")


def test_something_new_forgets_what_was_undone() -> None:
    store = Store(state())
    store.do(to_day(1))
    store.undo()
    store.do(to_day(2))
    assert not store.can_redo


def test_history_tells_its_cause() -> None:
    store = Store(state())
    store.do(to_day(1))
    seen = listening(store)
    store.undo()
    store.redo()
    assert [change.cause for change in seen] == ["history", "history"]


def test_the_size_of_the_window_is_no_step_and_is_never_undone() -> None:
    store = Store(state())
    store.do(to_day(1))
    store.do(actions.resize((1600, 900)))
    store.do(actions.set_step("year"))
    assert store.undo()
    assert store.state.day == state().day
    assert (store.state.viewport_px, store.state.step) == ((1600, 900), "year")
    assert not store.can_undo


def test_the_past_is_bounded() -> None:
    store = Store(state())
    for number in range(MAX_UNDO + 50):
        store.do(to_day(number))
    steps = 0
    while store.undo():
        steps += 1
    assert steps == MAX_UNDO
