"""Paints the grounds of the map in the background, so that the window need not wait for one.

Floor: app; neighbours: picture, which shows what is painted; render.painter, which paints.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Condition, Event, Thread
from time import monotonic, perf_counter, sleep
from typing import Final, NamedTuple

from PySide6.QtGui import QImage

from atlas.app.fault_report import Survived
from atlas.core.scene import Scene
from atlas.core.viewport import Camera
from atlas.render.ground import Cancelled, never
from atlas.render.stamps import Stamps

_AT_WORK_S: Final = 0.001
_BREATH_S: Final = 0.0001


class GroundKey(NamedTuple):
    """What the ground depends on."""

    camera: Camera
    size_px: tuple[int, int]
    relief: float
    theme: str
    ratio: float


class Ground(NamedTuple):
    """Sea, land and relief as a picture, and with all that a scene has over them as well."""

    key: GroundKey
    image: QImage
    scene: Scene
    bases: dict[Hashable, QImage]
    """Copies with countries and zones on them, for who shows them to take."""
    zones: Stamps
    """Pictures of single zones: a date that changes one need paint no other."""
    rehearsed: bool = False
    """Whether all that is drawn over it in the scene is kept, and its names planned."""


PaintGround = Callable[[Ground | None, GroundKey, Scene, Cancelled], Ground | None]
"""Paints a ground for a scene, knowing the newest; None if cancelled on the way."""


def breather() -> Callable[[], None]:
    """Return what lets other threads run for a moment if its own has run for long.

    PySide6 keeps Python's lock while Qt draws, and Python hands it over only every so often: a
    window that draws beside the worker would wait so long again and again.
    """
    last_s = perf_counter()

    def breathe() -> None:
        nonlocal last_s
        if perf_counter() - last_s > _AT_WORK_S:
            sleep(_BREATH_S)
            last_s = perf_counter()

    return breathe


class GroundWorker:
    """Paints grounds on one thread of its own: newest request wins, stale ones are dropped."""

    def __init__(
        self, paint: PaintGround, done: Callable[[], None], synchronous: bool = False
    ) -> None:
        self._paint = paint
        self._done = done
        self._condition = Condition()
        self._wanted: tuple[GroundKey, Scene] | None = None
        self._working: GroundKey | None = None
        self._stale = Event()
        self._closed = False
        self.newest: Ground | None = None
        self._synchronous = synchronous
        self._thread: Thread | None = None

    def use(self, paint: PaintGround) -> None:
        """Paint in another way from now on: what is under way is not wanted any more."""
        with self._condition:
            self._paint = paint
            self._stale.set()

    def request(self, key: GroundKey, scene: Scene) -> None:
        """Ask for a ground; at once if synchronous, otherwise some time later."""
        if self._synchronous:
            self.newest = self._paint(self.newest, key, scene, never)
            return
        with self._condition:
            if key in (self._working, self._wanted and self._wanted[0]):
                return
            self._wanted = (key, scene)
            self._stale.set()
            self._condition.notify_all()
            if self._thread is None and not self._closed:
                self._thread = Thread(target=self._run, name="atlas-ground", daemon=True)
                self._thread.start()

    def wait_idle(self, timeout_ms: int) -> bool:
        """Wait until nothing is wanted or being painted."""
        end = monotonic() + timeout_ms / 1000
        with self._condition:
            while self._wanted is not None or self._working is not None:
                if not self._condition.wait(max(0.0, end - monotonic())):
                    return False
        return True

    def close(self) -> None:
        """End the thread."""
        with self._condition:
            self._closed = True
            self._stale.set()
            self._condition.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while (job := self._next()) is not None:
            # What cannot be painted is told of; the thread is there for the next.
            with Survived():
                self._do(*job)

    def _do(self, key: GroundKey, scene: Scene) -> None:
        ground: Ground | None = None
        paint = self._paint
        try:
            ground = paint(self.newest, key, scene, self._stale.is_set)
        finally:
            with self._condition:
                self._working = None
                if paint != self._paint:
                    ground = None
                if ground is not None:
                    self.newest = ground
                self._condition.notify_all()
                announce = ground is not None and not self._closed
        if announce:
            self._done()

    def _next(self) -> tuple[GroundKey, Scene] | None:
        with self._condition:
            while self._wanted is None and not self._closed:
                self._condition.wait()
            if self._closed:
                return None
            job, self._wanted = self._wanted, None
            self._stale.clear()
            self._working = job[0] if job else None
            return job
