"""A stretch of time in place of one day: in state, scene, words, links."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core import actions
from atlas.core.edtf import EdtfError
from atlas.core.link import link_to, read_link
from atlas.core.resolve import resolve
from atlas.core.typed_dates import days_from_typed
from atlas.core.words import days_in_words
from tests.core.samples import atlas, axis, camp, day, polity, saigon, state, story
from tests.records import replace

FIRST, LAST = day("1978-12-25"), day("1979-01-07")
days = st.integers(story().first_day, story().last_day)


def ranged(first: int = FIRST, last: int = LAST) -> object:
    return actions.set_range(first, last, story())(state())


@given(days, days)
def test_a_stretch_has_its_ends_in_order_and_inside_the_era(one: int, other: int) -> None:
    found = actions.set_range(one, other, story())(state())
    assert (found.first_day, found.day) == (min(one, other), max(one, other))
    beyond = actions.set_range(one - 10**6, other + 10**6, story())(state())
    assert (beyond.first_day, beyond.day) == (story().first_day, story().last_day)


@given(days)
def test_a_date_moves_the_stretch_whole(to: int) -> None:
    moved = actions.set_day(to, story())(ranged())
    assert moved.range_days == LAST - FIRST
    assert moved.first_day >= story().first_day


def test_its_ends_move_by_steps_and_never_cross() -> None:
    begun = actions.move_start(-1, story())(ranged())
    assert (begun.first_day, begun.day) == (FIRST - 1, LAST)
    assert actions.move_start(99, story())(ranged()).range_days == 0
    ended = actions.move_end(1, story(), "month")(ranged())
    assert (ended.first_day, ended.day) == (FIRST, day("1979-02-07"))
    assert actions.move_end(-99, story())(ranged()).first_day == FIRST
    assert actions.move_start(-1, story())(state()).range_days == 1


def test_the_month_comes_and_goes() -> None:
    month = actions.month_or_day(story())(state("1969-06-15"))
    assert (month.first_day, month.day) == (day("1969-05-15"), day("1969-06-15"))
    assert actions.month_or_day(story())(month) == state("1969-06-15")


def test_a_panel_opens_on_its_one_day() -> None:
    assert actions.open_panel(story().panel("late"))(ranged()).range_days == 0


def test_all_that_held_or_happened_shows_and_nothing_lingers() -> None:
    features = (
        camp("all-along", "1978", "1980"),
        camp("begins", "1979-01-07", "1985"),
        camp("over", "1978-12-24", "1978-12-24", kind="battle"),
        camp("inside", "1978-12-30", "1978-12-30", kind="battle"),
        camp("to-come", "1979-01-08", "1979-01-08"),
        camp("some-time-inside", "[1978-12-26..1979-01-02]", "[1978-12-26..1979-01-02]"),
        camp("perhaps", "[1979-01-05..1979-02-05]", "[1979-01-05..1979-02-05]"),
    )
    scene = resolve(ranged(), atlas(*features))
    inks = {mark.feature_id: (mark.ink, mark.doubt) for mark in scene.marks}
    sure, perhaps = (1.0, False), (0.7, True)
    assert inks == {
        "all-along": sure,
        "begins": sure,
        "inside": sure,
        "some-time-inside": sure,
        "perhaps": perhaps,
    }
    assert (scene.date_text, scene.range_days) == ("25 Dec 1978 – 7 Jan 1979", 13)


def test_a_front_stands_as_grown_on_the_last_day() -> None:
    moving = axis()
    first, last = moving.growth[0][0], moving.growth[-1][0]
    middle = (first + last) // 2
    known = atlas(moving)
    (during,) = resolve(ranged(first - 5, middle), known).arrows
    (then,) = resolve(replace(state(), day=middle), known).arrows
    assert (during.grown, during.ink) == (then.grown, 1.0)
    assert not resolve(ranged(first - 9, first - 1), known).arrows
    assert not resolve(ranged(last + 1, last + 9), known).arrows


def test_the_countries_are_those_of_the_last_day() -> None:
    known = atlas(polities=(polity("KH", ("kh",)),), places=(saigon(),))
    assert resolve(ranged(), known).political == resolve(state("1979-01-07"), known).political


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("25 Dec 1978 - 7 Jan 1979", "1978-12-25", "1979-01-07"),
        ("25 Dec 1978 – 7 Jan 1979", "1978-12-25", "1979-01-07"),
        ("25 December 1978 to 7 January 1979", "1978-12-25", "1979-01-07"),
        ("1978-12-25/1979-01-07", "1978-12-25", "1979-01-07"),
        ("1978-12-25 - 1979-01-07", "1978-12-25", "1979-01-07"),
        ("1978/1979", "1978-01-01", "1979-12-31"),
        ("March 1970 - May 1970", "1970-03-01", "1970-05-31"),
        ("March - May 1970", "1970-03-01", "1970-05-31"),
        ("3 Feb - 16 Mar 1979", "1979-02-03", "1979-03-16"),
        ("3-16 Mar 1979", "1979-03-03", "1979-03-16"),
        ("17 to 30 April 1975", "1975-04-17", "1975-04-30"),
        ("7 Jan 1979", "1979-01-07", "1979-01-07"),
        ("1979-01", "1979-01-01", "1979-01-01"),
    ],
)
def test_typed_stretches(typed: str, first: str, last: str) -> None:
    assert days_from_typed(typed) == (day(first), day(last))


@pytest.mark.parametrize(
    "typed",
    [
        "7 Jan 1979 - 25 Dec 1978",
        "25 Dec - 7 Jan 1979",
        "3 - 1979",
        "1979-01-07/soon",
        "- 1979",
        "3/1/1979",
    ],
)
def test_typed_nonsense_is_refused(typed: str) -> None:
    with pytest.raises(EdtfError):
        days_from_typed(typed)


@given(days, days)
def test_the_words_of_a_stretch_can_be_typed_again(one: int, other: int) -> None:
    first, last = sorted((one, other))
    assert days_from_typed(days_in_words(first, last)) == (first, last)


@given(st.text(max_size=40))
def test_any_typing_is_read_or_refused(typed: str) -> None:
    try:
        first, last = days_from_typed(typed)
    except EdtfError:
        return
    assert first <= last


def test_a_link_carries_the_stretch() -> None:
    shown = ranged()
    link = link_to(shown, story())
    assert "from=1978-12-25" in link
    assert read_link(link, atlas(), state()).state.range_days == LAST - FIRST
    turned = link.replace("from=1978-12-25", "from=1999-01-01")
    assert read_link(turned, atlas(), state()).state.range_days == 0
    assert all(one != other for one, other in pairwise((link, link_to(state(), story()))))
