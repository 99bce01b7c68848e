"""A picture dropped on the window: the view it carries is shown.

Floor: ui; neighbours: window (whose events it sees), view_commands, which shows the view.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from atlas.app.images.picture_endings import ENDINGS


class PictureDrop(QObject):
    """Lets a window take one file of a kind the atlas exports, and hands on its path."""

    def __init__(self, window: QWidget, show: Callable[[Path], object]) -> None:
        super().__init__(window)
        self._show = show
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is dragged over the window if a view may be in it."""
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return False
        if not isinstance(event, QDropEvent):
            return False
        path = picture_in(event.mimeData())
        if path is None:
            event.ignore()
            return True
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._show(path)
        return True


def picture_in(data: QMimeData) -> Path | None:
    """Return the one local file of a kind the atlas exports, None if it is anything else."""
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in ENDINGS else None
