"""The objects of a PDF as Qt writes it: read, changed, added to, and put together again.

Floor: app, standard library only; neighbours: the other modules of this package. Only files with
one plain table of objects are taken apart (ISO 32000-1, 7.5); any other is left alone.
"""

from __future__ import annotations

import re
import zlib
from itertools import pairwise
from typing import Final, NamedTuple

_ROOT: Final = re.compile(rb"/Root (\d+) 0 R")
_INFO: Final = re.compile(rb"/Info (\d+) 0 R")
_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_PAGES: Final = re.compile(rb"/Pages (\d+) 0 R")
_REFERENCE: Final = re.compile(rb"(\d+) 0 R")
_LENGTH: Final = re.compile(rb"/Length (\d+)( 0 R)?")
_STREAM: Final = re.compile(rb"(<<.*?>>)\s*stream\r?\n", re.DOTALL)


class Stream(NamedTuple):
    """A stream's dictionary and its bytes as they stand in the file."""

    head: bytes
    data: bytes

    def plain(self) -> bytes:
        """Return the bytes unpacked, if they were packed with Flate."""
        return zlib.decompress(self.data) if b"/FlateDecode" in self.head else self.data


class Parts:
    """The objects by number, without the words around them; use `parts_of`.

    `head` is what stands before the first of them.
    """

    def __init__(self, head: bytes, objects: dict[int, bytes], trailer: bytes) -> None:
        self.head, self.objects, self._trailer = head, objects, trailer
        root, info = _ROOT.search(trailer), _INFO.search(trailer)
        self.root, self.info = (int(match[1]) if match else 0 for match in (root, info))

    @property
    def pages(self) -> list[int]:
        """The numbers of the page objects, in order."""
        pages = _PAGES.search(self.objects.get(self.root, b""))
        kids = self.objects.get(int(pages[1]), b"") if pages else b""
        inside = re.search(rb"/Kids\s*\[([^\]]*)\]", kids)
        return [int(number) for number in _REFERENCE.findall(inside[1])] if inside else []

    def add(self, body: bytes) -> int:
        """Add an object; return its number."""
        number = max(self.objects) + 1
        self.objects[number] = body
        return number

    def extend(self, number: int, entries: bytes) -> None:
        """Add entries to an object that is a dictionary."""
        inside = self.objects[number].rstrip().removesuffix(b">>").rstrip()
        self.objects[number] = inside + b"\n" + entries + b"\n>>"

    def stream(self, number: int) -> Stream | None:
        """Return an object as a stream; None if it is none."""
        body = self.objects.get(number, b"")
        match = _STREAM.match(body)
        length = self._length(match[1]) if match else None
        if match is None or length is None:
            return None
        return Stream(match[1], body[match.end() : match.end() + length])

    def put_stream(self, number: int, head: bytes, data: bytes) -> None:
        """Set an object to a stream; its dictionary is given the length."""
        said = _LENGTH.search(head)
        if said and said[2]:
            self.objects[int(said[1])] = b"%d" % len(data)
        elif said:
            head = _LENGTH.sub(b"/Length %d" % len(data), head, count=1)
        else:
            head = head.rstrip().removesuffix(b">>").rstrip() + b" /Length %d >>" % len(data)
        self.objects[number] = head + b"\nstream\n" + data + b"\nendstream"

    def _length(self, head: bytes) -> int | None:
        said = _LENGTH.search(head)
        if not said:
            return None
        number = self.objects.get(int(said[1]), b"") if said[2] else said[1]
        return int(number) if number.strip().isdigit() else None

    def joined(self) -> bytes:
        """Return the file: its objects in the order of their numbers, and the table of them."""
        out = bytearray(self.head)
        offsets = {}
        for number, body in sorted(self.objects.items()):
            offsets[number] = len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        table, size = len(out), max(self.objects) + 1
        out += b"xref\n0 %d\n0000000000 65535 f \n" % size
        for number in range(1, size):
            at = offsets.get(number)
            out += b"%010d 00000 n \n" % at if at else b"0000000000 00000 f \n"
        trailer = re.sub(rb"/Size \d+", b"/Size %d" % size, self._trailer)
        return bytes(out) + b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, table)


def parts_of(pdf: bytes) -> Parts | None:
    """Return a PDF taken apart, None if it is built otherwise than Qt does."""
    start, trailer = _START.search(pdf[-64:]), pdf[pdf.rfind(b"trailer") :]
    if not start or b"/Prev" in trailer or b"<<" not in trailer or b">>" not in trailer:
        return None
    offsets = _offsets(pdf, int(start[1]))
    if not offsets:
        return None
    starts = sorted([*offsets.values(), int(start[1])])
    end_of = dict(pairwise(starts))
    objects = {}
    for number, at in offsets.items():
        segment = pdf[at : end_of[at]]
        head = re.match(rb"%d 0 obj\s*" % number, segment)
        if head is None or b"endobj" not in segment:
            return None
        objects[number] = segment[head.end() : segment.rindex(b"endobj")].strip()
    inside = trailer[trailer.index(b"<<") : trailer.rindex(b">>") + 2]
    parts = Parts(pdf[: starts[0]], objects, inside)
    return parts if parts.root in objects and parts.pages else None


def _offsets(pdf: bytes, start: int) -> dict[int, int]:
    """Return where each object stands; empty if there is no plain table at `start`."""
    table = re.match(rb"xref\s+0 (\d+)\s+", pdf[start : start + 40])
    if not table:
        return {}
    at = start + table.end()
    rows = pdf[at : at + 20 * int(table[1])]
    return {i: int(rows[i * 20 : i * 20 + 10]) for i in range(1, len(rows) // 20)}
