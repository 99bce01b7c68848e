"""Countries tinted by the side they stood on: filled where that is sure, hatched where it is not.

Floor: render; neighbours: basemap, style, frame, hatch. The black-and-white theme tells sides
apart by pattern alone.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter

from atlas.core.scene import Scene
from atlas.render.basemap import BaseMap
from atlas.render.frame import Frame
from atlas.render.hatch import hatching
from atlas.render.marks import with_alpha
from atlas.render.style import Style

_FILLED: Final = 0.42
_HATCHED: Final = 0.85


def side_fill(side: str, sure: bool, style: Style) -> tuple[QColor, Qt.BrushStyle]:
    """Return what a country of a side is filled with: an ink and its pattern."""
    color = style.sides.get(side) or style.actor("other")
    pattern = style.side_patterns.get(side)
    if pattern is not None:
        return with_alpha(color, 1.0 if sure else 0.4), pattern
    if sure:
        return with_alpha(color, _FILLED), Qt.BrushStyle.SolidPattern
    return with_alpha(color, _HATCHED), Qt.BrushStyle.BDiagPattern


def paint_sides(
    painter: QPainter, scene: Scene, basemap: BaseMap, style: Style, frame: Frame
) -> None:
    """Fill every atom that has a side; those without keep the plain land."""
    side_of = {atom: (side, sure) for atom, side, sure in scene.political.side_of_atom}
    fills = {key: side_fill(*key, style) for key in set(side_of.values())}
    brushes = {key: hatching(painter, *fill) for key, fill in fills.items()}
    atoms = basemap.attributes("atoms")
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for piece in basemap.pieces("atoms", frame.level, frame.box_m):
        side = side_of.get(atoms[piece.feature]["id"])
        if side is not None:
            painter.setBrush(brushes[side])
            # In pixels: a pattern drawn under the map's scale would be scaled away.
            painter.drawPath(frame.transform.map(piece.path))
    painter.restore()
