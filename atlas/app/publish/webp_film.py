"""Puts still WebP pictures together to a moving one. Floor: app, standard library; neighbour: film.

The container is RIFF with a chunk ANMF a frame (https://developers.google.com/speed/webp/docs/
riff_container). Qt packs the stills.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

_PICTURE = (b"ALPH", b"VP8 ", b"VP8L")


def animated_webp(frames: Sequence[tuple[bytes, int]], size_px: tuple[int, int]) -> bytes:
    """Return a file that shows stills (file bytes, milliseconds each) over and over.

    Raises
    ------
    ValueError
        If a still is no WebP file.
    """
    width, height = size_px
    head = _chunk(b"VP8X", struct.pack("<I", 0x02) + _u24(width - 1) + _u24(height - 1))
    body = [head, _chunk(b"ANIM", struct.pack("<IH", 0, 0))]
    for still, shown_ms in frames:
        frame = _u24(0) + _u24(0) + _u24(width - 1) + _u24(height - 1) + _u24(shown_ms)
        # No blending: every still is whole.
        body.append(_chunk(b"ANMF", frame + b"\x02" + _picture(still)))
    data = b"WEBP" + b"".join(body)
    return b"RIFF" + struct.pack("<I", len(data)) + data


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
