"""Arcs of who backed whom, and pointers at the edge to ends far outside the map.

Floor: render; neighbours: style, frame, letters. Support is a solid line, rivalry a dashed one;
the width tells the weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from atlas.core.gaps import Gaps
from atlas.core.labels import BoxPx, Occupied
from atlas.core.lines import PointPx, share_within
from atlas.core.scene import Arrow
from atlas.render.frame import Frame
from atlas.render.letters import Letterer, Lettering, size_of
from atlas.render.style import Style

KINDS: Final = frozenset({"support", "opposition"})
_EDGE_PX: Final = 16.0
_STEP_PX: Final = 26.0
_MOST_TRIES: Final = 10
_OFF_LINES_PX: Final = 4.0
_BESIDE_PX: Final = 6.0
_Step = tuple[float, float, float]
"""A point on a line in pixels and the line's direction there in degrees."""


def relation_width_px(weight: int) -> float:
    """Return the width of a relation's line."""
    return 0.9 + 0.55 * weight


def paint_relation(
    painter: QPainter, arrow: Arrow, style: Style, frame: Frame, chosen: bool, gaps: Gaps
) -> None:
    """Paint one arc, open where words stand, with its head at the end that receives."""
    points = [frame.to_px(x, y) for x, y in arrow.lines_m[0]]
    runs = [QPolygonF([QPointF(*point) for point in run]) for run in gaps.runs(points)]
    ink = style.color("focus") if chosen else style.actor(arrow.actor)
    width = relation_width_px(arrow.weight)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    halo = QPen(style.color("halo"), width + 2.2)
    halo.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(halo)
    for run in runs:
        painter.drawPolyline(run)
    pen = QPen(ink, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if arrow.kind == "opposition":
        pen.setDashPattern([3.2, 2.2])
    painter.setPen(pen)
    for run in runs:
        painter.drawPolyline(run)
    _head(painter, points, style, arrow, width)


def _head(
    painter: QPainter, points: list[PointPx], style: Style, arrow: Arrow, width: float
) -> None:
    tip, before = QPointF(*points[-1]), QPointF(*points[-2])
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

    Nothing is lettered over what is `taken`, to which the words are added, nor over `symbols`, nor
    over any arc.
    """
    arcs = [arrow for arrow in arrows if arrow.kind in KINDS]
    strokes = _Strokes(arcs, frame)
    for arrow in sorted(arcs, key=lambda a: (-a.weight, a.feature_id)):
        if not arrow.far:
            continue
        letters = Lettering(
            (arrow.far,),
            "label_italic",
            11.0,
            style.actor(arrow.actor).name(),
            style.color("halo").name(),
        )
        for step, box in _places(_near_the_edge(arrow, frame), size_of(letters), frame):
            if taken.hits(box) or symbols.hits(box) or strokes.cross(_wider(box)):
                continue
            taken.add(box)
            letterer.draw(painter, letters, box[0], box[1])
            _pointer(painter, *step, style, arrow)
            break


def _wider(box: BoxPx) -> BoxPx:
    return box[0] - _OFF_LINES_PX, box[1], box[2] + _OFF_LINES_PX, box[3]


def _places(
    steps: list[_Step], size_px: tuple[float, float], frame: Frame
) -> Iterator[tuple[_Step, BoxPx]]:
    """Yield the boxes beside a line that the picture holds whole, those near its edge first."""
    (width, height), (right, bottom) = size_px, frame.size_px
    for step in _spaced(steps):
        x, y, direction_deg = step
        across_x, across_y = -sin(radians(direction_deg)), cos(radians(direction_deg))
        off = abs(across_x) * width / 2 + abs(across_y) * height / 2 + _BESIDE_PX
        for side in (off, -off):
            left, top = x + across_x * side - width / 2, y + across_y * side - height / 2
            if 6.0 <= left <= right - width - 6.0 and 6.0 <= top <= bottom - height - 6.0:
                yield step, (left, top, left + width, top + height)


class _Strokes:
    """The arcs of a picture in pixels, to keep words clear of."""

    def __init__(self, arrows: Iterable[Arrow], frame: Frame) -> None:
        self._lines: list[tuple[BoxPx, list[tuple[float, float]]]] = []
        for arrow in arrows:
            points = [frame.to_px(x, y) for x, y in arrow.lines_m[0]]
            xs, ys = zip(*points, strict=True)
            self._lines.append(((min(xs), min(ys), max(xs), max(ys)), points))

    def cross(self, box: BoxPx) -> bool:
        """Tell whether an arc runs through a box."""
        x0, y0, x1, y1 = box
        return any(
            first < last
            for (a0, b0, a1, b1), points in self._lines
            if a0 < x1 and x0 < a1 and b0 < y1 and y0 < b1
            for first, last in (share_within(*ends, box) for ends in pairwise(points))
        )


def _pointer(
    painter: QPainter, x: float, y: float, direction_deg: float, style: Style, arrow: Arrow
) -> None:
    """Draw a small head on the line beside the words, pointing the way the line runs."""
    painter.save()
    painter.translate(x, y)
    painter.rotate(direction_deg)
    painter.translate(13, 0)
    painter.setPen(QPen(style.color("halo"), 0.8))
    painter.setBrush(style.actor(arrow.actor))
    painter.drawPolygon(QPolygonF([QPointF(7, 0), QPointF(-2, 4), QPointF(-2, -4)]))
    painter.restore()


def _near_the_edge(arrow: Arrow, frame: Frame) -> list[_Step]:
    """Return points on the arc from the picture's edge inward, with the line's direction there."""
    points = [frame.to_px(x, y) for x, y in arrow.lines_m[0]]
    steps = [
        (x0 + (x1 - x0) * t / 8, y0 + (y1 - y0) * t / 8, degrees(atan2(y1 - y0, x1 - x0)))
        for (x0, y0), (x1, y1) in pairwise(points)
        for t in range(8)
    ]
    width, height = frame.size_px
    held = [
        _EDGE_PX <= x <= width - _EDGE_PX and _EDGE_PX <= y <= height - _EDGE_PX
        for x, y, _ in steps
    ]
    if all(held) or not any(held):
        return []
    if held[0] and not held[-1]:
        steps, held = steps[::-1], held[::-1]
    return [step for step, is_held in zip(steps, held, strict=True) if is_held]


def _spaced(steps: list[_Step]) -> list[_Step]:
    """Return the first few of the steps, a label's height apart."""
    kept = steps[:1]
    for step in steps:
        if hypot(step[0] - kept[-1][0], step[1] - kept[-1][1]) >= _STEP_PX:
            kept.append(step)
        if len(kept) == _MOST_TRIES:
            break
    return kept
