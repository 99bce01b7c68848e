"""What lies under a pixel of the last painted scene. Floor: render; neighbours: frame, marks."""

from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import Final

from PySide6.QtCore import QPointF

from atlas.core.scene import Arrow, Mark, Scene
from atlas.render.frame import Frame
from atlas.render.marks import area_path

REACH_PX: Final = 11.0
_PLACE_YIELDS_PX: Final = 5.0
"""A sign that stands where another belongs is the one meant, unless one points well beside it."""


def hits_at(scene: Scene, frame: Frame, x_px: float, y_px: float) -> tuple[str, ...]:
    """Return the ids of features under a pixel: nearest symbols first, then lines, areas, discs."""
    # At one spot the mark drawn on top comes first: the selected one, then that of fullest ink.
    symbols = sorted(
        (
            round(distance, 3),
            mark.feature_id != scene.selection,
            -mark.ink,
            mark.label_rank,
            mark.feature_id,
        )
        for mark in scene.marks
        if not mark.hatched and (distance := _to_mark(mark, frame, x_px, y_px)) <= REACH_PX
    )
    lines = sorted(
        (distance, arrow.feature_id)
        for arrow in scene.arrows
        if (distance := _to_arrow(arrow, frame, x_px, y_px)) <= REACH_PX
    )
    point = QPointF(x_px, y_px)
    areas = [a.feature_id for a in scene.areas if area_path(a, frame).contains(point)]
    discs = [
        mark.feature_id
        for mark in scene.marks
        if mark.hatched and _to_mark(mark, frame, x_px, y_px) <= mark.disc_m / frame.camera.m_per_px
    ]
    marks = [row[-1] for row in symbols]
    if scene.own:
        from atlas.render.own_marks import own_hits

        marks.extend(own_hits(scene, x_px, y_px))
    found = [*marks, *(key for _, key in lines), *discs, *areas]
    return tuple(dict.fromkeys(found))


def _to_mark(mark: Mark, frame: Frame, x_px: float, y_px: float) -> float:
    """Return the way to a mark's sign, or to its true place if the sign stands aside of that."""
    x, y = frame.to_px(mark.x_m, mark.y_m)
    way = hypot(x - x_px, y - y_px)
    if mark.place_m is None:
        return way
    x, y = frame.to_px(*mark.place_m)
    return min(way, hypot(x - x_px, y - y_px) + _PLACE_YIELDS_PX)


def _to_arrow(arrow: Arrow, frame: Frame, x_px: float, y_px: float) -> float:
    least = float("inf")
    for line in arrow.lines_m:
        points = [frame.to_px(x, y) for x, y in line]
        for (x0, y0), (x1, y1) in pairwise(points):
            least = min(least, _to_segment(x_px, y_px, x0, y0, x1, y1))
    return least


def _to_segment(px: float, py: float, x0: float, y0: float, x1: float, y1: float) -> float:
    dx, dy = x1 - x0, y1 - y0
    square = dx * dx + dy * dy
    t = max(0.0, min(1.0, ((px - x0) * dx + (py - y0) * dy) / square)) if square else 0.0
    return hypot(px - x0 - t * dx, py - y0 - t * dy)
