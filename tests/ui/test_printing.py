"""Printing from the window: to a file that stands for paper, by the code that exports."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QMarginsF, QTimer
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QPushButton

from atlas.app.export import Exporter
from atlas.app.export_options import ExportOptions
from atlas.core import actions
from atlas.ui.export_dialog import ExportDialog
from atlas.ui.printing import draw_page
from tests.app.fake_library import STORY
from tests.ui.whole_window import Atlas


def letters(content: bytes) -> list[bytes]:
    """Where each letter of a page stands from the one before: spaced names among them."""
    return re.findall(rb"([-0-9.]+ [-0-9.]+) Td", content)


def to_file(path: Path, size: QPageSize.PageSizeId = QPageSize.PageSizeId.A4) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    margins = QMarginsF(10, 10, 10, 10)
    turned = QPageLayout.Orientation.Landscape
    printer.setPageLayout(
        QPageLayout(QPageSize(size), turned, margins, QPageLayout.Unit.Millimeter)
    )
    return printer


def test_a_printed_page_is_the_export_of_that_sheet(atlas: Atlas, tmp_path: Path) -> None:
    atlas.store.do(actions.open_panel(STORY.panel("war")))
    state = atlas.store.state
    exporter = Exporter(atlas.library, state.theme)
    path = tmp_path / "printed.pdf"
    printer = to_file(path)
    draw_page(printer, exporter, state, ExportOptions(caption="On paper"))
    room = printer.pageLayout().paintRectPixels(96)
    exported = tmp_path / "exported.pdf"
    options = ExportOptions(size_px=(room.width(), room.height()), caption="On paper")
    exporter.write(state, exported, options)
    with pikepdf.open(path) as printed, pikepdf.open(exported) as other:
        set_ = [letters(one.pages[0].Contents.read_bytes()) for one in (printed, other)]
        assert len(set_[0]) > 100
        assert set_[0] == set_[1]
        assert len(printed.pages) == 1
        sides = [round(float(side)) for side in printed.pages[0].mediabox[2:]]
        assert sides == [842, 595]
        content = printed.pages[0].Contents.read_bytes()
        assert b" Tj" in content, "text stays text"
        scale = re.search(rb"([0-9.]+) 0 0 -", content)
        assert scale
        assert float(scale[1]) == 0.75, "a pixel of the map is a 96th of an inch"
    told = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=False)
    assert b"On paper" in told.stdout
    assert b"7 January 1979" in told.stdout


def test_the_command_offers_a_sheet_and_asks_for_a_printer(atlas: Atlas) -> None:
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QPrintDialog):
            seen.append("printer")
            dialog.reject()
        elif isinstance(dialog, ExportDialog):
            if seen:
                seen.append("still open")
                dialog.reject()
                return
            seen.append(dialog.form.options().page)
            QTimer.singleShot(0, look)
            dialog.findChild(QPushButton, "export_print").click()
            QTimer.singleShot(0, look)

    QTimer.singleShot(0, look)
    atlas.action("print_map_action").trigger()
    assert seen == ["a4", "printer", "still open"]


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_told(atlas: Atlas, tmp_path: Path) -> None:
    state = atlas.store.state
    exporter = Exporter(atlas.library, state.theme)
    from atlas.app.refusal import Refusal

    with pytest.raises(Refusal, match="does not take the page"):
        draw_page(to_file(tmp_path / "none" / "a.pdf"), exporter, state, ExportOptions())
