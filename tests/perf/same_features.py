"""The features and names of some days as shapes other programs read, each with its days.

What a day shows is asked of the very functions that paint it: arrows have grown as far, names
stand where ours stand. A shape that stays the same from one day to the next is one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import shapely
from PySide6.QtGui import QColor

from atlas.core.day import iso_from_day
from atlas.core.labels import Occupied
from atlas.core.scene import LEAST_DISC_PX, Arrow, Scene
from atlas.render.arrows import _SIZES, arrow_shape_of
from atlas.render.frame import Frame
from atlas.render.letters import size_of
from atlas.render.marks import SYMBOL_PX
from atlas.render.names import PlacedName, placed_names
from atlas.render.relations import KINDS, relation_width_px
from atlas.render.style import _ROLES, Style
from tests.perf.same_base import Look, Sheet, filled, polygon_of, ruled

_DASHES = {"opposition": [3.2, 2.2], "front-line": [3.0, 1.6]}
_WIDTHS_PX = {"front-line": 2.4}
Row = tuple[str, Any, Look, dict[str, Any]]
"""Layer, shape, look, and more columns."""


def feature_sheets(days: Iterable[tuple[int, Scene, Frame]], style: Style) -> list[Sheet]:
    """Return areas, arrows, lines, symbols and names with the days from and to which they hold."""
    kinds = {"areas": "fill", "arrows": "fill", "routes": "line", "symbols": "point"}
    sheets = {name: Sheet(name, kind) for name, kind in (kinds | {"names": "label"}).items()}
    for (name, shape, look, more), first_day, last_day in _lasting(days, style):
        until = f"{iso_from_day(last_day)}T23:59:59"
        span = {"since": f"{iso_from_day(first_day)}T00:00:00", "until": until}
        sheets[name].add(shape, look, **more, **span)
    return list(sheets.values())


def _lasting(
    days: Iterable[tuple[int, Scene, Frame]], style: Style
) -> Iterator[tuple[Row, int, int]]:
    """Yield every row with its first and last day."""
    open_rows: dict[Any, tuple[Row, int, int]] = {}
    for day, scene, frame in days:
        today = {}
        for row in _rows(scene, style, frame):
            name, shape, look, more = row
            key = (name, shape.wkb, repr(look), repr(more))
            first = open_rows.pop(key)[1] if key in open_rows else day
            today[key] = (row, first, day)
        yield from open_rows.values()
        open_rows = today
    yield from open_rows.values()


def _rows(scene: Scene, style: Style, frame: Frame) -> Iterator[Row]:
    for area in scene.areas:
        rings = [np.array(ring) for ring in area.rings_m]
        strength = area.ink * area.strength
        look = filled(style.actor(area.actor), (0.3 if area.hatched else 0.09) * strength)
        yield "areas", polygon_of(rings), look | ruled(style.actor(area.actor), 1.0), {}
    for mark in scene.marks:
        if mark.hatched or mark.disc_m / frame.camera.m_per_px >= LEAST_DISC_PX:
            disc = shapely.Point(mark.x_m, mark.y_m).buffer(mark.disc_m, quad_segs=12)
            look = filled(style.actor(mark.actor), 0.1 * mark.ink * mark.strength)
            yield "areas", disc, look | ruled(style.actor(mark.actor), 0.8), {}
    for arrow in scene.arrows:
        yield from _arrow(arrow, style, frame)
    for mark in scene.marks:
        if not mark.hatched:
            look = filled(style.actor(mark.actor), mark.ink * mark.strength)
            look |= ruled(style.color("halo"), 1.4) | {"radius_px": SYMBOL_PX}
            yield "symbols", shapely.Point(mark.x_m, mark.y_m), look, {}
    for placed in placed_names(scene, style, frame, Occupied()):
        yield _name(placed, frame)


def _arrow(arrow: Arrow, style: Style, frame: Frame) -> Iterator[Row]:
    color = style.actor(arrow.actor)
    if arrow.kind not in _SIZES:
        width = relation_width_px(arrow.weight) if arrow.kind in KINDS else 2.0
        width = _WIDTHS_PX.get(arrow.kind, width)
        dash = _DASHES.get(arrow.kind, [] if arrow.kind in KINDS else [0.1, 2.4])
        look = ruled(color, width, dash)
        look["line_alpha"] = round(arrow.strength * arrow.ink, 3)
        for line in arrow.lines_m:
            yield "routes", shapely.LineString(line), look, {}
        return
    shape, origin = arrow_shape_of(arrow, frame)
    if shape is None:
        return
    look = filled(color, arrow.strength * arrow.ink) | ruled(style.color("halo"), 1.6)
    for ring in (*shape.bodies, shape.head):
        if len(ring) > 3:
            vertices = [_to_m(origin.x() + x, origin.y() + y, frame) for x, y in ring]
            yield "arrows", shapely.Polygon(vertices), look, {}


def _to_m(x_px: float, y_px: float, frame: Frame) -> tuple[float, float]:
    k, (width, height) = frame.camera.m_per_px, frame.size_px
    return frame.camera.x_m + (x_px - width / 2) * k, frame.camera.y_m - (y_px - height / 2) * k


def _name(placed: PlacedName, frame: Frame) -> Row:
    letters = placed.letters
    width, height = size_of(letters)
    family, bold, italic = _ROLES[letters.role]
    look = {
        "size_px": round(letters.size_px),
        "color": letters.color,
        "halo": QColor(letters.halo).name(),
        "halo_px": letters.halo_px / 2,
        "family": family,
        "bold": bold,
        "italic": italic,
    }
    x_m, y_m = _to_m(placed.x_px + width / 2, placed.y_px + height / 2, frame)
    more = {"text": "|".join(letters.lines), "x_m": x_m, "y_m": y_m} | look
    return "names", shapely.Point(x_m, y_m), look, more
