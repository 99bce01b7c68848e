"""A scene as PDF page and as SVG: lines and text, sharp at any size, with the view in XMP.

Floor: app; neighbours: pages, xmp, export; below: render.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QSize, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPaintDevice, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from atlas.app.images.frame_identity import FRAME_KEY, PROGRAM
from atlas.app.images.svg_layers import layered
from atlas.app.images.svg_pair import paired
from atlas.app.images.watched_painter import MARK_PX, STEPS, LayerOf, WatchedPainter
from atlas.app.images.xmp import xmp_element
from atlas.app.pages import LOGICAL_DPI, Page
from atlas.app.pdf.document import document
from atlas.app.pdf.metadata import Record
from atlas.app.pdf.outline import Bookmark
from atlas.app.steps import Report, silently, tell
from atlas.core.panes import Pane
from atlas.core.scene import Scene
from atlas.core.state import State
from atlas.core.viewport import SizePx
from atlas.render.compared import paint_panes
from atlas.render.painter import MapPainter

# Vector files are read at any size: geometry fit for a good printer, yet files of a few megabytes.
_DETAIL: Final = 2.0


def pdf_bytes(
    painter: MapPainter,
    shown: tuple[Pane, ...],
    page: Page,
    record: Record,
    report: Report = silently,
) -> bytes:
    """Return a scene as a PDF of one page; `report` is told of the map's parts.

    Raises
    ------
    Refusal
        If PDF/A is asked for and cannot be had.
    Cancelled
        If `report` wants no more.
    """

    def painter_on(device: QPaintDevice) -> QPainter:
        return WatchedPainter(device, report)

    def draw(_writer: QPdfWriter, pen: QPainter) -> None:
        paint_with(pen, painter, shown)

    bookmarks = (Bookmark(record.title, 0),)

    def pause(_done: int) -> None:
        tell(report, STEPS - 1, STEPS)

    return document(record, qt_layout(page), draw, bookmarks, painter_on=painter_on, pause=pause)


@dataclass(frozen=True, slots=True)
class Drawing:
    """How an SVG is made: what its groups are called, whether letters are shapes, who is told."""

    layer_of: LayerOf
    outlines: bool = False
    report: Report = silently


def svg_bytes(
    painter: MapPainter,
    shown: tuple[Pane, ...],
    size_px: SizePx,
    texts: Mapping[str, str],
    how: Drawing,
) -> bytes:
    """Return a scene as an SVG, a group a layer; two dates are drawings of their own in the whole.

    Raises
    ------
    Cancelled
        If whoever is told wants no more.
    """
    drawings = [_drawing(painter, pane.scene, texts, how) for pane in shown]
    whole = drawings[0]
    if len(shown) > 1:
        whole = paired(drawings, shown, size_px, painter.style.color("accent"))
    metadata = f"<metadata>\n{xmp_element(texts)}\n</metadata>\n"
    told = whole.index("</desc>") + len("</desc>\n")
    return (whole[:told] + metadata + whole[told:]).encode("utf-8")


def _drawing(painter: MapPainter, scene: Scene, texts: Mapping[str, str], how: Drawing) -> str:
    """Return a whole scene as a drawing of its own."""
    buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(LOGICAL_DPI)
    generator.setSize(QSize(*scene.size_px))
    generator.setViewBox(QRect(0, 0, *scene.size_px))
    generator.setTitle(heading(texts))
    generator.setDescription("  ·  ".join((PROGRAM, *scene.credits)))
    with WatchedPainter(generator, how.report, how.layer_of, outlines=how.outlines) as pen:
        paint_with(pen, painter, (Pane(scene, 0.0, (0.0, scene.size_px[0])),))
    drawn = bytes(buffer.data().data()).decode("utf-8")
    return layered(drawn, pen.layers, MARK_PX)


def paint_with(pen: QPainter, painter: MapPainter, shown: tuple[Pane, ...]) -> None:
    """Paint what is shown in the detail of files, in logical pixels."""
    pen.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    paint_panes(pen, shown, painter.style, lambda p, scene: painter.paint(p, scene, _DETAIL))


def record_of(texts: Mapping[str, str], state: State, data_version: str, archival: bool) -> Record:
    """Return what a page says of itself: view, data and number of the picture."""
    name = str(json.loads(texts[FRAME_KEY])["id"])
    subject = f"Map of {texts['Date']}, panel {state.panel}, data of {data_version}, picture {name}"
    made = f"{name} {PROGRAM} {archival}"
    return Record(heading(texts), subject, PROGRAM, data_version, made, texts, archival)


def heading(texts: Mapping[str, str]) -> str:
    """Return what a picture is called: its title and its date."""
    return f"{texts['Title']}, {texts['Date']}"


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.setData(QByteArray())
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def qt_layout(page: Page) -> QPageLayout:
    """Return a sheet as Qt wants it."""
    size = QPageSize(
        QSizeF(page.width_mm, page.height_mm),
        QPageSize.Unit.Millimeter,
        page.name,
        QPageSize.SizeMatchPolicy.ExactMatch,
    )
    margin = page.margin_mm
    return QPageLayout(
        size,
        QPageLayout.Orientation.Portrait,
        QMarginsF(margin, margin, margin, margin),
        QPageLayout.Unit.Millimeter,
    )
