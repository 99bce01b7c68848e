"""Labels planned once for all time: never two at one spot on one day, never a box of chance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.label_plan import SOFT_WEIGHT, Candidate, Lines, Obstacle, Planned, plan
from atlas.core.labels import BoxPx

corners = st.tuples(st.integers(0, 300), st.integers(0, 200))


@st.composite
def boxes(draw: st.DrawFn) -> BoxPx:
    x, y = draw(corners)
    return (x, y, x + draw(st.integers(5, 80)), y + draw(st.integers(5, 25)))


@st.composite
def candidates(draw: st.DrawFn) -> Candidate:
    first = draw(st.integers(0, 100))
    return Candidate(
        tuple(draw(st.lists(boxes(), min_size=1, max_size=4))),
        first,
        first + draw(st.integers(0, 60)),
        draw(st.booleans()),
    )


@st.composite
def obstacles(draw: st.DrawFn) -> Obstacle:
    first = draw(st.integers(0, 100))
    return Obstacle(draw(boxes()), first, first + draw(st.integers(0, 60)), draw(st.booleans()))


def shown_on(day: int, wanted: list[Candidate], planned: tuple[Planned, ...]) -> list[int]:
    shown: list[int] = []
    for index, candidate in enumerate(wanted):
        if candidate.first_day <= day <= candidate.last_day and not (
            set(planned[index].yields_to) & set(shown)
        ):
            shown.append(index)
    return shown


def overlap(a: BoxPx, b: BoxPx) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@given(st.lists(candidates(), max_size=25), st.lists(obstacles(), max_size=10))
def test_no_two_labels_shown_on_one_day_overlap(
    wanted: list[Candidate], blocks: list[Obstacle]
) -> None:
    planned = plan(wanted, blocks)
    for day in range(0, 161, 20):
        shown = shown_on(day, wanted, planned)
        for i, a in enumerate(shown):
            assert not any(overlap(planned[a].box, planned[b].box) for b in shown[i + 1 :])


@given(st.lists(candidates(), max_size=25), st.lists(obstacles(), max_size=10))
def test_each_label_gets_one_of_its_boxes_and_names_what_hides_it(
    wanted: list[Candidate], blocks: list[Obstacle]
) -> None:
    for candidate, place in zip(wanted, plan(wanted, blocks), strict=True):
        assert place.box in candidate.boxes
        hidden_by = {
            index
            for index, block in enumerate(blocks)
            if overlap(place.box, block.box)
            and candidate.first_day <= block.last_day
            and block.first_day <= candidate.last_day
        }
        assert set(place.hidden_by) == (set() if candidate.insists else hidden_by)


def test_a_label_takes_the_free_box_and_crosses_an_arrow_rather_than_a_symbol() -> None:
    left, right = (0.0, 0.0, 40.0, 10.0), (60.0, 0.0, 100.0, 10.0)
    wish = Candidate((left, right), 0, 9)
    assert plan([wish], [Obstacle(left, 0, 9)])[0].box == right
    blocked = [Obstacle(left, 0, 9), Obstacle(right, 0, 9, soft=True)]
    assert plan([wish], blocked)[0].box == right
    assert plan([wish], [Obstacle(left, 20, 29)])[0].box == left


def test_lines_looked_up_apart_cost_their_longest_day() -> None:
    lines = Lines(
        [
            ([(0.0, 0.0), (200.0, 0.0)], 1, 10),
            ([(100.0, -90.0), (100.0, 90.0), (400.0, 90.0)], 1, 100),
        ]
    )
    assert lines.cost_days((20.0, -4.0, 60.0, 4.0), 1, 1000) == pytest.approx(10 * SOFT_WEIGHT)
    assert lines.cost_days((20.0, -4.0, 120.0, 4.0), 1, 1000) == pytest.approx(100 * SOFT_WEIGHT)
    assert lines.cost_days((20.0, -4.0, 120.0, 4.0), 101, 1000) == 0
    assert lines.cost_days((20.0, 40.0, 60.0, 60.0), 1, 1000) == 0
    assert lines.cost_days((280.0, 84.0, 300.0, 94.0), 60, 1000) == pytest.approx(41 * SOFT_WEIGHT)
