"""The graticule: round degrees, on the lines they name, wherever the camera looks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.graticule import Line, bounds_deg, graticule, spacing_deg
from atlas.core.projections import ALL
from atlas.core.viewport import MAX_M_PER_PX, MIN_M_PER_PX, Camera, fit_bbox, in_projection

SIZE = (1000, 800)
cameras = st.builds(
    lambda projection, *place: in_projection(Camera(*place), projection),
    st.sampled_from(ALL),
    st.floats(-3e6, 3e6),
    st.floats(-2.5e6, 3e6),
    st.floats(MIN_M_PER_PX, MAX_M_PER_PX),
)


@given(st.floats(MIN_M_PER_PX, MAX_M_PER_PX))
def test_lines_stand_a_hand_apart(m_per_px: float) -> None:
    apart_px = spacing_deg(m_per_px) * 111_195 / m_per_px
    assert 170 <= apart_px <= 900


@given(cameras, st.tuples(st.integers(100, 4000), st.integers(100, 3000)))
def test_every_vertex_lies_on_its_line(camera: Camera, size_px: tuple[int, int]) -> None:
    for line in graticule(camera, size_px):
        for x_m, y_m in line.points_m[:: len(line.points_m) - 1]:
            lon, lat = camera.projection.inverse(x_m, y_m)
            off = (lon if line.is_meridian else lat) - line.degrees
            assert (off + 180) % 360 - 180 == pytest.approx(0.0, abs=1e-6)


def test_a_view_of_cambodia_has_its_degrees() -> None:
    camera = fit_bbox((102.0, 10.0, 108.0, 15.0), SIZE)
    west, south, east, north = bounds_deg(camera, SIZE)
    assert west <= 102
    assert south <= 10
    assert east >= 108
    assert north >= 15
    found = {(line.is_meridian, line.degrees) for line in graticule(camera, SIZE)}
    assert {(True, 104.0), (False, 12.0)} <= found


def test_degrees_in_words() -> None:
    assert Line(True, 105.0, ()).words == "105° E"
    assert Line(False, -2.5, ()).words == "2.5° S"
    assert Line(False, 0.0, ()).words == "0°"
