"""Prints the map: what an export to a sheet of the printer's size would hold, painted as there.

Floor: ui; neighbours: export_dialog, which shows beforehand what will be printed; below: app.export
and images.vector_files. Qt's printing is read in only when somebody prints.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from atlas.app.export import Exporter
from atlas.app.export_options import ExportOptions
from atlas.app.pages import LOGICAL_DPI
from atlas.app.refusal import Refusal
from atlas.core.state import State


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

    Raises
    ------
    Refusal
        If the page is too small for a map, or the printer does not take it.
    """
    room = printer.pageLayout().paintRectPixels(LOGICAL_DPI)
    size_px = room.width(), room.height()
    on_paper = replace(options, size_px=size_px, page="", dpi=LOGICAL_DPI, transparent=False)
    painter = QPainter()
    if not painter.begin(printer):
        raise Refusal(printer.printerName() or "the printer", "does not take the page")
    try:
        scale = printer.resolution() / LOGICAL_DPI
        painter.scale(scale, scale)
        exporter.paint(painter, state, on_paper)
    finally:
        painter.end()
