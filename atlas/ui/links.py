"""Opens a web link only after the reader agreed. Floor: ui; neighbours: every view with links."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from atlas.core.verdicts import is_web_link


def ask_and_open(parent: QWidget, url: str) -> bool:
    """Show the address and open it in the browser if the reader says so."""
    if not is_web_link(url):
        return False
    box = QMessageBox(parent)
    box.setWindowTitle("Open a web page?")
    box.setText("This source is a page on the web. Open it in your browser?")
    box.setInformativeText(url)
    box.setStandardButtons(QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    if box.exec() != QMessageBox.StandardButton.Open:
        return False
    return QDesktopServices.openUrl(QUrl(url))
