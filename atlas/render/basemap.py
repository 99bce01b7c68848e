"""The base map's paths, read from the pack when first needed. Floor: render; beside kept_paths.

The pack has its own projection; `BaseMap.seen_in` hands out the same map in another one.
Geometry comes as ready QPainterPath streams in map metres, one file a layer and level of detail;
only paths whose box meets the view are read and handed out (see `kept_paths`).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from copy import copy
from functools import cached_property
from typing import Any, Final, Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainterPath, QPolygonF

from atlas.core.projection import ATLAS_PROJECTION, Projection
from atlas.render.kept_paths import BoxM, KeptTables, Piece, Table

_SIZE: Final = struct.Struct("<II")
_TOLERANCE_PX: Final = 0.95


class PackLike(Protocol):
    """What the base map asks of a pack."""

    def blob(self, name: str) -> memoryview:
        """Return the bytes of a blob."""
        ...

    def json(self, name: str) -> Any:
        """Return a blob read as JSON."""
        ...

    def names(self) -> Any:
        """Return the names of all blobs."""
        ...

    def seen_in(self, projection: Projection) -> PackLike:
        """Return the pack in another projection's map metres."""
        ...


class BaseMap:
    """Lazily read layers of the base map."""

    def __init__(
        self,
        pack: PackLike,
        projection: Projection = ATLAS_PROJECTION,
        kept: KeptTables | None = None,
    ) -> None:
        self._pack = pack
        self._kept = kept or KeptTables()
        self.projection = projection
        # Not this map itself: Python would not notice when nobody holds it any more.
        self._seen: dict[Projection, BaseMap] = {}
        self._whole: BaseMap | None = None
        self.pause = _go_on
        self._attributes: dict[str, list[dict[str, Any]]] = {}
        self._shades: dict[str, QImage] = {}
        self.meta: dict[str, Any] = pack.json("meta.json")

    def paced(self, pause: Callable[[], None]) -> BaseMap:
        """Return the same map, sharing all that is read, which calls `pause` between pieces."""
        paced = copy(self)
        paced.pause = pause
        paced._seen = {}
        paced._whole = self
        return paced

    def seen_in(self, projection: Projection) -> BaseMap:
        """Return the base map in a projection; beside its own, the last one asked for is kept.

        To be asked of the map that was made of the opened pack.
        """
        if projection == self.projection:
            return self
        seen = self._seen.get(projection)
        if seen is None:
            seen = self._seen.setdefault(projection, self._made_for(projection))
            for other in set(self._seen) - {projection}:
                self._seen.pop(other, None)
                self._kept.forget(other)
        return seen

    def _made_for(self, projection: Projection) -> BaseMap:
        if self._whole is not None:
            return self._whole.seen_in(projection).paced(self.pause)
        return BaseMap(self._pack.seen_in(projection), projection, self._kept)

    @cached_property
    def relief_box_m(self) -> BoxM:
        """The ground the shading covers."""
        x_min, y_min, x_max, y_max = self.meta["relief_extent_m"]
        return x_min, y_min, x_max, y_max

    @cached_property
    def region_path(self) -> QPainterPath:
        """The edge of the mapped region, in map metres."""
        path = QPainterPath()
        ring = [QPointF(x, y) for x, y in self.meta["region_ring_m"]]
        path.addPolygon(QPolygonF(ring))
        path.closeSubpath()
        return path

    def covers(self, box_m: BoxM) -> bool:
        """Tell whether the region holds a whole box of map metres."""
        x_min, y_min, x_max, y_max = box_m
        return self.region_path.contains(QRectF(x_min, y_min, x_max - x_min, y_max - y_min))

    def level(self, m_per_px: float) -> str:
        """Return the coarsest level whose generalisation stays below a pixel."""
        levels = self.meta["levels"]
        for level in levels:
            if level["tolerance_m"] <= _TOLERANCE_PX * m_per_px:
                return str(level["name"])
        return str(levels[-1]["name"])

    def pieces(self, layer: str, level: str, box_m: BoxM) -> Iterator[Piece]:
        """Yield the layer's paths that may show in a box of map metres."""
        for piece in self._table(layer, level).in_box(box_m, self._kept):
            self.pause()
            yield piece

    def has(self, layer: str) -> bool:
        """Tell whether the pack has a layer: an older one may lack it."""
        return f"base/{layer}.json" in self._pack.names()

    def attributes(self, layer: str) -> list[dict[str, Any]]:
        """Return the layer's attribute rows, indexed by `Piece.feature`."""
        if layer not in self._attributes:
            self._attributes[layer] = self._pack.json(f"base/{layer}.json")
        return self._attributes[layer]

    def shade(self, name: str, dark: QColor, light: QColor, alpha: int) -> QImage:
        """Return the relief as translucent pixels: shadows in one ink, lit slopes in another.

        They are indices into a table of colours; `convertToFormat` what is drawn of them.
        """
        key = f"{name}/{dark.name()}/{light.name()}/{alpha}"
        if key not in self._shades:
            blob = self._pack.blob(name)
            width, height = _SIZE.unpack_from(blob)
            pixels = blob[_SIZE.size : _SIZE.size + width * height]
            # The pack's own bytes: QImage keeps them, and nothing is copied.
            indexed = QImage(pixels, width, height, width, QImage.Format.Format_Indexed8)
            indexed.setColorTable(_shade_table(dark, light, alpha))
            self._shades[key] = indexed
        return self._shades[key]

    def _table(self, layer: str, level: str) -> Table:
        stem = f"base/{layer}/{level}"
        blob = self._pack.blob
        return self._kept.table(
            (self.projection, stem), lambda: Table(blob(f"{stem}.index"), blob(f"{stem}.paths"))
        )


def _go_on() -> None:
    """Pause for no time at all."""


def _shade_table(dark: QColor, light: QColor, alpha: int) -> list[int]:
    """Return 256 ARGB entries: 128 is flat and clear, below it shadow, above it light."""
    table = []
    for value in range(256):
        lift = value - 128
        ink = QColor(light if lift > 0 else dark)
        strength = abs(lift) / 128 * (0.8 if lift > 0 else 1.0)
        ink.setAlpha(min(255, round(strength * alpha * 1.6)))
        table.append(ink.rgba())
    return table
