"""Lets one picture of the countries pass softly into the next while the date runs by itself.

Floor: app; neighbour: picture. Only what the player changes fades; a date set by hand is there at
once, and so is every export.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtGui import QImage, QPainter

_FRAME_MS: Final = 16


class Fade(QObject):
    """Paints the map's base; `go_on` is called for every further frame a change takes."""

    def __init__(self, go_on: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._duration_ms = 0
        self._before: QImage | None = None
        self._shown: QImage | None = None
        self._ground: Hashable = None
        self._politics: Hashable = None
        self._clock = QElapsedTimer()
        self._next = QTimer(self, singleShot=True, interval=_FRAME_MS)
        self._next.timeout.connect(go_on)

    @property
    def under_way(self) -> bool:
        """Whether an older picture still shows."""
        return self._before is not None

    def allow(self, duration_ms: int) -> None:
        """Let the next change take so long; 0 ends one under way, and lets none begin."""
        self._duration_ms = duration_ms
        if duration_ms <= 0:
            self.stop()

    def stop(self) -> None:
        """Be there at once."""
        self._before = None
        self._next.stop()

    def paint(self, painter: QPainter, base: QImage, ground: Hashable, politics: Hashable) -> None:
        """Paint a base on its own ground, over what was shown if the countries just changed."""
        if ground != self._ground:
            self.stop()
        elif politics != self._politics and self._duration_ms > 0:
            self._before = self._shown
            self._clock.start()
        self._ground, self._politics, self._shown = ground, politics, base
        share = self._clock.elapsed() / self._duration_ms if self._before is not None else 1.0
        if self._before is None or share >= 1.0:
            self.stop()
            painter.drawImage(0, 0, base)
            return
        painter.drawImage(0, 0, self._before)
        painter.setOpacity(share)
        painter.drawImage(0, 0, base)
        painter.setOpacity(1.0)
        self._next.start()
