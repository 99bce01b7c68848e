"""Makes a PDF one to keep: PDF/A-2b, ISO 19005-2, as far as Qt's own pages leave it to be done.

Floor: app; neighbours: parts, metadata (which states the claim), document. Fonts are embedded and
transparency is allowed in part 2, so that the page looks as it does without this. What is checked,
and how, is told in docs/pdf-a.md.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

from PySide6.QtGui import QColorSpace

from atlas.app.pdf.parts import Parts

_ANNOTATION: Final = re.compile(rb"/Type\s*/Annot\b")
_FLAGS: Final = re.compile(rb"/F \d+")
_CMYK: Final = re.compile(rb"/P?CSpcmyk (?:/DeviceCMYK|\[/Pattern /DeviceCMYK\])\s*")
_DESCRIPTOR: Final = re.compile(rb"/FontDescriptor (\d+) 0 R")
_FONT_NAME: Final = re.compile(rb"/FontName (/[^\s/<>\[\]()]+)")
_BASE_FONT: Final = re.compile(rb"/BaseFont /[^\s/<>\[\]()]+")
_BELOW: Final = re.compile(rb"/DescendantFonts \[\s*(\d+) 0 R\s*\]")
_GLYPH_SET: Final = re.compile(rb"/CIDSet \d+ 0 R\s*")
_PRINTED: Final = b"/F 4"
_VERSION: Final = b"%PDF-1.7"


def make_archival(parts: Parts) -> None:
    """Add what PDF/A-2b wants and take away what it does not allow."""
    parts.head = _VERSION + parts.head[len(_VERSION) :]
    parts.extend(parts.root, b"/OutputIntents [%d 0 R]" % _add_intent(parts))
    _name_fonts(parts)
    for number, body in list(parts.objects.items()):
        if not body.startswith(b"<<") or b"stream" in body[:4000]:
            continue
        parts.objects[number] = _GLYPH_SET.sub(b"", _CMYK.sub(b"", body))
        if _ANNOTATION.search(body) and not _FLAGS.search(body):
            parts.extend(number, _PRINTED)


def _add_intent(parts: Parts) -> int:
    """Add the statement that colours are sRGB, with its profile; return its number."""
    profile = parts.add(b"")
    icc = bytes(QColorSpace(QColorSpace.NamedColorSpace.SRgb).iccProfile().data())
    parts.put_stream(profile, b"<< /N 3 /Filter /FlateDecode >>", zlib.compress(icc, 9))
    return parts.add(
        b"<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) "
        b"/Info (sRGB IEC61966-2.1) /DestOutputProfile %d 0 R >>" % profile
    )


def _name_fonts(parts: Parts) -> None:
    """Call a font by the name of the subset embedded, wherever it is named."""
    named: dict[int, bytes] = {}
    for number, body in parts.objects.items():
        descriptor = _DESCRIPTOR.search(body[:4000])
        found = descriptor and _FONT_NAME.search(parts.objects.get(int(descriptor[1]), b""))
        if found:
            named[number] = found[1]
    for number, body in list(parts.objects.items()):
        below = _BELOW.search(body[:4000])
        name = named.get(number) or (named.get(int(below[1])) if below else None)
        if name:
            parts.objects[number] = _BASE_FONT.sub(b"/BaseFont " + name, body)
