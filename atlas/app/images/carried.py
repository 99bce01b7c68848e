"""Takes the view out of a picture the atlas wrote: PNG by its text chunks, the rest by XMP.

Floor: app; neighbours: frame_identity (which judges what it says), xmp. No picture is decoded:
only texts are looked for, each no longer than a view can be, so that a hostile file costs little.
"""

from __future__ import annotations

import mmap
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from atlas.app.images.frame_identity import (
    FRAME_KEY,
    MAX_TEXT,
    STATE_KEY,
    Frame,
    frame_from,
    sized,
)
from atlas.app.images.xmp import TAGS
from atlas.app.library import Library
from atlas.app.pages import LOGICAL_DPI
from atlas.app.refusal import Refusal, refusal_of

PNG_MAGIC: Final = b"\x89PNG\r\n\x1a\n"
_MOST_CHUNKS: Final = 100_000
_KEYS: Final = (STATE_KEY, FRAME_KEY)


def read_frame(path: Path, library: Library) -> Frame:
    """Return what a picture says was drawn in it.

    Raises
    ------
    Refusal
        If the file cannot be read, or carries no view, or none that can be had.
    """
    if path.exists() and not path.is_file():
        raise Refusal(str(path), "is no file", "choose a picture that the atlas exported")
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            texts = _png_texts(data) if data[:8] == PNG_MAGIC else _xmp_texts(data)
            frame = frame_from(texts, str(path), library)
            if FRAME_KEY not in texts and data[:8] == PNG_MAGIC:
                frame = sized(frame, *_png_size(data))
    except OSError as error:
        raise refusal_of(error, "be read", path) from error
    except (ValueError, struct.error, zlib.error) as error:
        raise Refusal(str(path), f"is no whole picture ({error})") from error
    return frame


def _xmp_texts(data: mmap.mmap) -> dict[str, str]:
    found = {}
    for key in _KEYS:
        tag = TAGS[key].encode("ascii")
        pattern = rb"<%s>([^<]{0,%d})</%s>" % (tag, MAX_TEXT, tag)
        if match := re.search(pattern, data):
            found[key] = match[1].decode("utf-8", "replace")
    return found


def _png_texts(data: mmap.mmap) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, body in _chunks(data):
        if kind not in (b"tEXt", b"zTXt", b"iTXt"):
            continue
        key, _, rest = body.partition(b"\0")
        name = key.decode("latin-1")
        if name in _KEYS and name not in found:
            found[name] = _chunk_text(kind, rest)
    return found


def _chunk_text(kind: bytes, rest: bytes) -> str:
    if kind == b"tEXt":
        return rest.decode("latin-1")
    if kind == b"zTXt":
        return _inflated(rest[1:]).decode("latin-1")
    packed = rest[:1] == b"\1"
    _, _, after = rest[2:].partition(b"\0")
    _, _, text = after.partition(b"\0")
    return (_inflated(text) if packed else text).decode("utf-8", "replace")


def _inflated(data: bytes) -> bytes:
    """Return unpacked bytes, never more than a view may have: a small file can unpack to much."""
    return zlib.decompressobj().decompress(data, MAX_TEXT)


def _chunks(data: mmap.mmap) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and body of each chunk but the picture's own, as far as the file is whole."""
    place = len(PNG_MAGIC)
    for _ in range(_MOST_CHUNKS):
        if place + 8 > len(data):
            return
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        if kind == b"IEND" or place + 12 + length > len(data):
            return
        if kind != b"IDAT" and length <= MAX_TEXT:
            yield kind, data[place + 8 : place + 8 + length]
        place += 12 + length


def _png_size(data: mmap.mmap) -> tuple[int, int, int]:
    """Return width and height in dots, and how many make an inch."""
    bodies = dict(_chunks(data))
    width, height = struct.unpack(">II", bodies.get(b"IHDR", b"")[:8])
    dpi = LOGICAL_DPI
    if len(physical := bodies.get(b"pHYs", b"")) == 9 and physical[8] == 1:
        dpi = max(round(struct.unpack(">I", physical[:4])[0] * 0.0254), 1)
    return width, height, dpi
