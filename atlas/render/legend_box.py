"""The legend drawn: symbols and their words.

Floor: render; neighbours: legend_layout, which sets them, marks, style.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPen, QPolygonF

from atlas.core.arrow_shape import ArrowSizes, arrow_shape
from atlas.core.legend import LegendEntry, legend_of
from atlas.core.scene import Scene
from atlas.core.viewport import SizePx
from atlas.render.hatch import hatching
from atlas.render.legend_layout import SYMBOL_PX, Cell, LegendLayout, lay_out
from atlas.render.marks import draw_symbol, with_alpha
from atlas.render.sides import side_fill
from atlas.render.style import Style

_SMALL: Final = 0.88
_SMALL_PICTURE_PX: Final = (1000.0, 720.0)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@lru_cache(maxsize=8)
def _of_scene(scene: Scene, most_columns: int) -> LegendLayout:
    return lay_out(legend_of(scene), most_columns, even=scene.legend_below)


def legend_scale(size_px: SizePx) -> float:
    """Return how large the legend is set: a little smaller in a small picture."""
    shares = (side / whole for side, whole in zip(size_px, _SMALL_PICTURE_PX, strict=True))
    return max(_SMALL, min(1.0, *shares))


def legend_size(scene: Scene, most_columns: int = 1) -> tuple[float, float]:
    """Return width and height of the legend in pixels; 0 x 0 when there is nothing to explain."""
    layout, scale = _of_scene(scene, most_columns), legend_scale(scene.size_px)
    return layout.width_px * scale, layout.height_px * scale


def paint_legend(
    painter: QPainter, scene: Scene, style: Style, box: QRectF, most_columns: int = 1
) -> None:
    """Paint the legend into its box."""
    layout, scale = _of_scene(scene, most_columns), legend_scale(scene.size_px)
    painter.save()
    painter.translate(box.topLeft())
    painter.scale(scale, scale)
    for cell in layout.cells:
        _paint_cell(painter, cell, style, layout)
    painter.restore()


def _paint_cell(painter: QPainter, cell: Cell, style: Style, layout: LegendLayout) -> None:
    left = cell.x_px
    if cell.entry is not None:
        painter.save()
        painter.translate(left + SYMBOL_PX / 2 - 4, cell.y_px)
        paint_entry(painter, cell.entry, style)
        painter.restore()
        left += SYMBOL_PX
    painter.setFont(style.font("label", layout.text_px))
    painter.setPen(style.color("text" if cell.entry else "text_soft"))
    first = cell.y_px - layout.line_px * (len(cell.lines) - 1) / 2
    for row, line in enumerate(cell.lines):
        words = QRectF(left, first + row * layout.line_px - 9, layout.width_px, 18)
        painter.drawText(words, _LEFT, line)


def paint_entry(painter: QPainter, entry: LegendEntry, style: Style) -> None:
    """Draw a legend symbol around the painter's origin, within about 26 x 14 px."""
    ink = style.actor(entry.actor)
    painter.setOpacity(entry.ink)
    if entry.symbol.startswith("arrow"):
        _arrow_sample(painter, entry.symbol, style, entry.actor)
    elif entry.symbol.startswith("tie"):
        pen = QPen(ink, 2.4)
        if entry.symbol == "tie-against":
            pen.setDashPattern([2.4, 1.6])
        painter.setPen(pen)
        painter.drawLine(QPointF(-12, 0), QPointF(8, 0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon(QPolygonF([QPointF(13, 0), QPointF(5, 4.5), QPointF(5, -4.5)]))
    elif entry.symbol in ("route", "front"):
        pen = QPen(ink, 2.2)
        pen.setDashPattern([0.1, 2.4] if entry.symbol == "route" else [3.0, 1.6])
        if entry.symbol == "route":
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(-12, 0), QPointF(12, 0))
    elif entry.symbol == "side":
        painter.setPen(QPen(with_alpha(style.color("border"), 0.6), 0.8))
        painter.setBrush(style.color("land"))
        painter.drawRect(QRectF(-11, -6, 22, 12))
        painter.setBrush(hatching(painter, *side_fill(entry.actor, not entry.doubt, style)))
        painter.drawRect(QRectF(-11, -6, 22, 12))
    elif entry.symbol in ("own-many", "own-one"):
        from atlas.render.own_marks import draw_sample

        draw_sample(painter, style, alone=entry.symbol == "own-one")
    elif entry.symbol in ("hatch", "zone", "disc"):
        _area_sample(painter, entry, style)
    else:
        draw_symbol(painter, entry.symbol, ink, style, entry.doubt, 6.0)


def _arrow_sample(painter: QPainter, symbol: str, style: Style, actor: str) -> None:
    sizes = ArrowSizes(1.0, 2.6, 9.0, 5.5)
    shape = arrow_shape(((-13.0, 2.0), (0.0, -1.0), (13.0, 0.0)), ((0.0, 1.0),), sizes)
    if shape is None:
        return
    ink = style.actor(actor)
    hollow = symbol == "arrow-open"
    pattern = style.pattern(actor)
    outlined = hollow or pattern != Qt.BrushStyle.SolidPattern
    painter.setPen(QPen(ink, 1.0) if outlined else Qt.PenStyle.NoPen)
    fills = [QBrush(style.color("halo"))] if outlined else []
    if not hollow:
        shade = with_alpha(ink, 0.45 if symbol == "arrow-pale" else 1.0)
        fills.append(hatching(painter, shade, pattern))
    for ring in (*shape.bodies, shape.head):
        for fill in fills:
            painter.setBrush(fill)
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in ring]))
    spine = Qt.PenStyle.DotLine if symbol == "arrow-sea" else style.spine(actor)
    if spine != Qt.PenStyle.NoPen and not hollow:
        painter.setPen(QPen(style.color("halo"), 1.0, spine))
        painter.drawLine(QPointF(-9, 0), QPointF(3, 0))


def _area_sample(painter: QPainter, entry: LegendEntry, style: Style) -> None:
    ink = style.actor(entry.actor)
    box = QRectF(-11, -6, 22, 12)
    if entry.symbol == "hatch":
        painter.fillRect(box, hatching(painter, with_alpha(ink, 0.6), Qt.BrushStyle.BDiagPattern))
        return
    pen = QPen(with_alpha(ink, 0.7), 1.0)
    pen.setDashPattern([2.0, 2.0])
    painter.setPen(pen)
    painter.setBrush(with_alpha(ink, 0.12))
    if entry.symbol == "disc":
        painter.drawEllipse(QPointF(0, 0), 7, 7)
    else:
        painter.drawRect(box)


def entry_image(entry: LegendEntry, style: Style, size_px: int, ratio: float = 1.0) -> QImage:
    """Return a legend symbol as a picture of its own, `size_px` square."""
    side = round(size_px * ratio)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(size_px / 2, size_px / 2)
        painter.scale(size_px / 30, size_px / 30)
        paint_entry(painter, entry, style)
    return image
