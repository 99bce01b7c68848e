"""Takes the hour out of a PDF, so that one content gives the same bytes.

Floor: app, standard library only; neighbours: parts, document. Qt stamps the second into the file
and into every font it embeds.
"""

from __future__ import annotations

import re
import struct
import zlib
from typing import Final

from atlas.app.pdf.parts import Parts

_STAMP: Final = re.compile(rb"(/(?:Creation|Mod)Date \(D:)\d{14}(?=Z?[^)]*\))")
_FONT_FILE: Final = re.compile(rb"/FontFile2 (\d+) 0 R")


def fix_dates(parts: Parts, iso_day: str) -> None:
    """Let a PDF say that it was made on a day; as it is if that is no date."""
    digits = iso_day.replace("-", "")
    if re.fullmatch(r"\d{8}", digits):
        stamped = rb"\g<1>" + f"{digits}000000".encode()
        parts.objects[parts.info] = _STAMP.sub(stamped, parts.objects[parts.info])


def fix_fonts(parts: Parts) -> None:
    """Let embedded fonts not tell the second they were made in."""
    numbers = {int(n) for body in parts.objects.values() for n in _FONT_FILE.findall(body[:2000])}
    for number in sorted(numbers):
        font = parts.stream(number)
        if font is not None:
            parts.put_stream(number, font.head, zlib.compress(_undated(font.plain()), 9))


def _undated(font: bytes) -> bytes:
    """Return a TrueType font without its dates, its checksums put right."""
    out = bytearray(font)
    for entry in range(12, 12 + 16 * int.from_bytes(font[4:6], "big"), 16):
        if font[entry : entry + 4] != b"head":
            continue
        start = int.from_bytes(font[entry + 8 : entry + 12], "big")
        length = int.from_bytes(font[entry + 12 : entry + 16], "big")
        out[start + 8 : start + 12] = bytes(4)
        out[start + 20 : start + 36] = bytes(16)
        out[entry + 4 : entry + 8] = _sum(out[start : start + length]).to_bytes(4, "big")
        whole = (0xB1B0AFBA - _sum(out)) & 0xFFFFFFFF
        out[start + 8 : start + 12] = whole.to_bytes(4, "big")
    return bytes(out)


def _sum(data: bytes | bytearray) -> int:
    words = bytes(data) + bytes(-len(data) % 4)
    numbers: tuple[int, ...] = struct.unpack(f">{len(words) // 4}I", words)
    return sum(numbers) & 0xFFFFFFFF
