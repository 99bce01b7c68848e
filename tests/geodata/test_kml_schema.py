"""KML as the OGC's schema has it: every element where its type allows it, in its order.

The orders are those of ogckml22.xsd and of Google's kml22gx.xsd (OGC 07-147r2), for what is used.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from geodata.exporters.from_pack import records_from_pack
from geodata.exporters.kml import NAMESPACE, write_kml
from geodata.exporters.kmz import GX_NAMESPACE, write_kmz
from geodata.exporters.records import Collection
from geodata.pack import Pack

_FEATURE = "name visibility description LookAt TimeStamp|TimeSpan styleUrl Style* ExtendedData"
_FEATURES = "Placemark|Folder|gx:Tour"
_SHAPES = "Point|LineString|Polygon|MultiGeometry"
ORDERS = {
    "kml": "Document",
    "Document": f"{_FEATURE} {_FEATURES}*",
    "Folder": f"{_FEATURE} {_FEATURES}*",
    "Placemark": f"{_FEATURE} {_SHAPES}",
    "Style": "IconStyle LabelStyle LineStyle PolyStyle",
    "IconStyle": "color scale Icon",
    "Icon": "href",
    "LabelStyle": "color scale",
    "LineStyle": "color width",
    "PolyStyle": "color fill outline",
    "ExtendedData": "Data*",
    "Data": "displayName value",
    "TimeStamp": "when",
    "TimeSpan": "begin end",
    "gx:TimeStamp": "when",
    "gx:TimeSpan": "begin end",
    "Point": "extrude altitudeMode coordinates",
    "LineString": "extrude tessellate altitudeMode coordinates",
    "LinearRing": "extrude tessellate altitudeMode coordinates",
    "Polygon": "extrude tessellate altitudeMode outerBoundaryIs innerBoundaryIs*",
    "outerBoundaryIs": "LinearRing",
    "innerBoundaryIs": "LinearRing",
    "MultiGeometry": f"{_SHAPES}*",
    "gx:Tour": f"{_FEATURE} gx:Playlist",
    "gx:Playlist": "gx:FlyTo|gx:Wait*",
    "gx:FlyTo": "gx:duration gx:flyToMode LookAt",
    "gx:Wait": "gx:duration",
    "LookAt": "gx:TimeStamp|gx:TimeSpan longitude latitude altitude heading tilt range"
    " altitudeMode",
}
_DATE = r"-?\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
VALUES = {
    "when": _DATE,
    "begin": _DATE,
    "end": _DATE,
    "color": "[0-9a-f]{8}",
    "visibility": "[01]",
    "tessellate": "[01]",
    "styleUrl": "#.+",
    "coordinates": r"(-?\d+(\.\d+)?,-?\d+(\.\d+)?( |$))+",
    "gx:flyToMode": "smooth|bounce",
    "altitudeMode": "clampToGround",
}


def tag_of(element: Element) -> str:
    return element.tag.replace(f"{{{NAMESPACE}}}", "").replace(f"{{{GX_NAMESPACE}}}", "gx:")


def faults(element: Element) -> list[str]:
    """Return what the schema would object to in an element and what it holds."""
    tag, children = tag_of(element), [tag_of(child) for child in element]
    found = [fault for child in element for fault in faults(child)]
    if pattern := VALUES.get(tag):
        if not re.fullmatch(pattern, element.text or ""):
            found.append(f"{tag}: {element.text}")
    elif tag in ORDERS:
        slots = [slot.replace("|", " |") for slot in ORDERS[tag].split()]
        order = "".join(
            f"((?:{slot.rstrip('*')}) ){'*' if slot.endswith('*') else '?'}" for slot in slots
        )
        if not re.fullmatch(order.replace(" |", "|"), "".join(f"{child} " for child in children)):
            found.append(f"{tag}: {children}")
    elif children:
        found.append(f"{tag} is not known")
    return found


@pytest.fixture(scope="module")
def collection(built_pack: Pack) -> Collection:
    return Collection(tuple(records_from_pack(built_pack)), "2026-11-22")


def test_every_element_stands_where_the_schema_has_it(collection: Collection) -> None:
    assert faults(ElementTree.fromstring(write_kml(collection))) == []
    with zipfile.ZipFile(io.BytesIO(write_kmz(collection))) as archive:
        root = ElementTree.fromstring(archive.read("doc.kml"))
    assert faults(root) == []
    assert len(list(root.iter(f"{{{GX_NAMESPACE}}}FlyTo"))) > 100
    ids = [style.get("id") for style in root.iter(f"{{{NAMESPACE}}}Style")]
    assert len(ids) == len(set(ids))


def test_times_are_as_precise_as_the_sources(collection: Collection) -> None:
    root = ElementTree.fromstring(write_kml(collection))
    told = [
        e.text or "" for tag in ("when", "begin", "end") for e in root.iter(f"{{{NAMESPACE}}}{tag}")
    ]
    by_length = {length: sum(len(text) == length for text in told) for length in (4, 7, 10)}
    assert sum(by_length.values()) == len(told)
    assert min(by_length.values()) > 50, "years, months and days are all there"


@pytest.mark.parametrize(
    "broken",
    [
        "<Placemark><description>d</description><name>n</name></Placemark>",
        "<Placemark><TimeStamp><when>1979-13</when></TimeStamp></Placemark>",
        "<Placemark><styleUrl>#a</styleUrl><TimeStamp><when>1979</when></TimeStamp></Placemark>",
        "<Folder><Point><coordinates>1,2</coordinates></Point></Folder>",
    ],
)
def test_the_order_is_really_looked_at(broken: str) -> None:
    assert faults(
        ElementTree.fromstring(f'<kml xmlns="{NAMESPACE}"><Document>{broken}</Document></kml>')
    )
