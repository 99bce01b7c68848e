"""A pack's base map moved into another projection: paths, boxes, edge and relief."""

from __future__ import annotations

import struct
import weakref
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from atlas.core.projection import ATLAS_PROJECTION, Projection
from atlas.core.projections import ALL
from atlas.core.viewport import MIN_M_PER_PX, region_m
from geodata.pack import Pack, PackError
from geodata.reproject import ReprojectedPack, warped

RECORD = struct.Struct("<4f4I")
each = pytest.mark.parametrize("projection", ALL[1:], ids=lambda p: p.key)


@pytest.fixture(scope="module")
def pack(pack_path: Path) -> Iterator[Pack]:
    with Pack.open(pack_path) as opened:
        yield opened


def vertices(stream: memoryview) -> list[list[tuple[int, float, float]]]:
    """Every path read element by element, as Qt would."""
    paths, at = [], 0
    while at < len(stream):
        (count,) = struct.unpack_from(">i", stream, at)
        paths.append(list(struct.iter_unpack(">idd", stream[at + 4 : at + 4 + 20 * count])))
        at += 12 + 20 * count
    return paths


@each
@pytest.mark.parametrize("layer", ["land", "borders", "lakes"])
def test_every_vertex_is_moved_and_nothing_else(
    pack: Pack, projection: Projection, layer: str
) -> None:
    seen = pack.seen_in(projection)
    before, after = (vertices(p.blob(f"base/{layer}/l0.paths")) for p in (pack, seen))
    assert [len(path) for path in after] == [len(path) for path in before]
    for old, new in zip(before[::7], after[::7], strict=True):
        for (kind, x, y), (new_kind, new_x, new_y) in zip(old[::5], new[::5], strict=True):
            assert new_kind == kind
            there = projection.forward(*ATLAS_PROJECTION.inverse(x, y))
            assert (new_x, new_y) == pytest.approx(there, abs=0.01)


@each
def test_every_box_holds_its_path(pack: Pack, projection: Projection) -> None:
    seen = pack.seen_in(projection)
    paths = vertices(seen.blob("base/coast/l0.paths"))
    old = list(RECORD.iter_unpack(pack.blob("base/coast/l0.index")))
    new = list(RECORD.iter_unpack(seen.blob("base/coast/l0.index")))
    assert [row[4:] for row in new] == [row[4:] for row in old]
    for (x0, y0, x1, y1, *_), path in zip(new, paths, strict=True):
        xs, ys = [x for _, x, _ in path], [y for _, _, y in path]
        assert x0 <= min(xs) < x0 + 9
        assert y0 <= min(ys) < y0 + 9
        assert max(xs) <= x1 < max(xs) + 9
        assert max(ys) <= y1 < max(ys) + 9


def test_the_pack_itself_stays_as_it_was(pack: Pack) -> None:
    before = bytes(pack.blob("base/land/l0.paths")), bytes(pack.blob("base/land/l0.index"))
    seen = pack.seen_in(ALL[1])
    assert bytes(seen.blob("base/land/l0.paths")) != before[0]
    assert seen.blob("base/land/l0.paths") is seen.blob("base/land/l0.paths")
    after = bytes(pack.blob("base/land/l0.paths")), bytes(pack.blob("base/land/l0.index"))
    assert after == before


def test_who_asks_for_the_same_projection_shares_what_is_moved(pack: Pack) -> None:
    one = pack.seen_in(ALL[1])
    assert pack.seen_in(ALL[1]) is one
    assert pack.seen_in(ALL[2]) is not one


def test_moved_paths_nobody_holds_any_more_go(pack: Pack) -> None:
    seen = pack.seen_in(ALL[3])
    land = weakref.ref(seen.blob("base/land/l0.paths"))
    held = seen.blob("base/lakes/l0.paths")
    seen.blob("base/borders/l0.index")
    assert land() is None
    assert seen.blob("base/lakes/l0.paths") is held


def test_what_has_no_place_is_handed_on(pack: Pack) -> None:
    seen = pack.seen_in(ALL[2])
    assert seen.names() == pack.names()
    assert seen.json("base/atoms.json") == pack.json("base/atoms.json")
    assert bytes(seen.blob("cards.json")) == bytes(pack.blob("cards.json"))
    with pytest.raises(PackError):
        seen.blob("base/nothing/l0.paths")


@each
@pytest.mark.parametrize("layer", ["borders", "coast", "rivers", "provinces"])
def test_no_straight_piece_in_indochina_bends_by_a_pixel(
    pack: Pack, projection: Projection, layer: str
) -> None:
    """Vertices alone are moved: between them lines stay straight, even at the closest scale."""
    assert 0 < max(bend_m(projection, *piece) for piece in long_pieces(pack, layer)) < MIN_M_PER_PX


@cache
def long_pieces(pack: Pack, layer: str) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight pieces of a layer's finest level that might bend: Indochina's longest."""
    return [
        ((x0, y0), (x1, y1))
        for path in vertices(pack.blob(f"base/{layer}/l3.paths"))
        for (_, x0, y0), (kind, x1, y1) in pairwise(path)
        if kind == 1 and -2e6 < y0 < 0 and -8e5 < x0 < 6e5
        if abs(x1 - x0) + abs(y1 - y0) > 15_000
    ]


def bend_m(projection: Projection, one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far a straight line's middle is from where it would lie, in map metres."""
    ends = [projection.forward(*ATLAS_PROJECTION.inverse(*point)) for point in (one, other)]
    middle = tuple((a + b) / 2 for a, b in zip(one, other, strict=True))
    there = projection.forward(*ATLAS_PROJECTION.inverse(*middle))
    return float(np.hypot(*(np.mean(ends, axis=0) - there)))


@each
def test_the_region_s_edge_follows(pack: Pack, projection: Projection) -> None:
    meta = pack.seen_in(projection).json("meta.json")
    ring = np.array(meta["region_ring_m"])
    assert (*ring.min(axis=0), *ring.max(axis=0)) == pytest.approx(region_m(projection), abs=600)
    x0, _, _, y1 = meta["relief_extent_m"]
    assert x0 <= ring[:, 0].min() < x0 + 6500
    assert y1 - 6500 < ring[:, 1].max() <= y1
    assert meta["levels"] == pack.json("meta.json")["levels"]


@each
@pytest.mark.parametrize("name", ["relief/shade.grey", "relief/shade_small.grey"])
def test_the_relief_is_the_same_at_the_same_degrees(
    pack: Pack, projection: Projection, name: str
) -> None:
    seen = pack.seen_in(projection)
    chance = np.random.default_rng(7)
    lons, lats = chance.uniform(76, 130, 400), chance.uniform(2, 50, 400)
    own = [grey_at(pack, ATLAS_PROJECTION, name, *p) for p in zip(lons, lats, strict=True)]

    def likeness(shift_deg: float) -> float:
        places = zip(lons, lats + shift_deg, strict=True)
        moved = [grey_at(seen, projection, name, *place) for place in places]
        return float(np.corrcoef(own, moved)[0, 1])

    assert likeness(0.0) > 0.8
    assert likeness(0.0) > likeness(0.08) + 0.1
    assert likeness(0.0) > likeness(-0.08) + 0.1


def grey_at(
    pack: Pack | ReprojectedPack, projection: Projection, name: str, lon: float, lat: float
) -> int:
    x0, y0, x1, y1 = pack.json("meta.json")["relief_extent_m"]
    blob = pack.blob(name)
    width, height = struct.unpack_from("<II", blob)
    x, y = projection.forward(lon, lat)
    column, row = int((x - x0) / (x1 - x0) * width), int((y1 - y) / (y1 - y0) * height)
    return int(blob[8 + row * width + column])


def test_a_picture_warped_onto_itself_is_itself_and_flat_around() -> None:
    grey = np.arange(30 * 20, dtype=np.uint8).reshape(20, 30) % 100
    blob = memoryview(struct.pack("<II", 30, 20) + grey.tobytes())
    old, wider = [0.0, 0.0, 300.0, 200.0], [-50.0, -40.0, 350.0, 240.0]
    made = warped(blob, old, wider, lambda x, y: (x, y))
    assert struct.unpack_from("<II", made) == (40, 28)
    picture = np.frombuffer(made, np.uint8, offset=8).reshape(28, 40)
    assert (picture[4:24, 5:35] == grey).all()
    picture = picture.copy()
    picture[4:24, 5:35] = 128
    assert (picture == 128).all()
