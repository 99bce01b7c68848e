"""KML's time and text: precision kept, doubt not turned into days, nothing unescaped."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from atlas.core.when import span_from_edtf
from geodata.exporters.kml import NAMESPACE, write_kml
from geodata.exporters.kml_time import time_element
from geodata.exporters.records import Collection, Record, Source, Stretch
from geodata.exporters.shapes import Shape, polygons
from tests.records import replace

KML = f"{{{NAMESPACE}}}"
SQUARE = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0))
INSIDE = ((1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0), (1.0, 1.0))
CAMP = Record(
    id="camp",
    layer="camps",
    kind="camp",
    name="Camp <1> & others",
    shape=Shape("point", ((((106.12, 11.66),),),)),
    stretches=(Stretch("1967", "1967", span_from_edtf("1967", "1967")),),
    sources=(Source("Author, “A & B”", seen=False),),
    summary="A <b>jungle</b>\x07 camp.",
)


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("1967", "1967", "TimeStamp when=1967"),
        ("1967?", "1967?", "TimeStamp when=1967"),
        ("1979-01", "1979-01", "TimeStamp when=1979-01"),
        ("1979-01-07", "1979-01-07", "TimeStamp when=1979-01-07"),
        ("1963~", "1967-11~", "TimeSpan begin=1963 end=1967-11"),
        ("1978-12-25", "", "TimeSpan begin=1978-12-25"),
        ("..", "1998", "TimeSpan end=1998"),
        ("197X", "197X", "TimeSpan begin=1970 end=1979"),
        ("1979-XX", "1979-XX", "TimeStamp when=1979"),
        ("[1979-01-03,1979-01-01]", "[1979-01-03,1979-01-01]",
         "TimeSpan begin=1979-01-01 end=1979-01-03"),
        ("[1979-01..1979-03]", "1980", "TimeSpan begin=1979-01 end=1980"),
        ("1966/1970-03", "1966/1970-03", "TimeSpan begin=1966 end=1970-03"),
        ("..", "..", ""),
        ("some day", "", ""),
    ],
)  # fmt: skip
def test_time_is_as_precise_as_the_source(start: str, end: str, told: str) -> None:
    element = time_element(start, end)
    parts = [f"{child.tag}={child.text}" for child in element] if element is not None else []
    assert " ".join([element.tag, *parts] if element is not None else []) == told


def placemark(record: Record) -> ElementTree.Element:
    root = ElementTree.fromstring(write_kml(Collection((record,))))
    found = root.find(f".//{KML}Placemark")
    assert found is not None
    return found


def test_text_arrives_as_it_was() -> None:
    found = placemark(CAMP)
    assert found.findtext(f"{KML}name") == "Camp <1> & others"
    description = found.findtext(f"{KML}description") or ""
    assert description.startswith("A &lt;b&gt;jungle&lt;/b&gt; camp.<br/>When: 1967")
    assert "Source: Author, “A &amp; B” (not read for this atlas)" in description


def test_holes_and_several_areas() -> None:
    far = tuple((lon + 10, lat) for lon, lat in SQUARE)
    found = placemark(replace(CAMP, shape=polygons(((SQUARE, INSIDE), (far,)))))
    areas = found.findall(f"{KML}MultiGeometry/{KML}Polygon")
    assert [len(area.findall(f"{KML}innerBoundaryIs")) for area in areas] == [1, 0]
    ring = areas[0].findtext(f"{KML}innerBoundaryIs/{KML}LinearRing/{KML}coordinates")
    assert ring == "1,1 1,2 2,2 2,1 1,1"


def test_a_place_lost_and_retaken_is_two_placemarks_of_one_id() -> None:
    twice = tuple(Stretch(y, y, span_from_edtf(y, y)) for y in ("1985", "1989"))
    root = ElementTree.fromstring(write_kml(Collection((replace(CAMP, stretches=twice),))))
    assert [when.text for when in root.iter(f"{KML}when")] == ["1985", "1989"]
    ids = [
        d.findtext(f"{KML}value") for d in root.iter(f"{KML}Data") if d.get("name") == "feature_id"
    ]
    assert ids == ["camp", "camp"]
