"""The atlas's own check of PDF/A-2b (ISO 19005-2), through pikepdf: see docs/pdf-a.md.

It asks what a program that only draws lines, text and pictures can get wrong. It is no certificate.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import pikepdf
from lxml import etree
from pikepdf import Name

RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDFAID: Final = "{http://www.aiim.org/pdfa/ns/id/}"
SCHEMA: Final = "{http://www.aiim.org/pdfa/ns/schema#}"
PROPERTY: Final = "{http://www.aiim.org/pdfa/ns/property#}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
XMP: Final = "{http://ns.adobe.com/xap/1.0/}"
PDF: Final = "http://ns.adobe.com/pdf/1.3/"
PREDEFINED: Final = {
    "adobe:ns:meta/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://purl.org/dc/elements/1.1/",
    "http://ns.adobe.com/xap/1.0/",
    "http://ns.adobe.com/xap/1.0/mm/",
    PDF,
    "http://www.aiim.org/pdfa/ns/id/",
    "http://www.aiim.org/pdfa/ns/extension/",
    "http://www.aiim.org/pdfa/ns/schema#",
    "http://www.aiim.org/pdfa/ns/property#",
}
PDF_PROPERTIES: Final = {"Keywords", "PDFVersion", "Producer"}
BLENDS: Final = {"/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken"}
ACTIONS: Final = {"/GoTo", "/URI"}
PRINT, NOT_SHOWN = 4, 1 | 2 | 32 | 256
_OPERATORS: Final = (
    "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k "
    "l M m MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W "
    "W* y ' \""
)
OPERATORS: Final = frozenset(_OPERATORS.split())


def failures(data: bytes) -> list[str]:
    """Return what keeps a file from being PDF/A-2b, as far as this can tell."""
    with pikepdf.open(BytesIO(data)) as pdf:
        found = [*_file(data, pdf), *_intent(pdf), *_packet(pdf), *_objects(pdf), *_fonts(pdf)]
        for number, page in enumerate(pdf.pages, 1):
            found += [f"page {number}: {what}" for what in _page(page)]
    return found


def _file(data: bytes, pdf: pikepdf.Pdf) -> Iterator[str]:
    first, second = data[:40].split(b"\n")[:2]
    if first not in {b"%%PDF-1.%d" % n for n in range(8)}:
        yield "6.1.2 the header is no PDF 1.0 to 1.7"
    if second[:1] != b"%" or len(second) < 5 or any(byte < 128 for byte in second[1:5]):
        yield "6.1.2 no comment of four high bytes after the header"
    if "/ID" not in pdf.trailer:
        yield "6.1.3 no file number"
    if "/Encrypt" in pdf.trailer:
        yield "6.1.3 encrypted"
    for name in ("/AA", "/OpenAction", "/AcroForm", "/OCProperties", "/Requirements"):
        if name in pdf.Root:
            yield f"6.5 the catalogue has {name}"
    for name in ("/EmbeddedFiles", "/JavaScript", "/AlternatePresentations"):
        if name in pdf.Root.get("/Names", {}):
            yield f"6.8 {name} among the names"


def _intent(pdf: pikepdf.Pdf) -> Iterator[str]:
    intents = [i for i in pdf.Root.get("/OutputIntents", ()) if i.get("/S") == "/GTS_PDFA1"]
    if len(intents) != 1 or "/DestOutputProfile" not in intents[0]:
        yield "6.2.3 no output intent with a profile"
        return
    profile = intents[0].DestOutputProfile
    icc = profile.read_bytes()
    if profile.get("/N") != 3 or icc[16:20] != b"RGB " or icc[12:16] not in (b"mntr", b"prtr"):
        yield "6.2.3 the profile is none of RGB"
    if int.from_bytes(icc[:4], "big") != len(icc) or icc[36:40] != b"acsp" or icc[8] > 4:
        yield "6.2.3 the profile is broken or too new"


def _packet(pdf: pikepdf.Pdf) -> Iterator[str]:
    stream = pdf.Root.get("/Metadata")
    if stream is None or "/Filter" in stream:
        yield "6.6.2 no metadata in the clear"
        return
    raw = stream.read_bytes()
    if b"bytes=" in raw[:120] or b"encoding=" in raw[:120]:
        yield "6.6.2 the packet has an attribute that is not allowed"
    root = etree.fromstring(raw)
    said = {child.tag: child for about in root.iter(f"{RDF}Description") for child in about}
    claims = [(said[f"{PDFAID}{name}"].text if f"{PDFAID}{name}" in said else "") for name in
              ("part", "conformance")]  # fmt: skip
    if claims != ["2", "B"]:
        yield "6.6.4 does not claim PDF/A-2b"
    described = {e.text for e in root.iter(f"{SCHEMA}namespaceURI")}
    names = {e.text for e in root.iter(f"{PROPERTY}name")}
    for element in root.iter(etree.Element):
        name = etree.QName(element)
        if name.namespace in described and name.localname not in names:
            yield f"6.6.2.3 {name.localname} is not described"
        elif name.namespace not in described | PREDEFINED:
            yield f"6.6.2.3 {name.namespace} is not described"
        if (
            name.namespace == "http://ns.adobe.com/pdf/1.3/"
            and name.localname not in PDF_PROPERTIES
        ):
            yield f"6.6.2.3 pdf:{name.localname} is unknown"
    yield from _info(pdf.docinfo, said)


def _info(info: Any, said: dict[str, Any]) -> Iterator[str]:
    for key, tag in (("/Title", f"{DC}title"), ("/Subject", f"{DC}description"),
                     ("/Author", f"{DC}creator")):  # fmt: skip
        words = "".join(said[tag].itertext()).strip() if tag in said else ""
        if words != str(info.get(key, "")):
            yield f"6.6.3 {key} differs from the packet's"
    for key, tag in (("/CreationDate", f"{XMP}CreateDate"), ("/ModDate", f"{XMP}ModifyDate")):
        digits = "".join(c for c in said[tag].text if c.isdigit()) if tag in said else ""
        if digits != "".join(c for c in str(info.get(key, "")) if c.isdigit()):
            yield f"6.6.3 {key} differs from the packet's"


def _objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            yield from _stream(thing)
        elif isinstance(thing, pikepdf.Dictionary):
            yield from _state(thing)
            yield from _annotation(thing)


def _stream(stream: pikepdf.Stream) -> Iterator[str]:
    if any(key in stream for key in ("/F", "/FFilter", "/FDecodeParms")):
        yield "6.1.7 a stream outside the file"
    packed = stream.get("/Filter", Name("/None"))
    for name in packed if isinstance(packed, pikepdf.Array) else [packed]:
        if str(name) in ("/LZWDecode", "/Crypt"):
            yield f"6.1.7 packed with {name}"
    if stream.get("/Subtype") == "/Image":
        if stream.get("/Interpolate", False) or "/Alternates" in stream or "/OPI" in stream:
            yield "6.2.8 a picture that is interpolated or has others"
        spaces = (Name("/DeviceRGB"), Name("/DeviceGray"))
        if not stream.get("/ImageMask", False) and stream.get("/ColorSpace") not in spaces:
            yield f"6.2.4 a picture in {stream.get('/ColorSpace')}"
    if stream.get("/Subtype") == "/PS" or "/Ref" in stream:
        yield "6.2.9 a program or a page from elsewhere"


def _state(state: pikepdf.Dictionary) -> Iterator[str]:
    is_state = "/ca" in state or "/CA" in state or state.get("/Type") == "/ExtGState"
    if is_state and (
        "/TR" in state or "/HTP" in state or state.get("/TR2", "/Default") != "/Default"
    ):
        yield "6.2.5 a transfer function"
    if is_state and str(state.get("/BM", "/Normal")) not in BLENDS:
        yield f"6.2.10 blends by {state.get('/BM')}"


def _annotation(thing: pikepdf.Dictionary) -> Iterator[str]:
    if thing.get("/Type") != "/Annot":
        return
    flags = int(thing.get("/F", 0))
    if not flags & PRINT or flags & NOT_SHOWN:
        yield "6.3.2 an annotation that is not printed"
    if thing.get("/Subtype") != "/Link":
        yield f"6.3.1 an annotation of kind {thing.get('/Subtype')}"
    action = thing.get("/A")
    if action is not None and str(action.get("/S")) not in ACTIONS:
        yield f"6.5.1 an action {action.get('/S')}"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Dictionary) or thing.get("/Type") != "/Font":
            continue
        for below in thing.get("/DescendantFonts", ()):
            descriptor = below.get("/FontDescriptor", {})
            name = str(thing.get("/BaseFont"))
            if "/FontFile2" not in descriptor:
                yield f"6.2.11.4 {name} is not embedded"
            if not name == str(below.get("/BaseFont")) == str(descriptor.get("/FontName")):
                yield f"6.2.11.2 {name} has several names"
            if below.get("/CIDToGIDMap") != "/Identity" or thing.get("/Encoding") != "/Identity-H":
                yield f"6.2.11.3 {name} has no way from codes to glyphs"
            if "/CIDSet" in descriptor:
                yield f"6.2.11.4 {name} lists its glyphs, which nobody checked"
            if "/ToUnicode" not in thing:
                yield f"{name} cannot be searched"
        if thing.get("/Subtype") not in (Name("/Type0"), Name("/CIDFontType2")):
            yield f"6.2.11 a font of kind {thing.get('/Subtype')}"


def _page(page: pikepdf.Page) -> Iterator[str]:
    deep = deepest = 0
    sides = [float(side) for side in page.mediabox][2:]
    if not all(3 <= side <= 14_400 for side in sides):
        yield "6.1.13 too large or too small"
    spaces = page.resources.get("/ColorSpace", {})
    for operands, operator in pikepdf.parse_content_stream(page):
        word = str(operator)
        if word not in OPERATORS:
            yield f"6.2.2 an unknown operator {word}"
        if word in ("k", "K", "BI") or (word in ("cs", "CS") and _is_cmyk(spaces, operands[0])):
            yield f"6.2.4 colours that are not RGB, or a picture in the line: {word}"
        deep += (word == "q") - (word == "Q")
        deepest = max(deepest, deep)
        if word == "Tj" and any(pair == b"\0\0" for pair in _pairs(bytes(operands[0]))):
            yield "6.2.11.8 a glyph that is not in the font"
    if deepest > 28 or deep:
        yield "6.1.13 states saved too deep, or not restored"


def _is_cmyk(spaces: Any, name: Any) -> bool:
    return "CMYK" in repr(spaces.get(str(name), name))


def _pairs(text: bytes) -> Iterator[bytes]:
    return (text[at : at + 2] for at in range(0, len(text), 2))
