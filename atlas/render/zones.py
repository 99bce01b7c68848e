"""Zones on the map's base: areas and hatched discs, costly to paint and seldom changed by a step.

Floor: render; neighbours: marks, which draws them; painter, which keeps their picture.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtGui import QPainter

from atlas.core.model import PointM
from atlas.core.scene import Area, Mark, Scene
from atlas.core.viewport import BoxM
from atlas.render.frame import Frame
from atlas.render.marks import paint_area, paint_disc
from atlas.render.parts import feature, part
from atlas.render.stamps import Stamp, direct
from atlas.render.style import Style


def zones_key(scene: Scene) -> Hashable:
    """Return what `paint_zones` depends on besides the camera and the style."""
    return tuple(_zones(scene))


def same_zones_seen(one: Scene, other: Scene, *views_m: BoxM) -> bool:
    """Tell whether two scenes differ in no zone that reaches into each of some boxes of map metres.

    A scene leaves out what lies beyond its own view: what another view left out is no difference.
    """
    ours, others = _zones(one), _zones(other)
    return not any(
        all(_meets(_box_m(zone), view) for view in views_m)
        for key, zone in (ours | others).items()
        if key not in ours or key not in others
    )


def paint_zones(
    painter: QPainter,
    scene: Scene,
    style: Style,
    frame: Frame,
    pause: Callable[[], None],
    stamp: Stamp = direct,
) -> None:
    """Paint areas and hatched discs, with a `pause` after each: they are what takes longest.

    A `stamp` is of this frame and style alone.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    with part(painter, "zones"):
        for area in scene.areas:
            feature(painter, area.feature_id)
            paint_area(painter, area, style, frame, stamp)
            pause()
        for mark in scene.marks:
            if mark.hatched:
                feature(painter, mark.feature_id)
                paint_disc(painter, mark, style, frame, stamp)
                pause()


def _zones(scene: Scene) -> dict[Hashable, Area | Mark]:
    """Return a scene's zones by all that a date may change in them."""
    found: dict[Hashable, Area | Mark] = {
        (area.feature_id, area.ink, area.strength): area for area in scene.areas
    }
    for mark in scene.marks:
        if mark.hatched:
            found[mark.feature_id, mark.ink, mark.strength] = mark
    return found


def _box_m(zone: Area | Mark) -> BoxM:
    if isinstance(zone, Mark):
        x, y, r = zone.x_m, zone.y_m, zone.disc_m
        return x - r, y - r, x + r, y + r
    return _ring_box_m(zone.rings_m)


def _ring_box_m(rings_m: tuple[tuple[PointM, ...], ...]) -> BoxM:
    x_m = [x for ring in rings_m for x, _ in ring]
    y_m = [y for ring in rings_m for _, y in ring]
    return min(x_m), min(y_m), max(x_m), max(y_m)


def _meets(one: BoxM, other: BoxM) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
