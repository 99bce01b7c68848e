"""How placemarks look in a globe program: an ink a side, a shape a kind, as on the atlas's maps.

Floor: geodata, standard library only; neighbours: kml, kmz, records. Inks are those of the paper
theme. Shapes need pictures, which only a KMZ can carry: without them a viewer shows its own pin.
"""

from __future__ import annotations

import struct
import tomllib
import zlib
from collections.abc import Callable, Iterable
from functools import cache
from math import cos, hypot, pi
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from atlas.core.resources import resources_dir
from atlas.core.symbology import sign_for
from geodata.exporters.records import Record

_SIDE_PX: Final = 32
_FINE: Final = 4
_AREA_ALPHA: Final = "4d"
_OTHER: Final = "other"
_DISC: Final = "disc"
_SHAPES: Final[dict[str, str]] = {
    "flag": "square", "square": "square", "bars": "square", "column": "square", "crate": "square",
    "letter": "square",
    "triangle": "triangle", "tent": "triangle", "mast": "triangle", "flame": "triangle",
    "hexagon": "hexagon", "shield": "hexagon",
    "diamond": "diamond", "lozenge": "diamond", "star": "diamond", "leaf": "diamond",
    "crossed": "cross", "crossed-disc": "cross", "cross": "cross", "burst": "cross",
}  # fmt: skip
"""The plain shape that stands for a symbol of the map."""


def shape_of(record: Record) -> str:
    """Return the name of the shape a point is shown with."""
    sign = sign_for(record.kind)
    return _SHAPES.get(sign.spot_symbol or sign.symbol, _DISC)


def style_id(record: Record) -> str:
    """Return the id of the style a record is shown in."""
    return f"{_actor(record)}-{shape_of(record)}"


def style_elements(records: Iterable[Record], icons: str = "") -> list[Element]:
    """Return the styles the records need, in the order of their ids."""
    wanted = {style_id(r): (_actor(r), shape_of(r)) for r in records}
    return [_style(name, *wanted[name], icons) for name in sorted(wanted)]


def _actor(record: Record) -> str:
    return record.actor if record.actor in _inks() else _OTHER


@cache
def _inks() -> dict[str, str]:
    """Return the inks by side as KML has them: blue, green, red, without alpha."""
    with (resources_dir() / "styles" / "paper.toml").open("rb") as file:
        colors = tomllib.load(file)["actor"]
    return {name: f"{text[5:7]}{text[3:5]}{text[1:3]}" for name, text in colors.items()}


def _style(name: str, actor: str, shape: str, icons: str) -> Element:
    ink = _inks()[actor]
    style = Element("Style", id=name)
    icon = SubElement(style, "IconStyle")
    SubElement(icon, "color").text = f"ff{ink}"
    SubElement(icon, "scale").text = "0.6" if icons else "0.9"
    if icons:
        SubElement(SubElement(icon, "Icon"), "href").text = f"{icons}/{shape}.png"
    SubElement(SubElement(style, "LabelStyle"), "scale").text = "0.8"
    line = SubElement(style, "LineStyle")
    SubElement(line, "color").text = f"ff{ink}"
    SubElement(line, "width").text = "2.5"
    SubElement(SubElement(style, "PolyStyle"), "color").text = f"{_AREA_ALPHA}{ink}"
    return style


def _disc(x: float, y: float) -> float:
    return hypot(x, y)


def _square(x: float, y: float) -> float:
    return max(abs(x), abs(y)) * 1.15


def _diamond(x: float, y: float) -> float:
    return abs(x) + abs(y)


def _triangle(x: float, y: float) -> float:
    return max(y * 1.35 + 0.1, abs(x) * 1.1 - y * 0.65 + 0.35)


def _hexagon(x: float, y: float) -> float:
    return max(abs(y), abs(x) * cos(pi / 6) + abs(y) * 0.5) * 1.1


def _cross(x: float, y: float) -> float:
    """Return below 1 on either stroke of a saltire."""
    along, across = abs(x + y), abs(x - y)
    return max(min(along, across) / 0.42, max(along, across) / 1.5)


_SHAPE_OF: Final[dict[str, Callable[[float, float], float]]] = {
    _DISC: _disc,
    "square": _square,
    "diamond": _diamond,
    "triangle": _triangle,
    "hexagon": _hexagon,
    "cross": _cross,
}
SHAPES: Final = tuple(sorted(_SHAPE_OF))


@cache
def icon_png(shape: str) -> bytes:
    """Return a white shape as a PNG file: viewers multiply it with the ink of the side."""
    inside, rows = _SHAPE_OF[shape], bytearray()
    middle = _SIDE_PX / 2
    spots = [(index + 0.5) / _FINE for index in range(_FINE)]
    for row in range(_SIDE_PX):
        rows.append(0)
        for column in range(_SIDE_PX):
            hits = sum(
                inside((column + dx - middle) / middle, (row + dy - middle) / middle) < 0.95
                for dx in spots
                for dy in spots
            )
            rows += bytes((255, hits * 255 // _FINE**2))
    head = struct.pack(">IIBBBBB", _SIDE_PX, _SIDE_PX, 8, 4, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
