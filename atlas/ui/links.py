"""Opens a web link only after the reader agreed. Floor: ui; neighbours: every view with links."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from atlas.core.verdicts import is_web_link
from atlas.ui.plain_text import plain

LONGEST_SHOWN: Final = 400


def ask_and_open(parent: QWidget, url: str) -> bool:
    """Show the address and open it in the browser if the reader says so."""
    if not is_web_link(url):
        return False
    box = QMessageBox(parent)
    box.setWindowTitle("Open a web page?")
    box.setText(plain(f"Open a page of {urlsplit(url).hostname} in your browser?"))
    box.setInformativeText(plain(shown_url(url)))
    box.setStandardButtons(QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    if box.exec() != QMessageBox.StandardButton.Open:
        return False
    return QDesktopServices.openUrl(QUrl(url))


def shown_url(url: str) -> str:
    """Return an address as it is asked about: whole, unless it is longer than anyone reads."""
    return url if len(url) <= LONGEST_SHOWN else f"{url[:LONGEST_SHOWN]}…"
