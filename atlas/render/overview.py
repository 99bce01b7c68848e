"""The overview: a small map of the whole region that shows where the picture lies in it.

Floor: render; neighbours: basemap, style, frame; placed by furniture. The inset has the map's own
projection, so the view is a true rectangle on it while the region's edge bends. For pictures it is
painted once a style and kept; PDF and SVG get its paths.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen, QTransform

from atlas.core.projection import Projection
from atlas.core.quiet import hidden_weight
from atlas.core.scene import Scene
from atlas.core.viewport import SizePx, extent_m, region_m
from atlas.render.basemap import BaseMap
from atlas.render.frame import blends
from atlas.render.marks import with_alpha
from atlas.render.style import Style

_WIDTH_PX: Final = 150.0
_PAD_PX: Final = 4.0
_INNER_PX: Final = _WIDTH_PX - 2 * _PAD_PX
_LEAST_PICTURE_PX: Final[SizePx] = (640, 440)
_MOST_SHARE: Final = 0.4
"""A view of more of the region than this needs no overview."""
_MOST_HIDDEN: Final = 3.5
"""What it may hide of the story, in signs: beyond that the map is worth more."""
_GAP_PX: Final = 14.0
_TINY_PX: Final = 6.0
_DROPPED_PX: Final = 1.2
"""Islands that would be smaller than this are left out."""
_ATTENTION: Final = "KH"


def overview_size_px(projection: Projection) -> QSizeF:
    """Return the overview's size: as wide as ever, as high as the region is in the projection."""
    x_min, y_min, x_max, y_max = region_m(projection)
    return QSizeF(_WIDTH_PX, (y_max - y_min) / (x_max - x_min) * _INNER_PX + 2 * _PAD_PX)


def overview_box(
    scene: Scene, taken: Iterable[QRectF], floor_px: float, but: str = ""
) -> QRectF | None:
    """Return where the overview stands beside the boxes taken, in pixels; None if nowhere.

    It takes the corner where it hides least of the story at any date, the lower left among equals:
    its bottom at `floor_px` or on whatever stands there. The corner `but` is not for it. A small
    picture, one of most of the region, or one full of the story has none.
    """
    width, height = scene.size_px
    small = width < _LEAST_PICTURE_PX[0] or height < _LEAST_PICTURE_PX[1]
    if small or region_share(scene) > _MOST_SHARE:
        return None
    others, size = list(taken), overview_size_px(scene.camera.projection)
    left, right = _GAP_PX, width - _GAP_PX - size.width()
    lowest, top = floor_px - size.height(), _GAP_PX
    places = {
        "lower left": _stacked(QRectF(QPointF(left, lowest), size), others, upward=True),
        "upper right": _stacked(QRectF(QPointF(right, top), size), others, upward=False),
        "upper left": _stacked(QRectF(QPointF(left, top), size), others, upward=False),
        "lower right": _stacked(QRectF(QPointF(right, lowest), size), others, upward=True),
    }
    inside = QRectF(0, _GAP_PX, width, floor_px - _GAP_PX)

    def cost(place: tuple[int, QRectF]) -> float:
        order, box = place
        sides = box.left(), box.top(), box.right(), box.bottom()
        return order / 2 + hidden_weight(scene.wishes, scene.camera, scene.size_px, sides)

    boxes = [box for corner, box in places.items() if corner != but and inside.contains(box)]
    costs = [(cost(place), place[1]) for place in enumerate(boxes)]
    least, box = min(costs, key=lambda pair: pair[0], default=(inf, QRectF()))
    return box if least <= _MOST_HIDDEN else None


def _stacked(box: QRectF, others: list[QRectF], *, upward: bool) -> QRectF:
    """Move a box up or down past everything in its way, a gap apart."""
    for other in sorted(others, key=lambda one: -one.bottom() if upward else one.top()):
        if box.adjusted(-1, -1, 1, 1).intersects(other):
            if upward:
                box.moveBottom(other.top() - _GAP_PX)
            else:
                box.moveTop(other.bottom() + _GAP_PX)
    return box


def region_share(scene: Scene) -> float:
    """Return how much of the region's bounding box the view shows, 0 to 1."""
    west, south, east, north = extent_m(scene.camera, scene.size_px)
    x_min, y_min, x_max, y_max = region_m(scene.camera.projection)
    seen_w = max(0.0, min(east, x_max) - max(west, x_min))
    seen_h = max(0.0, min(north, y_max) - max(south, y_min))
    return seen_w * seen_h / ((x_max - x_min) * (y_max - y_min))


def view_on_overview(scene: Scene, box: QRectF) -> QRectF:
    """Return the view's rectangle in the picture's pixels, given the overview's box there."""
    west, south, east, north = extent_m(scene.camera, scene.size_px)
    return _transform(box.topLeft(), scene.camera.projection).mapRect(
        QRectF(west, south, east - west, north - south)
    )


class Overview:
    """Paints the overview in one style; keeps its picture for each projection and pixel ratio."""

    def __init__(self, basemap: BaseMap, style: Style) -> None:
        self._basemap = basemap
        self._style = style
        self._images: dict[tuple[Projection, float], QImage] = {}

    def paint(self, painter: QPainter, scene: Scene, box: QRectF) -> None:
        """Paint the region into a box of the overview's size, and on it what the picture shows."""
        painter.save()
        painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
        if blends(painter):
            ratio = painter.device().devicePixelRatioF()
            painter.drawImage(box.topLeft(), self._image(scene.camera.projection, ratio))
        else:
            self._paint_region(painter, box, scene.camera.projection)
        self._mark_view(painter, view_on_overview(scene, box), box)
        painter.restore()

    def _image(self, projection: Projection, ratio: float) -> QImage:
        key = projection, ratio
        if key not in self._images:
            size_px = overview_size_px(projection)
            image = QImage((size_px * ratio).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
            image.setDevicePixelRatio(ratio)
            image.fill(Qt.GlobalColor.transparent)
            with QPainter(image) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint_region(painter, QRectF(QPointF(0, 0), size_px), projection)
            self._images[key] = image
        return self._images[key]

    def _paint_region(self, painter: QPainter, box: QRectF, projection: Projection) -> None:
        style, to_px = self._style, _transform(box.topLeft(), projection)
        basemap = self._basemap.seen_in(projection)
        painter.setPen(QPen(style.color("plate_edge"), 1.0))
        painter.setBrush(with_alpha(style.color("plate"), 1.0))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.save()
        region = to_px.map(basemap.region_path)
        painter.setClipPath(region, Qt.ClipOperation.IntersectClip)
        painter.fillPath(region, style.color("sea"))
        painter.fillPath(_path(basemap, "land", to_px), style.color("land"))
        attention = with_alpha(style.color("accent"), 0.5)
        painter.fillPath(_path(basemap, "atoms", to_px, _ATTENTION), attention)
        painter.strokePath(_path(basemap, "coast", to_px), QPen(style.color("coast"), 0.6))
        painter.restore()
        painter.strokePath(region, QPen(style.color("plate_edge"), 0.8))

    def _mark_view(self, painter: QPainter, view: QRectF, box: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = view.intersected(box.adjusted(1.5, 1.5, -1.5, -1.5))
        for color, width in (("halo", 3.4), ("accent", 1.6)):
            painter.setPen(QPen(self._style.color(color), width))
            if min(view.width(), view.height()) < _TINY_PX:
                _cross(painter, view.center())
            else:
                painter.drawRect(frame)


def _path(basemap: BaseMap, layer: str, to_px: QTransform, unit: str = "") -> QPainterPath:
    """Return a layer's coarsest paths in pixels; of one country only if `unit` names it."""
    rows = basemap.attributes(layer) if unit else []
    m_per_px = 1 / to_px.m11()
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for piece in basemap.pieces(layer, basemap.level(m_per_px), region_m(basemap.projection)):
        x_min, y_min, x_max, y_max = piece.box_m
        if max(x_max - x_min, y_max - y_min) < _DROPPED_PX * m_per_px:
            continue
        if not unit or str(rows[piece.feature]["id"]).split("-")[0] == unit:
            path.addPath(to_px.map(piece.path))
    return path


def _cross(painter: QPainter, at: QPointF) -> None:
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        away = QPointF(dx, dy)
        painter.drawLine(at + away * 2.5, at + away * 9.0)


def _transform(top_left: QPointF, projection: Projection) -> QTransform:
    """Return what takes map metres to pixels on an overview whose box begins there."""
    x_min, _, x_max, y_max = region_m(projection)
    k = _INNER_PX / (x_max - x_min)
    transform = QTransform()
    transform.translate(top_left.x() + _PAD_PX, top_left.y() + _PAD_PX)
    transform.scale(k, -k)
    transform.translate(-x_min, -y_max)
    return transform
