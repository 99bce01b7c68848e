"""Writes TIFF band by band, in deflated strips, with resolution, texts and whatever tags are given.

Floor: app; neighbours: raster (the rows), strips, georeference (tags that tell where it lies).
TIFF 6.0 with Adobe's deflate (8) and horizontal differencing, which common readers know.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from atlas.app.images.strips import LEVEL, STRIP_BYTES, packed, strips

if TYPE_CHECKING:
    from atlas.app.images.raster import Rows

ASCII, SHORT, LONG, RATIONAL, UNDEFINED, DOUBLE = 2, 3, 4, 5, 7, 12
_LETTER: Final = {ASCII: "s", SHORT: "H", LONG: "I", RATIONAL: "I", UNDEFINED: "s", DOUBLE: "d"}
DEFLATE, HORIZONTAL, PLAIN_ALPHA, INCH = 8, 2, 2, 2


class Tag(NamedTuple):
    """One field of the file: number, type, values (bytes, or numbers; two to a rational)."""

    number: int
    kind: int
    values: bytes | tuple[float, ...]


def write_tiff(
    file: BinaryIO,
    size: tuple[int, int],
    bands: Iterable[Rows],
    dpi: int,
    tags: Iterable[Tag] = (),
    alpha: bool = False,
) -> None:
    """Write a picture of 8 bits a sample; `tags` are added to those every picture has."""
    width, height = size
    samples = 4 if alpha else 3
    rows_a_strip = max(STRIP_BYTES // (width * samples), 1)
    file.write(b"II*\0\0\0\0\0")
    offsets: list[int] = []
    counts: list[int] = []
    for piece in packed(strips(bands, rows_a_strip), lambda strip: _pack(strip, samples)):
        offsets.append(file.tell())
        counts.append(len(piece))
        file.write(piece)
    own = [
        Tag(256, LONG, (width,)),
        Tag(257, LONG, (height,)),
        Tag(258, SHORT, (8,) * samples),
        Tag(259, SHORT, (DEFLATE,)),
        Tag(262, SHORT, (2,)),
        Tag(273, LONG, tuple(offsets)),
        Tag(277, SHORT, (samples,)),
        Tag(278, LONG, (rows_a_strip,)),
        Tag(279, LONG, tuple(counts)),
        Tag(282, RATIONAL, (dpi, 1)),
        Tag(283, RATIONAL, (dpi, 1)),
        Tag(284, SHORT, (1,)),
        Tag(296, SHORT, (INCH,)),
        Tag(317, SHORT, (HORIZONTAL,)),
    ]
    if alpha:
        own.append(Tag(338, SHORT, (PLAIN_ALPHA,)))
    _directory(file, sorted([*own, *tags]))


def text_tag(number: int, text: str) -> Tag:
    """Return a field of text; letters beyond ASCII become UTF-8, as readers expect nowadays."""
    return Tag(number, ASCII, text.encode("utf-8") + b"\0")


def _pack(strip: Rows, samples: int) -> bytes:
    import numpy as np

    differences = strip.copy()
    np.subtract(strip[:, samples:], strip[:, :-samples], out=differences[:, samples:])
    return zlib.compress(differences.reshape(-1).data, LEVEL)


def _directory(file: BinaryIO, tags: list[Tag]) -> None:
    """Write the fields after the rows, and at the file's head where they begin."""
    start = _even(file)
    body = struct.pack("<H", len(tags))
    beyond = start + 2 + 12 * len(tags) + 4
    tail = b""
    for tag in tags:
        data, count = _encoded(tag)
        if len(data) > 4:
            place = struct.pack("<I", beyond + len(tail))
            tail += data + b"\0" * (len(data) % 2)
        else:
            place = data.ljust(4, b"\0")
        body += struct.pack("<HHI", tag.number, tag.kind, count) + place
    file.write(body + b"\0\0\0\0" + tail)
    file.seek(4)
    file.write(struct.pack("<I", start))


def _even(file: BinaryIO) -> int:
    if file.tell() % 2:
        file.write(b"\0")
    return file.tell()


def _encoded(tag: Tag) -> tuple[bytes, int]:
    if isinstance(tag.values, bytes):
        return tag.values, len(tag.values)
    values = tag.values if tag.kind == DOUBLE else tuple(int(value) for value in tag.values)
    data = struct.pack(f"<{len(values)}{_LETTER[tag.kind]}", *values)
    return data, len(values) // 2 if tag.kind == RATIONAL else len(values)
