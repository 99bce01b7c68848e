"""Bookmarks, inner links and fixed dates added to what Qt wrote; anything else left alone."""

from __future__ import annotations

import re
import struct
import zlib

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPointF
from PySide6.QtGui import QGuiApplication, QPainter, QPdfWriter, QTextCharFormat, QTextLayout

from atlas.app.publish.pdf_finish import Bookmark, with_fixed_dates, with_fixed_fonts, with_outline


@pytest.fixture
def pdf(qapp: QGuiApplication) -> bytes:
    """Three pages; the first has a link to each of two anchors."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    with QPainter(writer) as painter:
        for number, href in enumerate(("#last", "#nowhere", "https://example.org/")):
            layout = QTextLayout("lead there")
            made = QTextLayout.FormatRange()
            made.start, made.length = 0, 4
            form = QTextCharFormat()
            form.setAnchor(True)
            form.setAnchorHref(href)
            made.format = form
            layout.setFormats([made])
            layout.beginLayout()
            layout.createLine().setLineWidth(5000)
            layout.endLayout()
            layout.draw(painter, QPointF(100, 100 + 300 * number))
        writer.newPage()
        writer.newPage()
    return bytes(buffer.data().data())


def objects(pdf: bytes) -> dict[int, bytes]:
    """Objects by number as the newest table says, all tables of the chain read."""
    found: dict[int, bytes] = {}
    at: int | None = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    while at is not None:
        assert pdf[at : at + 4] == b"xref"
        table = pdf[at : pdf.index(b"trailer", at)]
        trailer = pdf[pdf.index(b"trailer", at) : pdf.index(b"startxref", at)]
        number = left = 0
        for row in table.splitlines()[1:]:
            if left == 0:
                number, left = map(int, row.split())
                continue
            offset, _, kind = row.split()
            if kind == b"n" and number not in found:
                head = b"%d 0 obj" % number
                assert pdf[int(offset) :].startswith(head), number
                body = pdf[int(offset) + len(head) : pdf.index(b"endobj", int(offset))]
                found[number] = body.strip()
            number, left = number + 1, left - 1
        before = re.search(rb"/Prev (\d+)", trailer)
        at = int(before[1]) if before else None
    return found


OUTLINE = (Bookmark("Cover", 0), Bookmark("Détail", 1, 1), Bookmark("End", 2))


def test_bookmarks_form_a_chain_and_lead_to_their_pages(pdf: bytes) -> None:
    made = objects(with_outline(pdf, OUTLINE, {"last": 2}))
    catalog = next(body for body in made.values() if b"/Type /Catalog" in body)
    root = made[int(re.search(rb"/Outlines (\d+) 0 R", catalog)[1])]
    pages = [n for n, body in made.items() if re.search(rb"/Type /Page\b", body)]
    first = int(re.search(rb"/First (\d+)", root)[1])
    cover, last = made[first], made[int(re.search(rb"/Last (\d+)", root)[1])]
    assert b"/Dest [%d 0 R" % sorted(pages)[0] in cover
    assert b"/Dest [%d 0 R" % sorted(pages)[2] in last
    assert b"/Next" in cover
    assert b"/Prev %d 0 R" % first in last
    detail = made[int(re.search(rb"/First (\d+)", cover)[1])]
    assert "Détail".encode("utf-16-be").hex().upper().encode() in detail
    assert b"/Parent %d 0 R" % first in detail


def test_names_that_links_lead_to_are_given_their_pages(pdf: bytes) -> None:
    made = objects(with_outline(pdf, OUTLINE, {"last": 2}))
    links = [body for body in made.values() if b"/Subtype /Link" in body]
    assert len(links) == 3
    assert sum(b"(https://example.org/)" in body for body in links) == 1
    named = {
        body[body.index(b"/Dest (") + 7 :].split(b")")[0] for body in links if b"/Dest" in body
    }
    assert b"\xfe\xff" + "last".encode("utf-16-be") in named
    tree = next(body for body in made.values() if b"/Dests" in body)
    page = [n for n, body in sorted(made.items()) if re.search(rb"/Type /Page\b", body)][2]
    assert (
        b"<FEFF%s> [%d 0 R /Fit]" % ("last".encode("utf-16-be").hex().upper().encode(), page)
        in tree
    )


@pytest.mark.parametrize("spoil", [b"startxref", b"/Root", b"/Kids", b"xref\n0"])
def test_a_file_built_otherwise_is_left_alone(pdf: bytes, spoil: bytes) -> None:
    other = pdf.replace(spoil, b"#" * len(spoil))
    assert with_outline(other, OUTLINE, {}) == other


def test_a_page_that_is_not_there_adds_nothing(pdf: bytes) -> None:
    assert with_outline(pdf, (Bookmark("x", 3),), {}) == pdf


def test_dates_are_those_of_the_data_and_lengths_stay(pdf: bytes) -> None:
    made = with_fixed_dates(pdf, "2001-02-03")
    assert len(made) == len(pdf)
    assert b"/CreationDate (D:20010203000000" in made
    assert made.count(b'Date="2001-02-03T00:00:00') == 3
    assert with_fixed_dates(pdf, "unknown") == pdf


def test_fonts_lose_their_dates_and_stay_sound(pdf: bytes) -> None:
    fixed = with_fixed_fonts(pdf)
    before, after = objects(pdf), objects(fixed)
    assert before.keys() == after.keys()
    fonts = [body for body in after.values() if b"/Length1" in body]
    assert fonts
    for body in fonts:
        start = body.index(b"stream\n") + 7
        data = body[start : body.rindex(b"\nendstream")]
        length = int(re.search(rb"/Length (\d+) 0 R", body)[1])
        assert after[length] == b"%d" % len(data)
        font = zlib.decompress(data)
        words = font + bytes(-len(font) % 4)
        assert sum(struct.unpack(f">{len(words) // 4}I", words)) & 0xFFFFFFFF == 0xB1B0AFBA
        head = font.index(b"head")
        at = int.from_bytes(font[head + 8 : head + 12], "big")
        assert font[at + 20 : at + 36] == bytes(16)
    same = {n for n in before if before[n] == after[n]}
    assert len(same) >= len(before) - 2 * len(fonts)
    assert with_fixed_fonts(fixed) == fixed
    assert with_fixed_fonts(pdf.replace(b"/Root", b"#####")) != fixed
