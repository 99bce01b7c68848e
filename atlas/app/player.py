"""Lets the date run: a timer that steps the state, and the arithmetic of the next date.

Floor: app; neighbours: core.store, core.actions. Late ticks are made up for by larger strides,
so that the speed holds on a slow machine; one run from play to pause is one step of undo.
"""

from __future__ import annotations

from itertools import count
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from atlas.core import actions
from atlas.core.model import Story
from atlas.core.store import Store

CAUSE: Final = "player"
SPEEDS: Final = (1, 2, 5, 10, 20, 30, 60)
"""Steps a second there are to choose from."""
LONGEST_STRIDE: Final = 60
_TICK_MS: Final = 16

_runs = count(1)


def next_day(
    day: int, step: str, count_: int, bounds: tuple[int, int], loop: bool
) -> tuple[int, bool]:
    """Return the date `count_` steps on (negative: back) and whether the run ends there.

    `bounds` are the first and the last day, both inclusive. At an end the run stops, or with
    `loop` goes on from the other end. A date outside the bounds enters them at the near end.
    """
    first, last = bounds
    if not first <= day <= last:
        return (first if count_ > 0 else last), False
    wanted = actions.stepped_day(day, step, count_)
    if first <= wanted <= last:
        return wanted, False
    if loop:
        return (first if wanted > last else last), False
    return (last if wanted > last else first), True


class Player(QObject):
    """Plays the date forwards (1) or backwards (-1); `changed` tells of every new setting."""

    changed = Signal()

    def __init__(self, store: Store, story: Story, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._story = story
        self._direction = 1
        self._speed = 10
        self._loop = False
        self._bounds: tuple[int, int] | None = None
        self._stops_at_panel = True
        self._panel_bounds = story.first_day, story.last_day
        self._gesture = ""
        self._done = 0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    @property
    def playing(self) -> bool:
        """Whether the date runs."""
        return self._timer.isActive()

    @property
    def direction(self) -> int:
        """1 for forwards, -1 for backwards."""
        return self._direction

    @property
    def speed(self) -> int:
        """Steps a second."""
        return self._speed

    @property
    def loop(self) -> bool:
        """Whether the run begins again at an end."""
        return self._loop

    @property
    def bounds(self) -> tuple[int, int]:
        """First and last day of the run: the panel's span, the stretch of a loop, or the era."""
        if self._loop and self._bounds:
            return self._bounds
        if self._stops_at_panel and not self._loop and self.playing:
            return self._panel_bounds
        return self._story.first_day, self._story.last_day

    def set_speed(self, steps_per_s: int) -> None:
        """Set the speed in steps a second; ValueError unless it is positive."""
        if steps_per_s < 1:
            raise ValueError("a speed is at least one step a second")
        self._speed = steps_per_s
        self._restart_clock()
        self.changed.emit()

    def set_loop(self, loop: bool) -> None:
        """Loop, or stop at the end of the era."""
        self._loop = loop
        self.changed.emit()

    @property
    def stops_at_panel(self) -> bool:
        """Whether the run stops where the panel that tells of the date ends."""
        return self._stops_at_panel

    def set_stops_at_panel(self, stops: bool) -> None:
        """Stop at the end of a panel's span, or run on to the end of the era."""
        self._stops_at_panel = stops
        self._take_panel()
        self.changed.emit()

    def _take_panel(self) -> None:
        """Note the span the run is in: from its end on, that of the panel beyond."""
        day, first, last = self._store.state.day, self._story.first_day, self._story.last_day
        beyond = min(max(day + self._direction, first), last)
        span = self._story.panel_at(beyond).span
        if span is None or not span.presence(beyond):
            self._panel_bounds = first, last
        else:
            start, end = span.earliest_start_day, span.latest_end_day - 1
            # Today's day too: it may be the last of the panel before.
            self._panel_bounds = min(max(start, first), day), max(min(end, last), day)

    def set_loop_bounds(self, first_day: int, last_day: int) -> None:
        """Set the stretch a loop runs over, kept inside the era."""
        first = max(first_day, self._story.first_day)
        self._bounds = first, max(min(last_day, self._story.last_day), first)

    def set_direction(self, direction: int) -> None:
        """Run forwards (1) or backwards (-1)."""
        self._direction = 1 if direction >= 0 else -1
        self._take_panel()
        self.changed.emit()

    def play(self, direction: int | None = None) -> None:
        """Start to run; from the far end if the date stands at the end it runs to."""
        if direction is not None:
            self._direction = 1 if direction >= 0 else -1
        first, last = self.bounds
        self._gesture = f"play-{next(_runs)}"
        if self._store.state.day == (last if self._direction > 0 else first):
            self._go(first if self._direction > 0 else last)
        self._take_panel()
        self._restart_clock()
        self._timer.start(max(_TICK_MS, 1000 // self._speed))
        self.changed.emit()

    def pause(self) -> None:
        """Stop; the panel follows to the date reached."""
        if not self.playing:
            return
        self._timer.stop()
        self._store.do(actions.follow_date(self._story), CAUSE, self._gesture)
        self._store.end_gesture()
        self.changed.emit()

    def toggle(self) -> None:
        """Play if paused, pause if playing."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def advance(self, steps: int) -> None:
        """Move on by so many steps at once, as a tick of the timer does."""
        state = self._store.state
        if not self._panel_bounds[0] <= state.day <= self._panel_bounds[1]:
            # The reader went elsewhere meanwhile.
            self._take_panel()
        count_ = self._direction * steps
        day, ended = next_day(state.day, state.step, count_, self.bounds, self._loop)
        self._go(day)
        if ended:
            self.pause()

    def _go(self, day: int) -> None:
        self._store.do(actions.set_day(day, self._story), CAUSE, self._gesture)

    def _tick(self) -> None:
        due = self._clock.elapsed() * self._speed // 1000 - self._done
        if due > 0:
            self._done += due
            self.advance(min(due, LONGEST_STRIDE))

    def _restart_clock(self) -> None:
        self._done = 0
        self._clock.restart()
        if self._timer.isActive():
            self._timer.setInterval(max(_TICK_MS, 1000 // self._speed))
