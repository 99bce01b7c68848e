from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.day import ymd_from_day
from atlas.core.edtf import EdtfError
from atlas.core.typed_dates import day_from_typed
from atlas.core.words import (
    day_in_words,
    days_in_words,
    distance_in_words,
    edtf_in_words,
    edtf_on_map,
    lonlat_in_words,
    span_in_words,
)
from tests.core.samples import day


@given(st.dates(min_value=date(1000, 1, 1)))
def test_the_words_of_a_day_can_be_typed_again(when: date) -> None:
    assert day_from_typed(day_in_words(when.toordinal())) == when.toordinal()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1979-01-07", "7 January 1979"),
        ("1967-11~", "about November 1967"),
        ("1979?", "perhaps 1979"),
        ("1979%", "perhaps about 1979"),
        ("197X", "the 1970s"),
        ("1979-XX", "1979"),
        ("[1979-01-01,1979-01-03]", "1 January 1979 or 3 January 1979"),
        ("[1979..1981]", "1979 to 1981"),
        ("1975/1979", "1975 to 1979"),
        ("../1998", "until 1998"),
        ("1979/", "from 1979 on"),
        ("", "open"),
        ("some time later", "some time later"),
    ],
)
def test_edtf_in_words(text: str, words: str) -> None:
    assert edtf_in_words(text) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("1963~", "1967-11~", "about 1963 to about November 1967"),
        ("1979-01-07", "1979-01-07", "7 January 1979"),
        ("", "1998", "until 1998"),
        ("1998", "..", "from 1998 on"),
        ("", "", "dates not known"),
    ],
)
def test_spans_in_words(start: str, end: str, words: str) -> None:
    assert span_in_words(start, end) == words


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("7 Jan 1979", "1979-01-07"),
        ("7. January 1979", "1979-01-07"),
        ("January 7, 1979", "1979-01-07"),
        ("Sept. 1978", "1978-09-01"),
        ("March 1970", "1970-03-01"),
        (" 1970-03-18 ", "1970-03-18"),
        ("1970", "1970-01-01"),
        ("1970-03~", "1970-03-01"),
        ("7 january 1979", "1979-01-07"),
    ],
)
def test_typed_dates(typed: str, means: str) -> None:
    assert day_from_typed(typed) == day(means)


@pytest.mark.parametrize(
    "typed",
    ["", "..", "31 April 1979", "7 Ju 1979", "7 Foo 1979", "yesterday", "Ja 1979", "0 May 1979"],
)
def test_typed_nonsense_is_refused(typed: str) -> None:
    with pytest.raises(EdtfError):
        day_from_typed(typed)


@given(st.text(max_size=40) | st.text("0123456789 -./~?XJanuary", max_size=16))
def test_any_typing_is_read_or_refused(typed: str) -> None:
    day = None
    with suppress(EdtfError):
        day = day_from_typed(typed)
    if day is not None and 1000 <= ymd_from_day(day)[0] <= 9999:
        assert day_from_typed(day_in_words(day)) == day


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (350, "350 m"),
        (999.7, "1 km"),
        (1000, "1 km"),
        (1500, "1.5 km"),
        (2960, "3 km"),
        (4000, "4 km"),
        (1_200_400, "1,200 km"),
    ],
)
def test_distances_have_the_precision_they_deserve(metres: float, words: str) -> None:
    assert distance_in_words(metres) == words


def test_positions_name_their_hemispheres() -> None:
    assert lonlat_in_words(104.921, 11.563) == "11.56° N  104.92° E"
    assert lonlat_in_words(-70.5, -33.25) == "33.25° S  70.50° W"


@pytest.mark.parametrize("text", ["nonsense", "7/1/1979", "7.1.79", "1975/1979/1980"])
def test_a_typed_date_that_cannot_be_read_shows_how_to_write_one(text: str) -> None:
    with pytest.raises(EdtfError, match="7 January 1979"):
        day_from_typed(text)


def test_a_day_that_does_not_exist_is_named() -> None:
    with pytest.raises(EdtfError, match="no day 31"):
        day_from_typed("1975-02-31")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1979-01-07", "7 Jan"),
        ("1979-01-06~", "c. 6 Jan"),
        ("1979-01-06?", "c. 6 Jan"),
        ("[1979-01-01,1979-01-03]", "1 or 3 Jan"),
        ("[1979-02-28,1979-03-01]", "28 Feb or 1 Mar"),
        ("1979-02-18/1979-02-20", "18–20 Feb"),
        ("1979-01", ""),
        ("1979", ""),
        ("no date", ""),
    ],
)
def test_dates_on_the_map_are_short(text: str, words: str) -> None:
    assert edtf_on_map(text) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("1979-03-03", "1979-03-16", "3–16 Mar 1979"),
        ("1979-02-03", "1979-03-16", "3 Feb – 16 Mar 1979"),
        ("1978-03-03", "1979-03-16", "3 Mar 1978 – 16 Mar 1979"),
        ("1979-03-03", "1979-03-03", "3 March 1979"),
    ],
)
def test_a_stretch_says_what_both_its_days_share_once(first: str, last: str, words: str) -> None:
    assert days_in_words(day(first), day(last)) == words
