from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from atlas.core.labels import BoxPx, Occupied, Request, around_point, centred, place

FRAME = (0.0, 0.0, 900.0, 600.0)


def overlap(a: BoxPx, b: BoxPx) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


boxes = st.tuples(
    st.floats(-300, 1200), st.floats(-300, 900), st.floats(0.5, 400), st.floats(0.5, 60)
).map(lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3]))
wishes = st.lists(st.lists(boxes, min_size=1, max_size=4).map(tuple), max_size=25).map(
    lambda found: [Request(key, wanted) for key, wanted in enumerate(found)]
)


@given(st.lists(boxes, max_size=30), boxes)
def test_occupied_sees_what_looking_at_every_box_sees(taken: list[BoxPx], box: BoxPx) -> None:
    occupied = Occupied()
    for other in taken:
        occupied.add(other)
    assert occupied.hits(box) == any(overlap(other, box) for other in taken)


@given(wishes)
def test_placed_labels_never_overlap_and_stay_in_the_frame(requests: list[Request]) -> None:
    placed = place(requests, Occupied(), FRAME)
    chosen = [requests[key].boxes[index] for key, index in placed.items()]
    for a, b in combinations(chosen, 2):
        assert not overlap(a, b)
    for x0, y0, x1, y1 in chosen:
        assert FRAME[0] <= x0
        assert FRAME[1] <= y0
        assert x1 <= FRAME[2]
        assert y1 <= FRAME[3]


@given(wishes)
def test_the_same_wishes_give_the_same_labels(requests: list[Request]) -> None:
    assert place(requests, Occupied(), FRAME) == place(requests, Occupied(), FRAME)


@given(wishes)
def test_what_comes_later_never_moves_what_came_before(requests: list[Request]) -> None:
    whole = place(requests, Occupied(), FRAME)
    fewer = place(requests[: len(requests) // 2], Occupied(), FRAME)
    assert all(whole[key] == index for key, index in fewer.items())


def test_the_best_free_box_is_taken() -> None:
    occupied = Occupied()
    occupied.add((0, 0, 100, 20))
    wish = Request(7, ((10, 5, 60, 15), (10, 40, 60, 50), (10, 80, 60, 90)))
    assert place([wish], occupied, FRAME) == {7: 1}
    assert occupied.hits((10, 40, 60, 50))


def test_the_eight_boxes_leave_the_symbol_free_and_begin_at_the_right() -> None:
    found = around_point(100, 100, gap_px=8, width_px=50, height_px=12)
    assert len(found) == 8
    assert found[0] == (108, 94, 158, 106)
    assert not any(overlap(box, (96, 96, 104, 104)) for box in found)


def test_a_centred_box_is_centred() -> None:
    assert centred(10, 20, 8, 4) == (6, 18, 14, 22)
