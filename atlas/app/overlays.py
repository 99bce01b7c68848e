"""Opens a reader's own overlays: read on a thread, kept in the atlas, never before the first map.

Floor: app; neighbours: geodata.own (which brings numpy: imported only here, when asked for) and
core.own. The window is told through `opened` and `refused`; the command line reads at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from atlas.app.ground_worker import breather
from atlas.app.refusal import Refusal
from atlas.core.model import Atlas
from atlas.core.own import OWN, Asked, OwnPoints, asked_by
from atlas.core.state import State

if TYPE_CHECKING:
    from geodata.own.points import DatedPoints

_STEM: Final = 40
_UNEXPECTED: Final = "an error nobody expected; please report it"


def layer_for(path: Path) -> str:
    """Return the layer id of a file: its name, and letters that tell folders apart unseen."""
    whole = str(path.absolute())
    stem = "".join(letter if letter.isalnum() else "-" for letter in path.stem[:_STEM])
    return f"{OWN}{stem}-{sha256(whole.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"


def read_overlay(path: Path, asked: Asked, stop: Event | None = None) -> DatedPoints:
    """Return a file's dated points with the first picture's work done.

    Raises
    ------
    geodata.own.limits.OverlayError, geodata.own.limits.Unasked
        If it gives no overlay, or `stop` was set.
    """
    from geodata.own.read import read_own

    points = read_own(path, layer_for(path), _breathing(stop) if stop else lambda: False)
    points.cells(asked)
    return points


def _breathing(stop: Event) -> Callable[[], bool]:
    """Return what a reading thread asks every few rows: it lets the window run meanwhile."""
    breathe = breather()

    def unwanted() -> bool:
        breathe()
        return stop.is_set()

    return unwanted


def with_overlays(atlas: Atlas, state: State, paths: Iterable[Path]) -> State:
    """Read overlays at once and return the state that shows them all.

    Raises
    ------
    Refusal
        If one of the files gives none.
    """
    from geodata.own.limits import OverlayError

    for path in paths:
        layer = layer_for(path)
        if layer not in atlas.own:
            try:
                atlas.own[layer] = read_overlay(path, asked_by(state))
            except OverlayError as error:
                said = error.problem
                what = f"{said.where}: {said.message}" if said.where else said.message
                raise Refusal(str(path), what, said.hint) from error
        state = replace(state, own=(*state.own, layer), layers=state.layers | {layer})
    return state


class OverlayOpener(QObject):
    """Reads files one after the other on a thread of its own; use it on the window's thread."""

    opened = Signal(object)
    """The points of a file that was read; they are in the atlas already."""
    refused = Signal(object, str)
    """A file that gives no overlay, and why."""
    _done = Signal(object, object, str)

    def __init__(self, atlas: Atlas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._atlas = atlas
        self._waiting: list[tuple[Path, Asked]] = []
        self._thread: Thread | None = None
        self._stop = Event()
        self._done.connect(self._take)

    def open(self, path: Path, asked: Asked) -> None:
        """Have a file read, again if it was before: it may have changed."""
        self._waiting.append((path, asked))
        self._next()

    def close(self) -> None:
        """Give up what is being read, and wait until that is so."""
        self._stop.set()
        self._waiting.clear()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _next(self) -> None:
        if self._thread is None and self._waiting:
            job = self._waiting.pop(0)
            self._thread = Thread(target=self._run, args=job, name="atlas-overlay", daemon=True)
            self._thread.start()

    def _run(self, path: Path, asked: Asked) -> None:
        from geodata.own.limits import OverlayError, Unasked

        points, said = None, f"{path.name}: {_UNEXPECTED}"
        try:
            points = read_overlay(path, asked, self._stop)
        except OverlayError as error:
            said = str(error)
        except Unasked:
            return  # given up from here: nobody waits for it
        finally:
            if not self._stop.is_set():
                self._done.emit(path, points, said)

    def _take(self, path: Path, points: OwnPoints | None, said: str) -> None:
        """Take what the thread brought, on the window's thread, unless it was given up since."""
        if self._stop.is_set():
            return
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if points is None:
            self.refused.emit(path, said)
        else:
            self._atlas.own[points.layer] = points
            self.opened.emit(points)
        self._next()
