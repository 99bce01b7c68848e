"""Small good files of kinds that only the atlas writes: pictures with a view, exports of data."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from atlas.core.when import span_from_edtf
from geodata.exporters.delimited import write_csv
from geodata.exporters.geojson import write_geojson
from geodata.exporters.linked_places import write_linked_places
from geodata.exporters.records import Collection, Record, Stretch
from geodata.exporters.shapes import Shape

MAGIC = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_with(texts: Mapping[str, str], kind: bytes = b"tEXt") -> bytes:
    """Return one dot with texts in chunks of one kind."""
    parts = [chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))]
    for key, text in texts.items():
        name, body = key.encode("latin-1"), text.encode("utf-8")
        if kind == b"zTXt":
            parts.append(chunk(kind, name + b"\0\0" + zlib.compress(body)))
        elif kind == b"iTXt":
            parts.append(chunk(kind, name + b"\0\1\0\0\0" + zlib.compress(body)))
        else:
            parts.append(chunk(kind, name + b"\0" + body))
    parts += [chunk(b"IDAT", zlib.compress(b"\0\0\0\0")), chunk(b"IEND", b"")]
    return MAGIC + b"".join(parts)


def export_files(
    reads: tuple[Callable[[Path], object], ...],
) -> Iterator[tuple[str, bytes, Callable[[Path], object]]]:
    """Yield name, content and reader of data exports of one camp and one zone."""
    ring = ((102.0, 13.0), (103.0, 13.0), (103.0, 14.0), (102.0, 13.0))
    stretch = Stretch("1967", "..", span_from_edtf("1967", ".."))
    camp = Record(
        id="camp", layer="camps", kind="camp", name="Camp",
        shape=Shape("point", ((((106.12, 11.66),),),)), stretches=(stretch,), precision_km=5.0,
    )  # fmt: skip
    zone = Record(
        id="zone", layer="zones", kind="zone", name="Zone",
        shape=Shape("polygons", ((ring,),)), stretches=(stretch,),
    )  # fmt: skip
    both = Collection((camp, zone), "2026-11-22")
    named = (
        ("a.geojson", write_geojson), ("a.json", write_linked_places), ("a.csv", write_csv),
    )  # fmt: skip
    for (name, write), read in zip(named, reads, strict=True):
        yield name, write(both), read


def own_files() -> Iterator[tuple[str, bytes]]:
    """Yield name and content of a reader's own overlays."""
    from geodata.exporters.geopackage import write_geopackage

    rows = "\n".join(
        f'"Place {i}",{100 + i / 10},{10 + i / 20},{1970 + i},1979~' for i in range(12)
    )
    yield "own.csv", f"name,lon,lat,start,end\n{rows}\n".encode()
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [100 + i / 10, 10 + i / 20]},
            "properties": {"name": f"Place {i}", "start": f"{1970 + i}", "end": "..", "note": "x"},
        }
        for i in range(12)
    ]
    whole = {"type": "FeatureCollection", "features": features}
    yield "own.geojson", json.dumps(whole).encode()
    camp = Record(
        id="camp", layer="camps", kind="camp", name="Camp",
        shape=Shape("point", ((((106.12, 11.66),),),)),
        stretches=(Stretch("1967", "..", span_from_edtf("1967", "..")),),
    )  # fmt: skip
    yield "own.gpkg", write_geopackage(Collection((camp,), "2026-11-22"))
