"""The projections to choose from, held against PROJ and against the ellipsoid."""

from __future__ import annotations

from math import hypot

import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.ellipsoid import radii_m
from atlas.core.projection import (
    ATLAS_PROJECTION,
    PROJECTION_KEYS,
    Projection,
    projection_named,
)
from atlas.core.projections import ALL, Conic, PlateCarree, WebMercator

WORST_M = 0.001
THEIRS = {p: pyproj.Transformer.from_crs("EPSG:4326", p.proj_text, always_xy=True) for p in ALL}
EPSG = {
    "mercator": pyproj.Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True),
    "plate-carree": pyproj.Transformer.from_crs("EPSG:4326", "EPSG:32662", always_xy=True),
}
GEOD = pyproj.Geod(ellps="WGS84")

each = pytest.mark.parametrize("projection", ALL, ids=lambda p: p.key)
lons, lats = st.floats(60, 150), st.floats(-30, 70)


@each
@given(lons, lats)
def test_a_point_lies_where_proj_puts_it(
    projection: Projection, lon_deg: float, lat_deg: float
) -> None:
    ours = projection.forward(lon_deg, lat_deg)
    for theirs in (THEIRS[projection], EPSG.get(projection.key, THEIRS[projection])):
        x_m, y_m = theirs.transform(lon_deg, lat_deg)
        assert hypot(ours[0] - x_m, ours[1] - y_m) < WORST_M


@each
@given(lons, lats)
def test_a_point_comes_back(projection: Projection, lon_deg: float, lat_deg: float) -> None:
    back = projection.inverse(*projection.forward(lon_deg, lat_deg))
    assert back == pytest.approx((lon_deg, lat_deg), abs=1e-8)


@each
@given(lons, lats)
def test_the_stretch_is_the_root_of_what_areas_grow_by(
    projection: Projection, lon_deg: float, lat_deg: float
) -> None:
    d = 0.001
    (x0, y0), (x1, y1), (x2, y2) = (
        projection.forward(lon_deg + dx, lat_deg + dy) for dx, dy in ((-d, -d), (d, -d), (-d, d))
    )
    on_map_m2 = abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0))
    corners = [(-d, -d), (d, -d), (d, d), (-d, d)]
    ground_m2, _ = GEOD.polygon_area_perimeter(
        [lon_deg + dx for dx, _ in corners], [lat_deg + dy for _, dy in corners]
    )
    stretch = projection.stretch_at(*projection.forward(lon_deg, lat_deg))
    assert stretch == pytest.approx((on_map_m2 / ground_m2) ** 0.5, rel=1e-4)


@given(lons, lats)
def test_the_conic_keeps_angles(lon_deg: float, lat_deg: float) -> None:
    conic = projection_named("lcc")
    d = 1e-4
    (x0, y0), (x1, y1), (x2, y2) = (
        conic.forward(lon_deg + dx, lat_deg + dy) for dx, dy in ((0, 0), (d, 0), (0, d))
    )
    north_m, east_m = radii_m(lat_deg)
    assert hypot(x1 - x0, y1 - y0) / east_m == pytest.approx(
        hypot(x2 - x0, y2 - y0) / north_m, rel=1e-4
    )
    assert (x1 - x0) * (x2 - x0) + (y1 - y0) * (y2 - y0) == pytest.approx(0.0, abs=1e-1)


@pytest.mark.parametrize("lat_deg", range(8, 41, 4))
def test_the_conic_is_nearly_true_from_the_gulf_to_beijing(lat_deg: float) -> None:
    conic = projection_named("lcc")
    assert conic.stretch_at(*conic.forward(110.0, lat_deg)) == pytest.approx(1.0, abs=0.03)


@pytest.mark.parametrize(
    ("projection", "point_m"),
    [
        (WebMercator(), (2.1e7, 0.0)),
        (WebMercator(), (0.0, 8e7)),
        (PlateCarree(), (0.0, 1.01e7)),
        (PlateCarree(), (-2.1e7, 0.0)),
        (Conic(104.0, 24.0, 12.0, 38.0), (1e6, 3e7)),
    ],
)
def test_beyond_the_edge_there_is_no_place(
    projection: Projection, point_m: tuple[float, float]
) -> None:
    with pytest.raises(ValueError, match="beyond the edge"):
        projection.inverse(*point_m)


@each
@pytest.mark.parametrize("lat_deg", [-90.0, 90.0])
def test_the_poles_are_points_of_the_map(projection: Projection, lat_deg: float) -> None:
    x_m, y_m = projection.forward(104.0, lat_deg)
    assert projection.inverse(x_m, y_m)[1] == pytest.approx(lat_deg, abs=0.01)
    assert projection.stretch_at(x_m, y_m) > 0


def test_each_has_its_name() -> None:
    assert tuple(p.key for p in ALL) == PROJECTION_KEYS
    assert [projection_named(key) for key in PROJECTION_KEYS] == list(ALL)
    assert projection_named("laea") is ATLAS_PROJECTION
    assert len(set(ALL)) == len(ALL)
    with pytest.raises(ValueError, match="laea, lcc, mercator"):
        projection_named("mercador")
