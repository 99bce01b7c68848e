from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atlas.core.labels import BoxPx, Occupied, around_point, centred


def overlap(a: BoxPx, b: BoxPx) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


boxes = st.tuples(
    st.floats(-300, 1200), st.floats(-300, 900), st.floats(0.5, 400), st.floats(0.5, 60)
).map(lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3]))


@given(st.lists(boxes, max_size=30), boxes)
def test_occupied_sees_what_looking_at_every_box_sees(taken: list[BoxPx], box: BoxPx) -> None:
    occupied = Occupied()
    for other in taken:
        occupied.add(other)
    assert occupied.hits(box) == any(overlap(other, box) for other in taken)


def test_the_eight_boxes_leave_the_symbol_free_and_begin_at_the_right() -> None:
    found = around_point(100, 100, gap_px=8, width_px=50, height_px=12)
    assert len(found) == 8
    assert found[0] == (108, 94, 158, 106)
    assert not any(overlap(box, (96, 96, 104, 104)) for box in found)


def test_a_centred_box_is_centred() -> None:
    assert centred(10, 20, 8, 4) == (6, 18, 14, 22)
