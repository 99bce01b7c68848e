"""The atlas's symbols as paths in a unit square, distinct by shape at 12 px.

Floor: render; no neighbours. Coordinates run from -1 to 1, y down; each symbol has an outline
that is filled with the actor's ink and edged in paper, and keeps its meaning without colour.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform

Point = tuple[float, float]


def _polygon(*points: Point) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


def _regular(corners: int, turn: float = 0.0, radius: float = 1.0) -> QPainterPath:
    angles = [turn - pi / 2 + 2 * pi * i / corners for i in range(corners)]
    return _polygon(*[(radius * cos(a), radius * sin(a)) for a in angles])


def _star(points: int, inner: float) -> QPainterPath:
    corners = []
    for i in range(points * 2):
        angle, radius = -pi / 2 + pi * i / points, 1.0 if i % 2 == 0 else inner
        corners.append((radius * cos(angle), radius * sin(angle)))
    return _polygon(*corners)


def _ellipse(radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(0, 0), radius, radius)
    return path


def _rect(x: float, y: float, w: float, h: float) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(x, y, w, h))
    return path


def _union(*paths: QPainterPath) -> QPainterPath:
    whole = QPainterPath()
    for path in paths:
        whole = whole.united(path)
    return whole


def _flag() -> QPainterPath:
    pole = _rect(-0.7, -1, 0.28, 2)
    return _union(pole, _polygon((-0.5, -1), (0.95, -0.52), (-0.5, 0.0)))


def _crossed() -> QPainterPath:
    bar = 0.22
    one = _polygon((-0.9, -0.9 + bar), (-0.9 + bar, -0.9), (0.9, 0.9 - bar), (0.9 - bar, 0.9))
    two = _polygon((0.9 - bar, -0.9), (0.9, -0.9 + bar), (-0.9 + bar, 0.9), (-0.9, 0.9 - bar))
    return _union(one, two)


def _bars() -> QPainterPath:
    frame = _rect(-0.9, -0.9, 1.8, 1.8)
    gaps = _union(*[_rect(x, -0.62, 0.26, 1.24) for x in (-0.62, -0.13, 0.36)])
    return frame.subtracted(gaps)


def _mast() -> QPainterPath:
    mast = _polygon((-0.55, 1), (-0.1, -0.4), (0.1, -0.4), (0.55, 1), (0.3, 1), (0, 0.1), (-0.3, 1))
    ring = _ellipse(0.95).subtracted(_ellipse(0.7))
    return _union(mast, ring.intersected(_rect(-1, -1, 2, 0.75)), _ellipse(0.3))


def _tent() -> QPainterPath:
    whole = _polygon((0, -0.85), (1, 0.85), (-1, 0.85))
    return whole.subtracted(_polygon((0, -0.05), (0.42, 0.85), (-0.42, 0.85)))


def _shield() -> QPainterPath:
    path = QPainterPath(QPointF(-0.85, -0.9))
    path.lineTo(0.85, -0.9)
    path.lineTo(0.85, 0.05)
    path.quadTo(QPointF(0.75, 0.7), QPointF(0, 1.0))
    path.quadTo(QPointF(-0.75, 0.7), QPointF(-0.85, 0.05))
    path.closeSubpath()
    return path


def _flame() -> QPainterPath:
    path = QPainterPath(QPointF(0.05, -1))
    path.cubicTo(QPointF(0.2, -0.4), QPointF(0.85, -0.15), QPointF(0.7, 0.45))
    path.cubicTo(QPointF(0.6, 0.85), QPointF(0.3, 1.0), QPointF(0, 1.0))
    path.cubicTo(QPointF(-0.5, 1.0), QPointF(-0.8, 0.7), QPointF(-0.7, 0.25))
    path.cubicTo(QPointF(-0.62, -0.1), QPointF(-0.35, -0.1), QPointF(-0.32, -0.45))
    path.cubicTo(QPointF(-0.1, -0.35), QPointF(0.05, -0.6), QPointF(0.05, -1))
    return path


def _column() -> QPainterPath:
    roof = _polygon((0, -1), (0.95, -0.45), (-0.95, -0.45))
    posts = [_rect(x, -0.3, 0.3, 0.9) for x in (-0.75, -0.15, 0.45)]
    return _union(roof, *posts, _rect(-0.95, 0.68, 1.9, 0.3))


def _leaf() -> QPainterPath:
    path = QPainterPath(QPointF(-0.9, 0.9))
    path.cubicTo(QPointF(-1.0, -0.3), QPointF(-0.2, -0.9), QPointF(0.95, -0.95))
    path.cubicTo(QPointF(0.9, 0.2), QPointF(0.3, 1.0), QPointF(-0.9, 0.9))
    return path


def _crate() -> QPainterPath:
    box = _rect(-0.9, -0.8, 1.8, 1.6)
    return box.subtracted(_rect(-0.9, -0.16, 1.8, 0.2)).subtracted(_rect(-0.1, -0.8, 0.2, 0.64))


def _cross() -> QPainterPath:
    return _union(_rect(-0.17, -1, 0.34, 2), _rect(-0.65, -0.55, 1.3, 0.34))


def _disc_flag() -> QPainterPath:
    return _union(_ellipse(0.95)).subtracted(_star(5, 0.42).translated(0, 0.02))


def _crossed_disc() -> QPainterPath:
    bars = QTransform.fromScale(0.68, 0.68).map(_crossed())
    return _ellipse(1.0).subtracted(bars)


def _letter() -> QPainterPath:
    sheet = _rect(-1, -0.7, 2, 1.4)
    fold = _polygon((-0.78, -0.5), (0, 0.2), (0.78, -0.5), (0.78, -0.2), (0, 0.5), (-0.78, -0.2))
    return sheet.subtracted(fold)


_SHAPES: dict[str, Callable[[], QPainterPath]] = {
    "flag": _flag,
    "hexagon": lambda: _regular(6),
    "triangle": lambda: _polygon((0, -0.9), (0.95, 0.8), (-0.95, 0.8)),
    "square": lambda: _rect(-0.8, -0.8, 1.6, 1.6),
    "ring": lambda: _ellipse(0.85).subtracted(_ellipse(0.45)),
    "lozenge": lambda: _polygon((0, -0.7), (1, 0), (0, 0.7), (-1, 0)),
    "diamond": lambda: _polygon((0, -1), (0.85, 0), (0, 1), (-0.85, 0)),
    "flame": _flame,
    "bars": _bars,
    "burst": lambda: _star(8, 0.45),
    "mast": _mast,
    "crossed": _crossed,
    "tent": _tent,
    "shield": _shield,
    "disc-flag": _disc_flag,
    "star": lambda: _star(5, 0.42),
    "column": _column,
    "leaf": _leaf,
    "crate": _crate,
    "cross": _cross,
    "crossed-disc": _crossed_disc,
    "letter": _letter,
}


THIN = frozenset({"mast", "crossed", "cross", "bars", "column", "tent"})
"""Symbols whose hollow form is hard to tell at small sizes: doubt is ringed instead."""


@cache
def symbol_path(name: str) -> QPainterPath:
    """Return a symbol's outline, the plain ring for a name the set does not hold."""
    return _SHAPES.get(name, _SHAPES["ring"])()


def symbol_names() -> tuple[str, ...]:
    """Return the names of all symbols."""
    return tuple(_SHAPES)
