"""Countries of the date: tints multiplied over the ground, water, and borders of the day.

Floor: render; neighbours: basemap, style, frame. Depends on the camera and on which polity each
atom belongs to, so it is painted anew only when a border or a name changes.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from atlas.core.scene import Scene
from atlas.render.basemap import BaseMap
from atlas.render.frame import Frame, blends, cosmetic_pen, dots_per_px, metre_drawer
from atlas.render.graticule import paint_graticule
from atlas.render.ground import paint_relief
from atlas.render.marks import with_alpha
from atlas.render.parts import part
from atlas.render.sides import paint_sides
from atlas.render.style import Style
from atlas.render.water import paint_water

_DASH_DOT: Final = (7.0, 2.0, 1.3, 2.0)
_DASHED: Final = (4.0, 3.0)
_DOTTED: Final = (1.5, 2.5)


def paint_political(
    painter: QPainter, scene: Scene, basemap: BaseMap, style: Style, frame: Frame
) -> None:
    """Paint tints, water, province lines and the borders of the day."""
    if "polities" in scene.base_layers:
        with part(painter, "countries"):
            tint = paint_sides if scene.political.side_of_atom else _tints
            tint(painter, scene, basemap, style, frame)
    if not blends(painter):
        with part(painter, "relief"):
            paint_relief(painter, scene, basemap, style, frame)
    with part(painter, "graticule"):
        paint_graticule(painter, scene, style, frame)
    paint_water(painter, scene, basemap, style, frame)
    if "provinces" in scene.base_layers and scene.camera.m_per_px < 2600:
        with part(painter, "provinces"):
            _provinces(painter, scene, basemap, style, frame)
    if "polities" in scene.base_layers:
        with part(painter, "borders"):
            _borders(painter, scene, basemap, style, frame)


def _tints(painter: QPainter, scene: Scene, basemap: BaseMap, style: Style, frame: Frame) -> None:
    """Fill atoms without smoothing: neighbours then share edges exactly, with no seam."""
    unit_of = dict(scene.political.polity_of_atom)
    atoms = basemap.attributes("atoms")
    tints = [style.tint(unit_of.get(row["id"], "")) for row in atoms]
    painter.save()
    painter.setOpacity(scene.strength("polities"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    mode = QPainter.CompositionMode
    multiplies = blends(painter) and not style.dark
    painter.setCompositionMode(
        mode.CompositionMode_Multiply if multiplies else mode.CompositionMode_SourceOver
    )
    draw = metre_drawer(painter, frame)
    for piece in basemap.pieces("atoms", frame.level, frame.box_m):
        tint = tints[piece.feature]
        if tint is not None:
            painter.setBrush(_tint_ink(tint, style, multiplies))
            draw(piece.path)
    painter.restore()


def _tint_ink(tint: QColor, style: Style, multiplies: bool) -> QColor:
    """Return the ink that tints the land: by itself, or as the product where none is drawn."""
    if style.dark:
        return with_alpha(tint, 0.6)
    if multiplies:
        return tint
    land = style.color("land")
    return QColor.fromRgbF(
        tint.redF() * land.redF(), tint.greenF() * land.greenF(), tint.blueF() * land.blueF()
    )


def _provinces(
    painter: QPainter, scene: Scene, basemap: BaseMap, style: Style, frame: Frame
) -> None:
    width_px = style.width_px("province")
    pen = cosmetic_pen(style.color("province"), width_px, dots_per_px(painter))
    pen.setDashPattern(list(_DASHED))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.save()
    painter.setOpacity(scene.strength("provinces"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    draw = metre_drawer(painter, frame)
    for piece in basemap.pieces("provinces", frame.level, frame.box_m):
        draw(piece.path)
    painter.restore()


def _borders(painter: QPainter, scene: Scene, basemap: BaseMap, style: Style, frame: Frame) -> None:
    state_of = dict(scene.political.state_of_atom)
    pens = _border_pens(style, dots_per_px(painter))
    rows = basemap.attributes("borders")
    painter.save()
    painter.setOpacity(scene.strength("polities"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    draw = metre_drawer(painter, frame)
    for piece in basemap.pieces("borders", frame.level, frame.box_m):
        row = rows[piece.feature]
        left, right = row["left"], row["right"]
        if state_of.get(left, left) == state_of.get(right, right):
            continue
        painter.setPen(pens.get(row["cls"], pens["international"]))
        draw(piece.path)
    painter.restore()


def _border_pens(style: Style, dots: float = 1.0) -> dict[str, QPen]:
    width = style.width_px("border")
    table = {}
    for cls, color, dash in (
        ("international", "border", _DASH_DOT),
        ("disputed", "border_disputed", _DASHED),
        ("line-of-control", "border_disputed", _DOTTED),
        ("armistice", "border", _DOTTED),
    ):
        pen = cosmetic_pen(style.color(color), width, dots)
        pen.setDashPattern(list(dash))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        table[cls] = pen
    return table
