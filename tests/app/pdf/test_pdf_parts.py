"""What Qt wrote, taken apart: bookmarks, links, dates, lighter pages; other files left alone."""

from __future__ import annotations

import re
import struct
from io import BytesIO
from random import Random

import pikepdf
import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPointF
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QPainter,
    QPdfWriter,
    QPolygonF,
    QTextCharFormat,
    QTextLayout,
)

from atlas.app.pdf.lighter import lighten_lines, lighten_pictures, rounded
from atlas.app.pdf.outline import Bookmark, add_outline
from atlas.app.pdf.parts import Parts, parts_of
from atlas.app.pdf.same_bytes import fix_dates, fix_fonts


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


def taken_apart(pdf: bytes) -> Parts:
    parts = parts_of(pdf)
    assert parts is not None
    return parts


def objects(pdf: bytes) -> dict[int, bytes]:
    """Objects by number; each stands where the table says."""
    table = pdf[int(re.findall(rb"startxref\s+(\d+)", pdf)[-1]) :]
    rows = table.splitlines()[2:]
    for number, row in enumerate(rows[: rows.index(b"trailer")]):
        offset, _, kind = row.split()
        if kind == b"n":
            assert pdf[int(offset) :].startswith(b"%d 0 obj" % number)
    return taken_apart(pdf).objects


def outlined(pdf: bytes) -> dict[int, bytes]:
    parts = taken_apart(pdf)
    add_outline(parts, OUTLINE, {"last": 2})
    return objects(parts.joined())


OUTLINE = (Bookmark("Cover", 0), Bookmark("Détail", 1, 1), Bookmark("End", 2))


def test_bookmarks_form_a_chain_and_lead_to_their_pages(pdf: bytes) -> None:
    made = outlined(pdf)
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
    made = outlined(pdf)
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
    assert parts_of(pdf.replace(spoil, b"#" * len(spoil))) is None


def test_what_is_taken_apart_and_joined_is_the_same_file(pdf: bytes) -> None:
    joined = taken_apart(pdf).joined()
    assert objects(joined) == objects(pdf)
    assert taken_apart(joined).joined() == joined


def test_a_page_that_is_not_there_adds_nothing(pdf: bytes) -> None:
    parts = taken_apart(pdf)
    add_outline(parts, (Bookmark("x", 3),), {})
    assert parts.objects == objects(pdf)


def test_dates_are_those_of_the_data(pdf: bytes) -> None:
    parts = taken_apart(pdf)
    fix_dates(parts, "unknown")
    assert parts.objects == objects(pdf)
    fix_dates(parts, "2001-02-03")
    assert b"/CreationDate (D:20010203000000" in parts.objects[parts.info]


def test_fonts_lose_their_dates_and_stay_sound(pdf: bytes) -> None:
    parts = taken_apart(pdf)
    fix_fonts(parts)
    before, after = objects(pdf), objects(parts.joined())
    assert before.keys() == after.keys()
    fonts = [number for number, body in after.items() if b"/Length1" in body]
    assert fonts
    for number in fonts:
        stream = parts.stream(number)
        assert stream is not None
        font = stream.plain()
        words = font + bytes(-len(font) % 4)
        assert sum(struct.unpack(f">{len(words) // 4}I", words)) & 0xFFFFFFFF == 0xB1B0AFBA
        head = font.index(b"head")
        at = int.from_bytes(font[head + 8 : head + 12], "big")
        assert font[at + 20 : at + 36] == bytes(16)
    assert sum(before[n] != after[n] for n in before) <= 2 * len(fonts)
    fix_fonts(parts)
    assert parts.objects == after


# Lighter.


def test_lengths_keep_two_decimals_and_nothing_else_is_touched() -> None:
    lines = b"-12.3456789 0.009 m\n100 200.100 l\n1.000000 -5.500 10.25 3 4 5 c\n"
    assert rounded(lines) == b"-12.34 0 m\n100 200.1 l\n1 -5.5 10.25 3 4 5 c\n"


def test_a_large_page_is_made_lighter_little_by_little(qapp: QGuiApplication) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    dice = Random(3)
    points = [QPointF(dice.uniform(0, 900), dice.uniform(0, 900)) for _ in range(40_000)]
    writer = QPdfWriter(buffer)
    with QPainter(writer) as painter:
        for start in range(0, len(points), 100):
            painter.drawPolyline(QPolygonF(points[start : start + 100]))
    parts = taken_apart(bytes(buffer.data().data()))
    number = max(n for n, body in parts.objects.items() if b"/FlateDecode" in body[:200])
    content = parts.stream(number)
    assert content is not None
    due = re.sub(rb"(?:[-0-9. ]+ (?:[ml]|re)\n)+", lambda run: rounded(run[0]), content.plain())
    told: list[int] = []
    lighten_lines(parts, told.append)
    assert len(told) > 10
    assert set(told) == {0}
    lighter = parts.stream(number)
    assert lighter is not None
    assert lighter.plain() == due
    assert len(lighter.data) < 0.8 * len(content.data)


def test_a_picture_is_kept_once_and_an_even_ink_as_one_dot(qapp: QGuiApplication) -> None:
    dots = bytes(x * y % 97 for y in range(200) for x in range(300))
    mask = QImage(dots, 300, 200, 300, QImage.Format.Format_Indexed8)
    mask.setColorTable([alpha << 24 | 0x402010 for alpha in range(256)])
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    with QPainter(writer) as painter:
        painter.drawImage(0, 0, mask.copy())
        writer.newPage()
        painter.drawImage(0, 0, mask.copy())
    parts = taken_apart(bytes(buffer.data().data()))
    before = parts.joined()
    assert before.count(b"/Subtype /Image") == 4
    lighten_pictures(parts, lambda: None)
    after = parts.joined()
    assert after.count(b"/Subtype /Image") == 2
    assert len(after) < 0.5 * len(before)
    dot = re.search(rb"/Width 1\n/Height 1\n.*?stream\n(...)", after, re.DOTALL)[1]
    assert tuple(dot) == pytest.approx((0x40, 0x20, 0x10), abs=2)
    assert len(set(re.findall(rb"/Im\d+ (\d+) 0 R", after))) == 1
    with pikepdf.open(BytesIO(after)) as file:
        assert [len(page.resources.XObject) for page in file.pages] == [1, 1]
