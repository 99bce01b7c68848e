"""Keeps a dock's room until its contents are made, so that the map never has to move.

Floor: ui; neighbours: window, which lays the rooms out; window_parts, which fills them.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

LAYERS_PX: Final = ((264, 560), (95, 84))
TEXT_PX: Final = ((420, 600), (240, 209))
TIME_PX: Final = ((900, 167), (457, 167))
"""The size each dock's contents ask for, and their least one; a test holds them to it."""

SizesPx = tuple[tuple[int, int], tuple[int, int]]


class DockRoom(QWidget):
    """An empty place of the size that its contents will ask for."""

    def __init__(self, sizes_px: SizesPx) -> None:
        super().__init__()
        (width, height), self._least_px = sizes_px
        self._wanted = QSize(width, height)

    def sizeHint(self) -> QSize:
        """Ask for what the contents will ask for."""
        return self._wanted

    def minimumSizeHint(self) -> QSize:
        """Return the least size the contents will need."""
        return QSize(*self._least_px)
