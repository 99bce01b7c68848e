"""Which characters the bundled fonts can draw: the `cmap` tables of TrueType files, read directly.

Duty: let the check find text that would show as boxes, without Qt and without a font library.
Floor: geodata, standard library only; no neighbours. Formats 4 and 12 are read; all bundled fonts
have one of them.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_FORMAT_4: Final = 4
_FORMAT_12: Final = 12
_INVISIBLE: Final = frozenset(map(ord, "\t\n\r\u200b\u200c\u200d"))


class FontError(ValueError):
    """A file is no TrueType font this reader understands; the message names it."""


def drawable(folder: Path) -> frozenset[int]:
    """Return the code points that at least one font of a folder can draw.

    Raises
    ------
    OSError, FontError
        If a font cannot be read.
    """
    covered: set[int] = set(_INVISIBLE)
    for path in sorted(folder.glob("*.ttf")):
        covered |= code_points(path.read_bytes(), path.name)
    return frozenset(covered)


def undrawable(text: str, covered: frozenset[int]) -> list[str]:
    """Return the characters of a text that no font can draw, each once, in order."""
    return list(dict.fromkeys(c for c in text if ord(c) not in covered))


def code_points(font: bytes, name: str) -> set[int]:
    """Return the code points one font maps to a glyph.

    Raises
    ------
    FontError
        If there is no readable `cmap` table.
    """
    try:
        return set(_read(font))
    except (struct.error, LookupError) as error:
        raise FontError(f"{name} is no font this check can read: {error}") from error


def _read(font: bytes) -> Iterable[int]:
    start = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    for number in range(count):
        (offset,) = struct.unpack_from(">I", font, start + 4 + 8 * number + 4)
        (form,) = struct.unpack_from(">H", font, start + offset)
        if form == _FORMAT_12:
            yield from _groups(font, start + offset)
        elif form == _FORMAT_4:
            yield from _segments(font, start + offset)


def _table(font: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        name, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if name == tag:
            return int(offset)
    raise LookupError(f"no {tag.decode()} table")


def _groups(font: bytes, at: int) -> Iterable[int]:
    (count,) = struct.unpack_from(">I", font, at + 12)
    for number in range(count):
        first, last, _ = struct.unpack_from(">III", font, at + 16 + 12 * number)
        yield from range(first, min(last, sys.maxunicode) + 1)


def _segments(font: bytes, at: int) -> Iterable[int]:
    """Yield the code points of a format 4 table: runs, each with a shift or a list of glyphs."""
    (twice,) = struct.unpack_from(">H", font, at + 6)
    count = twice // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + twice)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 2 * twice)
    ranges_at = at + 16 + 3 * twice
    ranges = struct.unpack_from(f">{count}H", font, ranges_at)
    for i in range(count):
        for code in range(starts[i], min(ends[i], 0xFFFE) + 1):
            glyph = code
            if ranges[i]:
                place = ranges_at + 2 * i + ranges[i] + 2 * (code - starts[i])
                (glyph,) = struct.unpack_from(">H", font, place)
            if not ranges[i] or glyph:
                glyph = (glyph + deltas[i]) % 0x10000
            if glyph:
                yield code
