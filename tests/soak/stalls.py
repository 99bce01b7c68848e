"""Times for which the window answered nobody, each with what its thread was doing then.

A timer of the window's own thread beats; a second thread watches the beat and, when it is late,
sends a signal: its handler notes the stack. (To look into a running thread from another one,
`sys._current_frames`, makes Python 3.11 crash in time.) The handler has to wait for a call into Qt
to return, and then names the line that made it.
"""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from sys import intern
from threading import Event, Thread, get_ident
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer

LIMIT_MS = 50.0
_BEAT_MS = 4
_DEEP = 5
_OURS = "/atlas/"


@dataclass(frozen=True, slots=True)
class Stall:
    """One time without an answer: its length, how much of it the thread worked, and where."""

    ms: float
    own_ms: float
    step: str
    where: str


class StallWatch(QObject):
    """Watches the thread it is made on until it is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.stalls: list[Stall] = []
        self.longest_ms = 0.0
        self.step = ""
        self._signal = getattr(signal, "SIGUSR1", None)
        if self._signal is not None:
            signal.signal(self._signal, lambda _, frame: self._seen.update([told(frame)]))
        self._watched = get_ident()
        self._seen: Counter[str] = Counter()
        self._beat_s, self._own_s = time.perf_counter(), time.thread_time()
        self._asleep = False
        self._closed = Event()
        self._timer = QTimer(self, interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.beat)
        self._timer.start()
        self._thread = Thread(target=self._watch, name="stall-watch", daemon=True)
        self._thread.start()

    def beat(self) -> None:
        """Say that the thread answers."""
        now_s, own_s = time.perf_counter(), time.thread_time()
        # Taken away first: the signal may come in the midst of this.
        seen, self._seen = self._seen, Counter()
        ms = (now_s - self._beat_s) * 1000
        if not self._asleep:
            self.longest_ms = max(self.longest_ms, ms)
            if ms > LIMIT_MS:
                where = intern(seen.most_common(1)[0][0]) if seen else "not caught"
                self.stalls.append(Stall(ms, (own_s - self._own_s) * 1000, self.step, where))
        self._beat_s, self._own_s = now_s, own_s

    @contextmanager
    def asleep(self) -> Iterator[None]:
        """Do not count what the one who watches does himself."""
        self.beat()
        self._asleep = True
        try:
            yield
        finally:
            self.beat()
            self._asleep = False

    def close(self) -> None:
        self._timer.stop()
        self._closed.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._closed.wait(_BEAT_MS / 1000):
            late_ms = (time.perf_counter() - self._beat_s) * 1000
            if late_ms > LIMIT_MS / 3 and not self._asleep and self._signal is not None:
                signal.pthread_kill(self._watched, self._signal)


def told(frame: FrameType | None) -> str:
    """Return the innermost calls of a stack: those of the atlas, if there are any."""
    calls = []
    while frame is not None:
        code = frame.f_code
        file = code.co_filename
        inside = file.partition(_OURS)[2] or file.rpartition("/")[2]
        calls.append((f"{inside}:{frame.f_lineno} {code.co_name}", _OURS in file))
        frame = frame.f_back
    ours = [call for call, own in calls if own]
    shown = ours or [call for call, _ in calls]
    return " > ".join(reversed(shown[:_DEEP]))


def table(stalls: list[Stall], most: int = 25) -> str:
    """Return the stalls by place, the worst first."""
    by_place: dict[str, list[Stall]] = {}
    for stall in stalls:
        by_place.setdefault(stall.where, []).append(stall)
    rows = sorted(by_place.items(), key=lambda row: -max(s.ms for s in row[1]))
    lines = ["   times   worst ms   of it own   place (step of the worst)"]
    for where, them in rows[:most]:
        worst = max(them, key=lambda stall: stall.ms)
        figures = f"{len(them):8} {worst.ms:10.0f} {worst.own_ms:11.0f}"
        lines.append(f"{figures}   {where} ({worst.step})")
    return "\n".join(lines)
