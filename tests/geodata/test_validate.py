from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geodata.evidence import SOURCES_FOLDER
from geodata.validate import validate_sources

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SOURCES_FOLDER, tmp_path / "sources"))


def edit(folder: Path, layer: str, change: Change) -> None:
    path = folder / f"{layer}.geojson"
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content["features"])
    path.write_text(json.dumps(content), encoding="utf-8")


def lines(folder: Path, panels: frozenset[str] | None = None) -> list[str]:
    return [problem.line() for problem in validate_sources(folder, panels)]


def test_the_evidence_itself_is_sound() -> None:
    assert lines(SOURCES_FOLDER) == []


def of(number: int, **fields: Any) -> Change:
    return lambda rows: rows[number]["properties"].update(fields)


def placed(coordinates: Any, kind: str = "Point") -> Change:
    return lambda rows: rows[0].update(geometry={"type": kind, "coordinates": coordinates})


def way(number: int, field: str, value: Any) -> Change:
    def change(rows: Any) -> None:
        arrow = next(row for row in rows if row["id"] == "A1")
        arrow["properties"]["waypoints"][number][field] = value

    return change


@pytest.mark.parametrize(
    ("layer", "change", "words"),
    [
        ("events", of(0, sources=[]), ["events.geojson: icp-founded sources: has no source"]),
        ("events", of(0, sources=[{"seen": True}]), ["source 1 has no citation"]),
        ("events", of(0, sources=[{"citation": "x"}]), ["does not say whether it was seen"]),
        (
            "events",
            of(0, sources=[{"citation": "x", "seen": True, "url": "javascript:1"}]),
            ["link that is none"],
        ),
        ("events", of(0, name=""), ["icp-founded name: is missing or empty"]),
        ("events", of(0, summary=7), ["icp-founded summary: is not a text"]),
        ("events", of(0, confidence="sure"), ["is not high, medium or low"]),
        ("events", of(0, date="3 Feb 1930"), ["icp-founded date", "is not a date"]),
        ("events", of(0, date="1930-02-30"), ["has no day 30"]),
        ("events", of(0, date=1930), ["is not a date text"]),
        ("events", of(0, location_precision_km="far"), ["“far” is not a number"]),
        ("events", of(0, location_precision_km=-1), ["-1 is not between"]),
        ("events", of(0, id="other"), ["id: differs"]),
        ("fronts", of(0, start="1979-01-07", end="1978-12-25"), ["lies before the start"]),
        ("fronts", lambda rows: rows[0]["properties"].pop("end"), ["end: is missing"]),
        ("fronts", of(0, belligerent="Ruritania"), ["has no actor key", "actors.py"]),
        ("fronts", of(0, kind=""), ["kind: is missing or empty"]),
        ("thai_border_camps", of(1, intervals="1979"), ["not a list of [start, end]"]),
        ("thai_border_camps", of(1, intervals=[["1990", "1980"]]), ["lies before the start"]),
        ("thai_border_camps", of(1, draw_as="doot"), ["“doot”", "did you mean dot"]),
        (
            "thai_border_camps",
            of(1, area_ref="area-dangrek-wets"),
            ["there is no “area-dangrek-wets”", "did you mean area-dangrek-west"],
        ),
        ("thai_border_areas", of(0, feature_ref="nowhere"), ["there is no “nowhere”"]),
        ("events", placed([11.56, 104.92]), ["axes swapped"]),
        ("events", placed([22.3, 114.2]), ["axes swapped"]),
        ("events", placed([39.9, 75.0]), ["axes swapped"]),
        ("events", placed([104.9, float("nan")]), ["is not finite"]),
        ("events", placed([204.9, 11.0]), ["is not on Earth"]),
        ("events", placed(["104", 11.0]), ["is not a position"]),
        ("events", placed([]), ["is not a position"]),
        ("events", placed([[104.0, 11.0]], "LineString"), ["a line needs two positions"]),
        ("events", placed([[[104, 11], [105, 11], [104, 11]]], "Polygon"), ["four positions"]),
        (
            "events",
            placed([[[104, 11], [105, 11], [105, 12], [104, 12]]], "Polygon"),
            ["not closed"],
        ),
        ("events", placed([104, 11], "Circle"), ["unknown type", "Point"]),
        ("events", lambda rows: rows[0].pop("geometry"), ["geometry: is missing"]),
        ("events", lambda rows: rows[0].pop("id"), ["feature 1 id: is missing"]),
        ("events", lambda rows: rows[0].pop("properties"), ["feature 1 properties"]),
        ("events", lambda rows: rows.append(rows[0]), ["icp-founded id: is used twice"]),
        ("fronts", way(0, "date_iso", "1979-02-01"), ["A1 waypoints: dates are not in order"]),
        ("fronts", way(0, "frac", 0.5), ["shares of the way are not in order"]),
        ("fronts", way(0, "frac", 1.5), ["not between 0 and 1"]),
        ("fronts", way(0, "date", "soon"), ["A1 waypoints: “soon” is not a date"]),
        ("fronts", way(0, "vertex", 99), ["stands on no vertex"]),
    ],
)
def test_one_mistake_is_named(folder: Path, layer: str, change: Change, words: list[str]) -> None:
    edit(folder, layer, change)
    found = lines(folder)
    assert any(all(word in line for word in words) for line in found), found


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"{", "is no JSON"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"[]", "FeatureCollection"),
        (b'{"features": 3}', "FeatureCollection"),
        (b'{"features": [3]}', "feature 1 properties"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(folder: Path, content: bytes, word: str) -> None:
    (folder / "border_war.geojson").write_bytes(content)
    assert any("border_war.geojson" in line and word in line for line in lines(folder))


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "events.geojson").unlink()
    (folder / "relations.csv").unlink()
    found = lines(folder)
    assert any("events.geojson: cannot be read" in line for line in found)
    assert any("relations.csv: cannot be read" in line for line in found)


@pytest.mark.parametrize(
    ("table", "old", "new", "words"),
    [
        ("polities", "1863-08-11", "1963-08-11", ["row 2 valid_to", "before the start"]),
        ("polities", "1863-08-11", "long ago", ["row 2 valid_from", "is not a date"]),
        ("polities", "KH-PGNU,", "KH-PGN,", ["no atom or unit “KH-PGN”", "KH-PGNU"]),
        ("polities", "unit,rule", "unite,rule", ["unit: column is missing", "unite"]),
        ("placenames", "phnom-penh,104.916,", "phnom-penh,x,", ["row 2 lon: “x” is not a number"]),
        ("placenames", "11.5625,1,Phnom", "11.5625,9,Phnom", ["rank: 9 is not between 1 and 4"]),
        ("placenames", "Phnom Penh,en", ",en", ["row 2 name: is missing"]),
        ("relations", "prc-drv,PRC", "prc-kingdom,PRC", ["prc-kingdom id: is used twice"]),
        ("relations", ",+,", ",?,", ["sign: “?” is not + or -"]),
        ("relations", "prc-drv,PRC", "prc-drv,PRC,extra", ["more or fewer cells"]),
    ],
)
def test_one_mistake_in_a_table_is_named(
    folder: Path, table: str, old: str, new: str, words: list[str]
) -> None:
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = lines(folder)
    assert any(all(word in line for word in words) for line in found), found


def test_panels_must_exist_when_they_are_known() -> None:
    rows = json.loads((SOURCES_FOLDER / "events.geojson").read_text(encoding="utf-8"))["features"]
    panels = frozenset(row["properties"]["panel"] for row in rows)
    assert lines(SOURCES_FOLDER, panels) == []
    found = lines(SOURCES_FOLDER, panels - {"deng"} | {"dong"})
    assert any("there is no “deng”" in line and "dong" in line for line in found)


@pytest.mark.parametrize("host", ["readsbookonline", "bookreadfree", "truyenhdt", "taisachpdf"])
def test_no_link_to_an_unauthorised_copy(host: str) -> None:
    for path in SOURCES_FOLDER.iterdir():
        assert host not in path.read_text(encoding="utf-8")
