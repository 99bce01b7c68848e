"""The base map of a frame as shapes other programs read: the pack's own vertices, no others.

Land and countries stay in the pieces the pack has them in; lines, which the pack cuts into short
runs for the window's sake, are joined again, since each feature costs the others more than it
costs us.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import numpy as np
import shapely
from PySide6.QtGui import QColor

from atlas.core.scene import Scene
from atlas.render.basemap import BaseMap
from atlas.render.frame import Frame
from atlas.render.political import _border_pens, _tint_ink
from atlas.render.style import Style
from atlas.render.water import _river_pens, lake_shown
from geodata.pack import Pack

_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
_RECORD = struct.Struct("<4f4I")
Look = dict[str, Any]
"""How a shape looks: `fill`, `line`, their opacities, `line_px`, `dash` in pixels, and so on."""


@dataclass
class Sheet:
    """One layer: shapes in map metres, each with the number of its look and more columns."""

    name: str
    kind: str
    looks: list[Look] = field(default_factory=list)
    shapes: list[Any] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    columns: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))

    def add(self, shape: Any, look: Look, **more: Any) -> None:
        if look not in self.looks:
            self.looks.append(look)
        self.shapes.append(shape)
        self.numbers.append(self.looks.index(look))
        for key, value in more.items():
            self.columns[key].append(value)

    @property
    def vertices(self) -> int:
        return int(shapely.get_num_coordinates(self.shapes).sum()) if self.shapes else 0


def ink(color: QColor, opacity: float = 1.0) -> tuple[str, float]:
    return color.name(), round(color.alphaF() * opacity, 3)


def filled(color: QColor, opacity: float = 1.0) -> Look:
    name, alpha = ink(color, opacity)
    return {"fill": name, "fill_alpha": alpha}


def ruled(color: QColor, width_px: float, dash: list[float] | None = None) -> Look:
    """Return the look of a line; dashes are in widths of the pen, as Qt has them."""
    name, alpha = ink(color)
    return {
        "line": name,
        "line_alpha": alpha,
        "line_px": round(width_px, 3),
        "dash": [round(part * width_px, 2) for part in dash or ()],
    }


def base_sheets(
    pack: Pack, basemap: BaseMap, style: Style, scene: Scene, frame: Frame
) -> list[Sheet]:
    """Return land, countries of the date, water and borders, in the order they are painted."""
    parts = _Parts(pack, basemap, frame.level)
    sheets = [_land(parts, style), _tints(parts, basemap, style, scene)]
    sheets += [_rivers(parts, style, frame), _lakes(parts, basemap, style, scene)]
    sheets.append(_lines(parts, "coast", ruled(style.color("coast"), style.width_px("coast"))))
    if scene.camera.m_per_px < 2600:
        dashed = ruled(style.color("province"), style.width_px("province"), [4.0, 3.0])
        sheets.append(_lines(parts, "provinces", dashed))
    sheets.append(_borders(parts, basemap, style, scene))
    return sheets


@dataclass
class _Parts:
    """Reads the paths of the pack at one level of detail."""

    pack: Pack
    basemap: BaseMap
    level: str

    def of(self, layer: str) -> Iterator[tuple[list[Any], int, int]]:
        """Yield the sub-paths of each path with its feature and rank."""
        stream = self.pack.blob(f"base/{layer}/{self.level}.paths")
        index = self.pack.blob(f"base/{layer}/{self.level}.index")
        for *_box, offset, length, feature, rank in _RECORD.iter_unpack(index):
            data = bytes(stream[offset : offset + length])
            (count,) = struct.unpack_from(">i", data)
            elements = np.frombuffer(data, _ELEMENT, count, 4)
            xy_m = np.column_stack([elements["x"], elements["y"]]).astype(float)
            starts = np.flatnonzero(elements["kind"] == 0)
            yield np.split(xy_m, starts[1:]), feature, rank

    def areas(self, layer: str) -> Iterator[tuple[Any, int]]:
        for rings, feature, _ in self.of(layer):
            yield polygon_of(rings), feature

    def joined(self, layer: str) -> Iterator[tuple[Any, int, int]]:
        """Yield whole lines with their feature and rank."""
        runs: dict[tuple[int, int], list[Any]] = defaultdict(list)
        for lines, feature, rank in self.of(layer):
            runs[feature, rank] += [shapely.LineString(line) for line in lines if len(line) > 1]
        for (feature, rank), lines in runs.items():
            merged = shapely.line_merge(shapely.MultiLineString(lines))
            for line in shapely.get_parts(merged):
                yield line, feature, rank


def polygon_of(rings: list[Any]) -> Any:
    """Return rings as areas by the odd-even rule, which is how Qt fills them."""
    areas = [shapely.Polygon(ring) for ring in rings if len(ring) > 3]
    if len(areas) == 1:
        return areas[0]
    valid = [area if area.is_valid else shapely.make_valid(area) for area in areas]
    return reduce(shapely.symmetric_difference, valid)


def _land(parts: _Parts, style: Style) -> Sheet:
    sheet = Sheet("land", "fill")
    for shape, _ in parts.areas("land"):
        sheet.add(shape, filled(style.color("land")))
    return sheet


def _tints(parts: _Parts, basemap: BaseMap, style: Style, scene: Scene) -> Sheet:
    sheet = Sheet("countries", "fill")
    unit_of = dict(scene.political.polity_of_atom)
    rows = basemap.attributes("atoms")
    for shape, feature in parts.areas("atoms"):
        tint = style.tint(unit_of.get(rows[feature]["id"], ""))
        if tint is not None:
            sheet.add(shape, filled(_tint_ink(tint, style, multiplies=False)))
    return sheet


def _rivers(parts: _Parts, style: Style, frame: Frame) -> Sheet:
    sheet = Sheet("rivers", "line")
    lines = list(parts.joined("rivers"))
    for (least, most), pen in _river_pens(style, frame.camera.m_per_px):
        for shape, _, rank in lines:
            if least <= rank <= most:
                sheet.add(shape, ruled(pen.color(), pen.widthF()))
    return sheet


def _lakes(parts: _Parts, basemap: BaseMap, style: Style, scene: Scene) -> Sheet:
    sheet = Sheet("lakes", "fill")
    rows = basemap.attributes("lakes")
    look = filled(style.color("lake")) | ruled(style.color("coast"), 0.7)
    for shape, feature in parts.areas("lakes"):
        if lake_shown(rows[feature], scene.day):
            sheet.add(shape, look)
    return sheet


def _lines(parts: _Parts, layer: str, look: Look) -> Sheet:
    sheet = Sheet(layer, "line")
    for shape, _, _ in parts.joined(layer):
        sheet.add(shape, look)
    return sheet


def _borders(parts: _Parts, basemap: BaseMap, style: Style, scene: Scene) -> Sheet:
    sheet = Sheet("borders", "line")
    state_of = dict(scene.political.state_of_atom)
    rows, pens = basemap.attributes("borders"), _border_pens(style)
    for shape, feature, _ in parts.joined("borders"):
        row = rows[feature]
        left, right = row["left"], row["right"]
        if state_of.get(left, left) != state_of.get(right, right):
            pen = pens.get(row["cls"], pens["international"])
            sheet.add(shape, ruled(pen.color(), pen.widthF(), pen.dashPattern()))
    return sheet
