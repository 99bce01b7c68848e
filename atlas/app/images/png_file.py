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
    import numpy as np
    from numpy.typing import NDArray

    from atlas.app.images.raster import Rows

    Row = NDArray[np.uint8]

MAGIC: Final = b"\x89PNG\r\n\x1a\n"
_UP: Final = 2
_RGB, _RGBA = 2, 6
_WINDOW: Final = 1 << 15
_ZLIB_HEADER: Final = b"\x78\x5e"
_ADLER: Final = 65_521


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
    rows: Rows
    lead: Rows
    """The rows before, as many as the packer looks back on; at the top one of nothing."""


class _Packed(NamedTuple):
    data: bytes
    check: int
    raw_bytes: int


def _deflated(bands: Iterable[Rows], row_bytes: int) -> Iterator[bytes]:
    """Yield one zlib stream, of strips that are packed side by side (RFC 1950 and 1951)."""
    check = zlib.adler32(b"")
    yield _ZLIB_HEADER
    for piece in packed(_led(bands, row_bytes), _pack):
        check = _joined(check, piece.check, piece.raw_bytes)
        yield piece.data
    # An empty last block: the strips do not know which of them is the last.
    yield b"\x03\x00" + struct.pack(">I", check)


def _led(bands: Iterable[Rows], row_bytes: int) -> Iterator[_Strip]:
    import numpy as np

    looked_back = _WINDOW // row_bytes + 2
    lead = np.zeros((1, row_bytes), np.uint8)
    for rows in strips(bands, max(STRIP_BYTES // row_bytes, looked_back)):
        yield _Strip(rows, lead)
        lead = rows[-looked_back:]


def _pack(strip: _Strip) -> _Packed:
    data = _filtered(strip.rows, strip.lead[-1])
    before = bytes(_filtered(strip.lead[1:], strip.lead[0])[-_WINDOW:])
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15, 8, zlib.Z_DEFAULT_STRATEGY, before)
    body = packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)
    return _Packed(body, zlib.adler32(data), len(data))


def _filtered(rows: Rows, above: Row) -> memoryview:
    """Return rows less the ones above, each led by the filter's number."""
    import numpy as np

    height, width = rows.shape
    out = np.empty((height, width + 1), np.uint8)
    out[:, 0] = _UP
    if height:
        np.subtract(rows[1:], rows[:-1], out=out[1:, 1:])
        np.subtract(rows[0], above, out=out[0, 1:])
    return out.reshape(-1).data


def _joined(check: int, following: int, following_bytes: int) -> int:
    """Return the check of two texts in a row from the check of each (Adler-32 of RFC 1950)."""
    ones = check & 0xFFFF
    low = ones + (following & 0xFFFF) - 1
    high = (check >> 16) + (following >> 16) + following_bytes * (ones - 1)
    return (high % _ADLER) << 16 | low % _ADLER


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
