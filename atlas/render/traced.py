"""Painters that keep account: what each part of a frame took in time, draw calls and vertices.

Floor: render; neighbours: parts. Read in only when somebody asks for it. Draw calls are counted
because a subclass sees those made from Python, and all of ours are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from threading import Lock, get_ident
from time import perf_counter
from typing import Any, Final, NamedTuple

from PySide6.QtGui import QImage, QPaintDevice, QPainter, QPainterPath, QPolygon, QPolygonF

REST: Final = "the rest"
"""What is painted in no part, and the time between them."""
_REMEMBERED: Final = 120


class Account(NamedTuple):
    """What was spent on one part: `most` is the vertices of its largest draw call."""

    ms: float = 0.0
    calls: int = 0
    vertices: int = 0
    most: int = 0

    def plus(self, other: Account) -> Account:
        """Return both together."""
        ms, calls = self.ms + other.ms, self.calls + other.calls
        return Account(ms, calls, self.vertices + other.vertices, max(self.most, other.most))


@dataclass(slots=True)
class PartTrace:
    """One part over many frames."""

    last: Account = field(default_factory=Account)
    """Of the frame it was last painted in."""
    in_last_frame: bool = False
    painted: int = 0
    kept: int = 0
    """Frames that were shown without painting it: it did not change, or is part of a picture."""
    beside: int = 0
    """How often it was painted on another thread than the window's."""
    most: int = 0
    times_ms: deque[float] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))

    @property
    def median_ms(self) -> float:
        """The median of the frames it was painted in."""
        return median(self.times_ms) if self.times_ms else 0.0


class PaintTrace:
    """Gathers the accounts of the painters it hands out, on any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._window_thread = get_ident()
        self._pending: dict[str, Account] = {}
        self.parts: dict[str, PartTrace] = {}
        self.frames = 0
        self.frame = Account()
        """The last frame, without the pictures that were made for it."""
        self.frame_ms: deque[float] = deque(maxlen=_REMEMBERED)
        self.under_way: TracedPainter | None = None

    def painter(self, device: QPaintDevice) -> QPainter:
        """Return a painter whose work is accounted for; on anything but a picture it is a frame."""
        return TracedPainter(device, self)

    def add(self, name: str, account: Account) -> None:
        """Add what a painter has finished."""
        with self._lock:
            found = self.parts.setdefault(name, PartTrace(kept=self.frames))
            found.painted += 1
            found.beside += not self.in_window
            found.most = max(found.most, account.most)
            self._pending[name] = self._pending.get(name, Account()).plus(account)

    @property
    def in_window(self) -> bool:
        """Whether this is the window's thread."""
        return get_ident() == self._window_thread

    def end_frame(self, frame: Account) -> None:
        """Close the account of a frame: pictures made since the last one are told with it."""
        with self._lock:
            self.frames += 1
            self.frame = frame
            self.frame_ms.append(frame.ms)
            for name, found in self.parts.items():
                spent = self._pending.pop(name, None)
                found.in_last_frame = spent is not None
                if spent is None:
                    found.kept += 1
                else:
                    found.last = spent
                    found.times_ms.append(spent.ms)

    def rows(self) -> list[tuple[str, PartTrace]]:
        """Return the parts in the order they were first painted in, the rest last."""
        with self._lock:
            rows = list(self.parts.items())
        return sorted(rows, key=lambda row: row[0] == REST)


class TracedPainter(QPainter):
    """A painter that tells a trace what it did; use it as a context manager."""

    def __init__(self, device: QPaintDevice, trace: PaintTrace) -> None:
        super().__init__(device)
        self._trace = trace
        self._is_frame = not isinstance(device, QImage)
        self._began = self._since = perf_counter()
        self._open = [REST]
        self._spent: dict[str, Account] = {}

    def __enter__(self) -> TracedPainter:
        if self._is_frame:
            self._trace.under_way = self
        return self

    def __exit__(self, kind: object, error: object, where: object) -> None:
        self.end()
        self._stop_clock()
        for name, account in self._spent.items():
            self._trace.add(name, account)
        if self._is_frame:
            self._close_frame()
        elif self._trace.under_way and self._trace.in_window:
            self._trace.under_way.leave_out(self._since - self._began)

    def leave_out(self, seconds: float) -> None:
        """Account time to none of the parts: a picture made meanwhile has told it already."""
        self._since += seconds

    def _close_frame(self) -> None:
        self._trace.under_way = None
        frame = Account()
        for account in self._spent.values():
            frame = frame.plus(account)
        self._trace.end_frame(frame._replace(ms=(self._since - self._began) * 1000))

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Account what is painted inside to a part; one inside another counts by itself."""
        self._stop_clock()
        self._open.append(name)
        try:
            yield
        finally:
            self._stop_clock()
            self._open.pop()

    def count(self, vertices: int) -> None:
        """Count a draw call."""
        self._spend(Account(0.0, 1, vertices, vertices))

    def _stop_clock(self) -> None:
        now = perf_counter()
        self._spend(Account((now - self._since) * 1000))
        self._since = now

    def _spend(self, account: Account) -> None:
        name = self._open[-1]
        self._spent[name] = self._spent.get(name, Account()).plus(account)


def _vertices(shape: object) -> int:
    if isinstance(shape, QPainterPath):
        return shape.elementCount()
    return shape.size() if isinstance(shape, QPolygon | QPolygonF) else 0


def _counting(plain: Callable[..., Any]) -> Callable[..., Any]:
    def draw(painter: TracedPainter, *words: Any) -> Any:
        painter.count(sum(map(_vertices, words)))
        return plain(painter, *words)

    return draw


for _name in dir(QPainter):
    if _name.startswith(("draw", "fill", "stroke")):
        setattr(TracedPainter, _name, _counting(getattr(QPainter, _name)))
