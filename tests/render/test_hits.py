from __future__ import annotations

from math import hypot

import pytest
from PySide6.QtCore import QPointF

from atlas.app.library import Library
from atlas.core.scene import Mark, Scene
from atlas.render.frame import Frame
from atlas.render.hits import REACH_PX, hits_at
from atlas.render.marks import area_path
from atlas.render.painter import MapPainter
from tests.records import replace
from tests.render.scenes import CAMBODIA, DATES, INDOCHINA, scene_at

SIZE = (900, 700)


def distance_px(mark: Mark, frame: Frame, x: float, y: float) -> float:
    at_x, at_y = frame.to_px(mark.x_m, mark.y_m)
    return hypot(at_x - x, at_y - y)


@pytest.mark.parametrize("view", [INDOCHINA, CAMBODIA])
@pytest.mark.parametrize("on", DATES)
def test_a_mark_is_found_under_its_own_pixel(
    painter: MapPainter, library: Library, on: str, view: tuple[float, float, float, float]
) -> None:
    scene = scene_at(library.atlas, on, view, SIZE)
    frame = painter.frame(scene)
    shown = {mark.feature_id: mark for mark in scene.marks if not mark.hatched}
    for mark in shown.values():
        x, y = frame.to_px(mark.x_m, mark.y_m)
        found = hits_at(scene, frame, x, y)
        assert mark.feature_id in found
        # Only what stands on the very spot may come before it.
        for earlier in found[: found.index(mark.feature_id)]:
            assert distance_px(shown[earlier], frame, x, y) < 1e-6, earlier


def test_the_nearest_mark_comes_first(painter: MapPainter, library: Library) -> None:
    scene = scene_at(library.atlas, "1985-02-15", CAMBODIA, SIZE)
    frame = painter.frame(scene)
    shown = {mark.feature_id: mark for mark in scene.marks if not mark.hatched}
    for mark in shown.values():
        x, y = frame.to_px(mark.x_m, mark.y_m)
        found = [key for key in hits_at(scene, frame, x + 4, y - 3) if key in shown]
        distances = [distance_px(shown[key], frame, x + 4, y - 3) for key in found]
        assert distances == sorted(distances)
        assert max(distances) <= REACH_PX


@pytest.mark.parametrize("on", ["1979-01-07", "1979-02-20"])
def test_an_arrow_is_found_along_its_line(painter: MapPainter, library: Library, on: str) -> None:
    scene = scene_at(library.atlas, on, (101.0, 8.0, 111.0, 24.0), SIZE)
    frame = painter.frame(scene)
    assert scene.arrows
    for arrow in scene.arrows:
        (x0, y0), (x1, y1) = arrow.lines_m[0][:2]
        x, y = frame.to_px((x0 + x1) / 2, (y0 + y1) / 2)
        assert arrow.feature_id in hits_at(scene, frame, x, y)


def test_an_area_is_found_inside_and_not_outside(painter: MapPainter, library: Library) -> None:
    scene = scene_at(library.atlas, "1977-06-01", CAMBODIA, SIZE)
    alone = replace(scene, marks=(), arrows=())
    frame = painter.frame(alone)
    assert alone.areas
    for area in alone.areas:
        path = area_path(area, frame)
        for x in range(5, SIZE[0], 60):
            for y in range(5, SIZE[1], 60):
                found = area.feature_id in hits_at(alone, frame, x, y)
                assert found == path.contains(QPointF(x, y))


def test_a_claimed_place_is_found_all_over_its_disc(painter: MapPainter, library: Library) -> None:
    scene = scene_at(library.atlas, "1970-04-30", INDOCHINA, SIZE)
    mark = replace(scene.marks[0], hatched=True, disc_m=80 * scene.camera.m_per_px)
    alone: Scene = replace(scene, marks=(mark,), arrows=(), areas=())
    frame = painter.frame(alone)
    x, y = frame.to_px(mark.x_m, mark.y_m)
    assert hits_at(alone, frame, x + 75, y) == (mark.feature_id,)
    assert hits_at(alone, frame, x + 85, y) == ()


def test_nothing_is_found_in_the_open_sea(painter: MapPainter, library: Library) -> None:
    scene = scene_at(library.atlas, "1979-01-07", (99.0, 8.0, 114.0, 24.0), SIZE)
    alone = replace(scene, areas=(), marks=tuple(m for m in scene.marks if not m.hatched))
    frame = painter.frame(alone)
    far = [
        (x, y)
        for x in range(0, SIZE[0], 45)
        for y in range(0, SIZE[1], 45)
        if all(distance_px(mark, frame, x, y) > REACH_PX + 1 for mark in alone.marks)
    ]
    marks = {mark.feature_id for mark in alone.marks}
    assert len(far) > 100
    for x, y in far:
        assert not marks & set(hits_at(alone, frame, x, y))


def test_each_feature_is_named_once(painter: MapPainter, library: Library) -> None:
    scene = scene_at(library.atlas, "1979-01-07", CAMBODIA, SIZE)
    frame = painter.frame(scene)
    for mark in scene.marks:
        found = hits_at(scene, frame, *frame.to_px(mark.x_m, mark.y_m))
        assert len(set(found)) == len(found)
