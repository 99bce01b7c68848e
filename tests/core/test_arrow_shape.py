from __future__ import annotations

from itertools import pairwise
from math import dist, hypot, isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.arrow_shape import (
    LEAST_HEAD_PX,
    LEAST_PX,
    ArrowSizes,
    Point,
    Ring,
    arrow_shape,
    smoothed,
    stopped,
)

SIZES = ArrowSizes()
WHOLE = ((0.0, 1.0),)
STRAIGHT: Ring = ((0.0, 0.0), (60.0, 0.0), (100.0, 0.0))

pixels = st.floats(-2000, 2000)
lines = st.lists(st.tuples(pixels, pixels), min_size=1, max_size=9).map(tuple)
fractions = st.lists(st.floats(0.01, 0.99), max_size=4, unique=True).map(sorted)
cuts = fractions.map(lambda inner: tuple(pairwise((0.0, *inner, 1.0))))


def length(line: Ring) -> float:
    return sum(dist(a, b) for a, b in pairwise(line))


def to_segment(point: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    t = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / square if square else 0.0
    t = max(0.0, min(1.0, t))
    return hypot(point[0] - a[0] - t * dx, point[1] - a[1] - t * dy)


def stretch_of(spine: Ring, start_px: float, end_px: float) -> Ring:
    """The part of a line between two lengths along it."""
    done, points = 0.0, [(0.0, spine[0])] if start_px <= 0 else []
    for a, b in pairwise(spine):
        step = dist(a, b)
        for at in (start_px, end_px):
            if step and done < at <= done + step:
                t = (at - done) / step
                points.append((at, (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)))
        done += step
        if start_px < done <= end_px:
            points.append((done, b))
    return tuple(point for _, point in sorted(points))


@given(lines, cuts)
def test_every_coordinate_is_a_number(line: Ring, stretches: tuple[Point, ...]) -> None:
    shape = arrow_shape(line, stretches, SIZES)
    if shape is not None:
        rings = (*shape.bodies, shape.head, shape.spine)
        assert all(isfinite(x) and isfinite(y) for ring in rings for x, y in ring)


@given(lines)
def test_the_tip_is_where_the_line_ends(line: Ring) -> None:
    shape = arrow_shape(line, WHOLE, SIZES)
    if shape is not None:
        assert shape.head[1] == shape.spine[-1]
        assert dist(shape.head[1], line[-1]) <= 0.5
        assert shape.spine[0] == line[0]


@given(lines, cuts)
def test_bodies_stay_within_their_stretch(line: Ring, stretches: tuple[Point, ...]) -> None:
    shape = arrow_shape(line, stretches, SIZES)
    if shape is None:
        return
    assert len(shape.bodies) == len(stretches)
    total = length(shape.spine)
    for (start, end), body in zip(stretches, shape.bodies, strict=True):
        part = stretch_of(shape.spine, start * total, end * total)
        for point in body:
            away = min((to_segment(point, a, b) for a, b in pairwise(part)), default=0.0)
            assert away <= SIZES.shoulder_px + 1e-3


@given(lines)
def test_only_a_line_too_short_for_a_head_has_no_arrow(line: Ring) -> None:
    shape = arrow_shape(line, WHOLE, SIZES)
    if length(line) < LEAST_PX:
        assert shape is None
    if dist(line[0], line[-1]) > LEAST_PX + 1:
        assert shape is not None


@pytest.mark.parametrize("line", [((5.0, 5.0),), ((5.0, 5.0),) * 4, ((0.0, 0.0), (2.9, 0.0))])
def test_a_point_or_a_stub_has_no_arrow(line: Ring) -> None:
    assert arrow_shape(line, WHOLE, SIZES) is None


def test_a_straight_arrow_has_the_sizes_asked_for() -> None:
    shape = arrow_shape(STRAIGHT, WHOLE, SIZES)
    assert shape is not None
    (body,) = shape.bodies
    assert max(x for x, _ in body) == pytest.approx(100 - SIZES.head_px)
    assert max(y for _, y in body) == pytest.approx(SIZES.shoulder_px)
    assert body[0] == pytest.approx((0.0, SIZES.tail_px))
    assert shape.head[0] == pytest.approx((100 - SIZES.head_px, SIZES.head_half_px))
    assert shape.head[2] == pytest.approx((100 - SIZES.head_px, -SIZES.head_half_px))


def test_a_short_arrow_keeps_some_body_behind_its_head() -> None:
    shape = arrow_shape(((0.0, 0.0), (20.0, 0.0)), WHOLE, SIZES)
    assert shape is not None
    assert max(x for x, _ in shape.bodies[0]) > 10
    assert shape.head[0][1] < 0.8 * SIZES.head_half_px


@pytest.mark.parametrize("length_px", [3.0, 5.0, 8.0, 12.0, 20.0])
@pytest.mark.parametrize("scale", [0.55, 1.0])
def test_however_short_the_way_the_head_tells_direction_and_how_far(
    length_px: float, scale: float
) -> None:
    sizes = SIZES.scaled(scale)
    shape = arrow_shape(((0.0, 0.0), (0.0, length_px)), WHOLE, sizes)
    assert shape is not None
    (left_x, back), (_, tip), (right_x, _) = shape.head
    assert tip == pytest.approx(length_px)
    assert tip - back >= min(LEAST_HEAD_PX, sizes.head_px) - 1e-6
    assert abs(left_x - right_x) >= 9
    assert len(shape.bodies) == 1


def test_a_line_is_stopped_before_its_end_by_its_own_length() -> None:
    assert stopped(STRAIGHT, 10.0)[-1] == pytest.approx((90.0, 0.0))
    assert stopped(STRAIGHT, 45.0) == ((0.0, 0.0), (55.0, 0.0))
    assert stopped(STRAIGHT, 0.0) == STRAIGHT
    assert stopped(STRAIGHT, 100.0) == STRAIGHT


def test_a_stretch_too_short_to_see_keeps_its_place_in_the_row() -> None:
    """Each body is filled as its own stretch is sourced: none may slip into another's place."""
    shape = arrow_shape(STRAIGHT, ((0.0, 0.001), (0.001, 0.5), (0.5, 0.9), (0.9, 1.0)), SIZES)
    assert shape is not None
    assert [bool(body) for body in shape.bodies] == [False, True, True, False]


@given(lines, st.integers(0, 4))
def test_smoothing_keeps_both_ends_and_never_lengthens(line: Ring, rounds: int) -> None:
    smooth = smoothed(line, rounds)
    assert smooth[0] == line[0]
    assert smooth[-1] == line[-1]
    assert length(smooth) <= length(line) + 1e-6


def test_a_line_of_two_points_has_no_corner_to_cut() -> None:
    assert smoothed(((0.0, 0.0), (9.0, 9.0)), 3) == ((0.0, 0.0), (9.0, 9.0))


def test_scaled_sizes_scale_together() -> None:
    half = SIZES.scaled(0.5)
    assert half == ArrowSizes(
        SIZES.tail_px / 2, SIZES.shoulder_px / 2, SIZES.head_px / 2, SIZES.head_half_px / 2
    )
