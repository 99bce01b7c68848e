"""Point features and areas: symbols, discs of uncertain place, soft hatched zones.

Floor: render; neighbours: style, symbols, frame.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPolygonF,
    QTransform,
)

from atlas.core.scene import LEAST_DISC_PX, Area, Mark
from atlas.render.frame import Frame, blends, is_cut_off
from atlas.render.hatch import hatching
from atlas.render.stamps import Paint, Stamp, direct
from atlas.render.style import Style
from atlas.render.symbols import is_thin, symbol_path

_HAIRLINE_PX: Final = 0.9
_HALO_PX: Final = 2.6
SYMBOL_PX: Final = 6.5
"""Half the width of a symbol."""
_SYMBOL_BOX: Final = (-2 * SYMBOL_PX, -2 * SYMBOL_PX, 2 * SYMBOL_PX, 2 * SYMBOL_PX)
"""What a symbol takes with its halo and its ring."""
_PLACE_PX: Final = 1.7
_SOFT_PX: Final = 10.0
"""How far the soft edge of a zone reaches past it."""


def with_alpha(color: QColor, alpha: float) -> QColor:
    """Return the colour at an opacity of 0..1."""
    faint = QColor(color)
    faint.setAlphaF(max(0.0, min(1.0, alpha)))
    return faint


def paint_disc(
    painter: QPainter, mark: Mark, style: Style, frame: Frame, stamp: Stamp = direct
) -> None:
    """Paint the disc within which a place lies, to scale; hatched where it is only claimed.

    Hatched ones are drawn by a `stamp` of this frame.
    """
    radius = mark.disc_m / frame.camera.m_per_px
    if radius < LEAST_DISC_PX and not mark.hatched:
        return
    x, y = frame.to_px(*(mark.place_m or (mark.x_m, mark.y_m)))
    color = style.actor(mark.actor)
    painter.save()
    painter.setOpacity(mark.ink * mark.strength)
    if mark.hatched:
        circle = _circle(x, y, radius)
        _zone(painter, mark, circle, frame, stamp, lambda pen: _soft_hatch(pen, circle, color))
    else:
        painter.setBrush(_disc_brush(x, y, radius, color, blends(painter)))
        pen = QPen(with_alpha(color, 0.45), 0.8)
        pen.setDashPattern([2.0, 3.0])
        painter.setPen(pen)
        painter.drawEllipse(QPointF(x, y), radius, radius)
    painter.restore()


def _disc_brush(x: float, y: float, radius: float, color: QColor, shades: bool) -> QBrush:
    """Return a brush that thins out to the rim; an even one for files, where Qt's turn opaque."""
    if not shades:
        return QBrush(with_alpha(color, 0.10))
    from PySide6.QtGui import QRadialGradient  # with all its presets: only where it is needed

    gradient = QRadialGradient(QPointF(x, y), radius)
    gradient.setColorAt(0.0, with_alpha(color, 0.17))
    gradient.setColorAt(0.75, with_alpha(color, 0.10))
    gradient.setColorAt(1.0, with_alpha(color, 0.03))
    return QBrush(gradient)


def _circle(x: float, y: float, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(x, y), radius, radius)
    return path


def _soft_hatch(painter: QPainter, path: QPainterPath, color: QColor) -> None:
    """Hatch a shape so that it thins out past its edge instead of ending in a line.

    Pixels are not smoothed: on an edge that thins out it would not show, and take thrice the time.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for width, alpha in ((0.0, 0.34), (7.0, 0.22), (16.0, 0.13)):
        brush = hatching(painter, with_alpha(color, alpha), Qt.BrushStyle.BDiagPattern)
        if width:
            # Filled as a shape: SVG draws pens in plain colours only.
            stroker = QPainterPathStroker()
            stroker.setWidth(width)
            stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.fillPath(stroker.createStroke(path), brush)
        else:
            painter.fillPath(path, QBrush(with_alpha(color, 0.06)))
            painter.fillPath(path, brush)


def paint_area(
    painter: QPainter, area: Area, style: Style, frame: Frame, stamp: Stamp = direct
) -> None:
    """Paint an area: hatched and soft where its limits are claimed, bounded softly otherwise.

    It is drawn by a `stamp` of this frame.
    """
    path, color = area_path(area, frame), style.actor(area.actor)
    painter.save()
    painter.setOpacity(area.ink * area.strength)
    draw = _soft_hatch if area.hatched else _soft_bound
    _zone(painter, area, path, frame, stamp, lambda pen: draw(pen, path, color))
    painter.restore()


def _soft_bound(painter: QPainter, path: QPainterPath, color: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.strokePath(path, QPen(with_alpha(color, 0.09), 6.0))
    pen = QPen(with_alpha(color, 0.45), 1.0)
    pen.setDashPattern([1.0, 3.0])
    painter.strokePath(path, pen)


def _zone(
    painter: QPainter,
    zone: Area | Mark,
    path: QPainterPath,
    frame: Frame,
    stamp: Stamp,
    paint: Paint,
) -> None:
    """Draw what shows of a zone: it stands where it does in the frame, so its hatching does too."""
    box = path.boundingRect().adjusted(-_SOFT_PX, -_SOFT_PX, _SOFT_PX, _SOFT_PX) & frame.rect_px
    if box.isEmpty() or is_cut_off(painter, box):
        return
    what = zone.feature_id, zone.actor, zone.hatched
    stamp(painter, what, QPointF(), (box.left(), box.top(), box.right(), box.bottom()), paint)


def outline_area(painter: QPainter, area: Area, style: Style, frame: Frame) -> None:
    """Rule the outline of the selected area."""
    pen = QPen(with_alpha(style.color("focus"), 0.8), 2.0)
    painter.strokePath(area_path(area, frame), pen)


def area_path(area: Area, frame: Frame) -> QPainterPath:
    """Return an area's outline in pixels."""
    path = QPainterPath(_area_path_m(area.rings_m))
    return frame.transform.map(path)


@lru_cache(maxsize=64)
def _area_path_m(rings_m: tuple[tuple[tuple[float, float], ...], ...]) -> QPainterPath:
    path = QPainterPath()
    for ring in rings_m:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring]))
        path.closeSubpath()
    return path


def paint_symbol(
    painter: QPainter,
    mark: Mark,
    style: Style,
    frame: Frame,
    chosen: bool,
    stamp: Stamp = direct,
) -> None:
    """Paint a mark's symbol: full, or hollow where its date is in doubt."""
    if mark.hatched:
        return
    origin = QPointF(*frame.to_px(mark.x_m, mark.y_m))
    painter.save()
    painter.setOpacity(mark.ink * mark.strength)
    stamp(
        painter,
        (mark.symbol, mark.actor, mark.doubt),
        origin,
        _SYMBOL_BOX,
        lambda device: draw_symbol(
            device, mark.symbol, style.actor(mark.actor), style, mark.doubt, SYMBOL_PX
        ),
    )
    if chosen:
        painter.setOpacity(1.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(style.color("focus"), 2.2))
        painter.drawEllipse(origin, SYMBOL_PX + 5, SYMBOL_PX + 5)
    painter.restore()


def paint_leader(painter: QPainter, mark: Mark, style: Style, frame: Frame) -> None:
    """Rule a hairline from where the sources put a mark to its sign, if that stands aside."""
    if mark.place_m is None or mark.hatched:
        return
    place, sign = QPointF(*frame.to_px(*mark.place_m)), QPointF(*frame.to_px(mark.x_m, mark.y_m))
    ink = style.actor(mark.actor)
    painter.save()
    painter.setOpacity(mark.ink * mark.strength)
    rule_hairline(painter, place, sign, ink, style.color("halo"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(place, _PLACE_PX, _PLACE_PX)
    painter.restore()


def rule_hairline(
    painter: QPainter, start: QPointF, end: QPointF, ink: QColor, halo: QColor
) -> None:
    """Rule a straight line in an ink with its halo.

    Filled, not stroked: Qt cuts strokes at the edge of a band, and slanting ones then differ a
    little from those of the picture drawn whole.
    """
    line = QLineF(start, end)
    across = line.normalVector().unitVector()
    painter.setPen(Qt.PenStyle.NoPen)
    for color, width_px in ((halo, _HALO_PX), (ink, _HAIRLINE_PX)):
        side = QPointF(across.dx(), across.dy()) * (width_px / 2)
        painter.setBrush(color)
        painter.drawPolygon([start + side, end + side, end - side, start - side])
    painter.setBrush(Qt.BrushStyle.NoBrush)


def draw_symbol(
    painter: QPainter, name: str, ink: QColor, style: Style, hollow: bool, half_px: float
) -> None:
    """Draw a symbol around the painter's origin, `half_px` to each side."""
    path = _scaled(name, half_px)
    halo = QPen(with_alpha(style.color("halo"), 0.95), 2.8)
    halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, halo)
    if hollow and is_thin(name):
        painter.fillPath(path, ink)
        ring = QPen(ink, 1.1)
        ring.setDashPattern([1.6, 1.6])
        painter.setPen(ring)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(0, 0), half_px * 1.45, half_px * 1.45)
    elif hollow:
        painter.setBrush(style.color("halo"))
        painter.setPen(QPen(ink, 1.3))
        painter.drawPath(path)
    else:
        painter.fillPath(path, ink)


@lru_cache(maxsize=256)
def _scaled(name: str, half_px: float) -> QPainterPath:
    return QTransform.fromScale(half_px, half_px).map(symbol_path(name))
