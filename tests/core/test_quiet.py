from __future__ import annotations

from math import ceil, hypot

from hypothesis import given
from hypothesis import strategies as st

from atlas.core.quiet import _STEP_PX, _along
from atlas.core.wishes import Neighbourhood

numbers = st.floats(-3000, 3000).map(round)
points = st.tuples(numbers, numbers)


@given(start=points, end=points, corner=points, k=st.sampled_from((1.0, 7.0, 90.0)))
def test_of_a_line_the_steps_in_the_box_count_and_no_others(
    start: tuple[int, int], end: tuple[int, int], corner: tuple[int, int], k: float
) -> None:
    box = (corner[0], corner[1], corner[0] + 900.5, corner[1] + 700.5)
    (x0, y0), (x1, y1) = start, end
    steps = ceil(hypot(x1 - x0, y1 - y0) / (_STEP_PX * k)) or 1
    every = [(x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps) for i in range(steps)]

    def within(margin: float) -> list[tuple[float, float]]:
        return [
            (x, y)
            for x, y in every
            if box[0] - margin <= x <= box[2] + margin and box[1] - margin <= y <= box[3] + margin
        ]

    found = list(_along(start, end, Neighbourhood(box, k)))
    assert set(within(-0.001)) <= set(found) <= set(within(0.001))


def test_a_line_around_the_earth_is_not_walked_close_up() -> None:
    near = Neighbourhood((-1e4, -1e4, 1e4, 1e4), 0.01)
    assert len(list(_along((-2e13, 0.0), (2e13, 0.0), near))) < 130_000
    assert not list(_along((-2e13, 2e4), (2e13, 2e4), near))
