"""Which zones of two scenes count as the same: what no view shows is no difference."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QImage, QPainter

from atlas.app.library import Library
from atlas.core.scene import Scene
from atlas.core.viewport import extent_m
from atlas.render.basemap import BaseMap
from atlas.render.frame import frame_of
from atlas.render.painter import MapPainter
from atlas.render.stamps import Stamp, Stamps, direct
from atlas.render.style import load_style
from atlas.render.zones import paint_zones, same_zones_seen, zones_key
from tests.records import replace
from tests.render.scenes import CAMBODIA, blank, differing, scene_at

SIZE = (320, 240)


@pytest.fixture
def scene(library: Library) -> Scene:
    return scene_at(library.atlas, "1977-01-01", CAMBODIA, SIZE)


def extent(scene: Scene) -> tuple[float, float, float, float]:
    return extent_m(scene.camera, scene.size_px)


def test_a_zone_that_shows_makes_a_difference(scene: Scene) -> None:
    assert scene.areas
    fewer = replace(scene, areas=scene.areas[1:])
    assert same_zones_seen(scene, scene, extent(scene))
    assert not same_zones_seen(scene, fewer, extent(scene))
    assert zones_key(scene) != zones_key(fewer)


def test_a_zone_of_other_ink_makes_a_difference(scene: Scene) -> None:
    fainter = replace(scene, areas=(replace(scene.areas[0], ink=0.3), *scene.areas[1:]))
    assert not same_zones_seen(scene, fainter, extent(scene))


def test_what_only_one_of_two_views_shows_makes_none(library: Library, scene: Scene) -> None:
    west, south, east, north = CAMBODIA
    aside = (west + 2.5, south, east + 2.5, north)
    other = scene_at(library.atlas, "1977-01-01", aside, SIZE)
    assert zones_key(scene) != zones_key(other)
    assert same_zones_seen(scene, other, extent(scene), extent(other))


def test_a_pause_follows_every_zone(library: Library, scene: Scene) -> None:
    paused: list[None] = []
    frame = frame_of(scene, BaseMap(library.pack))
    image = blank(SIZE)
    with QPainter(image) as painter:
        paint_zones(painter, scene, load_style("paper"), frame, lambda: paused.append(None))
    assert len(paused) == len(scene.areas) + sum(mark.hatched for mark in scene.marks)


class Counting(Stamps):
    """Keeps count of what it paints."""

    painted = 0

    def _painted(self, *more: Any) -> QImage:
        self.painted += 1
        return super()._painted(*more)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_of_the_zones_only_one_never_seen_is_painted(
    library: Library, scene: Scene, ratio: float
) -> None:
    painter = MapPainter(BaseMap(library.pack), load_style("paper"))
    below = painter.ground_image(scene, ratio)
    assert below is not None
    first = replace(scene, areas=scene.areas[1:])
    fainter = replace(scene, areas=(replace(scene.areas[0], ink=0.3), *scene.areas[1:]))
    stamps = Counting(ratio)
    painter.with_zones(below, first, stamps)
    before = stamps.painted
    assert before > 3
    painter.with_zones(below, scene, stamps)
    assert stamps.painted == before + 1
    later = painter.with_zones(below, fainter, stamps)
    assert stamps.painted == before + 1, "another ink is no other picture"
    assert later == painter.with_zones(below, fainter, Stamps(ratio))


def test_kept_zones_look_as_painted_ones(library: Library, scene: Scene) -> None:
    frame, style = frame_of(scene, BaseMap(library.pack)), load_style("paper")

    def painted(stamp: Stamp) -> QImage:
        image = blank(SIZE)
        with QPainter(image) as painter:
            paint_zones(painter, scene, style, frame, lambda: None, stamp)
        return image

    assert differing(painted(direct), blank(SIZE)) > 1000
    assert differing(painted(direct), painted(Stamps(1.0).draw), by_more_than=10) == 0
