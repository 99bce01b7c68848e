"""Puts two dates into one picture: each painted on its side, and a line between them.

Floor: render; neighbours: painter, style. Who paints a scene is handed in, so that window and
export share this.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from atlas.core.panes import Pane
from atlas.core.scene import Scene
from atlas.render.style import Style

LINE_PX = 2.0


def paint_panes(
    painter: QPainter, shown: Sequence[Pane], style: Style, paint: Callable[[QPainter, Scene], None]
) -> None:
    """Paint every pane with `paint`, from its own left corner, and the line between two."""
    for pane in shown:
        enter(painter, pane, alone=len(shown) == 1)
        paint(painter, pane.scene)
        painter.restore()
    if len(shown) > 1:
        x, height = shown[1].clip_px[0], shown[0].scene.size_px[1]
        for ink, width_px in (("halo", LINE_PX + 2), ("accent", LINE_PX)):
            painter.setPen(QPen(style.color(ink), width_px))
            painter.drawLine(QPointF(x, 0), QPointF(x, height))


def enter(painter: QPainter, pane: Pane, alone: bool) -> None:
    """Save the painter and let it paint in a pane's own pixels, nowhere else."""
    painter.save()
    if alone:
        return
    left, right = pane.clip_px
    box = QRectF(left, 0, right - left, pane.scene.size_px[1])
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    if pane.left_px:
        painter.translate(pane.left_px, 0)
