"""One soak: a random reader uses the real window, and after each step all must be well.

Every step throws its own dice, made of the seed and the step's number, so that a soak can be done
again from its seed. What the clock does (playing, flights, the worker) may come a little earlier or
later than the first time.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from atlas.app.picture import MapPicture
from atlas.app.session import Session, load_session, save_session
from atlas.core.state import State
from atlas.core.store import Store
from atlas.ui.window import MainWindow
from tests.soak import more_moves  # noqa: F401 - adds its moves
from tests.soak.dialogs import DialogHand
from tests.soak.hands import Hands
from tests.soak.moves import MOVES
from tests.soak.resident import Resident, resident
from tests.soak.stalls import StallWatch
from tests.soak.truths import left_open, untruths

REMEMBERED: Final = 15
UNDO_EVERY: Final = 80
KEEP_EVERY: Final = 20
LOOK_EVERY: Final = 10
PAUSES_MS: Final = (0, 0, 0, 0, 5, 20, 60, 250)
SHARP_WITHIN_S: Final = 10.0
_KNOWN_WORDS: Final = "This plugin does not support"
"""What the offscreen platform says for want of a window manager."""


class Soak(QObject):
    """Uses one window until `ends` says so; `faults` is what went wrong."""

    def __init__(
        self, window: MainWindow, store: Store, picture: MapPicture, seed: str, folder: Path
    ) -> None:
        super().__init__()
        self.window, self.store, self._picture = window, store, picture
        self._seed, self._folder = seed, folder
        self.dice = Random(seed)
        self.hands = Hands(window, QApplication.processEvents)
        self.watch = StallWatch()
        self.steps = 0
        self.faults: list[str] = []
        self.log: deque[str] = deque(maxlen=REMEMBERED)
        self.held: list[tuple[float, Resident]] = []
        self._began_s = time.monotonic()
        self._dialogs = DialogHand(self, folder)
        self._names = list(MOVES)
        self._weights = [MOVES[name][0] for name in self._names]
        self._ends: Callable[[Soak], bool] = lambda _: True
        sys.excepthook = self._on_error
        sys.unraisablehook = lambda told: self._fault(f"unraisable: {told.exc_value!r}")
        qInstallMessageHandler(self._on_message)

    def run(self, ends: Callable[[Soak], bool]) -> None:
        """Make steps until `ends` says so or something is wrong."""
        self._ends = ends
        QTimer.singleShot(0, self, self._next)
        QApplication.exec()
        self.watch.close()
        qInstallMessageHandler(None)
        sys.excepthook, sys.unraisablehook = sys.__excepthook__, sys.__unraisablehook__

    @property
    def minutes(self) -> float:
        """Minutes since it began."""
        return (time.monotonic() - self._began_s) / 60

    def say(self, words: str) -> None:
        """Add to the log what the step decided."""
        self.log[-1] += f", {words}"

    def _next(self) -> None:
        self.steps += 1
        self.dice = Random(f"{self._seed}/{self.steps}")
        (name,) = self.dice.choices(self._names, self._weights)
        if self.steps <= len(self._names):
            # Everything once: what is read in with its first use comes before memory is judged.
            name = self._names[self.steps - 1]
        self.log.append(f"{self.steps} {name}")
        self.watch.step = f"{self.steps} {name}"
        pause_ms = self.dice.choice(PAUSES_MS)
        self._activate()
        try:
            MOVES[name][1](self)
        except (LookupError, RuntimeError, StopIteration) as error:
            self._fault(f"the reader could not go on: {error!r}")
        QTimer.singleShot(pause_ms, self, lambda: self._look())

    def _activate(self) -> None:
        """Give the window the keyboard again, as a window manager does when a dialog closes."""
        if QApplication.activeWindow() is None:
            self.window.activateWindow()
            self.hands.rest()

    def _look(self) -> None:
        """Look whether all is well, and go on or end."""
        with self.watch.asleep():
            for words in (*left_open(), *untruths(self.window, self.store.state)):
                self._fault(words)
            self.faults += self._dialogs.problems
            if self.steps % KEEP_EVERY == 0:
                self._keep()
            if self.steps % LOOK_EVERY == 0:
                self.held.append((self.minutes, resident()))
        if self.steps % UNDO_EVERY == 0 and not self.faults:
            self.watch.step = f"{self.steps} undo all"
            self._undo_all()
            self._wait_until_sharp()
        if self.faults or self._ends(self):
            QApplication.quit()
        else:
            QTimer.singleShot(0, self, self._next)

    def _keep(self) -> None:
        """Write the session and read it: the same state."""
        path = self._folder / "kept.json"
        save_session(path, Session(self.store.state))
        kept = load_session(path, self.window.library.atlas)
        if kept.state != self.store.state or kept.notice:
            self._fault(f"the session read is not the one written: {kept.notice}")

    def _undo_all(self) -> None:
        """Undo all there is by its key: the first state stands there again; then redo all."""
        if self.window.time_bar.player.playing:
            self.window.time_bar.player.pause()
        self._activate()
        self.window.canvas.setFocus()
        self.store.end_gesture()
        first = (*self.store._past, self.store.state)[0]
        last = (*self.store._future, self.store.state)[0]
        for keys, goal, more in (
            ("Ctrl+Z", first, lambda: self.store.can_undo),
            ("Ctrl+Shift+Z", last, lambda: self.store.can_redo),
        ):
            presses = 0
            while more() and presses < 250:
                self.hands.key(keys)
                presses += 1
            self._compare(goal, f"after {presses} times {keys}")
        for words in untruths(self.window, self.store.state):
            self._fault(f"after undoing and redoing all: {words}")

    def _compare(self, due: State, when: str) -> None:
        now = self.store.state
        due = replace(due, viewport_px=now.viewport_px, step=now.step)
        if now != due:
            self._fault(f"{when}: {now} is not {due}")

    def _wait_until_sharp(self) -> None:
        end = time.monotonic() + SHARP_WITHIN_S
        while not self._picture.is_sharp and time.monotonic() < end:
            self.hands.rest()
        if not self._picture.is_sharp:
            self._fault(f"the map is not sharp after {SHARP_WITHIN_S:.0f} s")

    def _fault(self, words: str) -> None:
        if words not in self.faults:
            self.faults.append(words)

    def _on_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        import traceback

        self._fault("".join(traceback.format_exception(kind, error, trace)))
        if kind is KeyboardInterrupt:
            QCoreApplication.quit()

    def _on_message(self, kind: QtMsgType, _: QMessageLogContext, words: str) -> None:
        grave = kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
        if grave and not words.startswith(_KNOWN_WORDS):
            self._fault(f"Qt says: {words}")
