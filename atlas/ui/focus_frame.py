"""The map's frame that tells where the keyboard is: shown when it came by Tab.

Floor: ui; neighbours: map_view below, canvas above, which adds the gestures.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen

from atlas.ui.map_view import MapView

_BY_TAB: Final = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class FramedMap(MapView):
    """A map with a frame while the keyboard is on it, unless the mouse brought it."""

    _framed = False

    def frame(self, framed: bool) -> None:
        """Show the frame, or take it away."""
        if framed != self._framed:
            self._framed = framed
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame when the keyboard came here by Tab."""
        self.frame(event.reason() in _BY_TAB)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        self.frame(False)
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the map and, over it, the frame."""
        super().paintEvent(event)
        if self._framed:
            with QPainter(self) as painter:
                painter.setPen(QPen(self._style.color("focus"), 2))
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
