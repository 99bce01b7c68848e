"""Puts still WebP pictures together to a moving one. Floor: app, standard library; neighbour: film.

The container is RIFF with a chunk ANMF a frame (https://developers.google.com/speed/webp/docs/
riff_container). Qt packs the stills.
"""

from __future__ import annotations

import struct
from io import SEEK_END
from typing import BinaryIO

_PICTURE = (b"ALPH", b"VP8 ", b"VP8L")


class WebpWriter:
    """Takes stills one after the other and writes them into a file; `finish` ends it."""

    def __init__(self, file: BinaryIO, size_px: tuple[int, int]) -> None:
        self._file = file
        self._sides = _u24(size_px[0] - 1) + _u24(size_px[1] - 1)
        # The length is known at the end.
        file.write(b"RIFF\0\0\0\0WEBP" + _chunk(b"VP8X", struct.pack("<I", 0x02) + self._sides))
        file.write(_chunk(b"ANIM", struct.pack("<IH", 0, 0)))

    def add(self, still: bytes, shown_ms: int) -> None:
        """Show a still (a file's bytes) for so long.

        Raises
        ------
        ValueError
            If it is no WebP file.
        """
        frame = _u24(0) + _u24(0) + self._sides + _u24(shown_ms)
        # No blending: every still is whole.
        self._file.write(_chunk(b"ANMF", frame + b"\x02" + _picture(still)))

    def finish(self) -> None:
        """Write what is left."""
        length = self._file.tell() - 8
        self._file.seek(4)
        self._file.write(struct.pack("<I", length))
        self._file.seek(0, SEEK_END)


def _picture(still: bytes) -> bytes:
    """Return the chunks of a still that hold its pixels."""
    if still[:4] != b"RIFF" or still[8:12] != b"WEBP":
        raise ValueError("not a WebP file")
    found, at = b"", 12
    while at + 8 <= len(still):
        length = int.from_bytes(still[at + 4 : at + 8], "little")
        if still[at : at + 4] in _PICTURE:
            found += _chunk(still[at : at + 4], still[at + 8 : at + 8 + length])
        at += 8 + length + length % 2
    return found


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\x00" * (len(data) % 2)


def _u24(number: int) -> bytes:
    return number.to_bytes(3, "little")
