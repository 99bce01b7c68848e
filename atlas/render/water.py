"""Lakes, rivers and coasts, over the tints of countries. Floor: render; neighbours: basemap, frame.

Reservoirs appear with the year of their dam; what depends on the date is named by `water_key`.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen

from atlas.core.day import day_from_ymd
from atlas.core.scene import Scene
from atlas.render.basemap import BaseMap
from atlas.render.frame import Frame, cosmetic_pen, dots_per_px, metre_drawer
from atlas.render.parts import part
from atlas.render.style import Style


def water_key(scene: Scene, basemap: BaseMap) -> int:
    """Return how many lakes existed on the scene's day: they only ever get more."""
    return sum(lake_shown(lake, scene.day) for lake in basemap.attributes("lakes"))


def paint_water(
    painter: QPainter, scene: Scene, basemap: BaseMap, style: Style, frame: Frame
) -> None:
    """Paint lakes, rivers and the coast."""
    if "rivers" in scene.base_layers:
        with part(painter, "rivers and lakes"):
            _water(painter, scene, basemap, style, frame)
    with part(painter, "coast"):
        _lines(painter, basemap, style, frame, "coast", "coast")


def _water(painter: QPainter, scene: Scene, basemap: BaseMap, style: Style, frame: Frame) -> None:
    painter.save()
    painter.setOpacity(scene.strength("rivers"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    dots = dots_per_px(painter)
    draw = metre_drawer(painter, frame)
    rivers = list(basemap.pieces("rivers", frame.level, frame.box_m))
    for rank, pen in _river_pens(style, scene.camera.m_per_px, dots):
        painter.setPen(pen)
        for piece in rivers:
            if rank[0] <= piece.rank <= rank[1]:
                basemap.pause()
                draw(piece.path)
    # Lakes last: a river's course is given through the lakes it crosses.
    painter.setPen(cosmetic_pen(style.color("coast"), 0.7, dots))
    painter.setBrush(style.color("lake"))
    lakes = basemap.attributes("lakes")
    for piece in basemap.pieces("lakes", frame.level, frame.box_m):
        if lake_shown(lakes[piece.feature], scene.day):
            draw(piece.path)
    painter.restore()


def lake_shown(lake: dict[str, object], day: int) -> bool:
    """Tell whether a lake existed: a reservoir only from its dam's year, or the first sure one."""
    since_year = lake.get("shown_from_year")
    return not isinstance(since_year, int) or day >= _first_day(since_year)


@cache
def _first_day(year: int) -> int:
    return day_from_ymd(year, 1, 1)


def _river_pens(
    style: Style, m_per_px: float, dots: float = 1.0
) -> list[tuple[tuple[int, int], QPen]]:
    """Return pens by scale rank, the finest first so that great rivers lie on top."""
    full = style.width_px("river")
    close = 1.0 if m_per_px > 1500 else 1.25
    deepest = 6 if m_per_px > 4000 else 8 if m_per_px > 2000 else 12
    bands = (((9, 12), 0.35), ((7, 8), 0.45), ((5, 6), 0.65), ((0, 4), 1.0))
    color = style.color("river")
    return [
        (band, cosmetic_pen(color, full * share * close, dots))
        for band, share in bands
        if band[0] <= deepest
    ]


def _lines(
    painter: QPainter, basemap: BaseMap, style: Style, frame: Frame, layer: str, name: str
) -> None:
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    width_px, dots = style.width_px(name), dots_per_px(painter)
    painter.setPen(cosmetic_pen(style.color(name), width_px, dots))
    draw = metre_drawer(painter, frame)
    for piece in basemap.pieces(layer, frame.level, frame.box_m):
        draw(piece.path)
    painter.restore()
