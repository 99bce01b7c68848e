"""Axes of advance, withdrawals, routes and leading edges. Floor: render; neighbours: style, frame.

An arrow's shape is kept per line, growth and scale, relative to its own start, so that panning
and scrubbing past it cost no geometry.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import hypot, inf
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from atlas.core.arrow_shape import ArrowShape, ArrowSizes, Ring, arrow_shape, stopped
from atlas.core.gaps import NO_GAPS, Gaps
from atlas.core.scene import Arrow
from atlas.render.frame import Frame
from atlas.render.hatch import hatching
from atlas.render.relations import KINDS, paint_relation
from atlas.render.stamps import Stamp, direct
from atlas.render.style import Style

_SIZES: Final = {
    "advance-axis": ArrowSizes(),
    "landing": ArrowSizes(),
    "incursion": ArrowSizes(0.9, 2.4, 11.0, 6.5),
    "withdrawal": ArrowSizes(1.2, 2.6, 12.0, 7.0),
}
SIGN_ROOM_PX: Final = 9.0
"""How near a sign's middle an arrow's tip may come."""
_PALE: Final = 0.42
_BEGUN_PX: Final = 2.8
_EDGE_PX: Final = 3.0
"""How far an arrow's edge reaches beyond it."""


def paint_arrow(
    painter: QPainter,
    arrow: Arrow,
    style: Style,
    frame: Frame,
    chosen: bool,
    stamp: Stamp = direct,
    short_px: float = 0.0,
    gaps: Gaps = NO_GAPS,
) -> None:
    """Paint one line feature in its kind's manner, its head so much before the line's end.

    Arcs are open at the gaps.
    """
    painter.save()
    painter.setOpacity(arrow.strength * arrow.ink * (0.8 if arrow.doubt else 1.0))
    color = style.actor(arrow.actor)
    if arrow.kind in KINDS:
        paint_relation(painter, arrow, style, frame, chosen, gaps)
    elif arrow.kind == "front-line":
        _front_line(painter, arrow, color, frame)
    elif arrow.kind in _SIZES:
        _tapered(painter, arrow, style, frame, chosen, stamp, short_px)
    else:
        _route(painter, arrow, color, frame)
    painter.restore()


def short_by_px(arrow: Arrow, frame: Frame, signs_px: Sequence[tuple[float, float]]) -> float:
    """Return how far before its end an arrow stops, so that the sign of a place reached is seen."""
    if arrow.grown < 1:
        return 0.0
    x, y = frame.to_px(*arrow.lines_m[0][-1])
    nearest = min((hypot(x - at_x, y - at_y) for at_x, at_y in signs_px), default=inf)
    return max(0.0, SIGN_ROOM_PX - nearest)


def arrow_shape_of(
    arrow: Arrow, frame: Frame, short_px: float = 0.0
) -> tuple[ArrowShape | None, QPointF]:
    """Return the arrow's shape around its own start, and where that start is in pixels."""
    x_m, y_m = arrow.lines_m[0][0]
    origin = QPointF(*frame.to_px(x_m, y_m))
    cuts = tuple((s.from_fraction, s.to_fraction) for s in arrow.stretches)
    m_per_px = frame.camera.m_per_px
    sizes = _SIZES.get(arrow.kind, _SIZES["incursion"]).scaled(arrow_scale(m_per_px))
    return _shape(arrow.lines_m[0], cuts, sizes, m_per_px, short_px), origin


def arrow_scale(m_per_px: float) -> float:
    """Return how large arrows are drawn: smaller on small scales, where many stand close."""
    return min(1.15, max(0.55, 1.25 - m_per_px / 3600))


@lru_cache(maxsize=256)
def _shape(
    line_m: Ring,
    cuts: tuple[tuple[float, float], ...],
    sizes: ArrowSizes,
    m_per_px: float,
    short_px: float,
) -> ArrowShape | None:
    x_m, y_m = line_m[0]
    line_px = tuple(((x - x_m) / m_per_px, (y_m - y) / m_per_px) for x, y in line_m)
    return arrow_shape(stopped(line_px, short_px), cuts, sizes)


@dataclass(frozen=True, eq=False)
class _Paths:
    """An arrow's shape in as few paths as it has inks: a path costs by its call, not its rings."""

    edge: QPainterPath
    sourced: QPainterPath
    assumed: QPainterPath
    head: QPainterPath
    core: QPolygonF


@lru_cache(maxsize=64)
def _paths(shape: ArrowShape, sourced: tuple[bool, ...]) -> _Paths:
    pairs = tuple(zip(shape.bodies, sourced, strict=False))
    return _Paths(
        _path((*shape.bodies, shape.head)),
        _path(ring for ring, known in pairs if known),
        _path(ring for ring, known in pairs if not known),
        _path((shape.head,)),
        QPolygonF([QPointF(x, y) for x, y in shape.core]),
    )


def _path(rings: Iterable[Ring]) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for ring in rings:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring]))
        path.closeSubpath()
    return path


def _tapered(
    painter: QPainter,
    arrow: Arrow,
    style: Style,
    frame: Frame,
    chosen: bool,
    stamp: Stamp,
    short_px: float,
) -> None:
    shape, origin = arrow_shape_of(arrow, frame, short_px)
    if shape is None:
        painter.translate(origin)
        _just_begun(painter, style.actor(arrow.actor), style.color("halo"))
        return
    hollow = arrow.kind == "withdrawal"
    paths = _paths(shape, tuple(s.sourced and not hollow for s in arrow.stretches))
    box = paths.edge.controlPointRect()
    box.adjust(-_EDGE_PX, -_EDGE_PX, _EDGE_PX, _EDGE_PX)
    stamp(
        painter,
        (paths, arrow.kind, arrow.actor, chosen),
        origin,
        (box.left(), box.top(), box.right(), box.bottom()),
        lambda device: _body(device, paths, arrow, style, chosen),
    )


def _body(painter: QPainter, paths: _Paths, arrow: Arrow, style: Style, chosen: bool) -> None:
    ink = style.actor(arrow.actor)
    paper = style.color("halo")
    hollow = arrow.kind == "withdrawal"
    edge = QPen(style.color("focus") if chosen else paper, 2.6 if chosen else 1.6)
    edge.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(paths.edge, edge)
    pattern = style.pattern(arrow.actor)
    patterned = hollow or pattern != Qt.BrushStyle.SolidPattern
    painter.setPen(QPen(ink, 1.1) if patterned else Qt.PenStyle.NoPen)
    painter.setBrush(paper if patterned else _pale(ink, paper))
    painter.drawPath(paths.assumed)
    painter.setBrush(paper if patterned else ink)
    painter.drawPath(paths.sourced)
    if patterned:
        painter.setBrush(hatching(painter, ink, pattern))
        painter.drawPath(paths.sourced)
    painter.setBrush(paper if hollow else ink)
    painter.drawPath(paths.head)
    spine = Qt.PenStyle.DotLine if arrow.kind == "landing" else style.spine(arrow.actor)
    if spine != Qt.PenStyle.NoPen and not hollow:
        painter.setPen(QPen(paper, 1.3, spine, Qt.PenCapStyle.FlatCap))
        painter.drawPolyline(paths.core)


def _just_begun(painter: QPainter, ink: QColor, paper: QColor) -> None:
    """Draw a dot where an advance sets out, until it has come far enough for an arrow."""
    painter.setPen(QPen(paper, 1.2))
    painter.setBrush(ink)
    painter.drawEllipse(QPointF(0, 0), _BEGUN_PX, _BEGUN_PX)


def _pale(ink: QColor, paper: QColor) -> QColor:
    """Return a pale mix of an ink, for where the date is only interpolated."""
    return QColor(
        round(ink.red() * _PALE + paper.red() * (1 - _PALE)),
        round(ink.green() * _PALE + paper.green() * (1 - _PALE)),
        round(ink.blue() * _PALE + paper.blue() * (1 - _PALE)),
    )


def _paths_px(arrow: Arrow, frame: Frame) -> QPainterPath:
    path = QPainterPath()
    for line in arrow.lines_m:
        points = [QPointF(*frame.to_px(x, y)) for x, y in line]
        path.addPolygon(QPolygonF(points))
    return path


def _front_line(painter: QPainter, arrow: Arrow, color: QColor, frame: Frame) -> None:
    pen = QPen(color, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([3.0, 1.6])
    painter.strokePath(_paths_px(arrow, frame), pen)


def _route(painter: QPainter, arrow: Arrow, color: QColor, frame: Frame) -> None:
    pen = QPen(color, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([0.1, 2.4])
    painter.strokePath(_paths_px(arrow, frame), pen)
