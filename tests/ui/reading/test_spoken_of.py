"""Moving the date lights the sentences that speak of it."""

from __future__ import annotations

import pytest

from atlas.app.library import Library
from atlas.core import actions
from atlas.core.day import day_from_ymd
from atlas.core.panel_markup import Link
from atlas.core.store import Store
from atlas.ui.panel_document import between_signs
from atlas.ui.panel_view import PanelView
from atlas.ui.spoken_of import days_of
from tests.ui.reading.reader import story

FALL = day_from_ymd(1979, 1, 7)


def lit(view: PanelView) -> list[str]:
    return [s.cursor.selectedText().replace("\u00a0", " ") for s in view.extraSelections()]


def test_the_sentences_of_the_day_light_up(view: PanelView, store: Store) -> None:
    assert lit(view) == []
    store.do(actions.set_day(FALL, story()), cause="time_track")
    assert lit(view) == [
        "On 7 January 1979 the army came to Phnom Penh.", "It was the fall.",
        "7 January 1979", "the fall",
    ]  # fmt: skip
    store.do(actions.set_day(FALL + 1, story()), cause="time_track")
    assert lit(view) == []


def test_a_selection_is_lit_beside_them(view: PanelView, store: Store) -> None:
    store.do(actions.set_day(FALL, story()))
    count = len(lit(view))
    store.do(actions.select("office-100"))
    assert lit(view)[count:] == ["At last Office 100 again.", "Office 100"]
    store.do(actions.set_day(FALL + 1, story()))
    assert lit(view) == ["At last Office 100 again.", "Office 100"]


@pytest.mark.parametrize(
    ("link", "days"),
    [
        (Link("date", "1979-01"), [(FALL - 6, FALL + 25)]),
        (Link("date", "1979"), []),
        (Link("date", "soon"), []),
        (Link("feature", "fall-of-phnom-penh"), [(FALL, FALL + 1)]),
        (Link("feature", "office-100"), []),
        (Link("feature", "gone"), []),
        (Link("place", "phnom-penh"), []),
    ],
)
def test_only_short_times_are_spoken_of(
    library: Library, link: Link, days: list[tuple[int, int]]
) -> None:
    assert list(days_of(link, library.atlas)) == days


def test_a_sign_in_a_lit_sentence_stays_as_it_is(view: PanelView, store: Store) -> None:
    store.do(actions.set_day(FALL, story()))
    assert not any("\ufffc" in words for words in lit(view))
    at = view.document().toRawText().index("\ufffc", 60)
    block = view.document().findBlock(at)
    end = block.position() + block.length() - 1
    parts = list(between_signs(view.document(), [(block.position(), end)]))
    covered = {i for first, last in parts for i in range(first, last)}
    signs = {i + block.position() for i, char in enumerate(block.text()) if char == "\ufffc"}
    assert covered == set(range(block.position(), end)) - signs
    assert signs


def test_nothing_is_lit_twice(view: PanelView, store: Store) -> None:
    store.do(actions.set_day(FALL, story()))
    before = lit(view)
    store.do(actions.select("fall-of-phnom-penh"))
    assert sorted(lit(view)) == sorted(before)
