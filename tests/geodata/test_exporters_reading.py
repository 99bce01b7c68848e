"""Files that are no exports, or too much of one: each is refused in a line that says where."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from atlas.core.day import day_from_ymd
from atlas.core.when import Span, span_from_edtf
from geodata.exporters import reading
from geodata.exporters.delimited import write_csv
from geodata.exporters.geojson import write_geojson
from geodata.exporters.geopackage import write_geopackage
from geodata.exporters.linked_places import timespan_of, write_linked_places
from geodata.exporters.read_geopackage import read_geopackage
from geodata.exporters.reading import ReadingError, read_csv, read_geojson, read_linked_places
from geodata.exporters.records import Collection, ExportError, Record, Stretch
from geodata.exporters.shapes import Shape
from tests.records import replace

CAMP = Record(
    id="camp",
    layer="camps",
    kind="camp",
    name="Camp",
    shape=Shape("point", ((((106.12, 11.66),),),)),
    stretches=(Stretch("1967", "..", span_from_edtf("1967", "..")),),
    precision_km=5.0,
)
ONE = Collection((CAMP,), "2026-11-22")


def geojson_with(change: Callable[[dict[str, Any]], object]) -> bytes:
    whole = json.loads(write_geojson(ONE))
    change(whole["features"][0])
    return json.dumps(whole).encode()


def set_in(part: str, **values: Any) -> bytes:
    return geojson_with(lambda feature: feature[part].update(values))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is no JSON"),
        (b"\xff\xfe{}", "is not UTF-8 text"),
        (b"[" * 200_000, "is no JSON"),
        (b"[]", "is no feature collection"),
        (b'{"type": "FeatureCollection", "features": {}}', "features is not a list"),
        (b'{"type": "FeatureCollection", "features": [3]}', "feature 1: is no feature"),
        (set_in("properties", id=""), "feature 1: id is missing"),
        (set_in("properties", id=3), "feature 1: id is not a text"),
        (set_in("properties", timespans=[]), "timespans is empty"),
        (set_in("properties", timespans=["1979"]), "timespans is not a list of objects"),
        (set_in("properties", timespans=[{"latest_end": "1979-02-30"}]), "has no day 30"),
        (set_in("properties", timespans=[{"latest_end": "soon"}]), "“soon” is no date"),
        (set_in("properties", sources=[{}] * 1001), "sources has more than 1,000 entries"),
        (set_in("properties", sources=[{"seen": "yes"}]), "seen is not true, false or null"),
        (set_in("properties", sources=[{"other_urls": [1]}]), "other_urls is not a list"),
        (set_in("properties", precision_km="5"), "precision_km is not a number"),
        (set_in("properties", precision_km=10**400), "precision_km is too large a number"),
        (set_in("properties", precision_km=float("nan")), "NaN is no number"),
        (set_in("geometry", type="Circle"), "the geometry is no point, line or polygon"),
        (set_in("geometry", coordinates=[11.66, 106.12]), "no lon, lat on the Earth"),
        (set_in("geometry", coordinates=[10**400, 1]), "a position is too far away"),
        (set_in("geometry", coordinates=["1", "2"]), "a position is not two numbers"),
        (set_in("geometry", coordinates=7), "a position is not lon, lat"),
        (set_in("geometry", type="LineString", coordinates=[[1, 2]]), "fewer than 2"),
        (set_in("geometry", type="Polygon", coordinates=[]), "not nested as their type asks"),
        (
            set_in("geometry", type="Polygon", coordinates=[[[0, 0], [1, 0], [1, 1], [0, 1]]]),
            "a ring is not closed",
        ),
    ],
)
def test_what_is_no_geojson_export_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "a.geojson"
    path.write_bytes(data)
    with pytest.raises(ReadingError) as refused:
        read_geojson(path)
    assert says in str(refused.value)
    assert str(refused.value).startswith(f"{path}: ")


@pytest.mark.parametrize("read", [read_geojson, read_linked_places, read_csv, read_geopackage])
def test_a_file_that_is_missing_or_too_large_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    read: Callable[[Path], tuple[Record, ...]],
) -> None:
    path = tmp_path / "a"
    with pytest.raises(ReadingError, match="cannot be read: No such file"):
        read(path)
    path.write_bytes(b"x" * 1000)
    monkeypatch.setattr(reading, "MAX_BYTES", 999)
    with pytest.raises(ReadingError, match="is larger than"):
        read(path)


def test_too_many_features_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(write_csv(Collection((CAMP, replace(CAMP, id="two")))))
    assert len(read_csv(path)) == 2
    monkeypatch.setattr(reading, "MAX_RECORDS", 1)
    with pytest.raises(ReadingError, match="holds more than 1 features"):
        read_csv(path)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("POINT", "PINT", "the well-known text cannot be read"),
        ("POINT (106.12 11.66)", "POINT EMPTY", "a position is not lon, lat"),
        ("POINT (106.12 11.66)", "", "the well-known text cannot be read"),
        ("5.0", "near", "precision_km “near” is not a number"),
        ("[]", "[", "is no JSON"),
        ("camp,", "camp,camp,", "more or fewer cells"),
    ],
)
def test_a_spoiled_row_is_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(write_csv(ONE).decode("utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ReadingError) as refused:
        read_csv(path)
    assert "feature 1: " in str(refused.value)
    assert says in str(refused.value)


def test_a_linked_place_under_another_id_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    data = write_linked_places(ONE)
    path.write_bytes(data.replace(b"x-indochina-atlas:camp", b"x-indochina-atlas:tent"))
    with pytest.raises(ReadingError, match="@id is not that of the properties"):
        read_linked_places(path)
    path.write_bytes(write_geojson(ONE))
    with pytest.raises(ReadingError, match="feature 1"):
        read_linked_places(path)


def test_a_file_of_another_kind_is_no_geopackage(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    path.write_bytes(write_geojson(ONE))
    with pytest.raises(ReadingError, match="is no GeoPackage"):
        read_geopackage(path)
    path.write_bytes(write_geopackage(ONE)[:5000])
    with pytest.raises(ReadingError):
        read_geopackage(path)


def test_a_geopackage_takes_dates_of_a_calendar_only() -> None:
    ancient = day_from_ymd(-43, 3, 15)
    stretch = Stretch("-0043-03-15", "-0043-03-15", Span(ancient, ancient, ancient, ancient + 1))
    old = Collection((replace(CAMP, stretches=(stretch,)),))
    with pytest.raises(ExportError, match="camp: a GeoPackage takes dates of the years 1 to 9999"):
        write_geopackage(old)


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("1967", "..", {"start": {"earliest": "1967-01-01", "latest": "1967-12-31"},
                        "end": {"earliest": "1967-12-31"}}),
        ("..", "1967-11-02", {"start": {"latest": "1967-11-02"},
                              "end": {"earliest": "1967-11-02", "latest": "1967-11-02"}}),
        ("..", "..", {}),
    ],
)  # fmt: skip
def test_an_open_end_is_not_read_as_within_the_start(
    start: str, end: str, told: dict[str, Any]
) -> None:
    assert timespan_of(Stretch(start, end, span_from_edtf(start, end))) == told
