"""The built pack as other programs see it: every feature, its days, its place, its sources."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pyogrio
import pytest
import shapely

from geodata.evidence import LAYERS, SOURCES_FOLDER, read_features
from geodata.exporters.formats import ENDINGS, WRITERS
from geodata.exporters.from_pack import records_from_pack
from geodata.exporters.kml import NAMESPACE
from geodata.exporters.records import Collection
from geodata.exporters.shapes import geometry_of, shape_of, signed_area
from geodata.pack import Pack

KML = f"{{{NAMESPACE}}}"
METRE_DEG = 2e-5


@pytest.fixture(scope="module")
def collection(built_pack: Pack) -> Collection:
    titles = (("dk_zones", "Zones & sectors"),)
    return Collection(records_from_pack(built_pack), "2026-11-22", titles)


@pytest.fixture(scope="module")
def written(collection: Collection, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("exports")
    paths = {name: folder / f"{name}{ending}" for ending, name in reversed(ENDINGS.items())}
    paths["linked-places"] = folder / "linked-places.json"
    for name, write in WRITERS.items():
        paths[name].write_bytes(write(collection))
    return paths


def features(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text(encoding="utf-8"))["features"])


def test_every_feature_of_the_pack_is_a_record(built_pack: Pack, collection: Collection) -> None:
    rows, cards = built_pack.json("features.json"), built_pack.json("cards.json")
    assert [record.id for record in collection.records] == [row["id"] for row in rows]
    for record, row in zip(collection.records, rows, strict=True):
        card = cards[row["id"]]
        assert [s.citation for s in record.sources] == [s["citation"] for s in card["sources"]]
        assert [
            [s.span.earliest_start_day, s.span.latest_start_day,
             s.span.earliest_end_day, s.span.latest_end_day] for s in record.stretches
        ] == row["spans"]  # fmt: skip
        first, last = record.stretches[0].start, record.stretches[-1].end
        if card["start"] != card["end"]:
            assert (first, last) == (card["start"], card["end"])


def test_places_are_those_of_the_sources(collection: Collection) -> None:
    records = {record.id: record for record in collection.records}
    for layer in LAYERS:
        for feature in read_features(SOURCES_FOLDER, layer):
            ours = shapely.geometry.shape(geometry_of(records[feature["id"]].shape))
            theirs = shapely.geometry.shape(feature["geometry"])
            assert ours.hausdorff_distance(theirs) < METRE_DEG, feature["id"]


def test_geojson_has_lon_before_lat_and_rings_by_the_right_hand(
    written: dict[str, Path],
) -> None:
    holes = 0
    for feature in features(written["geojson"]):
        shape = shape_of(feature["geometry"])
        geometry = shapely.geometry.shape(feature["geometry"])
        assert geometry.is_valid, feature["id"]
        if feature["properties"]["layer"] == "dk_zones":
            west, south, east, north = geometry.bounds
            assert 102 < west < east < 108
            assert 9 < south < north < 15
        if shape.kind == "polygons":
            for outer, *inner in shape.parts:
                holes += len(inner)
                assert signed_area(outer) > 0
                assert all(signed_area(ring) < 0 for ring in inner)
    assert holes > 0


def test_geojson_tells_dates_doubts_and_sources(written: dict[str, Path]) -> None:
    office = next(f for f in features(written["geojson"]) if f["id"] == "office-100-ta-not")
    told = office["properties"]
    assert (told["start"], told["end"]) == ("1963~", "1967-11~")
    assert told["earliest_day"] < "1963-01-01" < told["timespans"][0]["latest_start"]
    assert told["latest_day"] > "1967-11-30"
    assert told["precision_km"] == 25
    assert "Tây Ninh" in told["disputes"]
    assert told["sources"][0]["citation"].startswith("Philip Short")
    assert office["geometry"] == {"type": "Point", "coordinates": [106.12, 11.66]}


def test_linked_places_has_what_the_format_asks(
    written: dict[str, Path], collection: Collection
) -> None:
    whole = json.loads(written["linked-places"].read_text(encoding="utf-8"))
    assert whole["@context"].endswith("linkedplaces-context-v1.1.jsonld")
    certainties = {"certain", "less-certain", "uncertain"}
    assert len({f["@id"] for f in whole["features"]}) == len(collection.records)
    for feature in whole["features"]:
        assert feature["properties"]["title"] == feature["names"][0]["toponym"]
        assert set(feature["properties"]["fclasses"]) <= set("AHLPRST")
        assert all(code.isupper() and len(code) == 2 for code in feature["properties"]["ccodes"])
        assert feature["names"][0]["citations"][0]["label"]
        assert feature["types"][0]["identifier"].startswith("aat:")
        assert feature["types"][0]["sourceLabels"][0]["label"] == feature["properties"]["kind"]
        (geometry,) = feature["geometry"]["geometries"]
        assert geometry["certainty"] in certainties
        assert feature["when"]["certainty"] in certainties
        assert all(link["identifier"].startswith("http") for link in feature["links"])


def test_linked_places_bounds_are_the_days_of_the_pack(written: dict[str, Path]) -> None:
    for feature in features(written["linked-places"]):
        timespans = feature["properties"]["timespans"]
        assert len(feature["when"]["timespans"]) == len(timespans)
        for told, span in zip(feature["when"]["timespans"], timespans, strict=True):
            if span["earliest_start"]:
                both = {"earliest": span["earliest_start"], "latest": span["latest_start"]}
                assert told["start"] == both
            if span["latest_end"]:
                assert told["end"] == {
                    "earliest": span["earliest_end"],
                    "latest": span["latest_end"],
                }


def test_what_nobody_located_is_uncertain(written: dict[str, Path]) -> None:
    areas = [
        feature
        for feature in features(written["linked-places"])
        if feature["properties"]["draw_as"] in ("area-hatch", "area-hatch-only")
    ]
    assert areas
    assert {f["geometry"]["geometries"][0]["certainty"] for f in areas} == {"uncertain"}


def test_geopackage_has_date_fields_and_every_stretch(
    written: dict[str, Path], collection: Collection
) -> None:
    layers = {str(name): kind for name, kind in pyogrio.list_layers(written["gpkg"])}
    assert layers == {
        "points": "Point", "lines": "MultiLineString", "areas": "MultiPolygon", "about": None,
    }  # fmt: skip
    found: set[str] = set()
    rows = 0
    for layer in ("points", "lines", "areas"):
        info = pyogrio.read_info(written["gpkg"], layer=layer)
        kinds = dict(zip(info["fields"], info["dtypes"], strict=True))
        assert kinds["start_date"] == kinds["end_date"] == "datetime64[D]"
        assert info["crs"] == "EPSG:4326"
        meta, _, geometry, columns = pyogrio.raw.read(written["gpkg"], layer=layer)
        table = dict(zip(meta["fields"], columns, strict=True))
        found |= set(table["id"])
        rows += len(geometry)
        known = ~(np.isnat(table["start_date"]) | np.isnat(table["end_date"]))
        assert (table["start_date"][known] <= table["end_date"][known]).all()
        assert shapely.is_valid(shapely.from_wkb(geometry)).all()
    assert found == {record.id for record in collection.records}
    assert rows == sum(len(record.stretches) for record in collection.records)


def test_geopackage_days_are_the_possible_ones(written: dict[str, Path]) -> None:
    where = "start_edtf = '1979-01-07'"
    meta, _, _, columns = pyogrio.raw.read(written["gpkg"], layer="points", where=where)
    table = dict(zip(meta["fields"], columns, strict=True))
    assert len(table["start_date"]) > 0
    assert set(table["start_date"].tolist()) == {date(1979, 1, 7)}


def test_csv_has_a_row_a_feature_that_spreadsheets_take_for_utf8(
    written: dict[str, Path], collection: Collection
) -> None:
    data = written["csv"].read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == [record.id for record in collection.records]
    for row in rows:
        point = shapely.Point(float(row["lon"]), float(row["lat"]))
        assert shapely.from_wkt(row["wkt"]).distance(point) < METRE_DEG
        assert "MIT licence" in row["rights"]


@pytest.mark.parametrize("driver", ["LIBKML", "KML"])
def test_kml_opens_with_every_feature(
    written: dict[str, Path], collection: Collection, driver: str
) -> None:
    if driver not in pyogrio.list_drivers():
        pytest.skip(f"this GDAL has no {driver} driver")
    path = written["kml"]
    layers = [str(name) for name, _ in pyogrio.list_layers(path)]
    assert "Zones & sectors" in layers
    found: set[str] = set()
    count = 0
    for layer in layers:
        meta, _, geometry, columns = pyogrio.raw.read(path, layer=layer)
        count += len(geometry)
        assert not shapely.is_missing(shapely.from_wkb(geometry)).any()
        table = dict(zip(meta["fields"], columns, strict=True))
        found |= set(table.get("feature_id", ()))
    assert count == sum(len(record.stretches) for record in collection.records)
    assert found == {record.id for record in collection.records}


def test_kml_keeps_the_precision_of_the_source(
    written: dict[str, Path], collection: Collection
) -> None:
    root = ElementTree.fromstring(written["kml"].read_bytes())
    office = next(
        placemark
        for placemark in root.iter(f"{KML}Placemark")
        if (name := placemark.find(f"{KML}name")) is not None
        and (name.text or "").startswith("Office 100 at Ta Not")
    )
    assert office.findtext(f"{KML}TimeSpan/{KML}begin") == "1963"
    assert office.findtext(f"{KML}TimeSpan/{KML}end") == "1967-11"
    order = [child.tag.removeprefix(KML) for child in office]
    assert order == ["name", "description", "TimeSpan", "styleUrl", "ExtendedData", "Point"]
    hidden = sum(visible.text == "0" for visible in root.iter(f"{KML}visibility"))
    assert hidden == sum(len(r.stretches) for r in collection.records if not r.default_visible)


@pytest.mark.parametrize("name", ["geojson", "linked-places", "csv", "kml"])
def test_every_text_format_names_version_credits_and_licence(
    written: dict[str, Path], name: str
) -> None:
    text = written[name].read_text(encoding="utf-8")
    for said in ("data version 2026-11-22", "MIT licence", "GeoNames", "CC BY 4.0"):
        assert said in text


def test_the_geopackage_names_them_in_a_table(
    written: dict[str, Path], collection: Collection
) -> None:
    _, _, _, (keys, values) = pyogrio.raw.read(written["gpkg"], layer="about")
    told = list(zip(keys, values, strict=True))
    assert told[0] == ("title", "The Indochina Atlas")
    assert [value for key, value in told if key == "rights"] == list(collection.rights)


def test_a_geopackage_is_of_the_day_of_its_data(collection: Collection, tmp_path: Path) -> None:
    """Seconds apart, GDAL stamps two files otherwise."""
    path = tmp_path / "a.gpkg"
    path.write_bytes(WRITERS["gpkg"](collection))
    with closing(sqlite3.connect(path)) as opened:
        stamps = opened.execute("SELECT DISTINCT last_change FROM gpkg_contents").fetchall()
    assert stamps == [("2026-11-22T00:00:00.000Z",)]


@pytest.mark.parametrize("name", ["geojson", "linked-places", "csv", "kml", "kmz", "gpkg"])
def test_the_same_records_make_the_same_bytes(collection: Collection, name: str) -> None:
    assert WRITERS[name](collection) == WRITERS[name](collection)


def test_text_formats_load_nothing_heavy(project_root: Path) -> None:
    heavy = "{'numpy', 'pandas', 'geopandas', 'shapely', 'pyproj', 'pyogrio', 'PySide6'}"
    modules = "geodata.exporters.formats, geodata.exporters.reading, atlas.app.data_export"
    code = f"import sys, {modules}; sys.exit(', '.join({heavy} & set(sys.modules)) or 0)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=project_root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
