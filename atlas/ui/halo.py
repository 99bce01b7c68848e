"""The halo round what the pointer is on, and the small plate that names it.

Floor: ui; neighbours: canvas, which owns the pointer. Shapes come from the scene, so that the
halo lies where the mark was drawn; nothing here enters the store.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from atlas.core.model import Atlas, PointDeg, PointM
from atlas.core.scene import Scene
from atlas.core.viewport import to_px
from atlas.render.style import Style
from atlas.ui.progress import progress_words

MARK_RADIUS_PX: Final = 12.0
SPOT_RADIUS_PX: Final = 18.0
LINE_WIDTH_PX: Final = 9.0
TIP_FONT_PX: Final = 14.0
TIP_WIDTH_PX: Final = 320.0
HALO_ALPHA: Final = 90


def paint_halo(painter: QPainter, scene: Scene, feature_id: str, style: Style) -> None:
    """Paint a light halo round a feature of the scene; nothing if it is not drawn there."""
    ink = QColor(style.color("focus"))
    ink.setAlpha(HALO_ALPHA)
    for mark in scene.marks:
        if mark.feature_id == feature_id:
            middle = QPointF(*to_px(scene.camera, scene.size_px, mark.x_m, mark.y_m))
            painter.setPen(QPen(ink, 4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, MARK_RADIUS_PX, MARK_RADIUS_PX)
    if scene.own:
        from atlas.render.own_marks import ring_own

        ring_own(painter, scene, feature_id, QPen(ink, 4))
    for arrow in scene.arrows:
        if arrow.feature_id == feature_id:
            _stroke(painter, scene, arrow.lines_m, QPen(ink, LINE_WIDTH_PX), closed=False)
    for area in scene.areas:
        if area.feature_id == feature_id:
            _stroke(painter, scene, area.rings_m, QPen(ink, 4), closed=True)


def paint_spot(painter: QPainter, scene: Scene, spot_deg: PointDeg, style: Style) -> None:
    """Paint a ring round a place, wide enough to leave a town's name readable."""
    ink = QColor(style.color("focus"))
    ink.setAlpha(2 * HALO_ALPHA)
    painter.setPen(QPen(ink, 3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    spot_m = scene.camera.projection.forward(*spot_deg)
    middle = QPointF(*to_px(scene.camera, scene.size_px, *spot_m))
    painter.drawEllipse(middle, SPOT_RADIUS_PX, SPOT_RADIUS_PX)


def _stroke(
    painter: QPainter,
    scene: Scene,
    lines_m: tuple[tuple[PointM, ...], ...],
    pen: QPen,
    *,
    closed: bool,
) -> None:
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath()
    for line_m in lines_m:
        points = [QPointF(*to_px(scene.camera, scene.size_px, x, y)) for x, y in line_m]
        path.addPolygon(QPolygonF(points))
        if closed:
            path.closeSubpath()
    painter.drawPath(path)


def tip_words(atlas: Atlas, hits: tuple[str, ...], day: int, number: str = "") -> str:
    """Return what the plate says of the features under the pointer, topmost first.

    `number` stands for the name of the topmost, if that is many (see `number_now`).
    """
    feature, more = atlas.feature_by_id[hits[0]], len(hits) - 1
    name = ": ".join(part for part in (feature.name, progress_words(feature, day)) if part)
    said = [number or name]
    if more:
        said.append(f"{more} more here: click again for the next")
    return "\n".join(said)


def number_now(scene: Scene, feature_id: str) -> str:
    """Return how many places of an own overlay stand in a cell now; empty for anything else."""
    cells = (cell for own in scene.own for cell in own.cells)
    count = next((cell.number for cell in cells if cell.id == feature_id and cell.number > 1), 0)
    if not count:
        return ""
    from atlas.core.own import together_words  # only where an overlay is open

    return together_words(count)


def paint_tip(painter: QPainter, at_px: QPointF, text: str, size_px: QSize, style: Style) -> None:
    """Paint a plate with `text` beside the pointer, kept inside the canvas."""
    font = style.font("label", TIP_FONT_PX)
    metrics = QFontMetricsF(font)
    flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
    words = metrics.boundingRect(QRectF(0, 0, TIP_WIDTH_PX, 1000), flags, text)
    box = QRectF(0, 0, words.width() + 16, words.height() + 10)
    box.moveTopLeft(at_px + QPointF(14, 18))
    if box.right() > size_px.width() - 4:
        box.moveRight(at_px.x() - 10)
    if box.bottom() > size_px.height() - 4:
        box.moveBottom(at_px.y() - 10)
    box.moveLeft(max(box.left(), 4.0))
    painter.setPen(QPen(style.color("plate_edge"), 1))
    painter.setBrush(style.color("panel"))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(style.color("text"))
    painter.setFont(font)
    painter.drawText(box.adjusted(8, 5, -7, -4), flags, text)
