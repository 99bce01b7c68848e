"""Eased flights of the camera: what is shown on the way from one view to the next.

Floor: ui; neighbours: map_view; below: core.flight, the way they take. The store holds the end of
the flight from its start; only the picture travels, and any gesture ends the journey at once.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from atlas.core.flight import between, eased
from atlas.core.viewport import Camera

if TYPE_CHECKING:
    from PySide6.QtCore import QVariantAnimation

FLIGHT_MS: Final = 600


class Flight(QObject):
    """One camera on its way; `moved` says that `camera` is another one now."""

    moved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._start: Camera | None = None
        self._end: Camera | None = None

    @cached_property
    def _motion(self) -> QVariantAnimation:
        """What moves it: made for the first journey, not for the first map."""
        from PySide6.QtCore import QVariantAnimation

        motion = QVariantAnimation(self)
        motion.setStartValue(0.0)
        motion.setEndValue(1.0)
        motion.valueChanged.connect(self.moved)
        motion.finished.connect(self.finish)
        return motion

    @property
    def camera(self) -> Camera | None:
        """Where the camera is on its way, None when it is not under way."""
        if self._start is None or self._end is None:
            return None
        return between(self._start, self._end, eased(float(self._motion.currentValue())))

    def start(self, start: Camera, end: Camera, duration_ms: int) -> None:
        """Set out; from where the camera is, if it is under way already."""
        here = self.camera or start
        self._motion.stop()
        if duration_ms <= 0 or here == end or here.projection != end.projection:
            self.finish()
            return
        self._start, self._end = here, end
        self._motion.setDuration(duration_ms)
        self._motion.start()

    def finish(self) -> None:
        """Be there."""
        if self._start is None:
            return
        self._start = self._end = None
        self._motion.stop()
        self.moved.emit()
