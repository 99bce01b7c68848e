from __future__ import annotations

import gc
import weakref

from atlas.app.library import Library
from atlas.core.projections import ALL
from atlas.render.basemap import BaseMap
from atlas.render.kept_paths import BoxM, KeptTables, Table

EVERYWHERE: BoxM = (-1e8, -1e8, 1e8, 1e8)


def table(library: Library, layer: str, kept: KeptTables) -> Table:
    blob = library.pack.blob

    def made() -> Table:
        return Table(blob(f"base/{layer}/l0.index"), blob(f"base/{layer}/l0.paths"))

    return kept.table(("map", layer), made)


def size(library: Library, layer: str) -> int:
    """All bytes of a layer's paths: nothing lies between two of them."""
    return len(library.pack.blob(f"base/{layer}/l0.paths"))


def test_only_what_is_seen_is_read(library: Library) -> None:
    kept = KeptTables()
    land = table(library, "land", kept)
    assert kept.read_bytes == 0
    seen = next(land.in_box(EVERYWHERE, kept))
    assert 0 < kept.read_bytes < size(library, "land")
    assert next(land.in_box(EVERYWHERE, kept)) is seen
    list(land.in_box(EVERYWHERE, kept))
    assert kept.read_bytes == land.read_bytes == size(library, "land")


def test_past_the_budget_the_layer_unused_for_longest_goes(library: Library) -> None:
    layers = ("borders", "lakes", "rivers")
    kept = KeptTables(sum(size(library, layer) for layer in layers) - 1)
    borders, lakes = (table(library, layer, kept) for layer in layers[:2])
    for one in (borders, lakes, table(library, "borders", kept)):
        list(one.in_box(EVERYWHERE, kept))
    rivers = table(library, "rivers", kept)
    list(rivers.in_box(EVERYWHERE, kept))
    assert table(library, "borders", kept) is borders
    assert table(library, "rivers", kept) is rivers
    assert table(library, "lakes", kept) is not lakes
    assert kept.read_bytes == size(library, "borders") + size(library, "rivers")


def test_a_layer_larger_than_the_budget_is_whole_all_the_same(library: Library) -> None:
    kept = KeptTables(1)
    land = table(library, "land", kept)
    first = list(land.in_box(EVERYWHERE, kept))
    assert list(land.in_box(EVERYWHERE, kept)) == first


def test_a_table_that_went_reads_on_and_is_not_counted(library: Library) -> None:
    kept = KeptTables()
    land = table(library, "land", kept)
    pieces = land.in_box(EVERYWHERE, kept)
    next(pieces)
    kept.forget("map")
    assert kept.read_bytes == 0
    assert len(list(pieces)) > 10
    assert kept.read_bytes == 0


def test_beside_its_own_one_projection_is_kept(library: Library) -> None:
    basemap = BaseMap(library.pack)
    own, *others = ALL
    for other in (*others, own):
        seen = basemap.seen_in(other)
        assert list(seen.pieces("borders", "l0", EVERYWHERE))
        assert basemap.seen_in(other) is seen
    last = basemap.seen_in(others[-1])
    assert basemap.seen_in(own) is basemap
    assert basemap.seen_in(others[0]) is not last
    assert basemap.seen_in(others[-1]) is not last


def test_of_the_atlas_too(library: Library) -> None:
    atlas = library.atlas
    own, first, second = ALL[:3]
    moved = atlas.seen_in(first)
    assert atlas.seen_in(first) is moved
    assert atlas.seen_in(own) is atlas
    assert atlas.seen_in(second) is not moved
    assert atlas.seen_in(first) is not moved


def test_a_map_nobody_holds_is_gone_at_once(library: Library) -> None:
    """An export's map is tens of megabytes; a look for garbage may be minutes away."""
    basemap = BaseMap(library.pack)
    for one in (basemap, basemap.paced(lambda: None), basemap.seen_in(ALL[1])):
        list(one.pieces("borders", "l0", EVERYWHERE))
    gone = [weakref.ref(basemap), weakref.ref(basemap._kept)]
    gc.disable()
    try:
        del basemap, one
        assert [ref() for ref in gone] == [None, None]
    finally:
        gc.enable()
