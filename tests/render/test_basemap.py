from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainterPath

from atlas.app.library import Library
from atlas.core.projection import ATLAS_PROJECTION
from atlas.core.projections import ALL
from atlas.render.basemap import BaseMap, BoxM

LAYERS = ("land", "coast", "lakes", "rivers", "provinces", "atoms", "borders")
LEVELS = ("l0", "l1", "l2", "l3")
EVERYWHERE: BoxM = (-1e8, -1e8, 1e8, 1e8)
Vertices = list[tuple[float, float]]

numbers = st.floats(-3e6, 3e6)
boxes = st.tuples(numbers, numbers, st.floats(0, 2e6), st.floats(0, 2e6)).map(
    lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3])
)


def records(library: Library, layer: str, level: str) -> list[tuple[BoxM, Vertices, int, int]]:
    """The layer read byte by byte, without Qt: box, vertices, feature, rank of every path."""
    index = library.pack.blob(f"base/{layer}/{level}.index")
    stream = library.pack.blob(f"base/{layer}/{level}.paths")
    found = []
    for x0, y0, x1, y1, offset, length, feature, rank in struct.iter_unpack("<4f4I", index):
        (count,) = struct.unpack_from(">i", stream, offset)
        assert length == 4 + count * 20 + 8
        vertices = [
            struct.unpack_from(">idd", stream, offset + 4 + 20 * i)[1:] for i in range(count)
        ]
        found.append(((x0, y0, x1, y1), vertices, feature, rank))
    return found


def vertices_of(path: QPainterPath) -> Vertices:
    elements = (path.elementAt(i) for i in range(path.elementCount()))
    return [(element.x, element.y) for element in elements]


def overlap(a: BoxM, b: BoxM) -> bool:
    return a[0] <= b[2] and a[2] >= b[0] and a[1] <= b[3] and a[3] >= b[1]


@pytest.mark.parametrize(
    ("m_per_px", "level"),
    [
        (12_000.0, "l0"), (5_264.0, "l0"), (5_263.0, "l1"), (1_895.0, "l1"), (1_894.0, "l2"),
        (632.0, "l2"), (631.0, "l3"), (132.0, "l3"), (0.001, "l3"),
    ],
)  # fmt: skip
def test_the_level_changes_where_its_generalisation_would_show(
    basemap: BaseMap, m_per_px: float, level: str
) -> None:
    assert basemap.level(m_per_px) == level


@settings(deadline=None)
@given(m_per_px=st.floats(1, 20_000))
def test_generalisation_stays_below_a_pixel(basemap: BaseMap, m_per_px: float) -> None:
    tolerances = {row["name"]: row["tolerance_m"] for row in basemap.meta["levels"]}
    assert tolerances[basemap.level(m_per_px)] < m_per_px
    assert tolerances[basemap.level(m_per_px)] >= tolerances[basemap.level(m_per_px / 2)]


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("level", ["l0", "l2"])
def test_pieces_are_what_the_pack_records(
    library: Library, basemap: BaseMap, layer: str, level: str
) -> None:
    written = records(library, layer, level)
    pieces = list(basemap.pieces(layer, level, EVERYWHERE))
    assert [(p.box_m, p.feature, p.rank) for p in pieces] == [(b, f, r) for b, _, f, r in written]
    for piece, (_, vertices, _, _) in zip(pieces, written, strict=True):
        assert vertices_of(piece.path) == vertices


@pytest.mark.parametrize("layer", LAYERS)
def test_boxes_hold_their_paths_and_features_have_attributes(basemap: BaseMap, layer: str) -> None:
    rows = basemap.attributes(layer)
    for piece in basemap.pieces(layer, "l1", EVERYWHERE):
        x0, y0, x1, y1 = piece.box_m
        box = QRectF(x0, y0, x1 - x0, y1 - y0)
        assert box.united(piece.path.controlPointRect()) == box
        assert piece.feature < len(rows)


@settings(deadline=None)
@given(box=boxes)
def test_only_and_all_paths_that_meet_the_view_are_handed_out(basemap: BaseMap, box: BoxM) -> None:
    everything = list(basemap.pieces("borders", "l1", EVERYWHERE))
    expected = [piece for piece in everything if overlap(piece.box_m, box)]
    assert list(basemap.pieces("borders", "l1", box)) == expected


@pytest.mark.parametrize(
    ("layer", "most"), [("coast", 64), ("rivers", 64), ("provinces", 256), ("borders", 256)]
)
def test_no_line_is_too_long_to_stroke_at_once(basemap: BaseMap, layer: str, most: int) -> None:
    """Stroking is superlinear in a path's length; dashes may run on longer."""
    for level in LEVELS:
        pieces = basemap.pieces(layer, level, EVERYWHERE)
        assert max(piece.path.elementCount() for piece in pieces) <= most, level


def test_a_layer_is_read_once(library: Library) -> None:
    asked: list[str] = []

    class Counting:
        def blob(self, name: str) -> memoryview:
            asked.append(name)
            return library.pack.blob(name)

        def json(self, name: str) -> object:
            asked.append(name)
            return library.pack.json(name)

        def names(self) -> object:
            return library.pack.names()

    basemap = BaseMap(Counting())
    assert asked == ["meta.json"]
    for _ in range(3):
        list(basemap.pieces("borders", "l0", EVERYWHERE))
        basemap.attributes("borders")
    assert sorted(asked) == [
        "base/borders.json", "base/borders/l0.index", "base/borders/l0.paths", "meta.json",
    ]  # fmt: skip


def test_the_region_covers_what_lies_inside_it(basemap: BaseMap) -> None:
    x_m, y_m = ATLAS_PROJECTION.forward(104.9, 11.56)
    assert basemap.covers((x_m - 1e5, y_m - 1e5, x_m + 1e5, y_m + 1e5))
    assert not basemap.covers((x_m - 9e6, y_m - 1e5, x_m + 1e5, y_m + 1e5))


def test_flat_ground_is_left_clear_and_slopes_take_their_ink(basemap: BaseMap) -> None:
    dark, light = QColor("#5a4733"), QColor("#fffdf6")
    shade = basemap.shade("relief/shade_small.grey", dark, light, 150)
    assert basemap.shade("relief/shade_small.grey", dark, light, 150) is shade
    x_min, y_min, x_max, y_max = basemap.relief_box_m

    def pixel(lon_deg: float, lat_deg: float) -> QColor:
        x_m, y_m = ATLAS_PROJECTION.forward(lon_deg, lat_deg)
        return shade.pixelColor(
            int((x_m - x_min) / (x_max - x_min) * shade.width()),
            int((y_max - y_m) / (y_max - y_min) * shade.height()),
        )

    assert pixel(110.0, 12.0).alpha() == 0
    himalaya = [pixel(94.0 + i / 10, 29.0).alpha() for i in range(40)]
    assert max(himalaya) > 60


def test_a_paced_map_pauses_at_every_piece_and_reads_nothing_twice(library: Library) -> None:
    paused: list[None] = []
    whole = BaseMap(library.pack)
    paced = whole.paced(lambda: paused.append(None))
    pieces = list(paced.pieces("atoms", "l3", EVERYWHERE))
    assert len(paused) == len(pieces) > 10
    assert [id(p) for p in whole.pieces("atoms", "l3", EVERYWHERE)] == [id(p) for p in pieces]
    assert len(paused) == len(pieces)
    other = ALL[1]
    assert paced.seen_in(other) is paced.seen_in(other)
    assert paced.seen_in(other).projection == other
    list(paced.seen_in(other).pieces("atoms", "l3", EVERYWHERE))
    assert len(paused) > len(pieces)
