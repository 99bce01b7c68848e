"""JPEG and WebP by Qt's own coders, with resolution and XMP put in, where Qt leaves them out.

Floor: app; neighbours: xmp (the packet), export. Both are packed in one piece. JPEG: APP1 of
ISO/IEC 10918-1 with XMP's signature; WebP: RIFF with an extended header, RFC 9649.
"""

from __future__ import annotations

import struct
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from atlas.app.refusal import Refusal

JPEG_QUALITY: Final = 92
WEBP_LOSSLESS: Final = 100
_XMP_SIGNATURE: Final = b"http://ns.adobe.com/xap/1.0/\0"
_ALPHA, _XMP = 0x10, 0x04
_APP0, _APP1 = 0xE0, 0xE1


def jpeg_bytes(image: QImage, xmp: bytes) -> bytes:
    """Return an image as JPEG; its dots per metre are stored with it.

    Raises
    ------
    Refusal
        If Qt cannot pack it.
    """
    data = coded(image, b"jpeg", JPEG_QUALITY)
    body = _XMP_SIGNATURE + xmp
    segment = struct.pack(">BBH", 0xFF, _APP1, len(body) + 2) + body
    # After the JFIF header, which says that it comes first.
    head = 2 + (2 + struct.unpack(">H", data[4:6])[0] if data[3] == _APP0 else 0)
    return data[:head] + segment + data[head:]


def webp_bytes(image: QImage, xmp: bytes) -> bytes:
    """Return an image as lossless WebP.

    Raises
    ------
    Refusal
        If Qt cannot pack it.
    """
    data = coded(image, b"webp", WEBP_LOSSLESS)
    chunks = data[12:]
    if chunks[:4] == b"VP8X":
        chunks = chunks[18:]
    flags = _XMP | (_ALPHA if image.hasAlphaChannel() else 0)
    sides = (side - 1 for side in (image.width(), image.height()))
    header = struct.pack("<I", flags) + b"".join(side.to_bytes(3, "little") for side in sides)
    body = b"WEBP" + _chunk(b"VP8X", header) + chunks + _chunk(b"XMP ", xmp)
    return b"RIFF" + struct.pack("<I", len(body)) + body


CODERS: Final = {"jpg": jpeg_bytes, "webp": webp_bytes}


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def coded(image: QImage, kind: bytes, quality: int) -> bytes:
    """Return an image as Qt packs it: ``jpeg``, ``webp``, ``png``; -1 for the usual quality.

    Raises
    ------
    Refusal
        If Qt cannot pack it.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind))
    writer.setQuality(quality)
    if not writer.write(image):
        what = f"the picture could not be packed as {kind.decode().upper()}"
        raise Refusal("--size", what, "choose a smaller one, or PNG")
    return bytes(buffer.data().data())
