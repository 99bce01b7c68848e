from __future__ import annotations

import struct
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QDataStream, QIODevice
from PySide6.QtGui import QPainterPath

from geodata.pack import Pack
from geodata.wire import PathSheet, path_bytes, rings_of

RECORD = struct.Struct("<4f4I")
LAYERS = ("land", "coast", "lakes", "rivers", "provinces", "atoms", "borders")


def streamed(data: bytes) -> QPainterPath:
    # The stream reads from this array without keeping it alive.
    array = QByteArray(data)
    stream = QDataStream(array, QIODevice.OpenModeFlag.ReadOnly)
    path = QPainterPath()
    stream >> path
    assert stream.status() == QDataStream.Status.Ok
    assert stream.atEnd()
    return path


def test_qt_reads_a_polygon_with_a_hole() -> None:
    hole = [(2, 2), (4, 2), (4, 4), (2, 2)]
    sheet = PathSheet()
    sheet.add_polygon(shapely.Polygon([(0, 0), (10, 0), (10, 8), (0, 0)], [hole]), 3, 1)
    path = streamed(sheet.paths())
    assert path.elementCount() == 8
    assert [path.elementAt(i).isMoveTo() for i in range(8)] == [True, *[False] * 3] * 2
    assert path.fillRule().value == 0
    assert path.boundingRect().getRect() == (0.0, 0.0, 10.0, 8.0)
    x_min, y_min, x_max, y_max, offset, length, feature, rank = RECORD.unpack(sheet.index())
    assert x_min <= 0 <= 10 <= x_max
    assert y_min <= 0 <= 8 <= y_max
    assert (offset, length, feature, rank) == (0, len(sheet.paths()), 3, 1)


@pytest.mark.parametrize(("count", "runs"), [(2, 1), (64, 1), (65, 2), (127, 2), (128, 3)])
def test_long_lines_are_cut_into_runs_that_share_a_vertex(count: int, runs: int) -> None:
    xy = np.column_stack([np.arange(count, dtype=float), np.zeros(count)])
    sheet = PathSheet()
    sheet.add_line(shapely.LineString(xy), 0, 0, 64)
    assert len(sheet) == runs
    ends = []
    for *_, offset, length, _feature, _rank in RECORD.iter_unpack(sheet.index()):
        path = streamed(sheet.paths()[offset : offset + length])
        assert path.elementCount() <= 64
        last = path.elementAt(path.elementCount() - 1)
        ends.append((path.elementAt(0).x, last.x))
    assert ends[0][0] == 0
    assert ends[-1][1] == count - 1
    assert all(a[1] == b[0] for a, b in pairwise(ends))


def test_the_box_holds_every_vertex_in_single_precision() -> None:
    xy = np.array([[1234567.8, -7654321.1], [2234567.9, -7654321.2]])
    sheet = PathSheet()
    sheet.add_line(shapely.LineString(xy), 0, 0, 64)
    x_min, y_min, x_max, y_max, *_ = RECORD.unpack(sheet.index())
    assert x_min <= xy[:, 0].min()
    assert x_max >= xy[:, 0].max()
    assert y_min <= xy[:, 1].min()
    assert y_max >= xy[:, 1].max()


def square(x_m: float, y_m: float) -> shapely.Polygon:
    return shapely.box(x_m, y_m, x_m + 1_000, y_m + 1_000)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-2e6, 2e6), st.floats(-2e6, 2e6)), min_size=1, max_size=60))
def test_bundles_hold_every_piece_once_and_no_more_vertices_than_allowed(
    corners: list[tuple[float, float]],
) -> None:
    sheet = PathSheet()
    pieces = [rings_of(square(*corner)) for corner in corners]
    sheet.add_bundled(pieces, 3, 5, 12)
    stream, found = sheet.paths(), []
    for *_, offset, length, feature, rank in RECORD.iter_unpack(sheet.index()):
        path = streamed(stream[offset : offset + length])
        assert path.elementCount() <= 12
        assert (feature, rank) == (3, 5)
        found += [(ring[0].x(), ring[0].y()) for ring in path.toSubpathPolygons()]
    assert sorted(found) == sorted((p[0][0, 0], p[0][0, 1]) for p in pieces)


def test_neighbours_are_bundled_and_far_pieces_are_not() -> None:
    sheet = PathSheet()
    sheet.add_bundled(map(rings_of, (square(10, 10), square(9e5, 10), square(2e4, 10))), 0, 0, 64)
    assert len(sheet) == 2


def test_path_bytes_are_big_endian_as_qt_writes_them() -> None:
    data = path_bytes([np.array([[1.0, 2.0], [3.0, 4.0]])])
    assert data == struct.pack(">i idd idd ii", 2, 0, 1.0, 2.0, 1, 3.0, 4.0, 0, 0)


@pytest.mark.parametrize("layer", LAYERS)
def test_every_path_of_the_pack_streams_into_qt(built_pack: Pack, layer: str) -> None:
    attributes = built_pack.json(f"base/{layer}.json")
    paths = built_pack.blob(f"base/{layer}/l0.paths")
    records = list(RECORD.iter_unpack(built_pack.blob(f"base/{layer}/l0.index")))
    assert records
    for x_min, y_min, x_max, y_max, offset, length, feature, rank in records:
        path = streamed(bytes(paths[offset : offset + length]))
        box = path.controlPointRect()
        assert x_min <= box.left()
        assert box.right() <= x_max
        assert y_min <= box.top()
        assert box.bottom() <= y_max
        assert feature < len(attributes)
        assert 0 <= rank <= 12


@pytest.mark.parametrize("layer", LAYERS)
def test_offsets_fill_the_sheet_at_every_level(built_pack: Pack, layer: str) -> None:
    for level in built_pack.json("meta.json")["levels"]:
        size = len(built_pack.blob(f"base/{layer}/{level['name']}.paths"))
        records = RECORD.iter_unpack(built_pack.blob(f"base/{layer}/{level['name']}.index"))
        end = 0
        for *_, offset, length, _feature, _rank in records:
            assert offset == end
            end += length
        assert end == size
