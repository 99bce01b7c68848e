"""KML for globe programs: a folder a layer, time in the precision of the source.

Floor: geodata, standard library only; neighbours: records, kml_styles, kml_time, kmz, shapes. A
feature that held several times becomes several placemarks of one id, since KML knows one time a
placemark.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from atlas.core.words import span_in_words
from geodata.exporters.kml_styles import style_elements, style_id
from geodata.exporters.kml_time import time_element
from geodata.exporters.properties import properties_of
from geodata.exporters.records import Collection, Record, Source, Stretch
from geodata.exporters.shapes import Line, Shape, number_text

NAMESPACE: Final = "http://www.opengis.net/kml/2.2"
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TOLD: Final = (
    "layer",
    "kind",
    "actor",
    "date_note",
    "confidence",
    "precision_km",
    "location_basis",
    "country",
    "draw_as",
    "disputes",
)


def write_kml(collection: Collection) -> bytes:
    """Return the collection as one KML 2.2 document, UTF-8."""
    root, _ = kml_of(collection)
    return kml_bytes(root)


def kml_of(collection: Collection, icons: str = "") -> tuple[Element, Element]:
    """Return the root of a document and its ``Document``; `icons` is a folder of symbols."""
    root = Element("kml", xmlns=NAMESPACE)
    document = SubElement(root, "Document")
    _text(document, "name", collection.title)
    _text(document, "description", "<br/>".join(escape(line) for line in collection.rights))
    document.extend(style_elements(collection.records, icons))
    titles = dict(collection.layer_titles)
    for layer in dict.fromkeys(record.layer for record in collection.records):
        folder = SubElement(document, "Folder")
        _text(folder, "name", titles.get(layer, layer))
        for record in collection.records:
            if record.layer == layer:
                _add_placemarks(folder, record)
    return root, document


def kml_bytes(root: Element) -> bytes:
    """Return a document as a file."""
    ElementTree.indent(root, " ")
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def _add_placemarks(folder: Element, record: Record) -> None:
    for number, stretch in enumerate(record.stretches, 1):
        placemark = SubElement(folder, "Placemark")
        _text(placemark, "name", record.name)
        if not record.default_visible:
            _text(placemark, "visibility", "0")
        _text(placemark, "description", _description(record, stretch))
        time = time_element(stretch.start, stretch.end)
        if time is not None:
            placemark.append(time)
        _text(placemark, "styleUrl", f"#{style_id(record)}")
        _add_data(placemark, record, stretch, number)
        placemark.append(_geometry(record.shape))


def _add_data(placemark: Element, record: Record, stretch: Stretch, number: int) -> None:
    properties = properties_of(record)
    values = (
        {"feature_id": record.id}
        | {key: properties[key] for key in _TOLD}
        | {
            "start_edtf": stretch.start,
            "end_edtf": stretch.end,
            "stretch_note": stretch.note,
            "stretch": f"{number} of {len(record.stretches)}",
            "sources": json.dumps(properties["sources"], ensure_ascii=False),
        }
    )
    extended = SubElement(placemark, "ExtendedData")
    for key, value in values.items():
        if value not in ("", None):
            _text(SubElement(extended, "Data", name=key), "value", str(value))


def _description(record: Record, stretch: Stretch) -> str:
    """Return the balloon's text; viewers read it as HTML, so it is escaped once for that."""
    lines = [
        record.summary,
        f"When: {span_in_words(stretch.start, stretch.end)}",
        f"Place: within {record.precision_km:g} km" if record.precision_km else "",
        f"Confidence: {record.confidence}" if record.confidence else "",
        f"Disputed: {record.disputes}" if record.disputes else "",
        *(f"Source: {_cited(source)}" for source in record.sources),
    ]
    return "<br/>".join(escape(line, quote=False) for line in lines if line)


def _cited(source: Source) -> str:
    unread = " (not read for this atlas)" if source.seen is False else ""
    return f"{source.label} {source.url}".strip() + unread


def _geometry(shape: Shape) -> Element:
    elements = [_part(shape.kind, part) for part in shape.parts]
    if len(elements) == 1:
        return elements[0]
    multi = Element("MultiGeometry")
    multi.extend(elements)
    return multi


def _part(kind: str, part: tuple[Line, ...]) -> Element:
    if kind != "polygons":
        element = Element("Point" if kind == "point" else "LineString")
        if kind != "point":
            _follow_ground(element)
        _add_coordinates(element, part[0])
        return element
    polygon = Element("Polygon")
    _follow_ground(polygon)
    for index, ring in enumerate(part):
        boundary = SubElement(polygon, "innerBoundaryIs" if index else "outerBoundaryIs")
        _add_coordinates(SubElement(boundary, "LinearRing"), ring)
    return polygon


def _follow_ground(element: Element) -> None:
    """Keep what is long on the ground: globes draw the chord through the Earth otherwise."""
    _text(element, "tessellate", "1")


def _add_coordinates(element: Element, line: Line) -> None:
    text = " ".join(f"{number_text(lon)},{number_text(lat)}" for lon, lat in line)
    _text(element, "coordinates", text)


def _text(parent: Element, tag: str, text: str) -> None:
    """Add a child with text; characters XML cannot hold are left out."""
    SubElement(parent, tag).text = _NOT_XML.sub("", text)
