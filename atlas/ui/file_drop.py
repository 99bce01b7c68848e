"""A file dropped on the window: a picture's view is shown, an overlay opened.

Floor: ui; neighbours: window (whose events it sees), view_commands and overlay_commands, which take
the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Lets a window take one file by its ending, and hands on its path."""

    def __init__(
        self, window: QWidget, takers: Mapping[tuple[str, ...], Callable[[Path], object]]
    ) -> None:
        super().__init__(window)
        self._takers = {ending: take for endings, take in takers.items() for ending in endings}
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is dragged over the window if it may be of use."""
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return False
        if not isinstance(event, QDropEvent):
            return False
        path = file_in(event.mimeData())
        take = self._takers.get(path.suffix.lower()) if path is not None else None
        if path is None or take is None:
            event.ignore()
            return True
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            take(path)
        return True


def file_in(data: QMimeData) -> Path | None:
    """Return the one local file that is dragged, None if it is anything else."""
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    return Path(urls[0].toLocalFile())
