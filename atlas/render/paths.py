"""Paths for files: only what shows of them is written. Floor: render; neighbour: frame.

A country of which a corner is in view has tens of thousands of vertices elsewhere. Runs of them
that lie beyond one side of the frame are left out: what is filled and stroked inside stays as it
is, since a straight line between two points beyond a side stays beyond it.
"""

from __future__ import annotations

import struct
from typing import Final

from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QRectF
from PySide6.QtGui import QPainterPath

_MARGIN_PX: Final = 24.0
"""Wide strokes end beyond the frame."""
_VERSION: Final = QDataStream.Version.Qt_6_0
_HEAD: Final = struct.Struct(">i")
_VERTEX: Final = struct.Struct(">idd")
_FEWEST: Final = 24
_MOVE: Final = 0
_LINE: Final = 1

Vertex = tuple[int, float, float]
"""Kind of element, x, y."""


def seen_part(path: QPainterPath, frame_px: QRectF) -> QPainterPath:
    """Return a path of pixels that looks the same inside the frame with fewer vertices."""
    box = frame_px.adjusted(-_MARGIN_PX, -_MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
    bounds = path.controlPointRect()
    if box.contains(bounds) or path.elementCount() < _FEWEST:
        return path
    vertices = _vertices(path)
    if any(kind > _LINE for kind, _, _ in vertices):
        return path
    return _path(_cut(vertices, box), path)


def _cut(vertices: list[Vertex], box: QRectF) -> list[Vertex]:
    """Leave out vertices in the midst of runs beyond one side, side after side."""
    for axis, sign, limit in (
        (1, -1, box.left()),
        (1, 1, box.right()),
        (2, -1, box.top()),
        (2, 1, box.bottom()),
    ):
        beyond = [v[axis] * sign > limit * sign for v in vertices]
        beyond.append(False)
        # What follows a dropped vertex must be drawn from it: never the start of another line.
        goes_on = [v[0] == _LINE for v in vertices]
        goes_on.append(False)
        vertices = [
            vertex
            for i, vertex in enumerate(vertices)
            if not (beyond[i] and goes_on[i] and beyond[i - 1] and beyond[i + 1] and goes_on[i + 1])
        ]
    return vertices


def _vertices(path: QPainterPath) -> list[Vertex]:
    data = QByteArray()
    stream = QDataStream(data, QIODevice.OpenModeFlag.WriteOnly)
    stream.setVersion(_VERSION)
    stream << path
    raw = bytes(data.data())
    (count,) = _HEAD.unpack_from(raw)
    end = _HEAD.size + count * _VERTEX.size
    return list(_VERTEX.iter_unpack(raw[_HEAD.size : end]))


def _path(vertices: list[Vertex], like: QPainterPath) -> QPainterPath:
    raw = b"".join((_HEAD.pack(len(vertices)), *(_VERTEX.pack(*v) for v in vertices)))
    start = max((i for i, v in enumerate(vertices) if v[0] == _MOVE), default=0)
    raw += _HEAD.pack(start) + _HEAD.pack(like.fillRule().value)
    stream = QDataStream(QByteArray(raw))
    stream.setVersion(_VERSION)
    path = QPainterPath()
    stream >> path
    return path
