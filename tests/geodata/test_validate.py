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


def timed(number: int, *spans: tuple[Any, Any]) -> Change:
    points = [{"start": {"edtf": start}, "end": {"edtf": end}} for start, end in spans]
    return lambda rows: rows[number].update(when={"timespans": points})


def source(**fields: Any) -> Change:
    return lambda rows: rows[0]["properties"]["sources"][0].update(fields)


def related(number: int, kind: str, to: str) -> Change:
    return lambda rows: rows[number].update(relations=[{"type": kind, "to": to}])


@pytest.mark.parametrize(
    ("layer", "change", "words"),
    [
        ("events", of(0, sources=[]), ["events.geojson: icp-founded sources: has no source"]),
        ("events", of(0, sources=[{"seen": True}]), ["source 1 has no key"]),
        ("events", source(seen=None), ["does not say whether it was seen"]),
        ("events", source(supports=""), ["source 1 does not say what it supports"]),
        ("events", source(key="short-2040"), ["no work “short-2040”", "short-2004"]),
        ("events", source(key="general-knowledge", seen=True), ["which nobody can see"]),
        ("events", source(pages="12"), ["sources 1.pages: is no field of the format"]),
        ("events", of(0, sumary="x"), ["sumary: is no field of the format", "summary"]),
        ("events", of(0, rank=7), ["icp-founded rank: 7 is out of bounds"]),
        ("events", of(0, inset="no"), ["icp-founded inset: is not true or false"]),
        ("events", of(0, name=""), ["icp-founded name: is missing or empty"]),
        ("events", of(0, name="\U0001f5fa"), ["name: no bundled font can draw", "U+1F5FA"]),
        ("events", of(0, summary=7), ["icp-founded summary: is not a text"]),
        ("events", of(0, confidence="sure"), ["is not high, medium or low"]),
        ("events", of(0, country="XX"), ["no country “XX”"]),
        ("events", of(0, country="KH"), ["geometry: [114.17, 22.32] lies", "km outside KH"]),
        ("events", timed(0, ("3 Feb 1930", "1930")), ["icp-founded when.start", "is not a date"]),
        ("events", timed(0, ("1930", "1930-02-30")), ["icp-founded when.end", "has no day 30"]),
        ("events", timed(0, (1930, "1930")), ["is not a date text"]),
        ("events", timed(0), ["icp-founded when: has no timespan"]),
        ("events", lambda rows: rows[0].pop("when"), ["icp-founded when: has no timespan"]),
        ("events", of(0, location_precision_km="far"), ["“far” is not a number"]),
        ("events", of(0, location_precision_km=-1), ["-1 is not between"]),
        ("events", of(0, id="other"), ["id: differs"]),
        ("fronts", timed(0, ("1979-01-07", "1978-12-25")), ["when.end", "before the start"]),
        ("fronts", timed(0, ("1979-01-07", None)), ["when.end: is missing"]),
        ("fronts", of(0, belligerent="Ruritania"), ["has no actor key", "actors.py"]),
        ("fronts", of(0, kind=""), ["kind: is missing or empty"]),
        (
            "thai_border_camps",
            timed(1, ("1979", "1985"), ("1983", "1990")),
            ["timespans overlap or are not in order"],
        ),
        ("thai_border_camps", of(1, draw_as="doot"), ["“doot”", "did you mean dot"]),
        (
            "thai_border_camps",
            related(1, "area", "area-dangrek-wets"),
            ["there is no “area-dangrek-wets”", "did you mean area-dangrek-west"],
        ),
        ("thai_border_camps", related(1, "same", "polpot-dys"), ["did you mean polpot-dies"]),
        ("thai_border_camps", related(1, "near", "polpot-dies"), ["relations 1.type: “near”"]),
        ("thai_border_areas", related(0, "card", "nowhere"), ["there is no “nowhere”"]),
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
        (
            "events",
            placed([[[104, 11], [105, 12], [105, 11], [104, 12], [104, 11]]], "Polygon"),
            ["no valid area: self-intersection at [104.5, 11.5]"],
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
        ("fronts", way(0, "source", {"key": "nobody"}), ["A1 waypoints", "no work “nobody”"]),
        ("fronts", way(0, "source", None), ["A1 waypoints", "has no source"]),
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
        (b"\xff\xfe{\0}\0", "is not UTF-8 but UTF-16"),
        (b"\xef\xbb\xbf{}", "starts with a byte order mark"),
        (b'{\n"name": "\xe9"}', "is not UTF-8 (line 2)"),
        (b'{"features": [], "features": []}', "is written twice"),
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
        ("relations", "| zhai-2000", "| zhay-2000", ["sources: source 2", "zhai-2000"]),
        ("polities", "wikipedia-grunk,", "wikipedia-gronk,", ["source", "wikipedia-grunk"]),
        ("placenames", "km,,..,general-knowledge", "km,,..,", ["source: is missing or empty"]),
        ("bibliography", '"id": "ap-2023-02"', '"id": "ap-1993-01-22"', ["id: is used twice"]),
    ],
)
def test_one_mistake_in_a_table_is_named(
    folder: Path, table: str, old: str, new: str, words: list[str]
) -> None:
    path = next(folder.glob(f"{table}.*"))
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
