"""Errors nobody expected: one calm dialog with a report to copy; the atlas goes on.

Floor: ui; neighbours: fault_hooks, which catch them; app.fault_report. Made when there is one to
tell of. A fault met again and again is counted, not told.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from atlas.app.fault_report import Fault, report
from atlas.ui.fault_hooks import MOST_KINDS

WORDS: Final = (
    "The atlas met an error it did not expect. You can go on; what you kept is safe. "
    "If it happens again, please pass on the report below with a word on what you did."
)


class FaultTeller:
    """Tells a reader of faults: each kind once, all in one dialog while it is open."""

    def __init__(self, window: QWidget, about: Callable[[], str]) -> None:
        self._window, self._about = window, about
        self._met: dict[str, tuple[Fault, int]] = {}
        self.dialog: FaultDialog | None = None

    def tell(self, fault: Fault) -> None:
        """Open the dialog, add to the open one, or only count."""
        first, count = self._met.get(fault.place, (fault, 0))
        if not count and len(self._met) == MOST_KINDS:
            return
        self._met[fault.place] = (first, count + 1)
        if self.dialog is not None:
            self.dialog.show_report(self._report())
        elif not count:
            self._open(fault)

    def _open(self, fault: Fault) -> None:
        over = QApplication.activeModalWidget() or self._window
        self.dialog = FaultDialog(fault.words, self._report(), over)
        self.dialog.finished.connect(self._closed)
        # Not `exec`: whatever met the error goes on.
        self.dialog.show()
        self.dialog.activateWindow()

    def _closed(self) -> None:
        self.dialog = None

    def _report(self) -> str:
        return report(self._met.values(), f"Qt {qVersion()}. {self._about()}")


class FaultDialog(QDialog):
    """What went wrong in a sentence, and the whole report to read and copy."""

    def __init__(self, words: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("fault_dialog")
        self.setWindowTitle("Something went wrong")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.addWidget(QLabel("Something went wrong", objectName="dialog_title"))
        for said in (WORDS, words):
            label = QLabel(said, wordWrap=True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        self._text = QPlainTextEdit(text, readOnly=True)
        self._text.setObjectName("fault_text")
        self._text.setAccessibleName("Report")
        self._text.setTabChangesFocus(True)
        column.addWidget(self._text, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = QPushButton("&Copy report")
        copy.setObjectName("copy_report")
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.close)
        column.addWidget(buttons)
        self.resize(620, 420)
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()

    @property
    def text(self) -> str:
        """The report."""
        return self._text.toPlainText()

    def show_report(self, text: str) -> None:
        """Show a newer report in place of the older."""
        if text != self.text:
            self._text.setPlainText(text)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text)
