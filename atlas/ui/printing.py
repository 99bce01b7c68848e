"""Prints the map: what an export to a sheet of the printer's size would hold, painted as there.

Floor: ui; neighbours: export_dialog, which shows beforehand what will be printed; below: app.export
and images.vector_files. Qt's printing is read in only when somebody prints.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEngine, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from atlas.app.export import Exporter
from atlas.app.export_options import ExportOptions
from atlas.app.pages import LOGICAL_DPI
from atlas.app.refusal import Refusal
from atlas.core.state import State

PICTURE_DPI: Final = 300


def print_map(exporter: Exporter, state: State, options: ExportOptions, parent: QWidget) -> bool:
    """Ask for a printer and print; False if nothing was printed.

    Raises
    ------
    Refusal
        If the printer does not take the page.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(options.title or state.panel)
    dialog = QPrintDialog(printer, parent)
    wanted = bool(dialog.exec())
    dialog.deleteLater()
    if wanted:
        draw_page(printer, exporter, state, options)
    return wanted


def draw_page(printer: QPrinter, exporter: Exporter, state: State, options: ExportOptions) -> None:
    """Draw the map on the printer's page, as large as its margins leave room.

    As lines and text where pages go to the printer as PDF, else as a picture.

    Raises
    ------
    Refusal
        If the page is too small for a map, or the printer does not take it.
    """
    as_lines = printer.paintEngine().type() == QPaintEngine.Type.Pdf
    if as_lines:
        # Spaces between letters and hatches go by dots: those of a dot as small as a printer's
        # would be another map. Lines and text are as sharp all the same.
        printer.setResolution(LOGICAL_DPI)
    room = printer.pageLayout().paintRectPixels(LOGICAL_DPI)
    size_px = room.width(), room.height()
    dpi = LOGICAL_DPI if as_lines else PICTURE_DPI
    on_paper = replace(options, size_px=size_px, page="", dpi=dpi, transparent=False)
    painter = QPainter()
    if not painter.begin(printer):
        raise Refusal(printer.printerName() or "the printer", "does not take the page")
    try:
        if as_lines:
            exporter.paint(painter, state, on_paper)
        else:
            scale = printer.resolution() / LOGICAL_DPI
            paper = QRectF(0, 0, size_px[0] * scale, size_px[1] * scale)
            painter.drawImage(paper, exporter.image(state, on_paper))
    finally:
        painter.end()
