"""What Qt leaves out of a PDF: bookmarks, links within the file, and dates that do not change.

Floor: app, standard library only; neighbours: booklet. An update is appended, as the format allows
(ISO 32000-1, 7.5.6): the file Qt wrote stays as it is but for its time stamps: those of the
document are overwritten, those in the fonts taken out. A file that is not as Qt writes it is left
alone.
"""

from __future__ import annotations

import re
import struct
import zlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

_STAMP: Final = re.compile(rb"(/(?:Creation|Mod)Date \(D:)\d{14}(?=Z?[^)]*\))")
_XMP_STAMP: Final = re.compile(
    rb"(xmp:(?:Create|Modify|Metadata)Date=\")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=[^\"]*\")"
)
_ROOT: Final = re.compile(rb"/Root (\d+) 0 R")
_SIZE: Final = re.compile(rb"/Size (\d+)")
_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_PAGES: Final = re.compile(rb"/Pages (\d+) 0 R")
_REFERENCE: Final = re.compile(rb"(\d+) 0 R")
_FONT_FILE: Final = re.compile(rb"/FontFile2 (\d+) 0 R")
_STREAM: Final = re.compile(
    rb"(?P<head>\d+ 0 obj\n.*?/Length (?P<length>\d+) 0 R.*?stream\n)(?P<data>.*)"
    rb"(?P<tail>\nendstream\nendobj\s*)",
    re.DOTALL,
)
_NAMES: Final = re.compile(rb"/Names (\d+) 0 R")


class Bookmark(NamedTuple):
    """A line of the outline: its words, its page from 0, and how deep it stands (0 or 1)."""

    title: str
    page: int
    level: int = 0


def with_fixed_dates(pdf: bytes, iso_day: str) -> bytes:
    """Return a PDF made, by its own account, on a day, so that one content gives the same bytes."""
    digits = iso_day.replace("-", "")
    if not re.fullmatch(r"\d{8}", digits):
        return pdf
    pdf = _STAMP.sub(rb"\g<1>" + f"{digits}000000".encode(), pdf)
    iso = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}T00:00:00"
    return _XMP_STAMP.sub(rb"\g<1>" + iso.encode(), pdf)


def with_fixed_fonts(pdf: bytes) -> bytes:
    """Return a PDF whose embedded fonts do not tell the second they were made in.

    A file that is not as Qt writes it comes back unchanged.
    """
    reader = _Reader(pdf)
    if not reader.ok:
        return pdf
    changed: dict[int, bytes] = {}
    for number in sorted({int(n) for n in _FONT_FILE.findall(pdf)}):
        whole = reader.segment(number)
        match = _STREAM.fullmatch(whole)
        if match is None:
            return pdf
        data = zlib.compress(_undated(zlib.decompress(match["data"])), 9)
        changed[number] = match["head"] + data + match["tail"]
        length = int(match["length"])
        changed[length] = b"%d 0 obj\n%d\nendobj\n" % (length, len(data))
    return _rebuilt(reader, changed)


def _undated(font: bytes) -> bytes:
    """Return a TrueType font without its dates, its checksums put right."""
    out = bytearray(font)
    for entry in range(12, 12 + 16 * int.from_bytes(font[4:6], "big"), 16):
        if font[entry : entry + 4] != b"head":
            continue
        start = int.from_bytes(font[entry + 8 : entry + 12], "big")
        length = int.from_bytes(font[entry + 12 : entry + 16], "big")
        out[start + 8 : start + 12] = bytes(4)
        out[start + 20 : start + 36] = bytes(16)
        out[entry + 4 : entry + 8] = _sum(out[start : start + length]).to_bytes(4, "big")
        whole = (0xB1B0AFBA - _sum(out)) & 0xFFFFFFFF
        out[start + 8 : start + 12] = whole.to_bytes(4, "big")
    return bytes(out)


def _sum(data: bytes | bytearray) -> int:
    words = bytes(data) + bytes(-len(data) % 4)
    numbers: tuple[int, ...] = struct.unpack(f">{len(words) // 4}I", words)
    return sum(numbers) & 0xFFFFFFFF


def _rebuilt(reader: _Reader, changed: Mapping[int, bytes]) -> bytes:
    """Return the file with other objects in their places, and the table that fits."""
    ordered = sorted(reader.offsets, key=lambda number: reader.offsets[number])
    out = bytearray(reader.pdf[: reader.offsets[ordered[0]]])
    offsets = {}
    for number in ordered:
        offsets[number] = len(out)
        out += changed.get(number) or reader.segment(number)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % reader.size
    for number in range(1, reader.size):
        out += b"%010d 00000 n \n" % offsets[number]
    trailer = reader.pdf[reader.pdf.rindex(b"trailer") : reader.pdf.rindex(b"startxref")]
    return bytes(out) + trailer + b"startxref\n%d\n%%%%EOF\n" % table


def with_outline(pdf: bytes, outline: Sequence[Bookmark], anchors: Mapping[str, int]) -> bytes:
    """Return a PDF with bookmarks, and with pages (from 0) for its links to ``#anchor``.

    A PDF that is built otherwise than Qt does, or has no such page, comes back unchanged.
    """
    reader = _Reader(pdf)
    if not reader.ok or not outline:
        return pdf
    pages = reader.pages
    if max(*(mark.page for mark in outline), *anchors.values(), 0) >= len(pages):
        return pdf
    first, root = reader.size, reader.object(reader.root)
    changed = _outline_objects(outline, pages, first)
    entries = b"/Outlines %d 0 R\n/PageMode /UseOutlines\n/Lang (en)" % first
    changed[reader.root] = _added(root, entries)
    if names := _NAMES.search(root):
        number = int(names[1])
        changed[number] = _added(reader.object(number), _destinations(pages, anchors))
    return _appended(reader, changed)


class _Reader:
    """Reads the objects of a PDF with a plain cross-reference table, as Qt writes it."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        start, root, size = _START.search(pdf[-64:]), _last(_ROOT, pdf), _last(_SIZE, pdf)
        self.start = int(start[1]) if start else 0
        self.root, self.size = int(root or 0), int(size or 0)
        self.offsets = self._offsets()
        self._ordered = sorted(self.offsets.values())
        self.ok = bool(self.start and self.root in self.offsets and self.size and self.pages)

    def _offsets(self) -> dict[int, int]:
        table = re.match(rb"xref\s+0 (\d+)\s+", self.pdf[self.start : self.start + 40])
        if not table:
            return {}
        at = self.start + table.end()
        rows = self.pdf[at : at + 20 * int(table[1])]
        return {i: int(rows[i * 20 : i * 20 + 10]) for i in range(1, len(rows) // 20)}

    def object(self, number: int) -> bytes:
        at = self.offsets[number]
        head = re.compile(rb"%d 0 obj\s*" % number).match(self.pdf, at)
        return self.pdf[head.end() : self.pdf.index(b"endobj", at)].strip() if head else b""

    def segment(self, number: int) -> bytes:
        """Return an object as it stands in the file, up to the next."""
        at = self.offsets[number]
        return self.pdf[at : self._end_of(at)]

    def _end_of(self, at: int) -> int:
        after = bisect_right(self._ordered, at)
        return self._ordered[after] if after < len(self._ordered) else self.start

    @property
    def pages(self) -> list[int]:
        """The numbers of the page objects, in order."""
        pages = _PAGES.search(self.object(self.root))
        kids = self.object(int(pages[1])) if pages else b""
        inside = re.search(rb"/Kids\s*\[([^\]]*)\]", kids)
        return [int(number) for number in _REFERENCE.findall(inside[1])] if inside else []


def _last(pattern: re.Pattern[bytes], pdf: bytes) -> bytes:
    found = pattern.findall(pdf[-2000:])
    return bytes(found[-1]) if found else b""


def _added(dictionary: bytes, entries: bytes) -> bytes:
    inside = dictionary.rstrip().removesuffix(b">>").rstrip()
    return inside + b"\n" + entries + b"\n>>"


def _destinations(pages: Sequence[int], anchors: Mapping[str, int]) -> bytes:
    """Return the name tree of what links lead to: Qt writes the names, but not the places."""
    rows = (b"%s [%d 0 R /Fit]" % (_text(name), pages[anchors[name]]) for name in sorted(anchors))
    return b"/Dests << /Names [" + b"\n".join(rows) + b"] >>"


def _outline_objects(
    outline: Sequence[Bookmark], pages: Sequence[int], first: int
) -> dict[int, bytes]:
    """Return the objects of the outline: its root at `first`, the bookmarks after it."""
    numbers = [first + 1 + index for index in range(len(outline))]
    parents, last = [], first
    for number, mark in zip(numbers, outline, strict=True):
        parents.append(first if mark.level == 0 or last == first else last)
        last = number if mark.level == 0 else last
    made = {first: _family(first, numbers, parents, b"/Type /Outlines")}
    for index, (number, mark) in enumerate(zip(numbers, outline, strict=True)):
        peers = [n for n, parent in zip(numbers, parents, strict=True) if parent == parents[index]]
        at = peers.index(number)
        head = b"/Title %s /Parent %d 0 R /Dest [%d 0 R /Fit]" % (
            _text(mark.title), parents[index], pages[mark.page],
        )  # fmt: skip
        head += b" /Prev %d 0 R" % peers[at - 1] if at else b""
        head += b" /Next %d 0 R" % peers[at + 1] if at + 1 < len(peers) else b""
        made[number] = _family(number, numbers, parents, head)
    return made


def _family(number: int, numbers: list[int], parents: list[int], head: bytes) -> bytes:
    """Return an outline's dictionary with its children, closed but for the root's."""
    children = [n for n, parent in zip(numbers, parents, strict=True) if parent == number]
    if children:
        count = len(children) if number < numbers[0] else -len(children)
        head += b" /First %d 0 R /Last %d 0 R /Count %d" % (children[0], children[-1], count)
    return b"<< " + head + b" >>"


def _text(text: str) -> bytes:
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def _appended(reader: _Reader, changed: Mapping[int, bytes]) -> bytes:
    """Return the file with objects added or replaced, and a table that says where they are."""
    out = bytearray(reader.pdf.rstrip() + b"\n")
    offsets = {}
    for number, body in sorted(changed.items()):
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in offsets.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, offset)
    trailer = reader.pdf[reader.pdf.rindex(b"trailer") :]
    inside = trailer[trailer.index(b"<<") + 2 : trailer.rindex(b">>")]
    size = max(reader.size, max(changed) + 1)
    inside = _SIZE.sub(b"/Size %d" % size, inside)
    out += b"trailer\n<<%s/Prev %d\n>>\nstartxref\n%d\n%%%%EOF\n" % (inside, reader.start, table)
    return bytes(out)
