"""Files of dated points: what is read, what is left out and told, what is refused with a remedy."""

from __future__ import annotations

import json
import sqlite3
import struct
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.core.day import day_from_ymd
from geodata.own import limits
from geodata.own.limits import OverlayError, Unasked
from geodata.own.points import DatedPoints
from geodata.own.read import read_own
from tests.geodata.own.own_rows import LAYER, asked

GOOD = (
    "name,lon,lat,start,end\nSite 8,102.5,14.3,1980,1986-12\nKhao I Dang,102.7,13.9,1979-11-21,\n"
)
DAY = day_from_ymd(1982, 6, 22)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path: Path) -> DatedPoints:
    return read_own(path, LAYER)


def names(points: DatedPoints) -> list[str]:
    cells = points.cells(asked(DAY, m_per_px=150.0, lonlat=(102.6, 14.1)))
    found = (points.feature(cell.id, asked(DAY).camera.projection) for cell in cells)
    return sorted(one.name for one in found if one is not None)


def feature(lon: object, lat: object, **properties: object) -> dict[str, object]:
    geometry = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def collection(*features: object, **more: object) -> str:
    return json.dumps({"type": "FeatureCollection", **more, "features": list(features)})


def gpkg(path: Path, rows: list[tuple[object, ...]], srs: int = 4326) -> Path:
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(
            "CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name,"
            " srs_id, z, m)"
        )
        base.execute("CREATE TABLE camps (fid INTEGER PRIMARY KEY, geom, name, date)")
        base.execute(
            "INSERT INTO gpkg_geometry_columns VALUES ('camps', 'geom', 'POINT', ?, 0, 0)", (srs,)
        )
        base.executemany("INSERT INTO camps (geom, name, date) VALUES (?, ?, ?)", rows)
    return path


def blob(lon: float, lat: float) -> bytes:
    return b"GP\x00\x01" + struct.pack("<i", 4326) + struct.pack("<BIdd", 1, 1, lon, lat)


@pytest.mark.parametrize("divider", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_csv_of_any_divider_is_read(tmp_path: Path, divider: str, mark: str) -> None:
    points = read(written(tmp_path, "camps.csv", mark + GOOD.replace(",", divider)))
    assert len(points) == 2
    assert names(points) == ["Khao I Dang", "Site 8"]
    assert points.title == "camps.csv"
    assert points.remarks == ()


def test_geojson_is_read_with_plain_dates_and_with_linked_places_times(tmp_path: Path) -> None:
    spans = [{"start": {"in": "1980"}, "end": {"in": "1981"}}, {"start": {"earliest": "1984"}}]
    text = collection(
        feature(102.5, 14.3, title="Site 8", start="1980", end="1986", source="A report, p. 3"),
        feature(102.7, 13.9, name="Khao I Dang", date="1982-06-22"),
        feature(102.9, 14.0, name="Twice") | {"when": {"timespans": spans}},
        name="camps",
    )
    points = read(written(tmp_path, "camps.geojson", text))
    assert len(points) == 4
    assert names(points) == ["Khao I Dang", "Site 8"]
    assert points.card(f"{LAYER}#0")["sources"] == [{"citation": "A report, p. 3", "seen": True}]
    alone = json.dumps(feature(102.5, 14.3, name="Alone", date="1982-06-22"))
    assert len(read(written(tmp_path, "one.json", alone))) == 1


def test_geopackage_is_read(tmp_path: Path) -> None:
    rows = [(blob(102.5, 14.3), "Site 8", "1982-06-22"), (b"no point", "Lost", "1982")]
    points = read(gpkg(tmp_path / "camps.gpkg", rows))
    assert names(points) == ["Site 8"]
    assert points.left_out == 1
    assert "row 2" in points.remarks[0]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Swapped,14.3,102.5,1980,1981", "swap them"),
        ("Nowhere,nan,14,1980,1981", "finite"),
        ("Endless,inf,14,1980,1981", "finite"),
        ("Far,2.35,48.86,1980,1981", "outside the mapped region"),
        ("Metres,640000,1580000,1980,1981", "WGS84"),
        ("Words,here,there,1980,1981", "two numbers"),
        ("Short,102.5", "two numbers"),
        ("No date,102.5,14.3,,", "no date"),
        ("No day,102.5,14.3,1980-02-30,", "no day 30"),
        ("Backwards,102.5,14.3,1986,1980", "before the start"),
        ("Year,102.5,14.3,99999,", "not a date"),
        ("Month,102.5,14.3,12/1979,", "one “/”"),
    ],
)
def test_a_bad_row_is_left_out_and_told_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    points = read(written(tmp_path, "camps.csv", f"{GOOD}{line}\n"))
    assert len(points) == 2
    assert points.left_out == 1
    assert "camps.csv: line 4" in points.remarks[0]
    if "Month" not in line:
        assert said in points.remarks[0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "", "columns in its first line"),
        ("a.csv", "name,lat\nx,1\n", "columns in its first line"),
        ("a.csv", "a,b,c,d\n1,2,3,4\n", "no column for lon"),
        ("a.csv", "name,lon,lat\nx,102,14\n", "no column of dates"),
        ("a.csv", "name,lon,lat,date\n", "holds no point"),
        ("a.csv", "name,lon,lat,date\nx,14,102,1980\n", "line 2"),
        ("a.csv", b"name,lon,lat,date\nCaf\xe9,102,14,1980\n", "line 2 is something else"),
        ("a.csv", GOOD + '"' + "x" * 200_000, "unclosed quote"),
        ("a.geojson", "{}", "no list of features"),
        ("a.geojson", "[1, 2]", "does not begin"),
        ("a.geojson", '{"features": [1, 2', "line 1"),
        ("a.geojson", '{"type": "FeatureCollection",\n"features": [{"type": tru', "line 2"),
        ("a.geojson", '{"features": [' + "[" * 200_000, "nested too deeply"),
        ("a.geojson", collection({"type": "Feature", "geometry": None}), "not a point"),
        ("a.geojson", '{"features": [' + "9" * 5_000 + "]}", "too long"),
        ("a.geojson", collection(feature(10**400, 14, date="1980")), "two numbers"),
        ("a.geojson", b"\xff\xfe\x00", "not UTF-8"),
        ("a.gpkg", "no database", "no GeoPackage"),
        ("a.txt", GOOD, "choose a .geojson, .csv or .gpkg file"),
    ],
)  # fmt: skip
def test_a_file_that_gives_nothing_is_refused_with_a_remedy(
    tmp_path: Path, name: str, content: str | bytes, said: str
) -> None:
    with pytest.raises(OverlayError) as refused:
        read(written(tmp_path, name, content))
    assert str(refused.value).startswith(name)
    assert said in str(refused.value)
    assert refused.value.problem.hint


def test_a_geopackage_of_another_projection_or_with_a_view_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OverlayError, match="EPSG:32648"):
        read(gpkg(tmp_path / "utm.gpkg", [(blob(1, 2), "x", "1980")], srs=32648))
    path = gpkg(tmp_path / "view.gpkg", [])
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("DROP TABLE camps")
        base.execute("CREATE VIEW camps AS SELECT 1 AS geom, 'x' AS name, '1980' AS date")
    with pytest.raises(OverlayError, match="no table of points"):
        read(path)


def test_missing_files_folders_and_large_files_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OverlayError, match="does not exist"):
        read(tmp_path / "gone.csv")
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    with pytest.raises(OverlayError, match="is no file"):
        read(folder)
    monkeypatch.setattr(limits, "MAX_BYTES", 10)
    with pytest.raises(OverlayError, match="the most is"):
        read(written(tmp_path, "large.csv", GOOD))


def test_too_many_rows_are_refused_and_many_faults_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = "".join(f"Bad {n},0,0,1980,\n" for n in range(200))
    points = read(written(tmp_path, "bad.csv", GOOD + bad))
    assert points.left_out == 200
    assert len(points.remarks) == limits.MAX_FAULTS + 1
    assert "150 more rows" in points.remarks[-1]
    monkeypatch.setattr("geodata.own.rows.MAX_ROWS", 1)
    with pytest.raises(OverlayError, match="line 3: holds more than"):
        read(written(tmp_path, "many.csv", GOOD))


def test_reading_is_given_up_when_nobody_wants_it(tmp_path: Path) -> None:
    many = GOOD + "Site,102.5,14.3,1980,1981\n" * limits.EVERY_ROWS
    with pytest.raises(Unasked):
        read_own(written(tmp_path, "many.csv", many), LAYER, lambda: True)


def test_names_lose_what_cannot_be_seen_and_are_cut(tmp_path: Path) -> None:
    hostile = "\u202ereversed\u200b\x07 name" + "x" * 5_000
    text = collection(feature(102.5, 14.3, name=hostile, date="1982-06-22"))
    (name,) = names(read(written(tmp_path, "a.geojson", text)))
    assert name.isprintable()
    assert name.startswith("reversed")
    assert len(name) == limits.MAX_NAME


values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(
    values, values, st.dictionaries(st.sampled_from(["name", "date", "start", "end", "x"]), values)
)
def test_no_values_upset_the_reader(tmp_path_factory, lon, lat, properties) -> None:
    folder = tmp_path_factory.mktemp("any")
    text = collection(feature(lon, lat, **properties), feature(102.5, 14.3, date="1980"))
    assert len(read(written(folder, "any.geojson", text))) >= 1


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60), st.sampled_from(["a.csv", "a.geojson", "a.gpkg"]))
def test_no_bytes_upset_the_reader(tmp_path_factory, junk: bytes, name: str) -> None:
    path = written(tmp_path_factory.mktemp("junk"), name, GOOD.encode() + junk)
    if name == "a.csv":
        with suppress(OverlayError):  # bytes that are no UTF-8
            assert len(read(path)) >= 2
    else:
        with pytest.raises(OverlayError):
            read(path)
