"""KML by the OGC's own schema, without a network; and its dates as GDAL reads them."""

from __future__ import annotations

import io
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
from lxml import etree

from geodata.exporters.from_pack import records_from_pack
from geodata.exporters.kml import NAMESPACE, write_kml
from geodata.exporters.kmz import GX_NAMESPACE, write_kmz
from geodata.exporters.records import Collection
from geodata.pack import Pack

KML = f"{{{NAMESPACE}}}"
XSD = "{http://www.w3.org/2001/XMLSchema}"
TIMES = ("begin", "end", "timestamp")


@pytest.fixture(scope="module")
def collection(built_pack: Pack) -> Collection:
    return Collection(records_from_pack(built_pack), "2026-11-22")


def schema_of(name: str, folder: Path) -> etree.XMLSchema:
    """The schemas that pykml brings along; what they would fetch from the web stands beside."""
    found = find_spec("pykml")
    assert found is not None
    assert found.submodule_search_locations
    for path in (Path(found.submodule_search_locations[0]) / "schemas").glob("*.xsd"):
        tree = etree.parse(path)
        for wanted in tree.iter(f"{XSD}import"):
            here = wanted.get("schemaLocation", "").rpartition("/")[2]
            wanted.set("schemaLocation", here)
        tree.write(folder / path.name)
    return etree.XMLSchema(etree.parse(folder / name))


@pytest.fixture(scope="module")
def ogc(tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    return schema_of("ogckml22.xsd", tmp_path_factory.mktemp("ogc"))


@pytest.fixture(scope="module")
def google(tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    """The OGC's schema with what Google adds to it: tours."""
    return schema_of("kml22gx.xsd", tmp_path_factory.mktemp("google"))


def failures(schema: etree.XMLSchema, document: Any) -> list[str]:
    schema.validate(document)
    return [f"{error.line}: {error.message}" for error in schema.error_log]


def test_kml_is_valid(collection: Collection, ogc: etree.XMLSchema) -> None:
    document = etree.fromstring(write_kml(collection))
    assert failures(ogc, document) == []
    assert len(document.findall(f".//{KML}Placemark")) > 250


@pytest.mark.parametrize(
    "broken",
    [
        "<Placemark><description>d</description><name>n</name></Placemark>",
        "<Placemark><TimeStamp><when>1979-13</when></TimeStamp></Placemark>",
        "<Placemark><styleUrl>#a</styleUrl><TimeStamp><when>1979</when></TimeStamp></Placemark>",
        "<Folder><Point><coordinates>1,2</coordinates></Point></Folder>",
    ],
)
def test_the_schema_sees_what_is_out_of_place(ogc: etree.XMLSchema, broken: str) -> None:
    text = f'<kml xmlns="{NAMESPACE}"><Document>{broken}</Document></kml>'
    assert failures(ogc, etree.fromstring(text))


def test_times_are_as_precise_as_the_sources(collection: Collection) -> None:
    root = etree.fromstring(write_kml(collection))
    told = [e.text for tag in ("when", "begin", "end") for e in root.iter(f"{KML}{tag}")]
    by_length = {length: sum(len(text) == length for text in told) for length in (4, 7, 10)}
    assert sum(by_length.values()) == len(told)
    assert min(by_length.values()) > 50, "years, months and days are all there"


def test_kmz_is_valid_with_its_tour(collection: Collection, google: etree.XMLSchema) -> None:
    with zipfile.ZipFile(io.BytesIO(write_kmz(collection))) as opened:
        document = etree.fromstring(opened.read("doc.kml"))
    assert failures(google, document) == []
    assert len(list(document.iter(f"{{{GX_NAMESPACE}}}FlyTo"))) > 100
    ids = [style.get("id") for style in document.iter(f"{KML}Style")]
    assert len(ids) == len(set(ids))


def test_gdal_reads_the_dates(collection: Collection, tmp_path: Path) -> None:
    if "LIBKML" not in pyogrio.list_drivers():
        pytest.skip("this GDAL has no driver that reads dates")
    path = tmp_path / "a.kml"
    path.write_bytes(write_kml(collection))
    said = []
    for mark in etree.parse(path).iter(f"{KML}Placemark"):
        whens = [mark.findtext(f".//{KML}{name}") or "" for name in ("begin", "end", "when")]
        said.append(tuple(first_day(when) for when in whens))
    read = []
    for layer, _ in pyogrio.list_layers(path):
        meta, _, geometry, columns = pyogrio.raw.read(path, layer=layer)
        table = dict(zip(meta["fields"], columns, strict=True))
        nothing = np.full(len(geometry), "NaT", "datetime64[D]")
        days = [table.get(name, nothing).astype("datetime64[D]").astype(str) for name in TIMES]
        read += [tuple(row) for row in np.stack(days, axis=1).tolist()]
        texts = table["start_edtf"], table["end_edtf"]
        assert all(start or end for start, end in zip(*texts, strict=True))
    assert sorted(read) == sorted(said)
    assert sum(any(day != "NaT" for day in row) for row in read) > 200


def first_day(when: str) -> str:
    """The first day of a month, or a day; GDAL leaves years alone to the text fields."""
    return when + "-01" * (2 - when.count("-")) if "-" in when else "NaT"
