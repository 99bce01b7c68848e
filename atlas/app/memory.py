"""Has memory go back to the system, so that long use does not hold what it no longer needs.

Floor: app; neighbours: geodata.pack, core.store, ui.application, which sets it going after the
first map. Python's own looks for garbage, 30 ms each, are put off until nobody waits. The C library
of most Linux systems keeps large blocks once such blocks were freed, and soon has holes among them;
elsewhere only the pack is let go.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from time import monotonic
from typing import Final

from PySide6.QtCore import QObject, QTimer

from atlas.core.store import Store
from geodata.pack import Pack

LARGE_BYTES: Final = 1 << 18
"""Blocks from this size on, such as the map's pictures, are the system's again when freed."""
EVERY_MS: Final = 5_000
REST_S: Final = 1.0
"""Nobody waits if nothing was done for so long."""
MOST_TURNS: Final = 12
"""After a minute without a rest it is looked for garbage all the same: by then there is much."""
_NEVER: Final = 1_000_000
_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8


def give_back_freed() -> None:
    """Fix the size from which blocks are given back: by itself it grows with every picture."""
    mallopt = getattr(_c_library(), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, LARGE_BYTES)
        mallopt(_M_TRIM_THRESHOLD, 4 * LARGE_BYTES)
        # Threads from now on share what the first one has, rather than have free memory each.
        mallopt(_M_ARENA_MAX, 1)


def _c_library() -> object:
    """Return the C library where it is known to have something to set; None elsewhere."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    return ctypes.CDLL(None)


class Tidy(QObject):
    """Now and then gives back what is free, and holds nothing of the pack.

    What is used again of the pack comes from the system's cache.
    """

    def __init__(
        self, pack: Pack, store: Store, parent: QObject, clock: Callable[[], float] = monotonic
    ) -> None:
        super().__init__(parent)
        self._pack, self._clock = pack, clock
        self._trim: Callable[[int], int] | None = getattr(_c_library(), "malloc_trim", None)
        self._done_s, self._turns = 0.0, 0
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, _NEVER)
        store.subscribe(lambda _: self._take_note())
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.tidy)
        self._timer.start()

    def tidy(self) -> None:
        """Give back at once, which takes a few milliseconds; if all is quiet, look for garbage."""
        self._look_for_garbage()
        self._pack.rest()
        if self._trim is not None:
            self._trim(0)

    def _take_note(self) -> None:
        self._done_s, self._turns = self._clock(), max(self._turns, 1)

    def _look_for_garbage(self) -> None:
        """Look once after things were done, as soon as nothing was for a while."""
        rests = self._clock() - self._done_s >= REST_S
        if self._turns and (rests or self._turns >= MOST_TURNS):
            gc.collect()
            self._turns = 0
        elif self._turns:
            self._turns += 1
