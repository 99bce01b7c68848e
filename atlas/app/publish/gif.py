"""Writes moving pictures as GIF: one palette, only what changes from frame to frame, LZW.

Floor: app, no Qt; neighbours: film. Qt writes no GIF, and Pillow is not among what readers install.
Pixels are numpy arrays of 0xRRGGBB, shape (height, width), dtype uint32. The same frames give the
same bytes. GIF89a: https://www.w3.org/Graphics/GIF/spec-gif89a.txt
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

Rgb = NDArray[np.uint32]
Indexed = NDArray[np.uint8]
_CLEAR: Final = 256
_END: Final = 257
_MOST_BITS: Final = 12
_MOST_CODES: Final = 1 << _MOST_BITS
_FLUSH_BITS: Final = 512
_SEE_THROUGH: Final = 255
_COLORS: Final = 255
_MOST_DELAY_CS: Final = 65_535
_BITS: Final = 6
"""Colours are told apart by so many bits of red, green and blue."""


def palette_of(samples: Iterable[Rgb]) -> NDArray[np.int32]:
    """Return up to 255 colours for some pictures, shape (n, 3), by median cut."""
    used = np.zeros(1 << (3 * _BITS), np.int64)
    for sample in samples:
        used += np.bincount(_keys(sample).ravel(), minlength=len(used))
    keys = np.flatnonzero(used).astype(np.uint32)
    counts = used[keys]
    colors = _colors_of_keys(keys)
    boxes = [np.arange(len(keys))]
    while len(boxes) < _COLORS:
        spread = [_spread(colors[box], counts[box]) if len(box) > 1 else -1.0 for box in boxes]
        widest = int(np.argmax(spread))
        if spread[widest] < 0:
            break
        boxes[widest : widest + 1] = _halves(boxes[widest], colors, counts)
    means = [np.average(colors[box], axis=0, weights=counts[box]) for box in boxes]
    return np.rint(np.array(means)).astype(np.int32)


def _keys(pixels: Rgb) -> NDArray[np.uint32]:
    """Return the leading bits of each pixel's red, green and blue as one number."""
    drop, mask = 8 - _BITS, np.uint32((1 << _BITS) - 1)
    red, green, blue = ((pixels >> np.uint32(at + drop)) & mask for at in (16, 8, 0))
    keys: Rgb = (red << np.uint32(2 * _BITS)) | (green << np.uint32(_BITS)) | blue
    return keys


def _colors_of_keys(keys: NDArray[np.uint32]) -> NDArray[np.int32]:
    mask, most = (1 << _BITS) - 1, (1 << _BITS) - 1
    parts = [(keys >> (2 * _BITS)) & mask, (keys >> _BITS) & mask, keys & mask]
    return np.stack([part.astype(np.int32) * 255 // most for part in parts], axis=1)


def _spread(colors: NDArray[np.int32], counts: NDArray[np.int64]) -> float:
    """Return how much a box of colours wants to be split: by width, and a little by its use."""
    return float((colors.max(axis=0) - colors.min(axis=0)).max() * np.sqrt(np.sqrt(counts.sum())))


def _halves(
    box: NDArray[np.int64], colors: NDArray[np.int32], counts: NDArray[np.int64]
) -> list[NDArray[np.int64]]:
    inside = colors[box]
    axis = int(np.argmax(inside.max(axis=0) - inside.min(axis=0)))
    ordered = box[np.argsort(inside[:, axis], kind="stable")]
    reached = np.cumsum(counts[ordered])
    cut = int(np.searchsorted(reached, reached[-1] / 2)) + 1
    cut = min(max(cut, 1), len(ordered) - 1)
    return [ordered[:cut], ordered[cut:]]


class GifWriter:
    """Takes frames one after the other and writes them into a file; `finish` ends it."""

    def __init__(
        self, file: BinaryIO, size_px: tuple[int, int], palette: NDArray[np.int32], comment: str
    ) -> None:
        self._file, self._palette = file, palette
        self._nearest = np.full(1 << (3 * _BITS), -1, np.int16)
        self._before: Indexed | None = None
        self._waiting: tuple[tuple[int, int], Indexed] | None = None
        self._delay_cs = 0
        self.frames = 0
        table = np.zeros((256, 3), np.uint8)
        table[: len(palette)] = palette
        file.write(b"GIF89a" + struct.pack("<HHBBB", *size_px, 0xF7, 0, 0) + table.tobytes())
        file.write(b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00")
        file.write(b"\x21\xfe" + _blocks(comment.encode("utf-8")))

    def add(self, pixels: Rgb, delay_cs: int) -> None:
        """Add a frame shown for hundredths of a second; one like the last prolongs that."""
        indexed = self._indexed(pixels)
        part = _changed(self._before, indexed)
        if part is None:
            self._delay_cs += delay_cs
            return
        self._flush()
        self._waiting, self._delay_cs, self._before = part, delay_cs, indexed

    def finish(self) -> None:
        """Write what is left."""
        self._flush()
        self._file.write(b"\x3b")

    def _indexed(self, pixels: Rgb) -> Indexed:
        keys = _keys(pixels)
        found = self._nearest[keys]
        missing = np.unique(keys[found < 0])
        if len(missing):
            for part in np.array_split(missing, len(missing) // 2048 + 1):
                apart = _colors_of_keys(part)[:, None, :] - self._palette[None, :, :]
                self._nearest[part] = (apart * apart).sum(axis=2).argmin(axis=1)
            found = self._nearest[keys]
        return found.astype(np.uint8)

    def _flush(self) -> None:
        if self._waiting is None:
            return
        (left, top), part = self._waiting
        delay = min(self._delay_cs, _MOST_DELAY_CS)
        see_through = self.frames > 0
        clear = _SEE_THROUGH if see_through else 0
        head = b"\x21\xf9\x04" + struct.pack("<BHBB", 0x04 | see_through, delay, clear, 0)
        height, width = part.shape
        head += b"\x2c" + struct.pack("<HHHHB", left, top, width, height, 0)
        self._file.write(head + b"\x08" + _blocks(lzw(part.tobytes())))
        self._waiting = None
        self.frames += 1


def _changed(before: Indexed | None, now: Indexed) -> tuple[tuple[int, int], Indexed] | None:
    """Return where and what a frame changes, what stays see-through; None if nothing."""
    if before is None:
        return (0, 0), now
    differs = before != now
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if not len(rows):
        return None
    place = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    part = np.where(differs[place], now[place], np.uint8(_SEE_THROUGH))
    return (int(columns[0]), int(rows[0])), part


def lzw(data: bytes) -> bytes:
    """Return bytes, at least one, as GIF's variable-length codes for 8-bit pixels."""
    out = bytearray()
    codes: dict[int, int] = {}
    look_up, bits, following, held, held_bits = codes.get, 9, _END + 1, _CLEAR, 9
    prefix = data[0]
    for pixel in memoryview(data)[1:]:
        pair = prefix << 8 | pixel
        code = look_up(pair)
        if code is not None:
            prefix = code
            continue
        held |= prefix << held_bits
        held_bits += bits
        prefix = pixel
        if following < _MOST_CODES:
            codes[pair] = following
            bits += following == 1 << bits
            following += 1
        else:
            held |= _CLEAR << held_bits
            held_bits += bits
            codes.clear()
            bits, following = 9, _END + 1
        if held_bits >= _FLUSH_BITS:
            whole = held_bits >> 3
            out += (held & ((1 << (whole << 3)) - 1)).to_bytes(whole, "little")
            held >>= whole << 3
            held_bits &= 7
    held |= prefix << held_bits
    held_bits += bits
    bits += following == 1 << bits and bits < _MOST_BITS
    held |= _END << held_bits
    out += held.to_bytes(-(-(held_bits + bits) // 8), "little")
    return bytes(out)


def _blocks(data: bytes) -> bytes:
    """Return data in blocks of at most 255 bytes, each after its length, and an empty one."""
    parts = (data[at : at + 255] for at in range(0, len(data), 255))
    return b"".join(bytes([len(part)]) + part for part in parts) + b"\x00"
