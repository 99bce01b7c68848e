"""Makes a PDF a fraction of what Qt writes, without a loss that print could show.

Floor: app; neighbours: parts, document. Qt writes lengths to a millionth of a pixel, packs
every picture's transparency without loss, and a picture as often as it is drawn. Here lines keep a
hundredth of a pixel (1/9600 inch), and a large mask is packed as JPEG, as its picture is.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from atlas.app.pdf.parts import Parts, Stream

_CONTENTS: Final = re.compile(rb"/Contents (\d+) 0 R")
_MASK: Final = re.compile(rb"/SMask (\d+) 0 R")
_LINES: Final = re.compile(rb"(?:[-0-9. ]+ (?:[mlc]|re)\n|h\n)+")
_FINER: Final = re.compile(rb"(\.\d\d)\d+")
_TENTHS: Final = re.compile(rb"(\.\d)0 ")
_LENGTH: Final = re.compile(rb"/Length \d+( 0 R)?")
_REFERENCE: Final = re.compile(rb"\b(\d+) 0 R")
_SIDES: Final = tuple(re.compile(rb"/%s (\d+)" % name) for name in (b"Width", b"Height"))
_QUALITY: Final = 75
_LEAST_MASK: Final = 40_000
"""Masks of fewer dots keep every one of them."""
_AT_ONCE: Final = 1 << 14
"""So many bytes as they are packed are made lighter in about 10 ms."""

Pause = Callable[[int], None]
"""Lets others do something for a moment; may raise to end the work."""


def lighten_lines(parts: Parts, pause: Pause) -> None:
    """Round the lengths of lines and areas on every page; `pause` is told how many are done."""
    for done, page in enumerate(parts.pages):
        pause(done)
        said = _CONTENTS.search(parts.objects[page])
        content = parts.stream(int(said[1])) if said else None
        if said and content and b"/FlateDecode" in content.head:
            pack, packed = zlib.compressobj(), bytearray()
            for lines in _whole_lines(content.data):
                pause(done)
                packed += pack.compress(_LINES.sub(lambda run: rounded(run[0]), lines))
            parts.put_stream(int(said[1]), content.head, bytes(packed + pack.flush()))


def _whole_lines(packed: bytes) -> Iterator[bytes]:
    """Yield what was packed, a little at a time and never a part of a line."""
    unpack, rest = zlib.decompressobj(), b""
    for at in range(0, len(packed), _AT_ONCE):
        piece = rest + unpack.decompress(packed[at : at + _AT_ONCE])
        end = piece.rfind(b"\n") + 1
        yield piece[:end]
        rest = piece[end:]
    yield rest + unpack.flush()


def rounded(lines: bytes) -> bytes:
    """Return lengths cut after the second decimal place."""
    cut = _FINER.sub(rb"\1", lines).replace(b".00 ", b" ")
    return _TENTHS.sub(rb"\1 ", cut)


def lighten_pictures(parts: Parts, pause: Callable[[], None]) -> None:
    """Hold every picture once, an even colour as one dot, large transparency as JPEG.

    There is a `pause` before each.
    """
    _lighten_masks(parts, pause)
    _lighten_inks(parts, pause)
    _share(parts)


def _lighten_masks(parts: Parts, pause: Callable[[], None]) -> None:
    masks = {int(n) for body in parts.objects.values() for n in _MASK.findall(body[:400])}
    for number in sorted(masks):
        pause()
        mask = parts.stream(number)
        if mask is None or b"/FlateDecode" not in mask.head:
            continue
        packed = _as_jpeg(mask)
        if packed and len(packed) < len(mask.data):
            head = mask.head.replace(b"/FlateDecode", b"/DCTDecode")
            parts.put_stream(number, head, packed)


def _lighten_inks(parts: Parts, pause: Callable[[], None]) -> None:
    """Keep one dot of the pictures that are one colour: their masks tell where it lies."""
    for number in _pictures(parts):
        pause()
        picture = parts.stream(number)
        if picture is None or b"/SMask" not in picture.head or b"/DCTDecode" not in picture.head:
            continue
        image = QImage.fromData(picture.data).convertToFormat(QImage.Format.Format_RGB888)
        dot = image.copy(0, 0, 1, 1)
        even = QImage(image)
        even.fill(dot.pixelColor(0, 0))
        if not image.isNull() and image == even:
            head = picture.head.replace(b"/Filter /DCTDecode", b"")
            for side, name in zip(_SIDES, (b"Width", b"Height"), strict=True):
                head = side.sub(b"/%s 1" % name, head)
            parts.put_stream(number, head, bytes(dot.constBits())[:3])


def _share(parts: Parts) -> None:
    """Let pictures that are the same be one, masks first: pictures are told apart by theirs."""
    for wanted in (b"/DeviceGray", b"/DeviceRGB"):
        first: dict[bytes, int] = {}
        same: dict[int, int] = {}
        for number in _pictures(parts):
            stream = parts.stream(number)
            if stream is None or wanted not in stream.head:
                continue
            key = _LENGTH.sub(b"", stream.head) + stream.data
            if first.setdefault(key, number) != number:
                same[number] = first[key]
        _point(parts, same)


def _point(parts: Parts, same: dict[int, int]) -> None:
    """Drop objects and let what refers to them refer to others."""
    for number in same:
        del parts.objects[number]

    def other(reference: re.Match[bytes]) -> bytes:
        number = int(reference[1])
        return b"%d 0 R" % same.get(number, number)

    for number, body in parts.objects.items() if same else ():
        dictionary = body.partition(b"stream")[0]
        if b"/Im" in dictionary or b"/SMask" in dictionary:
            parts.objects[number] = _REFERENCE.sub(other, dictionary) + body[len(dictionary) :]


def _pictures(parts: Parts) -> list[int]:
    return [n for n, body in sorted(parts.objects.items()) if b"/Subtype /Image" in body[:200]]


def _as_jpeg(mask: Stream) -> bytes:
    """Return a mask of 8 bits as JPEG; nothing if it is small or of another kind."""
    width, height = (int(m[1]) if (m := side.search(mask.head)) else 0 for side in _SIDES)
    dots = mask.plain()
    if len(dots) != width * height or len(dots) < _LEAST_MASK:
        return b""
    image = QImage(dots, width, height, width, QImage.Format.Format_Grayscale8)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpg"))
    writer.setQuality(_QUALITY)
    return bytes(buffer.data().data()) if writer.write(image) else b""
