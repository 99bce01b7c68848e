"""Writes PNG band by band: rows are packed on other cores while the next are painted.

Floor: app; neighbours: raster (the rows), strips. Qt's own writer wants the whole picture at once
and packs it three times slower. PNG is ISO/IEC 15948; rows are told as differences from the row
above.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from atlas.app.images.strips import LEVEL, STRIP_BYTES, packed, strips

if TYPE_CHECKING:
    from atlas.app.images.raster import Rows

MAGIC: Final = b"\x89PNG\r\n\x1a\n"
_UP: Final = 2
_RGB, _RGBA = 2, 6
_WINDOW: Final = 1 << 15
_ZLIB_HEADER: Final = b"\x78\x5e"


def write_png(
    file: BinaryIO,
    size: tuple[int, int],
    bands: Iterable[Rows],
    dots_per_m: int,
    texts: Mapping[str, str],
    alpha: bool = False,
) -> None:
    """Write a picture of 8 bits a sample; texts go before the rows."""
    file.write(MAGIC)
    kind = _RGBA if alpha else _RGB
    _chunk(file, b"IHDR", struct.pack(">IIBBBBB", *size, 8, kind, 0, 0, 0))
    _chunk(file, b"pHYs", struct.pack(">IIB", dots_per_m, dots_per_m, 1))
    for key, text in texts.items():
        _text(file, key, text)
    row_bytes = size[0] * (4 if alpha else 3)
    for piece in _deflated(bands, row_bytes):
        _chunk(file, b"IDAT", piece)
    _chunk(file, b"IEND", b"")


class _Strip(NamedTuple):
    data: memoryview
    before: bytes
    """The end of the strip before, in which the packer finds what repeats."""


def _deflated(bands: Iterable[Rows], row_bytes: int) -> Iterator[bytes]:
    """Yield one zlib stream, of strips that are packed side by side (RFC 1950 and 1951)."""
    check = zlib.adler32(b"")

    def filtered() -> Iterator[_Strip]:
        nonlocal check
        above: Rows | None = None
        before = b""
        for rows in strips(bands, max(STRIP_BYTES // row_bytes, 1)):
            data = _filtered(rows, above)
            above, check = rows[-1], zlib.adler32(data, check)
            yield _Strip(data, before)
            before = bytes(data[-_WINDOW:])

    yield _ZLIB_HEADER
    yield from packed(filtered(), _pack)
    # An empty last block: the strips do not know which of them is the last.
    yield b"\x03\x00" + struct.pack(">I", check)


def _pack(strip: _Strip) -> bytes:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15, 8, zlib.Z_DEFAULT_STRATEGY, strip.before)
    return packer.compress(strip.data) + packer.flush(zlib.Z_SYNC_FLUSH)


def _filtered(rows: Rows, above: Rows | None) -> memoryview:
    """Return rows less the ones above, each led by the filter's number."""
    import numpy as np

    height, width = rows.shape
    out = np.empty((height, width + 1), np.uint8)
    out[:, 0] = _UP
    np.subtract(rows[1:], rows[:-1], out=out[1:, 1:])
    out[0, 1:] = rows[0] if above is None else rows[0] - above
    return out.reshape(-1).data


def _text(file: BinaryIO, key: str, text: str) -> None:
    name = key.encode("latin-1")
    if text.isascii():
        _chunk(file, b"tEXt", name + b"\0" + text.encode("ascii"))
    else:
        _chunk(file, b"iTXt", name + b"\0\0\0\0\0" + text.encode("utf-8"))


def _chunk(file: BinaryIO, kind: bytes, body: bytes) -> None:
    file.write(struct.pack(">I", len(body)) + kind)
    file.write(body)
    file.write(struct.pack(">I", zlib.crc32(body, zlib.crc32(kind))))
