from __future__ import annotations

from datetime import date

import pytest

from geodata.alignments import AlignmentError, bloc_records


def rows(unit: str, text: str) -> list[tuple[str, bool, bool]]:
    found = bloc_records(unit, text, "1953-11-09", "1970-10-08")
    return [(row["bloc"], row["leaning"], row["dated"]) for row in found]


def test_clauses_become_dated_blocs() -> None:
    text = "non-aligned 1953-11-09/1963; leaning PRC 1963~/1970-03-17; USA 1970-03-18/1970-10-08"
    assert rows("KH", text) == [
        ("neutral", False, True),
        ("china", True, True),
        ("west", False, True),
    ]
    last = bloc_records("KH", text, "1953-11-09", "1970-10-08")[-1]["span"]
    assert last[0] == date(1970, 3, 18).toordinal()


def test_a_clause_without_dates_holds_as_long_as_its_row() -> None:
    (row,) = bloc_records("TH", "USA (SEATO 1954-09-08/1977-06-30)", "1949-05-11", "..")
    assert (row["bloc"], row["dated"]) == ("west", False)
    assert row["span"][0] == date(1949, 5, 11).toordinal()


def test_an_end_alone_is_read_too() -> None:
    (row,) = bloc_records("LA", "Japan to Aug 1945", "1945-04-08", "1946-08-26")
    assert row["span"][3] <= date(1946, 1, 1).toordinal()


def test_what_names_no_side_gives_none() -> None:
    assert rows("VN", "contested") == []
    assert rows("TH", "PRC relations 1975-07-01; de facto with PRC on Cambodia 1979/1991") == []


def test_china_is_a_side_of_its_own_once_it_left_the_other() -> None:
    found = rows("CN", "USSR 1950-02-14/1960~; own bloc 1960~/1972; tacit with USA 1972-02/1989")
    assert found[0] == ("china", False, False)


def test_a_phrase_that_is_not_listed_stops_the_build() -> None:
    with pytest.raises(AlignmentError, match="friends of Atlantis"):
        bloc_records("KH", "friends of Atlantis", "1953", "1970")
