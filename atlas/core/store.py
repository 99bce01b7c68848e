"""The one place a State changes: do an action, tell everyone once. Floor: core; plain Python.

A notice carries its cause, so that the sender can ignore its own. An action done while a notice
runs is queued, never nested. Undo goes back over steps; changes of one `gesture` are one step;
a new size of the window, and what it does to the camera, is none.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import fields, replace
from typing import NamedTuple

from atlas.core.state import State

Action = Callable[[State], State]
MAX_UNDO = 200
NOT_UNDONE = frozenset({"viewport_px", "step"})


class Change(NamedTuple):
    """One notice: the state before and after, the fields that differ, who caused it."""

    old: State
    new: State
    fields: frozenset[str]
    cause: str


Listener = Callable[[Change], None]


class Store:
    """Holds the State. Not thread-safe: used on the thread of the window only."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._listeners: list[Listener] = []
        self._queue: deque[tuple[Action, str, str]] = deque()
        self._running = False
        self._past: list[State] = []
        self._future: list[State] = []
        self._gesture = ""

    @property
    def state(self) -> State:
        """The state now."""
        return self._state

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every Change; returns the function that ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def do(self, action: Action, cause: str = "", gesture: str = "") -> None:
        """Apply an action; consecutive actions of the same non-empty `gesture` undo together."""
        self._queue.append((action, cause, gesture))
        if self._running:
            return
        self._running = True
        try:
            while self._queue:
                self._apply(*self._queue.popleft())
        finally:
            self._running = False
            self._queue.clear()

    def end_gesture(self) -> None:
        """Close the gesture under way: what follows is a step of its own."""
        self._gesture = ""

    def undo(self) -> bool:
        """Go one step back; False if there is none."""
        return self._travel(self._past, self._future)

    def redo(self) -> bool:
        """Go one step forward again; False if there is none."""
        return self._travel(self._future, self._past)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to redo."""
        return bool(self._future)

    def _apply(self, action: Action, cause: str, gesture: str) -> None:
        new = action(self._state)
        changed = _differing(self._state, new)
        if not changed:
            return
        if changed - NOT_UNDONE and "viewport_px" not in changed and cause != "history":
            if not gesture or gesture != self._gesture:
                self._past.append(self._state)
                del self._past[:-MAX_UNDO]
            self._future.clear()
            self._gesture = gesture
        old, self._state = self._state, new
        change = Change(old, new, changed, cause)
        for listener in tuple(self._listeners):
            listener(change)

    def _travel(self, source: list[State], target: list[State]) -> bool:
        if not source:
            return False
        now, then = self._state, source.pop()
        target.append(now)
        self._gesture = ""
        self.do(lambda state: _with_kept(then, state), cause="history")
        return True


def _differing(old: State, new: State) -> frozenset[str]:
    if old is new:
        return frozenset()
    return frozenset(f.name for f in fields(State) if getattr(old, f.name) != getattr(new, f.name))


def _with_kept(then: State, now: State) -> State:
    """Return the older state in today's window: size and step are no part of undo."""
    return replace(then, **{name: getattr(now, name) for name in NOT_UNDONE})
