"""What the pointer does on the time track: drags the date, drags the window over the era.

Floor: ui; neighbours: time_track, which hands over presses, moves and releases.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer

from atlas.core import actions
from atlas.core.model import Story
from atlas.core.store import Store
from atlas.core.timescale import TimeScale, shifted, window_around

CAUSE: Final = "time_track"
CLICK_PX: Final = 3.0
EDGE_PX: Final = 5.0
HANDLE_PX: Final = 6.0
SCROLL_MS: Final = 30
DATE, START, END, STRETCH, NEW = "date", "start", "end", "stretch", "new"
OTHER: Final = "other"
"""What a drag has hold of."""

_drags = count(1)


class Track(Protocol):
    """What a drag needs of the track: its two scales and a way to show another window."""

    @property
    def scale(self) -> TimeScale:
        """The detail window."""
        ...

    @property
    def overview_scale(self) -> TimeScale:
        """The whole era."""
        ...

    @property
    def era(self) -> tuple[int, int]:
        """First and last day."""
        ...

    def show_window(self, scale: TimeScale) -> None:
        """Show another window in the detail."""
        ...

    def show_era(self) -> None:
        """Show the whole era in the detail."""
        ...

    def zoom(self, factor: float, at_px: float | None = None) -> None:
        """Zoom at a pixel, at the date by default."""
        ...


class DateDrag(QObject):
    """Drags the date: every move sets it, the release lets the panel follow; one step of undo.

    With a stretch of time its two handles are dragged apart or together, and from between them
    the whole; with Shift a new one is drawn. Held beyond an end of the detail, the window scrolls
    on.
    """

    def __init__(self, track: Track, store: Store, story: Story, parent: QObject) -> None:
        super().__init__(parent)
        self._track, self._store, self._story = track, store, story
        self._gesture = ""
        self._grip = DATE
        self._held_day = 0
        self._pressed_px = self._x_px = 0.0
        self._moved = False
        self._scroll = QTimer(self, interval=SCROLL_MS)
        self._scroll.timeout.connect(self._scroll_on)

    @property
    def active(self) -> bool:
        """Whether the button is down."""
        return bool(self._gesture)

    def grip_at(self, x_px: float) -> str:
        """Return what a press there would take hold of: a handle, the stretch, or the date."""
        state, scale = self._store.state, self._track.scale
        other = state.other_day
        if other is not None and abs(x_px - scale.to_px(other + 0.5)) <= HANDLE_PX:
            return OTHER
        if not state.range_days:
            return DATE
        first_px, last_px = (scale.to_px(day + 0.5) for day in (state.first_day, state.day))
        away_px, grip = min((abs(x_px - last_px), END), (abs(x_px - first_px), START))
        if away_px <= HANDLE_PX:
            return grip
        return STRETCH if first_px < x_px < last_px else DATE

    def press(self, x_px: float, grip: str = "") -> None:
        """The button went down: the date jumps there, unless it takes hold of something else.

        `grip` says of what: `NEW` draws a stretch from there, or reaches it there if nothing is
        drawn; `OTHER` brings the date compared with there.
        """
        self._gesture = f"drag-{next(_drags)}"
        self._pressed_px, self._moved = x_px, False
        self._grip = grip or self.grip_at(x_px)
        state = self._store.state
        pressed = self._day_at(x_px)
        self._held_day = {START: state.day, END: state.first_day, NEW: pressed}.get(
            self._grip, pressed - state.day
        )
        if self._grip == DATE or grip == OTHER:
            self._held_day = 0
            self._set(x_px)

    def move(self, x_px: float) -> None:
        """The pointer moved with the button down."""
        if abs(x_px - self._pressed_px) > CLICK_PX:
            self._moved = True
        if not self._moved:
            return
        self._set(x_px)
        beyond = not self._track.scale.left_px <= x_px <= self._track.scale.right_px
        if beyond != self._scroll.isActive():
            self._scroll.start() if beyond else self._scroll.stop()

    def release(self, clicked: Callable[[str], bool]) -> None:
        """The button went up; `clicked(gesture)` may answer a click in place of the follow-up."""
        gesture, self._gesture = self._gesture, ""
        self._scroll.stop()
        if self._grip == NEW and not self._moved:
            state, day = self._store.state, self._day_at(self._pressed_px)
            first, last = min(state.first_day, day), max(state.day, day)
            self._store.do(actions.set_range(first, last, self._story), CAUSE, gesture)
        if self._grip == OTHER:
            pass  # The text goes by the first date.
        elif self._moved or self._grip == NEW or not clicked(gesture):
            self._store.do(actions.follow_date(self._story), CAUSE, gesture)
        self._store.end_gesture()

    def _set(self, x_px: float) -> None:
        self._x_px = x_px
        day, held = self._day_at(x_px), self._held_day
        if self._grip == START:
            action = actions.set_range(min(day, held), held, self._story)
        elif self._grip == END:
            action = actions.set_range(held, max(day, held), self._story)
        elif self._grip == OTHER:
            action = actions.set_other_day(day, self._story)
        elif self._grip == NEW:
            action = actions.set_range(held, day, self._story)
        else:
            action = actions.set_day(day - held, self._story)
        self._store.do(action, CAUSE, self._gesture)

    def _day_at(self, x_px: float) -> int:
        """Return the day under a pixel, the nearest one shown beyond an end."""
        scale = self._track.scale
        day = scale.to_day(min(max(x_px, scale.left_px), scale.right_px))
        return min(int(day // 1), int(scale.end_day - 1e-6))

    def _scroll_on(self) -> None:
        scale = self._track.scale
        beyond_px = min(self._x_px - scale.left_px, 0) + max(self._x_px - scale.right_px, 0)
        days = beyond_px * scale.days_per_px * 0.15
        self._track.show_window(shifted(scale, days, self._track.era))
        self._set(self._x_px)


class WindowBrush:
    """Moves, stretches or draws anew the detail's window on the strip of the whole era."""

    def __init__(self, track: Track) -> None:
        self._track = track
        self._mode = ""
        self._anchor_day = 0.0
        self._start = track.scale
        self._pressed_px = 0.0

    @property
    def active(self) -> bool:
        """Whether the button is down."""
        return bool(self._mode)

    def mode_at(self, x_px: float) -> str:
        """Return what a press there would begin: ``left``, ``right``, ``move`` or ``draw``."""
        scale, overview = self._track.scale, self._track.overview_scale
        left, right = overview.to_px(scale.start_day), overview.to_px(scale.end_day)
        first, last = self._track.era
        if abs(x_px - left) <= EDGE_PX and scale.start_day > first:
            return "left"
        if abs(x_px - right) <= EDGE_PX and scale.end_day < last + 1:
            return "right"
        whole = scale.start_day <= first and scale.end_day >= last + 1
        return "move" if left < x_px < right and not whole else "draw"

    def press(self, x_px: float) -> None:
        """The button went down on the strip."""
        self._mode = self.mode_at(x_px)
        self._start, self._pressed_px = self._track.scale, x_px
        self._anchor_day = self._track.overview_scale.to_day(x_px)

    def move(self, x_px: float) -> None:
        """The pointer moved with the button down."""
        start = self._start
        day = self._track.overview_scale.to_day(x_px)
        if self._mode == "move":
            window = shifted(start, day - self._anchor_day, self._track.era)
        elif self._mode == "left":
            window = self._between(day, start.end_day)
        elif self._mode == "right":
            window = self._between(start.start_day, day)
        elif abs(x_px - self._pressed_px) > CLICK_PX:
            window = self._between(self._anchor_day, day)
        else:
            return
        self._track.show_window(window)

    def release(self, x_px: float) -> None:
        """The button went up; a mere click beside the window centres it there."""
        mode, self._mode = self._mode, ""
        if mode == "draw" and abs(x_px - self._pressed_px) <= CLICK_PX:
            middle = (self._start.start_day + self._start.end_day) / 2
            day = self._track.overview_scale.to_day(x_px)
            self._track.show_window(shifted(self._start, day - middle, self._track.era))

    def _between(self, one_day: float, other_day: float) -> TimeScale:
        first, end = min(one_day, other_day), max(one_day, other_day)
        return window_around(self._start, first, end, self._track.era, margin=0.0)
