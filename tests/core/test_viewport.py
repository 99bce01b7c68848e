from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from atlas.core import viewport
from atlas.core.projection import ATLAS_PROJECTION, Projection
from atlas.core.projections import ALL
from atlas.core.viewport import Camera

X_MIN, Y_MIN, X_MAX, Y_MAX = viewport.region_m(ATLAS_PROJECTION)
sizes = st.tuples(st.integers(1, 4000), st.integers(1, 4000))
cameras = st.builds(
    Camera,
    st.floats(X_MIN, X_MAX),
    st.floats(Y_MIN, Y_MAX),
    st.floats(viewport.MIN_M_PER_PX, viewport.MAX_M_PER_PX),
    st.just(ATLAS_PROJECTION),
)
pixels = st.floats(-3000, 6000)


@given(cameras, sizes, pixels, pixels)
def test_pixels_and_metres_are_inverse(
    camera: Camera, size_px: tuple[int, int], x_px: float, y_px: float
) -> None:
    back = viewport.to_px(camera, size_px, *viewport.to_m(camera, size_px, x_px, y_px))
    assert back == pytest.approx((x_px, y_px), abs=1e-6)


@given(cameras, sizes)
def test_the_middle_of_the_window_is_the_camera(camera: Camera, size_px: tuple[int, int]) -> None:
    middle = (size_px[0] / 2, size_px[1] / 2)
    assert viewport.to_m(camera, size_px, *middle) == pytest.approx((camera.x_m, camera.y_m))


def test_north_is_up() -> None:
    camera = Camera(0.0, 0.0, 1000.0)
    _, y_px = viewport.to_px(camera, (100, 100), 0.0, 10_000.0)
    assert y_px == 40.0


@given(cameras, sizes)
def test_the_extent_is_what_the_corners_show(camera: Camera, size_px: tuple[int, int]) -> None:
    x_min, y_min, x_max, y_max = viewport.extent_m(camera, size_px)
    assert viewport.to_m(camera, size_px, 0, size_px[1]) == pytest.approx((x_min, y_min))
    assert viewport.to_m(camera, size_px, size_px[0], 0) == pytest.approx((x_max, y_max))


@given(cameras, st.floats(0, 1200), st.floats(0, 800), st.floats(0.25, 4))
def test_zooming_keeps_the_point_under_the_pointer(
    camera: Camera, x_px: float, y_px: float, factor: float
) -> None:
    size_px = (1200, 800)
    before = viewport.to_m(camera, size_px, x_px, y_px)
    zoomed = viewport.zoomed_at(camera, size_px, x_px, y_px, factor)
    assume(X_MIN < zoomed.x_m < X_MAX and Y_MIN < zoomed.y_m < Y_MAX)
    after = viewport.to_m(zoomed, size_px, x_px, y_px)
    assert after == pytest.approx(before, abs=1e-3)


@given(cameras, st.floats(1e-3, 1e3))
def test_no_zoom_leaves_the_scales_the_data_carries(camera: Camera, factor: float) -> None:
    zoomed = viewport.zoomed_at(camera, (800, 600), 10, 10, factor)
    assert viewport.MIN_M_PER_PX <= zoomed.m_per_px <= viewport.MAX_M_PER_PX
    assert viewport.clamped(zoomed) == zoomed


@given(cameras, st.floats(-500, 500), st.floats(-500, 500))
def test_panning_moves_the_map_with_the_pointer(camera: Camera, dx: float, dy: float) -> None:
    size_px = (800, 600)
    under = viewport.to_m(camera, size_px, 400, 300)
    moved = viewport.panned(camera, dx, dy)
    assume(X_MIN < moved.x_m < X_MAX and Y_MIN < moved.y_m < Y_MAX)
    assert viewport.to_px(moved, size_px, *under) == pytest.approx((400 + dx, 300 + dy), abs=1e-4)


@given(
    st.floats(75, 125),
    st.floats(0, 40),
    st.floats(1.5, 10),
    st.floats(1.5, 10),
    st.tuples(st.integers(300, 3000), st.integers(300, 3000)),
)
def test_a_fitted_box_is_seen_whole_and_not_much_more(
    west: float, south: float, width: float, height: float, size_px: tuple[int, int]
) -> None:
    east, north = west + width, south + height
    camera = viewport.fit_bbox((west, south, east, north), size_px)
    corners = [(west, south), (west, north), (east, south), (east, north)]
    seen = [
        viewport.to_px(camera, size_px, *ATLAS_PROJECTION.forward(*corner)) for corner in corners
    ]
    for x_px, y_px in seen:
        assert -0.5 <= x_px <= size_px[0] + 0.5
        assert -0.5 <= y_px <= size_px[1] + 0.5
    assume(camera.m_per_px > viewport.MIN_M_PER_PX)
    spans = [max(axis) - min(axis) for axis in zip(*seen, strict=True)]
    assert max(spans[0] / size_px[0], spans[1] / size_px[1]) > 0.9


@pytest.mark.parametrize(
    "bbox",
    [
        (10, 0, 5, 4),
        (0, 4, 5, 0),
        (0, 0, 0, 4),
        (-200, 0, 5, 4),
        (0, 0, 5, 95),
        (float("nan"), 0, 5, 4),
    ],
)
def test_a_box_that_is_none_is_refused(bbox: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="west"):
        viewport.fit_bbox(bbox, (800, 600))


def test_the_scale_is_reckoned_with_the_inch_of_96_pixels() -> None:
    assert Camera(0, 0, viewport.MIN_M_PER_PX).scale_denominator == pytest.approx(500_000)


@pytest.mark.parametrize("projection", ALL, ids=lambda p: p.key)
@pytest.mark.parametrize("box", [(104.0, 8.5, 107.5, 12.0), (72.0, -2.0, 136.0, 54.0)])
def test_a_box_is_shown_whole_in_every_projection(
    projection: Projection, box: tuple[float, float, float, float]
) -> None:
    size_px = (900, 600)
    camera = viewport.fit_bbox(box, size_px, projection)
    assert camera.projection == projection
    west, south, east, north = box
    for i in range(33):
        lon, lat = west + (east - west) * i / 32, south + (north - south) * i / 32
        for place in ((lon, south), (lon, north), (west, lat), (east, lat)):
            x_px, y_px = viewport.to_px(camera, size_px, *projection.forward(*place))
            assert -1 < x_px < 901
            assert -1 < y_px < 601


@given(cameras, st.sampled_from(ALL))
def test_scales_are_limited_on_the_ground(camera: Camera, projection: Projection) -> None:
    there = viewport.in_projection(camera, projection)
    for factor in (1e-6, 1e6):
        zoomed = viewport.zoomed_at(there, (900, 600), 10.0, 20.0, factor)
        low, high = viewport.MIN_M_PER_PX, viewport.MAX_M_PER_PX
        assert low * 0.999 <= zoomed.ground_m_per_px <= high * 1.001


@given(st.floats(74, 134), st.floats(0, 52), st.sampled_from(ALL), st.sampled_from(ALL))
def test_another_projection_looks_at_the_same_place(
    lon_deg: float, lat_deg: float, one: Projection, other: Projection
) -> None:
    first = Camera(*one.forward(lon_deg, lat_deg), 2000.0, one)
    second = viewport.in_projection(first, other)
    assert other.inverse(second.x_m, second.y_m) == pytest.approx((lon_deg, lat_deg), abs=1e-8)
    assert second.ground_m_per_px == pytest.approx(first.ground_m_per_px)


def test_nobody_forgets_the_projection_of_a_camera() -> None:
    """The default is for tests: the program hands the projection of the view on."""
    needed = {"Camera": 4, "fit_bbox": 3, "fit_box_m": 3}
    forgetful = [
        f"{path.name}:{call.lineno}"
        for path in Path(viewport.__file__).parents[1].rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and len(call.args) < needed.get(ast.unparse(call.func).rpartition(".")[2], 0)
    ]
    assert forgetful == []
