"""Arcs of who backed whom, and pointers at the edge to ends far outside the map.

Floor: render; neighbours: style, frame, letters. Support is a solid line, rivalry a dashed one;
the width tells the weight.
"""

from __future__ import annotations

from itertools import pairwise
from math import atan2, degrees, hypot
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from atlas.core.labels import Occupied
from atlas.core.scene import Arrow
from atlas.render.frame import Frame
from atlas.render.letters import Letterer, Lettering, size_of
from atlas.render.style import Style

KINDS: Final = frozenset({"support", "opposition"})
_EDGE_PX: Final = 16.0


def relation_width_px(weight: int) -> float:
    """Return the width of a relation's line."""
    return 0.9 + 0.55 * weight


def paint_relation(
    painter: QPainter, arrow: Arrow, style: Style, frame: Frame, chosen: bool
) -> None:
    """Paint one arc with its head at the end that receives."""
    points = [QPointF(*frame.to_px(x, y)) for x, y in arrow.lines_m[0]]
    ink = style.color("focus") if chosen else style.actor(arrow.actor)
    width = relation_width_px(arrow.weight)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    halo = QPen(style.color("halo"), width + 2.2)
    painter.setPen(halo)
    painter.drawPolyline(QPolygonF(points))
    pen = QPen(ink, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if arrow.kind == "opposition":
        pen.setDashPattern([3.2, 2.2])
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF(points))
    _head(painter, points, style, arrow, width)


def _head(
    painter: QPainter, points: list[QPointF], style: Style, arrow: Arrow, width: float
) -> None:
    tip, before = points[-1], points[-2]
    dx, dy = tip.x() - before.x(), tip.y() - before.y()
    length = hypot(dx, dy) or 1.0
    dx, dy = dx / length, dy / length
    long, half = 7.0 + width * 1.6, 3.2 + width * 0.8
    base_x, base_y = tip.x() - dx * long, tip.y() - dy * long
    painter.setPen(QPen(style.color("halo"), 1.0))
    painter.setBrush(style.actor(arrow.actor))
    painter.drawPolygon(
        QPolygonF(
            [
                tip,
                QPointF(base_x - dy * half, base_y + dx * half),
                QPointF(base_x + dy * half, base_y - dx * half),
            ]
        )
    )


def letter_far_ends(
    painter: QPainter,
    arrows: tuple[Arrow, ...],
    style: Style,
    frame: Frame,
    letterer: Letterer,
    taken: Occupied,
    symbols: Occupied,
) -> None:
    """Letter, where an arc leaves the picture, who stands at its far end and how far off.

    Nothing is lettered over what is `taken`, to which the words are added, nor over `symbols`.
    """
    for arrow in sorted(arrows, key=lambda a: (-a.weight, a.feature_id)):
        if not arrow.far or arrow.kind not in KINDS:
            continue
        crossing = _leaving(arrow, frame)
        if crossing is None:
            continue
        (x, y), outward = crossing
        ink = style.actor(arrow.actor)
        letters = Lettering(
            (arrow.far,), "label_italic", 11.0, ink.name(), style.color("halo").name()
        )
        width, height = size_of(letters)
        left = min(max(x - width / 2, 6.0), frame.size_px[0] - width - 6.0)
        top = min(max(y - height / 2, 6.0), frame.size_px[1] - height - 6.0)
        box = (left, top, left + width, top + height)
        if taken.hits(box) or symbols.hits(box):
            continue
        taken.add(box)
        letterer.draw(painter, letters, left, top)
        _pointer(painter, x, y, outward, style, arrow)


def _pointer(
    painter: QPainter, x: float, y: float, outward_deg: float, style: Style, arrow: Arrow
) -> None:
    painter.save()
    painter.translate(x, y)
    painter.rotate(outward_deg)
    painter.translate(11, 0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.actor(arrow.actor))
    painter.drawPolygon(QPolygonF([QPointF(6, 0), QPointF(-2, 4), QPointF(-2, -4)]))
    painter.restore()


def _leaving(arrow: Arrow, frame: Frame) -> tuple[tuple[float, float], float] | None:
    """Return where the arc crosses the picture's edge, and the direction outward in degrees."""
    width, height = frame.size_px
    points = [frame.to_px(x, y) for x, y in arrow.lines_m[0]]
    low, high_x, high_y = _EDGE_PX, width - _EDGE_PX, height - _EDGE_PX

    def inside(point: tuple[float, float]) -> bool:
        return low <= point[0] <= high_x and low <= point[1] <= high_y

    for one, other in pairwise(points):
        if inside(one) == inside(other):
            continue
        near, far = (one, other) if inside(one) else (other, one)
        share = 1.0
        for axis, high in ((0, high_x), (1, high_y)):
            step = far[axis] - near[axis]
            limit = high if step > 0 else low
            if step:
                share = min(share, max(0.0, (limit - near[axis]) / step))
        x, y = near[0] + (far[0] - near[0]) * share, near[1] + (far[1] - near[1]) * share
        return (x, y), degrees(atan2(far[1] - near[1], far[0] - near[0]))
    return None
