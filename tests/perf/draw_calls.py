"""How long single draw calls take: while Qt draws, PySide6 lets nobody else run.

Watches every drawing method of QPainter; a process that has begun to watch is slower for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QPainter


class Watch:
    """Counts QPainter's draw calls from now on and times each."""

    def __init__(self) -> None:
        self.times_ms: list[float] = []
        for name in dir(QPainter):
            if name.startswith(("draw", "fill", "stroke")):
                setattr(QPainter, name, self._timed(getattr(QPainter, name)))

    def _timed(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any) -> Any:
            start = time.perf_counter()
            result = method(*arguments)
            self.times_ms.append((time.perf_counter() - start) * 1000)
            return result

        return timed
