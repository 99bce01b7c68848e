"""The automatic tour: how long a panel is read, and the clock that says when to turn.

Floor: app; neighbours: ui.present, which turns the panels. The clock can be paused and goes on
where it stood; it knows nothing of panels but the time one takes.
"""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

WORDS_A_MINUTE: Final = 170
"""Unhurried: one looks at the map between sentences."""
TO_LOOK_MS: Final = 6_000
SHORTEST_MS: Final = 10_000
TICK_MS: Final = 100
_TARGET: Final = re.compile(r"\]\([^)]*\)")


def reading_ms(body: str) -> int:
    """Return how long a panel's text takes to read, with a while to look at the map, in ms."""
    words = len(_TARGET.sub(" ", body).split())
    return max(SHORTEST_MS, TO_LOOK_MS + words * 60_000 // WORDS_A_MINUTE)


class Tour(QObject):
    """The clock of a tour. `ticked` carries the share of the panel's time that is over."""

    ticked = Signal(float)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._whole_ms = 0
        self._spent_ms = 0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def running(self) -> bool:
        """Whether time goes by."""
        return self._timer.isActive()

    @property
    def left_ms(self) -> int:
        """How long the panel still stays."""
        return max(self._whole_ms - self._spent_ms, 0)

    def begin(self, whole_ms: int) -> None:
        """Begin a panel's time; a paused tour stays paused."""
        self._whole_ms, self._spent_ms = whole_ms, 0

    def go_on(self) -> None:
        """Let time go by."""
        self._clock.restart()
        self._timer.start()

    def pause(self) -> None:
        """Hold time; `go_on` goes on from here."""
        self._timer.stop()

    def advance(self, passed_ms: int) -> None:
        """Let so much time go by at once, as a tick of the clock does."""
        self._spent_ms += passed_ms
        self.ticked.emit(min(self._spent_ms / max(self._whole_ms, 1), 1.0))
        if self._spent_ms >= self._whole_ms:
            self.ended.emit()

    def _tick(self) -> None:
        self.advance(self._clock.restart())
