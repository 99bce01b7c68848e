"""The atlas's records in other projections: each at its own degrees, rooms and names kept."""

from __future__ import annotations

from math import hypot

import pytest

from atlas.app.library import Library, open_library
from atlas.core.actions import choose_projection, initial_state, reveal
from atlas.core.gazetteer import up_to_rank
from atlas.core.model import Atlas, RiverName
from atlas.core.projection import ATLAS_PROJECTION, Projection
from atlas.core.projections import ALL
from atlas.core.resolve import resolve
from atlas.core.viewport import region_m, to_px

OTHERS = ALL[1:]
each = pytest.mark.parametrize("projection", OTHERS, ids=lambda p: p.key)


@pytest.fixture(scope="module")
def atlas(pack_path: object) -> Atlas:
    library: Library = open_library(pack_file=pack_path)  # type: ignore[arg-type]
    return library.atlas


def test_in_its_own_projection_the_atlas_is_itself(atlas: Atlas) -> None:
    assert atlas.seen_in(ATLAS_PROJECTION) is atlas
    assert atlas.seen_in(OTHERS[0]) is atlas.seen_in(OTHERS[0])


@each
def test_every_feature_lies_at_its_degrees(atlas: Atlas, projection: Projection) -> None:
    seen = atlas.seen_in(projection)
    for feature, there in zip(atlas.features, seen.features, strict=True):
        assert there.id == feature.id
        assert there.radius_m == feature.radius_m
        if feature.geometry == "point" and not feature.inset:
            own = projection.forward(*feature.lonlat_deg)
            assert hypot(*(a - b for a, b in zip(there.anchor_m, own, strict=True))) < 20
            assert there.stretch == pytest.approx(projection.stretch_at(*own))
        elif feature.layer != "relations":
            assert [len(part) for part in there.parts_m] == [len(p) for p in feature.parts_m]
            back = ATLAS_PROJECTION.forward(*projection.inverse(*there.parts_m[0][-1]))
            assert back == pytest.approx(feature.parts_m[0][-1], abs=0.01)


@each
def test_arcs_to_far_places_do_not_run_round_the_earth(
    atlas: Atlas, projection: Projection
) -> None:
    x_min, y_min, x_max, y_max = region_m(projection)
    size_m = max(x_max - x_min, y_max - y_min)
    for feature in atlas.seen_in(projection).features:
        if feature.layer == "relations":
            for (x0, y0), (x1, y1) in zip(*(feature.parts_m[0][i:] for i in (0, 1)), strict=False):
                assert hypot(x1 - x0, y1 - y0) < size_m / 4, feature.id
            near = any(hypot(*point) < 3e6 for point in atlas.feature_by_id[feature.id].parts_m[0])
            inside = (x_min < x < x_max and y_min < y < y_max for x, y in feature.parts_m[0])
            assert any(inside) or not near, feature.id


@each
def test_towns_come_in_their_order_and_at_their_degrees(
    atlas: Atlas, projection: Projection
) -> None:
    seen = atlas.seen_in(projection)
    first = up_to_rank(seen.places, 1)
    assert [p.id for p in first] == [p.id for p in up_to_rank(atlas.places, 1)]
    assert len(seen.places) == len(atlas.places)
    for place in first:
        assert (place.x_m, place.y_m) == projection.forward(place.lon_deg, place.lat_deg)


@each
def test_rooms_grow_with_the_map(atlas: Atlas, projection: Projection) -> None:
    seen = atlas.seen_in(projection)
    for polity, there in zip(atlas.polities, seen.polities, strict=True):
        for (x, y, room_m), (x1, y1, room1_m) in zip(
            polity.anchors_m, there.anchors_m, strict=True
        ):
            assert (x1, y1) == pytest.approx(
                projection.forward(*ATLAS_PROJECTION.inverse(x, y)), abs=0.01
            )
            assert room1_m == pytest.approx(room_m * projection.stretch_at(x1, y1))
    assert len(seen.provinces) == len(atlas.provinces)
    assert len(seen.seas) == len(atlas.seas)


@each
def test_a_rivers_name_turns_with_its_river(atlas: Atlas, projection: Projection) -> None:
    one = RiverName("Mekong", 1, *ATLAS_PROJECTION.forward(80.0, 45.0), 0.0, 60_000.0)
    (moved,) = Atlas(atlas.story, (), (), (), river_names=(one,)).seen_in(projection).river_names
    lon, lat = projection.inverse(moved.x_m, moved.y_m)
    assert (lon, lat) == pytest.approx((80.0, 45.0), abs=0.01)
    assert moved.length_m == pytest.approx(
        60_000 * projection.stretch_at(moved.x_m, moved.y_m), rel=0.2
    )
    # What runs level there on the equal-area map, far left of its middle, runs north of east.
    assert (moved.angle_deg > 5.0) == (projection.key != "lcc")
    assert abs(moved.angle_deg) <= 90


@each
def test_choosing_a_projection_keeps_the_place_and_the_ground_scale(
    atlas: Atlas, projection: Projection
) -> None:
    start = initial_state(atlas.story, (900, 600))
    state = choose_projection(projection)(start)
    assert state.camera.projection == projection
    assert projection.inverse(state.camera.x_m, state.camera.y_m) == pytest.approx(
        ATLAS_PROJECTION.inverse(start.camera.x_m, start.camera.y_m), abs=1e-9
    )
    assert state.camera.scale_denominator == pytest.approx(start.camera.scale_denominator)
    back = choose_projection(ATLAS_PROJECTION)(state)
    assert tuple(back.camera[:3]) == pytest.approx(tuple(start.camera[:3]), abs=1e-3)


@each
def test_a_mark_is_drawn_and_found_at_its_place(atlas: Atlas, projection: Projection) -> None:
    start = choose_projection(projection)(initial_state(atlas.story, (900, 600)))
    feature = next(f for f in atlas.features if f.layer == "ratanakiri_bases" and f.radius_m)
    state = reveal(feature.id, atlas)(start)
    scene = resolve(state, atlas)
    (mark,) = [m for m in scene.marks if m.feature_id == feature.id]
    own = projection.forward(*feature.lonlat_deg)
    assert mark.disc_m == pytest.approx(feature.radius_m * projection.stretch_at(*own), rel=1e-4)
    assert (mark.x_m, mark.y_m) == pytest.approx(own, abs=20)
    x_px, y_px = to_px(state.camera, state.viewport_px, mark.x_m, mark.y_m)
    assert 0 < x_px < 900
    assert 0 < y_px < 600
