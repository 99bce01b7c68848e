"""Names of countries slid into the picture along its edge."""

from __future__ import annotations

from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from atlas.core.slid import slid_box

PICTURE, NAME = (800, 600), (100.0, 20.0)
discs = st.lists(
    st.tuples(st.floats(-500, 1300), st.floats(-500, 1100), st.floats(10, 600)), max_size=6
)


@given(discs)
def test_a_name_stays_in_the_picture_and_in_its_country(
    found: list[tuple[float, float, float]],
) -> None:
    box = slid_box(found, NAME, PICTURE, lambda box: True)
    if box is None:
        return
    x0, y0, x1, y1 = box
    assert x0 >= 0
    assert y0 >= 0
    assert x1 <= PICTURE[0]
    assert y1 <= PICTURE[1]
    for x in (x0, x1):
        assert any(hypot(at_x - x, at_y - (y0 + y1) / 2) <= r + 1e-6 for at_x, at_y, r in found)


def test_a_name_slides_along_the_edge_and_goes_with_its_country() -> None:
    box = slid_box([(400.0, -100.0, 300.0)], NAME, PICTURE, lambda box: True)
    assert box == (350.0, 16.0, 450.0, 36.0)
    assert slid_box([(400.0, -300.0, 300.0)], NAME, PICTURE, lambda box: True) is None


def test_a_name_stands_in_the_next_room_if_the_first_is_taken() -> None:
    rooms = [(400.0, -100.0, 300.0), (650.0, 0.0, 120.0)]
    assert slid_box(rooms, NAME, PICTURE, lambda box: box[0] > 500) == (600.0, 16.0, 700.0, 36.0)
