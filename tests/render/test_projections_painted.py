"""The whole map in every projection: land, borders, marks, furniture at their degrees."""

from __future__ import annotations

from itertools import pairwise
from math import atan2, degrees, hypot

import pytest
from PySide6.QtCore import QPointF

from atlas.app.library import Library
from atlas.core.projection import Projection
from atlas.core.projections import ALL
from atlas.core.scene import Scene
from atlas.core.viewport import REGION_DEG, fit_bbox, to_px
from atlas.render.basemap import BaseMap
from atlas.render.furniture import furniture_pieces, north_bearing_deg
from atlas.render.hits import hits_at
from atlas.render.overview import view_on_overview
from atlas.render.painter import MapPainter
from atlas.render.style import Style
from tests.records import replace
from tests.render.scenes import ALL_FURNITURE, apart, base_of, color_at, picture_of, px_of, scene_at

each = pytest.mark.parametrize("projection", ALL, ids=lambda p: p.key)
CAMBODIA = (102.0, 9.5, 108.5, 15.0)
PHNOM_PENH = (104.916, 11.5625)
ON_LAND = ((105.0, 13.5), (108.0, 14.4), (101.2, 15.5), (106.9, 11.0), (99.3, 17.2))
AT_SEA = ((102.2, 9.0), (109.8, 10.5), (108.0, 17.6), (112.0, 12.0), (107.6, 19.6))


@pytest.fixture(params=ALL, ids=lambda p: p.key)
def scene(request: pytest.FixtureRequest, library: Library, paper: Style) -> Scene:
    return scene_at(
        library.atlas, "1979-01-07", (98.0, 7.0, 113.0, 21.0), (700, 660), projection=request.param
    )


def test_land_and_sea_lie_at_their_degrees(scene: Scene, painter: MapPainter, paper: Style) -> None:
    bare = replace(scene, base_layers=frozenset())
    image = base_of(painter, bare)
    for place in ON_LAND:
        assert apart(color_at(image, bare, *place), paper.color("land")) < 12, place
    for place in AT_SEA:
        assert apart(color_at(image, bare, *place), paper.color("sea")) < 12, place


def test_a_country_s_tint_ends_at_its_border(scene: Scene, painter: MapPainter) -> None:
    tinted = replace(scene, base_layers=frozenset({"polities"}))
    image = base_of(painter, tinted)
    # Either side of the river border at Kaam Samnor and of the watershed at Preah Vihear.
    for here, there in (((105.2, 11.3), (105.2, 10.6)), ((104.7, 14.1), (104.7, 14.7))):
        assert apart(color_at(image, tinted, *here), color_at(image, tinted, *there)) > 5


def test_the_capital_s_symbol_stands_where_the_capital_lies(
    scene: Scene, painter: MapPainter, paper: Style
) -> None:
    """The dot of the town alone: what differs from the map without towns, round that pixel."""
    layers = frozenset({"polities", "places"})
    named = [wish for wish in scene.wishes.items if wish.kind == "capital"]
    only = replace(
        scene,
        marks=(), arrows=(), areas=(), base_layers=layers,
        wishes=replace(scene.wishes, items=tuple(w for w in named if "Phnom" in w.text)),
    )  # fmt: skip
    bare = replace(only, wishes=replace(scene.wishes, items=(), features=()))
    with_it, without = picture_of(painter, only), picture_of(painter, bare)
    x, y = px_of(scene, *PHNOM_PENH)
    inked = [
        (i, j)
        for i in range(x - 9, x + 10)
        for j in range(y - 9, y + 10)
        if hypot(i - x, j - y) < 4
        and apart(with_it.pixelColor(i, j), without.pixelColor(i, j)) > 60
    ]
    middle = [sum(side) / len(inked) for side in zip(*inked, strict=True)]
    assert hypot(middle[0] - x, middle[1] - y) < 1.6


def test_marks_are_hit_at_their_degrees(
    scene: Scene, library: Library, painter: MapPainter
) -> None:
    by_id = library.atlas.feature_by_id
    found = 0
    for mark in scene.marks:
        x, y = px_of(scene, *by_id[mark.feature_id].lonlat_deg)
        if 0 <= x < 700 and 0 <= y < 660 and not mark.hatched:
            assert mark.feature_id in hits_at(scene, painter.frame(scene), x, y)
            found += 1
    assert found > 5


def test_the_relief_shows_the_same_mountains(scene: Scene, painter: MapPainter) -> None:
    """The Cardamoms are rough, the plain of the Tonle Sap is not."""
    image = base_of(painter, replace(scene, base_layers=frozenset({"relief"})))

    def roughness(lon_deg: float, lat_deg: float) -> int:
        x, y = px_of(scene, lon_deg, lat_deg)
        row = [image.pixelColor(x + i, y + j) for i in range(-9, 10) for j in range(-9, 10)]
        return max(apart(one, other) for one, other in pairwise(row))

    assert roughness(103.2, 12.1) > 2 * roughness(104.9, 13.0)


@each
def test_beyond_the_region_is_paper(
    projection: Projection, library: Library, painter: MapPainter, paper: Style
) -> None:
    bare = scene_at(
        library.atlas, "1979-01-07", REGION_DEG, (600, 600), layers=(), projection=projection
    )
    bare = replace(bare, camera=replace(bare.camera, m_per_px=bare.camera.m_per_px * 1.2))
    image = base_of(painter, bare)
    for lon_deg, lat_deg in ((70.5, 20.0), (137.5, 20.0), (104.0, 55.5), (104.0, -3.2)):
        assert image.pixelColor(*px_of(bare, lon_deg, lat_deg)) == paper.color("paper")
    inside = image.pixelColor(*px_of(bare, 73.0, 30.0))
    assert apart(inside, paper.color("paper")) > 1


@each
def test_the_arrow_points_along_the_meridian(projection: Projection, library: Library) -> None:
    scene = scene_at(
        library.atlas, "1979-01-07", (84, 36, 86, 38), (600, 400), projection=projection
    )
    (x0, y0), (x1, y1) = (
        to_px(scene.camera, scene.size_px, *projection.forward(85.0, lat)) for lat in (36.9, 37.1)
    )
    leaning = degrees(atan2(x1 - x0, y0 - y1))
    assert north_bearing_deg(scene, 300, 200) == pytest.approx(leaning, abs=0.05)
    assert (abs(leaning) < 0.01) == (projection.key in ("mercator", "plate-carree"))


@each
def test_the_overview_s_frame_holds_what_the_view_holds(
    projection: Projection, library: Library, paper: Style
) -> None:
    scene = scene_at(
        library.atlas, "1979-01-07", CAMBODIA, (900, 700), (), ALL_FURNITURE, projection
    )
    (box,) = [piece.box for piece in furniture_pieces(scene) if piece.kind == "overview"]
    view = view_on_overview(scene, box)
    region = fit_bbox(REGION_DEG, (1000, 1000), projection)
    inner = box.adjusted(4, 4, -4, -4)
    wide = max(inner.width(), inner.height()) / 1000
    for place, seen in ((PHNOM_PENH, True), ((107.9, 14.5), True), ((105.8, 21.0), False)):
        x, y = to_px(region, (1000, 1000), *projection.forward(*place))
        at = QPointF(inner.center().x() + (x - 500) * wide, inner.center().y() + (y - 500) * wide)
        assert view.contains(at) == seen


def test_each_is_read_once_and_the_pack_s_own_is_the_pack(basemap: BaseMap) -> None:
    assert basemap.seen_in(ALL[0]) is basemap
    assert basemap.seen_in(ALL[2]) is basemap.seen_in(ALL[2])
