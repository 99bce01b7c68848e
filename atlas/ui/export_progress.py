"""How far an export is, with a way to stop it. Floor: ui; neighbours: export_dialog."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QProgressDialog, QWidget

SHOWN_AFTER_MS: Final = 500


class ExportProgress:
    """Shows itself if an export takes longer than half a second."""

    def __init__(self, parent: QWidget) -> None:
        self._box = QProgressDialog("Drawing the map…", "Stop", 0, 0, parent)
        self._box.setObjectName("export_progress")
        self._box.setWindowTitle("Export")
        self._box.setWindowModality(Qt.WindowModality.WindowModal)
        self._box.setMinimumDuration(SHOWN_AFTER_MS)
        self._box.setAutoClose(False)
        self._box.setAutoReset(False)

    def report(self, done: int, total: int) -> bool:
        """Show a step; tell whether to go on."""
        self._box.setMaximum(total)
        self._box.setValue(done)
        # A step may be told again and again while it takes long.
        QApplication.processEvents()
        return not self._box.wasCanceled()

    def end(self) -> None:
        """Take it away."""
        self._box.reset()
        self._box.close()
        self._box.deleteLater()
