"""Days that count for more: longer spans, but nothing begins to overlap or ceases to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atlas.core.model import Atlas
from atlas.core.told_days import ALL_ALIKE, days_told_in, told_days
from tests.core import samples as sample

days = st.integers(-50, 50)
spans = st.tuples(days, st.integers(0, 40)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.dictionaries(days, st.integers(1, 900)), spans, spans)
def test_spans_that_meet_still_meet_and_no_others(
    counting: dict[int, int], one: tuple[int, int], other: tuple[int, int]
) -> None:
    told = told_days(counting)
    a, b = ((told.first(first), told.last(last)) for first, last in (one, other))
    assert (a[0] <= b[1] and b[0] <= a[1]) == (one[0] <= other[1] and other[0] <= one[1])


@given(st.dictionaries(days, st.integers(1, 900)), spans)
def test_a_span_is_as_long_as_its_days_count(
    counting: dict[int, int], span: tuple[int, int]
) -> None:
    told = told_days(counting)
    within = sum(more for day, more in counting.items() if span[0] <= day <= span[1])
    assert told.last(span[1]) - told.first(span[0]) == span[1] - span[0] + within
    assert ALL_ALIKE.last(span[1]) - ALL_ALIKE.first(span[0]) == span[1] - span[0]


def test_the_opening_days_of_panels_count_most_then_the_dates_they_name() -> None:
    body = "It [began](date:1951-06-28), [on no day](date:1951-02-30) and [once](date:1951-06)."
    first, *others = sample.story().panels
    told = days_told_in(
        Atlas(sample.story()._replace(panels=(first._replace(body=body), *others)), (), (), ())
    )

    def counts(text: str) -> int:
        return told.last(sample.day(text)) - told.first(sample.day(text)) + 1

    assert counts("1979-01-07") > counts("1951-06-28") > counts("1951-06-29") == 1
    assert len(told.days) == len({panel.day for panel in (first, *others)}) + 1
