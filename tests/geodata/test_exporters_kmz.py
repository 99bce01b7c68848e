"""KMZ as another program finds it: signs, styles, a tour through time, the same bytes again."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from atlas.core.when import span_from_edtf
from geodata.exporters.from_pack import records_from_pack
from geodata.exporters.kml import NAMESPACE, write_kml
from geodata.exporters.kml_styles import SHAPES, icon_png
from geodata.exporters.kml_time import begin_text
from geodata.exporters.kmz import GX_NAMESPACE, write_kmz
from geodata.exporters.records import Collection, Record, Stretch
from geodata.exporters.shapes import Shape
from geodata.pack import Pack

KML, GX = f"{{{NAMESPACE}}}", f"{{{GX_NAMESPACE}}}"


def stretch(start: str, end: str) -> Stretch:
    return Stretch(start, end, span_from_edtf(start, end))


def point(name: str, start: str, end: str, **more: object) -> Record:
    given: dict[str, object] = {
        "id": name, "layer": "camps", "kind": "camp", "name": name, "actor": "dk",
        "shape": Shape("point", ((((103.0, 13.0),),),)), "stretches": (stretch(start, end),),
    }  # fmt: skip
    return Record(**{**given, **more})  # type: ignore[arg-type]


LATE = point("late", "1985-01", "1985-03-05")
EARLY = point("early", "1967~", "1967~", kind="headquarters", actor="nobody known")
LINE = point(
    "line", "1979-01-07", "1979-01-07", kind="advance-axis",
    shape=Shape("lines", (((((104.0, 12.0), (106.0, 14.0)),)),)),
)  # fmt: skip
HIDDEN = point("hidden", "1970", "1971", default_visible=False)
OPEN = point("open", "..", "1970")
ALL = Collection((LATE, EARLY, LINE, HIDDEN, OPEN), "2026-11-22")


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def document(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(opened(data).read("doc.kml"))


def test_the_document_comes_first_with_the_signs_it_names() -> None:
    data = write_kmz(ALL)
    names = opened(data).namelist()
    assert names[0] == "doc.kml"
    hrefs = {element.text for element in document(data).iter(f"{KML}href")}
    assert hrefs == set(names[1:])
    assert {"icons/triangle.png", "icons/square.png"} <= hrefs


def test_every_placemark_has_a_style_there_is() -> None:
    for root in (document(write_kmz(ALL)), ElementTree.fromstring(write_kml(ALL))):
        ids = {style.get("id") for style in root.iter(f"{KML}Style")}
        urls = [element.text or "" for element in root.iter(f"{KML}styleUrl")]
        assert len(urls) == len(ALL.records)
        assert {url.removeprefix("#") for url in urls} == ids


def test_the_tour_goes_through_time_and_claims_no_more_than_the_source() -> None:
    tour = document(write_kmz(ALL)).find(f".//{GX}Tour")
    assert tour is not None
    times = []
    for fly in tour.iter(f"{GX}FlyTo"):
        look = fly.find(f"{KML}LookAt")
        assert look is not None
        time = look[0]
        times.append((time.tag.removeprefix(GX), *(child.text for child in time)))
    assert times == [
        ("TimeStamp", "1967"),
        ("TimeStamp", "1979-01-07"),
        ("TimeSpan", "1985-01", "1985-03-05"),
    ]
    assert len(list(tour.iter(f"{GX}Wait"))) == 3


def test_a_line_is_seen_whole() -> None:
    tour = document(write_kmz(Collection((LINE,)))).find(f".//{GX}Tour")
    assert tour is not None
    found = {tag: tour.findtext(f".//{KML}{tag}") for tag in ("longitude", "latitude", "range")}
    assert (found["longitude"], found["latitude"]) == ("105.00000", "13.00000")
    assert 400_000 < float(found["range"] or 0) < 600_000


def test_plain_kml_has_neither_tour_nor_signs_it_could_not_carry() -> None:
    text = write_kml(ALL).decode()
    assert "gx:" not in text
    assert "<href>" not in text


def test_without_dates_there_is_no_tour() -> None:
    assert "gx:" not in opened(write_kmz(Collection((OPEN,)))).read("doc.kml").decode()


def test_the_same_records_give_the_same_bytes() -> None:
    data = write_kmz(ALL)
    assert data == write_kmz(ALL)
    assert {entry.date_time for entry in opened(data).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("shape", SHAPES)
def test_signs_are_white_shapes_of_their_own(shape: str) -> None:
    with Image.open(io.BytesIO(icon_png(shape))) as image:
        assert (image.size, image.mode) == ((32, 32), "LA")
        alpha = image.getchannel("A")
        assert image.getchannel("L").getextrema() == (255, 255)
    share = sum(alpha.tobytes()) / (255 * 32 * 32)
    assert 0.2 < share < 0.9
    assert len({icon_png(name) for name in SHAPES}) == len(SHAPES)


def test_gdal_reads_it_with_its_times(built_pack: Pack, tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    records = tuple(r for r in records_from_pack(built_pack) if r.layer == "thai_border_camps")
    path = tmp_path / "camps.kmz"
    path.write_bytes(write_kmz(Collection(records)))
    layers = pyogrio.list_layers(f"/vsizip/{path}/doc.kml")
    frames = [pyogrio.read_dataframe(f"/vsizip/{path}/doc.kml", layer=name) for name, _ in layers]
    assert sum(map(len, frames)) == sum(len(record.stretches) for record in records)
    # GDAL reads whole days; a year alone, as precise as its source, it passes over.
    exact = sum(len(begin_text(x.start)) == 10 for record in records for x in record.stretches)
    dated = sum(int((f["begin"].notna() | f["timestamp"].notna()).sum()) for f in frames)
    assert dated >= exact > 10
