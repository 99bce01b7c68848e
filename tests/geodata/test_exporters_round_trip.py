"""What is written and read again is the same: made-up records, and all of the pack."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas.core.day import FAR_FUTURE_DAY, FAR_PAST_DAY
from atlas.core.when import Span
from geodata.exporters.formats import WRITERS
from geodata.exporters.from_pack import records_from_pack
from geodata.exporters.read_geopackage import read_geopackage
from geodata.exporters.reading import read_csv, read_geojson, read_linked_places
from geodata.exporters.records import Collection, Name, Record, Source, Stretch
from geodata.exporters.shapes import Line, Shape, polygons, signed_area
from geodata.pack import Pack

READERS: dict[str, tuple[str, Callable[[Path], tuple[Record, ...]]]] = {
    "geojson": ("a.geojson", read_geojson),
    "linked-places": ("a.json", read_linked_places),
    "csv": ("a.csv", read_csv),
    "gpkg": ("a.gpkg", read_geopackage),
}
YEAR_9999 = 3_652_059

texts = st.text(
    st.one_of(st.characters(exclude_categories=("Cs", "Cc")), st.sampled_from("\r\n\t\",;'\\")),
    max_size=12,
)
positions = st.tuples(
    st.integers(-18_000_000, 18_000_000).map(lambda n: n / 1e5),
    st.integers(-9_000_000, 9_000_000).map(lambda n: n / 1e5),
)


def closed(ring: list[tuple[float, float]]) -> Line:
    return (*ring, ring[0])


rings = (
    st.lists(positions, min_size=3, max_size=6)
    .map(closed)
    .filter(lambda ring: abs(signed_area(ring)) > 1e-6)
)
lines = st.lists(positions, min_size=2, max_size=5).map(lambda line: (tuple(line),))
shapes = st.one_of(
    positions.map(lambda p: Shape("point", (((p,),),))),
    st.lists(lines, min_size=1, max_size=3).map(lambda parts: Shape("lines", tuple(parts))),
    st.lists(st.lists(rings, min_size=1, max_size=2), min_size=1, max_size=2).map(polygons),
)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """A span with each end open or within the years a calendar file takes."""
    starts = sorted(draw(st.tuples(*[st.integers(1, YEAR_9999)] * 2)))
    ends = sorted(draw(st.tuples(*[st.integers(2, YEAR_9999)] * 2)))
    if draw(st.booleans()):
        starts = [FAR_PAST_DAY, FAR_PAST_DAY]
    if draw(st.booleans()):
        ends = [FAR_FUTURE_DAY, FAR_FUTURE_DAY]
    return Span(starts[0], starts[1], ends[0], ends[1])


stretches = st.builds(Stretch, texts, texts, spans(), texts)
sources = st.builds(
    Source,
    texts,
    texts,
    st.sampled_from([True, False, None]),
    texts,
    st.lists(texts, max_size=2).map(tuple),
    texts,
    texts,
    st.lists(texts, max_size=2).map(tuple),
)
records = st.builds(
    Record,
    id=texts.filter(bool),
    layer=texts,
    kind=texts,
    name=texts,
    shape=shapes,
    stretches=st.lists(stretches, min_size=1, max_size=3).map(tuple),
    actor=texts,
    other_names=st.lists(st.builds(Name, texts, texts), max_size=2).map(tuple),
    confidence=st.sampled_from(["high", "medium", "low", ""]),
    precision_km=st.none() | st.floats(0, 5000),
    location_basis=texts,
    country=texts,
    draw_as=texts,
    default_visible=st.booleans(),
    summary=texts,
    date_note=texts,
    disputes=texts,
    same_as=texts,
    sources=st.lists(sources, max_size=2).map(tuple),
)
collections = st.lists(records, min_size=1, max_size=4, unique_by=lambda r: r.id).map(tuple)


def by_id(found: tuple[Record, ...]) -> list[Record]:
    return sorted(found, key=lambda record: record.id)


def read_again(name: str, written: tuple[Record, ...], folder: Path) -> tuple[Record, ...]:
    file_name, read = READERS[name]
    path = folder / file_name
    path.write_bytes(WRITERS[name](Collection(written, "2026-11-22")))
    return read(path)


@pytest.mark.parametrize("name", ["geojson", "linked-places", "csv"])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(written=collections)
def test_text_formats_lose_nothing(name: str, tmp_path: Path, written: tuple[Record, ...]) -> None:
    assert read_again(name, written, tmp_path) == written


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(written=collections)
def test_the_geopackage_loses_nothing(tmp_path: Path, written: tuple[Record, ...]) -> None:
    assert by_id(read_again("gpkg", written, tmp_path)) == by_id(written)


@pytest.mark.parametrize("name", sorted(READERS))
def test_the_whole_pack_comes_back(built_pack: Pack, tmp_path: Path, name: str) -> None:
    written = records_from_pack(built_pack)
    assert len(written) > 300
    assert by_id(read_again(name, written, tmp_path)) == by_id(written)
