"""What a PDF says of itself: the same words in its information record and in its XMP packet.

Floor: app; neighbours: images.xmp, archival, document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QUuid, qVersion

from atlas.app.images.xml_text import escaped, quoted
from atlas.app.images.xmp import NAMESPACE, TAGS, default_text, xmp_packet
from atlas.app.pdf.outline import text
from atlas.app.pdf.parts import Parts

AUTHOR: Final = "The Indochina Atlas"
PRODUCER: Final = f"Qt {qVersion()}"
_UNDER: Final = QUuid("{6a1b3c1e-6a35-5f0e-9b1c-0d8f5c2f7a10}")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_DESCRIPTION: Final = '  <rdf:Description rdf:about="" {names}>\n{inside}  </rdf:Description>\n'


@dataclass(frozen=True, slots=True)
class Record:
    """Title, what it shows and from which data, the program, the day of the data.

    `name` tells documents apart: the same name gives the same document number. `texts` are those
    of a picture (see `frame_identity`). `archival` asks for PDF/A.
    """

    title: str
    subject: str
    creator: str
    iso_day: str
    name: str
    texts: Mapping[str, str] = field(default_factory=dict)
    archival: bool = False

    @property
    def number(self) -> QUuid:
        """The document's number."""
        return QUuid.createUuidV5(_UNDER, self.name.encode())

    def packet(self) -> bytes:
        """Return the XMP packet."""
        more = _about(self) + (_archival() if self.archival else "")
        texts = {"Credits": "", "Software": self.creator} | dict(self.texts)
        return xmp_packet(texts | {"Title": self.title}, more)


def add_subject(parts: Parts, record: Record) -> None:
    """Add to the information record what Qt has no place for."""
    parts.extend(parts.info, b"/Subject " + text(record.subject))


def _about(record: Record) -> str:
    """Return maker, subject, day and number; the rest stands in every picture's packet."""
    said = (
        f"   <dc:creator><rdf:Seq><rdf:li>{AUTHOR}</rdf:li></rdf:Seq></dc:creator>\n"
        f"   <dc:description>{default_text(record.subject)}</dc:description>\n"
        f"   <pdf:Producer>{escaped(PRODUCER)}</pdf:Producer>\n"
        f"   <xmpMM:DocumentID>uuid:{record.number.toString()[1:-1]}</xmpMM:DocumentID>\n"
    )
    if _DAY.fullmatch(record.iso_day):
        at = f"{record.iso_day}T00:00:00Z"
        for tag in ("CreateDate", "ModifyDate", "MetadataDate"):
            said += f"   <xmp:{tag}>{at}</xmp:{tag}>\n"
    return _described(
        said,
        dc="http://purl.org/dc/elements/1.1/",
        pdf="http://ns.adobe.com/pdf/1.3/",
        xmp="http://ns.adobe.com/xap/1.0/",
        xmpMM="http://ns.adobe.com/xap/1.0/mm/",
    )


def _archival() -> str:
    """Return the claim to be PDF/A-2b, and what the atlas's own entries mean (ISO 19005-2, 6.6)."""
    claim = "   <pdfaid:part>2</pdfaid:part>\n   <pdfaid:conformance>B</pdfaid:conformance>\n"
    rows = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{tag.partition(':')[2]}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType>"
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{key} of the map</pdfaProperty:description></rdf:li>\n"
        for key, tag in TAGS.items()
    )
    schema = (
        '   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\n'
        "<pdfaSchema:schema>View of the Indochina Atlas</pdfaSchema:schema>\n"
        f"<pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>\n"
        "<pdfaSchema:prefix>atlas</pdfaSchema:prefix>\n"
        f"<pdfaSchema:property><rdf:Seq>\n{rows}</rdf:Seq></pdfaSchema:property>\n"
        "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
    )
    return _described(claim, pdfaid="http://www.aiim.org/pdfa/ns/id/") + _described(
        schema,
        pdfaExtension="http://www.aiim.org/pdfa/ns/extension/",
        pdfaSchema="http://www.aiim.org/pdfa/ns/schema#",
        pdfaProperty="http://www.aiim.org/pdfa/ns/property#",
    )


def _described(inside: str, **names: str) -> str:
    said = " ".join(f"xmlns:{prefix}={quoted(uri)}" for prefix, uri in names.items())
    return _DESCRIPTION.format(names=said, inside=inside)
