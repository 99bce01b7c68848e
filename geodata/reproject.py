"""The base map of a pack in another projection: its paths, boxes, relief and edge moved on demand.

Duty: stand in for a `Pack` where a base map is read. Floor: geodata; neighbours: pack, wire (whose
bytes it reads and writes again), relief. Read in when a reader first chooses another projection;
moved paths are kept as long as somebody holds them, the relief for good. Other parts of the pack,
in degrees or without places, are handed on.
"""

from __future__ import annotations

import struct
from typing import Any, Final
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from atlas.core.projection import ATLAS_PROJECTION, Projection
from geodata.array_projection import Mapping, Metres, mapping
from geodata.pack import Pack

_RECORD: Final = np.dtype(
    [("box", "<f4", 4), ("offset", "<u4"), ("length", "<u4"), ("feature", "<u4"), ("rank", "<u4")]
)
_SIZE: Final = struct.Struct("<II")
_ELEMENT_WORDS: Final = 5
_FLAT: Final = 128
_COARSE_PX: Final = 16
_ROWS: Final = 128


class ReprojectedPack:
    """Hands out a pack's base map in another projection's map metres."""

    def __init__(self, pack: Pack, projection: Projection) -> None:
        self._pack = pack
        self._projection = projection
        self._last_moved: dict[str, memoryview] = {}
        self._relief: dict[str, memoryview] = {}
        self._paths: WeakValueDictionary[str, memoryview] = WeakValueDictionary()

    def names(self) -> tuple[str, ...]:
        """Return the names of all blobs in order."""
        return self._pack.names()

    def seen_in(self, projection: Projection) -> ReprojectedPack:
        """Return the pack in yet another projection."""
        return self._pack.seen_in(projection)

    def json(self, name: str) -> Any:
        """Return one blob read as JSON; the region's edge and the relief's extent are moved.

        Raises
        ------
        geodata.pack.PackError
            If the blob is missing or is not JSON.
        """
        content = self._pack.json(name)
        if name != "meta.json":
            return content
        forward, inverse = self._projection.forward, ATLAS_PROJECTION.inverse
        ring_m = [list(forward(*inverse(x, y))) for x, y in content["region_ring_m"]]
        step_m = _step_m(content["relief_extent_m"], self._pack.blob("relief/shade.grey"))
        extent_m = _extent_m(ring_m, step_m)
        return content | {"region_ring_m": ring_m, "relief_extent_m": extent_m}

    def blob(self, name: str) -> memoryview:
        """Return the bytes of one blob.

        Raises
        ------
        geodata.pack.PackError
            If the pack has no blob of that name.
        """
        if name.endswith((".paths", ".index")):
            return self._paths.get(name) or self._moved(name)
        if not name.startswith("relief/"):
            return self._pack.blob(name)
        if name not in self._relief:
            self._relief[name] = self._warped(name)
        return self._relief[name]

    def _moved(self, name: str) -> memoryview:
        """Return a layer's paths or their index; the other of the two is soon asked for."""
        stem = name.rsplit(".", 1)[0]
        index = np.frombuffer(self._pack.blob(f"{stem}.index"), _RECORD).copy()
        stream = bytearray(self._pack.blob(f"{stem}.paths"))
        if len(index):
            move_paths(index, stream, mapping(ATLAS_PROJECTION, self._projection))
        made = {f"{stem}.index": memoryview(index.tobytes()), f"{stem}.paths": memoryview(stream)}
        self._last_moved = made
        self._paths.update(made)
        return made[name]

    def _warped(self, name: str) -> memoryview:
        source_m = self._pack.json("meta.json")["relief_extent_m"]
        target_m = self.json("meta.json")["relief_extent_m"]
        back = mapping(self._projection, ATLAS_PROJECTION)
        return memoryview(warped(self._pack.blob(name), source_m, target_m, back))


def move_paths(index: NDArray[Any], stream: bytearray, mapping: Mapping) -> None:
    """Move every vertex of a ``.paths`` blob, and the boxes of its index, in place.

    A path is a count, so many elements of five words (kind, x, y), and two words more.
    """
    words = np.frombuffer(stream, ">u4")
    counts = (index["length"].astype(np.int64) - 12) // (4 * _ELEMENT_WORDS)
    firsts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    shift = index["offset"].astype(np.int64) // 4 + 1 - firsts * _ELEMENT_WORDS
    at = np.repeat(shift, counts) + np.arange(counts.sum()) * _ELEMENT_WORDS
    x_m, y_m = mapping(_doubles(words, at + 1), _doubles(words, at + 3))
    for values, where in ((x_m, at + 1), (y_m, at + 3)):
        words[where[:, None] + (0, 1)] = values.astype(">f8").view(">u4").reshape(-1, 2)
    for side, values in enumerate((x_m, y_m)):
        low = np.minimum.reduceat(values, firsts).astype(np.float32)
        high = np.maximum.reduceat(values, firsts).astype(np.float32)
        index["box"][:, side] = np.nextafter(low, np.float32(-np.inf))
        index["box"][:, side + 2] = np.nextafter(high, np.float32(np.inf))


def _doubles(words: NDArray[np.uint32], at: NDArray[np.int64]) -> Metres:
    return np.asarray(words[at[:, None] + (0, 1)].view(">f8")[:, 0], np.float64)


def warped(grey: memoryview, source_m: list[float], target_m: list[float], back: Mapping) -> bytes:
    """Return a grey blob drawn anew for another extent; `back` leads from its metres to the old.

    Extents are x_min, y_min, x_max, y_max. What the old picture does not hold is flat.
    """
    width, height = _SIZE.unpack_from(grey)
    source = np.frombuffer(grey, np.uint8, offset=_SIZE.size).reshape(height, width)
    step_m = (source_m[2] - source_m[0]) / width
    columns = round((target_m[2] - target_m[0]) / step_m)
    rows = round((target_m[3] - target_m[1]) / step_m)
    grid = _coarse_grid(target_m, (columns, rows), step_m, back)
    place = (grid - (source_m[0], source_m[3])) / (step_m, -step_m) - 0.5
    made = [
        _sampled(source, _enlarged(place, columns, top, min(top + _ROWS, rows)))
        for top in range(0, rows, _ROWS)
    ]
    return _SIZE.pack(columns, rows) + np.concatenate(made).tobytes()


def _coarse_grid(
    target_m: list[float], size_px: tuple[int, int], step_m: float, back: Mapping
) -> Metres:
    """Return for every sixteenth pixel of the new picture where it lies in the old metres."""
    xs, ys = (np.arange(0, side + _COARSE_PX, _COARSE_PX) for side in size_px)
    x_m, y_m = np.meshgrid(target_m[0] + (xs + 0.5) * step_m, target_m[3] - (ys + 0.5) * step_m)
    old_x_m, old_y_m = back(x_m, y_m)
    return np.stack([old_x_m, old_y_m], axis=-1)


def _enlarged(place: Metres, columns: int, top: int, bottom: int) -> NDArray[np.float32]:
    """Return the places of all pixels of some rows, between those of the coarse grid."""
    first, last = top // _COARSE_PX, -(-bottom // _COARSE_PX)
    coarse = place[first : last + 1].astype(np.float32)
    across = np.arange(columns) / np.float32(_COARSE_PX)
    left = across.astype(np.intp)
    share = (across - left)[None, :, None].astype(np.float32)
    wide = coarse[:, left] + (coarse[:, left + 1] - coarse[:, left]) * share
    down = np.arange(top, bottom) / np.float32(_COARSE_PX) - first
    upper = down.astype(np.intp)
    rest = (down - upper)[:, None, None].astype(np.float32)
    return np.asarray(wide[upper] + (wide[upper + 1] - wide[upper]) * rest)


def _sampled(source: NDArray[np.uint8], place: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return the grey at places (column, row) of a picture, between its pixels' middles."""
    height, width = source.shape
    column, row = np.clip(place[..., 0], 0, width - 1), np.clip(place[..., 1], 0, height - 1)
    c = np.minimum(column.astype(np.int32), width - 2)
    r = np.minimum(row.astype(np.int32), height - 2)
    across, down = column - c, row - r
    flat = source.ravel()
    at = r * width + c
    top = flat[at] * (1 - across) + flat[at + 1] * across
    bottom = flat[at + width] * (1 - across) + flat[at + width + 1] * across
    outside = (np.abs(column - place[..., 0]) > 0.5) | (np.abs(row - place[..., 1]) > 0.5)
    grey = np.round(top * (1 - down) + bottom * down).astype(np.uint8)
    return np.where(outside, np.uint8(_FLAT), grey)


def _step_m(extent_m: list[float], grey: memoryview) -> float:
    return (extent_m[2] - extent_m[0]) / float(_SIZE.unpack_from(grey)[0])


def _extent_m(ring_m: list[list[float]], step_m: float) -> list[float]:
    """Return the ring's box, its sides even multiples of a step: the small picture has half."""
    xs, ys = zip(*ring_m, strict=True)
    grid_m = 2 * step_m
    low = (np.floor(min(side) / grid_m) * grid_m for side in (xs, ys))
    high = (np.ceil(max(side) / grid_m) * grid_m for side in (xs, ys))
    return [float(side) for side in (*low, *high)]
