"""KMZ: the KML document with its symbols, and a tour that flies from mark to mark through time.

Floor: geodata, standard library only; neighbours: kml, kml_styles, kml_time. The tour is Google's
extension (gx), which other viewers pass over. The same records give the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from math import cos, hypot, radians
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from geodata.exporters.kml import kml_bytes, kml_of
from geodata.exporters.kml_styles import icon_png, shape_of
from geodata.exporters.kml_time import begin_text, end_text
from geodata.exporters.records import Collection, Record
from geodata.exporters.shapes import Shape

GX_NAMESPACE: Final = "http://www.google.com/kml/ext/2.2"
ICONS: Final = "icons"
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest a zip archive knows: when a file was made is nobody's business."""
_FLY_S: Final = "3.5"
_STAY_S: Final = "2.5"
_NEAR_M: Final = 60_000.0
_M_PER_DEG: Final = 111_320.0


def write_kmz(collection: Collection) -> bytes:
    """Return the collection as a KMZ archive."""
    root, document = kml_of(collection, ICONS)
    if tour := _tour(collection.records):
        root.set("xmlns:gx", GX_NAMESPACE)
        document.append(tour[0])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        # Viewers open the first document they find.
        _add(archive, "doc.kml", kml_bytes(root))
        for shape in sorted({shape_of(record) for record in collection.records}):
            _add(archive, f"{ICONS}/{shape}.png", icon_png(shape))
    return buffer.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)


def _tour(records: Iterable[Record]) -> list[Element]:
    """Return the tour as a list of one; of none if nothing has a date to go by."""
    dated = [r for r in records if r.default_visible and r.stretches and _begins(r)]
    dated.sort(key=lambda record: (record.when.first_day, record.id))
    if not dated:
        return []
    tour = Element("gx:Tour")
    SubElement(tour, "name").text = "Through time"
    playlist = SubElement(tour, "gx:Playlist")
    for record in dated:
        _add_stop(playlist, record)
    return [tour]


def _begins(record: Record) -> str:
    return begin_text(record.stretches[0].start)


def _add_stop(playlist: Element, record: Record) -> None:
    fly = SubElement(playlist, "gx:FlyTo")
    SubElement(fly, "gx:duration").text = _FLY_S
    SubElement(fly, "gx:flyToMode").text = "smooth"
    look = SubElement(fly, "LookAt")
    _add_time(look, record)
    (lon, lat), range_m = _seen_from(record)
    for tag, text in (
        ("longitude", f"{lon:.5f}"),
        ("latitude", f"{lat:.5f}"),
        ("altitude", "0"),
        ("heading", "0"),
        ("tilt", "0"),
        ("range", f"{range_m:.0f}"),
        ("altitudeMode", "clampToGround"),
    ):
        SubElement(look, tag).text = text
    SubElement(SubElement(playlist, "gx:Wait"), "gx:duration").text = _STAY_S


def _add_time(look: Element, record: Record) -> None:
    """Add the time a stop shows, as precise as the source and no more."""
    stretch = record.stretches[0]
    begin, end = begin_text(stretch.start), end_text(stretch.end)
    if begin == end or not end:
        stamp = SubElement(look, "gx:TimeStamp")
        SubElement(stamp, "when").text = begin
        return
    span = SubElement(look, "gx:TimeSpan")
    SubElement(span, "begin").text = begin
    SubElement(span, "end").text = end


def _seen_from(record: Record) -> tuple[tuple[float, float], float]:
    """Return the middle of a record's extent, and a height from which all of it is seen."""
    positions = _positions(record.shape)
    west, east = min(p[0] for p in positions), max(p[0] for p in positions)
    south, north = min(p[1] for p in positions), max(p[1] for p in positions)
    middle = (west + east) / 2, (south + north) / 2
    across_m = _M_PER_DEG * hypot((east - west) * cos(radians(middle[1])), north - south)
    doubt_m = (record.precision_km or 0.0) * 1000
    return middle, max(_NEAR_M, across_m * 1.5, doubt_m * 4)


def _positions(shape: Shape) -> list[tuple[float, float]]:
    return [position for part in shape.parts for line in part for position in line]
