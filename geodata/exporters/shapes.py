"""Where a thing is, as plain tuples, and the same as GeoJSON and as well-known text.

Floor: geodata, standard library only, but for reading WKT, which imports shapely inside. Degrees,
WGS84, lon before lat. Outer rings run counter-clockwise and holes clockwise (RFC 7946).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Any, Final

Position = tuple[float, float]
Line = tuple[Position, ...]

DECIMALS: Final = 5
"""Places of a degree written: about a metre, far finer than any position of the evidence."""
MAX_POSITIONS: Final = 1_000_000
_KINDS: Final = {
    "Point": ("point", 0),
    "LineString": ("lines", 1),
    "MultiLineString": ("lines", 2),
    "Polygon": ("polygons", 2),
    "MultiPolygon": ("polygons", 3),
}
_LEAST: Final = {"point": 1, "lines": 2, "polygons": 4}


class ShapeError(ValueError):
    """A geometry is none of those an export holds; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A point, lines or polygons.

    `parts` holds for a point one part of one line of one position; for lines one line a part; for
    polygons one part each, of the outer ring and its holes, every ring closed.
    """

    kind: str
    parts: tuple[tuple[Line, ...], ...]

    @property
    def type(self) -> str:
        """The name of its kind in GeoJSON."""
        name = {"point": "Point", "lines": "LineString", "polygons": "Polygon"}[self.kind]
        return name if len(self.parts) == 1 else f"Multi{name}"


def polygons(parts: Sequence[Sequence[Line]]) -> Shape:
    """Return polygons with their rings turned the right way; each part is outer ring, holes."""
    turned = (
        tuple(_turned(ring, outer=index == 0) for index, ring in enumerate(part)) for part in parts
    )
    return Shape("polygons", tuple(turned))


def signed_area(ring: Line) -> float:
    """Return the area in square degrees, positive if the ring runs counter-clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def _turned(ring: Line, *, outer: bool) -> Line:
    area = signed_area(ring)
    return ring[::-1] if (area < 0 if outer else area > 0) else ring


def geometry_of(shape: Shape) -> dict[str, Any]:
    """Return the GeoJSON geometry object."""
    parts: list[Any] = [[[list(p) for p in line] for line in part] for part in shape.parts]
    if shape.kind == "point":
        coordinates = parts[0][0][0]
    elif shape.kind == "lines":
        lines = [part[0] for part in parts]
        coordinates = lines[0] if len(lines) == 1 else lines
    else:
        coordinates = parts[0] if len(parts) == 1 else parts
    return {"type": shape.type, "coordinates": coordinates}


def shape_of(geometry: Any) -> Shape:
    """Read a GeoJSON geometry object.

    Raises
    ------
    ShapeError
        If it is none of the five types, or a position is not finite or not on the Earth.
    """
    if not isinstance(geometry, dict) or str(geometry.get("type")) not in _KINDS:
        raise ShapeError("the geometry is no point, line or polygon")
    kind, depth = _KINDS[geometry["type"]]
    nested = geometry.get("coordinates")
    for _ in range({"point": 3, "lines": 2, "polygons": 3}[kind] - depth):
        nested = [nested]
    parts = [[part] for part in _items(nested)] if kind == "lines" else nested
    read = tuple(tuple(_line(line, kind) for line in _items(part)) for part in _items(parts))
    return polygons(read) if kind == "polygons" else Shape(kind, read)


def _items(value: Any) -> list[Any]:
    if not isinstance(value, list | tuple) or not value:
        raise ShapeError("the coordinates are not nested as their type asks")
    if len(value) > MAX_POSITIONS:
        raise ShapeError(f"the geometry has more than {MAX_POSITIONS:,} positions")
    return list(value)


def _line(value: Any, kind: str) -> Line:
    line = tuple(_position(position) for position in _items(value))
    if len(line) < _LEAST[kind]:
        raise ShapeError(f"a part of {kind} has fewer than {_LEAST[kind]} positions")
    if kind == "polygons" and line[0] != line[-1]:
        raise ShapeError("a ring is not closed")
    return line


def _position(value: Any) -> Position:
    if not isinstance(value, list | tuple) or len(value) not in (2, 3):
        raise ShapeError("a position is not lon, lat")
    if not all(isinstance(v, int | float) and not isinstance(v, bool) for v in value[:2]):
        raise ShapeError("a position is not two numbers")
    try:
        lon, lat = float(value[0]), float(value[1])
    except OverflowError:
        raise ShapeError("a position is too far away") from None
    if not (isfinite(lon) and isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90):
        raise ShapeError(f"{lon:g}, {lat:g} is no lon, lat on the Earth")
    return lon, lat


def number_text(value: float) -> str:
    """Return a coordinate without an exponent and without idle zeros."""
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")


def wkt_of(shape: Shape) -> str:
    """Return the shape as well-known text, lon before lat."""
    texts = [[_line_text(line) for line in part] for part in shape.parts]
    if shape.kind == "point":
        body = texts[0][0]
    elif shape.kind == "lines":
        lines = [part[0] for part in texts]
        body = lines[0] if len(lines) == 1 else f"({', '.join(lines)})"
    else:
        bodies = [f"({', '.join(part)})" for part in texts]
        body = bodies[0] if len(bodies) == 1 else f"({', '.join(bodies)})"
    return f"{shape.type.upper()} {body}"


def _line_text(line: Line) -> str:
    return f"({', '.join(f'{number_text(x)} {number_text(y)}' for x, y in line)})"


def shape_from_wkt(text: str) -> Shape:
    """Read well-known text.

    Raises
    ------
    ShapeError
        If it is no such text or no geometry that `shape_of` takes.
    """
    import shapely

    try:
        geometry = shapely.from_wkt(text)
    except shapely.errors.GEOSException as error:
        raise ShapeError(f"the well-known text cannot be read: {error}") from error
    return shape_of(None if geometry is None else shapely.geometry.mapping(geometry))
