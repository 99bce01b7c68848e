"""Writes a PDF: pages painted by Qt, then everything done to it that Qt leaves out.

Floor: app; neighbours: the other modules of this package; above: images.vector_files and
publish.booklet. The same content gives the same bytes. Needs a QGuiApplication.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QHashSeed, QIODevice
from PySide6.QtGui import QPageLayout, QPainter, QPdfWriter

from atlas.app.pages import LOGICAL_DPI
from atlas.app.pdf.archival import make_archival
from atlas.app.pdf.lighter import Pause, lighten_lines, lighten_pictures
from atlas.app.pdf.metadata import AUTHOR, Record, add_subject
from atlas.app.pdf.outline import Bookmark, add_outline
from atlas.app.pdf.parts import parts_of
from atlas.app.pdf.same_bytes import fix_dates, fix_fonts
from atlas.app.refusal import Refusal
from atlas.render.parts import PainterOn

Draw = Callable[[QPdfWriter, QPainter], None]


def _go_on(_done: int) -> None:
    """Pause for nothing."""


def document(
    record: Record,
    layout: QPageLayout,
    draw: Draw,
    outline: Sequence[Bookmark] = (),
    anchors: Mapping[str, int] | None = None,
    *,
    painter_on: PainterOn = QPainter,
    pause: Pause = _go_on,
) -> bytes:
    """Return a PDF of what `draw` paints, in logical pixels; what it raises ends the work.

    `pause` is called again and again while all is made lighter, with the number of pages that
    are; it may raise, too.

    Raises
    ------
    Refusal
        If PDF/A is asked for and Qt writes files in a way that is not known.
    """
    data = _painted(record, layout, draw, painter_on)
    parts = parts_of(data)
    if parts is None:
        if record.archival:
            what = "this version of Qt writes PDFs that cannot be made PDF/A"
            raise Refusal("--pdf-a", what, "leave it out")
        return data
    fix_dates(parts, record.iso_day)
    fix_fonts(parts)
    lighten_lines(parts, pause)
    lighten_pictures(parts, lambda: pause(len(parts.pages)))
    add_subject(parts, record)
    add_outline(parts, outline, anchors or {})
    if record.archival:
        make_archival(parts)
    return parts.joined()


def _painted(record: Record, layout: QPageLayout, draw: Draw, painter_on: PainterOn) -> bytes:
    """Return what Qt writes."""
    buffer = QBuffer()
    buffer.setData(QByteArray())
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # Qt writes fonts in the order of a hash: by chance, unless its seed is fixed.
    QHashSeed.setDeterministicGlobalSeed()
    try:
        writer = QPdfWriter(buffer)
        writer.setResolution(LOGICAL_DPI)
        writer.setPageLayout(layout)
        writer.setTitle(record.title)
        writer.setAuthor(AUTHOR)
        writer.setCreator(record.creator)
        writer.setDocumentId(record.number)
        writer.setDocumentXmpMetadata(QByteArray(record.packet()))
        painter = painter_on(writer)
        try:
            draw(writer, painter)
        finally:
            painter.end()
    finally:
        QHashSeed.resetRandomGlobalSeed()
    return bytes(buffer.data().data())
