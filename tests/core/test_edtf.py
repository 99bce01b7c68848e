from __future__ import annotations

from datetime import date
from typing import Any

import edtf as oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.day import FAR_FUTURE_DAY, FAR_PAST_DAY, day_from_ymd
from atlas.core.edtf import (
    MAX_TEXT,
    EdtfDate,
    EdtfError,
    edtf_from_day,
    parse_edtf,
    widened,
    year_of,
)

BOTH_KNOW = [
    "1979",
    "1979-01",
    "1979-02",
    "1972-02",
    "1979-01-07",
    "1979~",
    "1967-11~",
    "1979?",
    "1979-01-07%",
    "197X",
    "19XX",
    "1979-XX",
    "1979-01-XX",
    "1979-XX-XX",
    "-0044-03-15",
    "0001-01-01",
    "[1979-01-01,1979-01-03]",
    "[1979-01-01..1979-01-03]",
    "[1967,1969-05]",
    "{1979,1980}",
    "1975/1979",
    "1975-04-17/1979-01-07",
    "1963~/1967-11~",
    "../1998",
    "1979/..",
]


def _oracle_day(bound: Any) -> int:
    """Return the day number of one bound of the `edtf` package."""
    if bound == float("-inf"):
        return FAR_PAST_DAY
    if bound == float("inf"):
        return FAR_FUTURE_DAY - 1
    return day_from_ymd(*bound[:3])


@pytest.mark.parametrize("text", BOTH_KNOW)
def test_the_bounds_are_those_of_the_edtf_package(text: str) -> None:
    theirs, ours = oracle.parse_edtf(text), parse_edtf(text)
    assert ours.start_day == _oracle_day(theirs.lower_strict())
    assert ours.end_day - 1 == _oracle_day(theirs.upper_strict())


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("1979-01-07", "day"),
        ("1979-01", "month"),
        ("1979-01-XX", "month"),
        ("1979", "year"),
        ("1979-XX", "year"),
        ("197X", "decade"),
        ("19XX", "century"),
        ("[1979,1981]", "set"),
        ("1975/1979", "interval"),
        ("", "open"),
        ("..", "open"),
    ],
)
def test_the_unit_is_the_precision_written(text: str, unit: str) -> None:
    assert parse_edtf(text).unit == unit


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("1979", False, False),
        ("1979~", True, False),
        ("1979?", False, True),
        ("1979%", True, True),
        ("1963~/1967", True, False),
        ("1963/1967?", False, True),
        ("[1979,1980]", False, True),
    ],
)
def test_the_marks_of_doubt_are_kept(text: str, approximate: bool, uncertain: bool) -> None:
    read = parse_edtf(text)
    assert (read.approximate, read.uncertain) == (approximate, uncertain)


@pytest.mark.parametrize(
    "bad",
    [
        "soon",
        "79",
        "1979-1-7",
        "1979-13",
        "1979-02-29",
        "1979-XX-07",
        "197X-05",
        "1979/1975",
        "1/2/3",
        "1975/1979/1980",
        "[1979",
        "[..1979]",
        "[1979..]",
        "[]",
        "1979-01-07T12:00",
        "1979~~",
        "/" * 9,
        "1979 " * 100,
        "[1979/1980]",
    ],
)
def test_what_is_no_date_is_refused_in_words(bad: str) -> None:
    with pytest.raises(EdtfError) as refusal:
        parse_edtf(bad)
    assert len(str(refusal.value)) > 10


@given(st.text(max_size=MAX_TEXT + 10) | st.text("0123456789X-~?%/.[]{},", max_size=24))
def test_any_text_is_read_or_refused_never_worse(text: str) -> None:
    try:
        read = parse_edtf(text)
    except EdtfError:
        return
    assert FAR_PAST_DAY <= read.start_day < read.end_day <= FAR_FUTURE_DAY


@given(st.dates())
def test_a_plain_day_comes_back(when: date) -> None:
    read = parse_edtf(when.isoformat())
    assert (read.start_day, read.end_day) == (when.toordinal(), when.toordinal() + 1)
    assert edtf_from_day(read.start_day) == when.isoformat()
    assert year_of(read.start_day) == when.year


@pytest.mark.parametrize(
    ("text", "days_each_side"),
    [
        ("1979-01-07~", 7),
        ("1979-01~", 15),
        ("1979~", 182),
        ("1979", 0),
        ("1979?", 0),
        ("1970~/1979", 0),
    ],
)
def test_only_an_approximate_date_is_widened_by_half_its_unit(
    text: str, days_each_side: int
) -> None:
    read: EdtfDate = parse_edtf(text)
    wide = widened(read)
    assert read.start_day - wide.start_day == days_each_side
    assert wide.end_day - read.end_day == days_each_side
