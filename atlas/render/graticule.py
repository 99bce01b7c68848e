"""The graticule: thin lines under the ink, degrees along the edges. Floor: render."""

from __future__ import annotations

from itertools import pairwise
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from atlas.core.graticule import Line, graticule
from atlas.core.labels import BoxPx, Occupied
from atlas.core.scene import Scene
from atlas.render.frame import Frame, is_cut_off
from atlas.render.letters import Lettering, size_of
from atlas.render.style import Style

_EDGE_PX: Final = 4.0


def paint_graticule(painter: QPainter, scene: Scene, style: Style, frame: Frame) -> None:
    """Paint meridians and parallels."""
    if "graticule" not in scene.furniture:
        return
    painter.save()
    painter.setPen(QPen(style.color("graticule"), 0.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for line in graticule(scene.camera, scene.size_px):
        points = QPolygonF([QPointF(*frame.to_px(x, y)) for x, y in line.points_m])
        if not is_cut_off(painter, points.boundingRect().adjusted(-1, -1, 1, 1)):
            painter.drawPolyline(points)
    painter.restore()


class Degrees(NamedTuple):
    """The degrees of one line and the box they are lettered in."""

    letters: Lettering
    box: BoxPx


def lettered_degrees(scene: Scene, style: Style, frame: Frame, taken: Occupied) -> list[Degrees]:
    """Return the degrees where lines leave the picture: meridians below, parallels on the left.

    Their boxes are added to what is `taken`.
    """
    found: list[Degrees] = []
    if "graticule" not in scene.furniture:
        return found
    width, height = frame.size_px
    color, halo = style.color("sea_text").name(), style.color("halo").name()
    for line in graticule(scene.camera, scene.size_px):
        letters = Lettering((line.words,), "label", 9.5, color, halo, halo_px=2.4)
        w, h = size_of(letters)
        if line.is_meridian:
            x = _crossing(line, frame, axis=1, at=height - _EDGE_PX)
            left, top = (x or -999.0) - w / 2, height - _EDGE_PX - h
        else:
            y = _crossing(line, frame, axis=0, at=_EDGE_PX)
            left, top = _EDGE_PX, (y or -999.0) - h / 2
        box = (left, top, left + w, top + h)
        inside = left >= 2 and top >= 2 and box[2] <= width - 2 and box[3] <= height - 2
        if inside and not taken.hits(box):
            taken.add(box)
            found.append(Degrees(letters, box))
    return found


def _crossing(line: Line, frame: Frame, axis: int, at: float) -> float | None:
    """Return the other coordinate where a line crosses x = at (axis 0) or y = at (axis 1)."""
    points = [frame.to_px(x, y) for x, y in line.points_m]
    for one, other in pairwise(points):
        low, high = one[axis], other[axis]
        if low != high and min(low, high) <= at <= max(low, high):
            t = (at - low) / (high - low)
            return one[1 - axis] + (other[1 - axis] - one[1 - axis]) * t
    return None
