"""The keyboard on the time track: steps, ends of the era, panels, zoom.

Floor: ui; neighbours: time_track. The keys agree with the window's own, so that it does not
matter where the focus is; Up, Down and 0 are the track's alone.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from atlas.core import actions
from atlas.core.model import Story
from atlas.core.state import State
from atlas.core.store import Store
from atlas.ui.time_drag import CAUSE, Track

_KEYS = Qt.Key


class TrackKeys:
    """Does what a key asks of a track."""

    def __init__(self, track: Track, store: Store, story: Story) -> None:
        self._track, self._store, self._story = track, store, story

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means; False for a key that means nothing here."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case _KEYS.Key_Left | _KEYS.Key_Right:
                self._step(1 if event.key() == _KEYS.Key_Right else -1, shift)
            case _KEYS.Key_Home:
                self.go(self._story.first_day)
            case _KEYS.Key_End:
                self.go(self._story.last_day)
            case _KEYS.Key_PageUp | _KEYS.Key_PageDown:
                self._turn(1 if event.key() == _KEYS.Key_PageDown else -1)
            case _KEYS.Key_Up | _KEYS.Key_Down:
                self._track.zoom(2.0 if event.key() == _KEYS.Key_Up else 0.5)
            case _:
                return False
        return True

    def go(self, day: int) -> None:
        """Set the date; the panel follows."""

        def action(state: State) -> State:
            return actions.follow_date(self._story)(actions.set_day(day, self._story)(state))

        self._store.do(action, CAUSE)

    def _step(self, count: int, larger: bool) -> None:
        """Step; with Shift by a month, or by a year where a step is a month already."""
        state = self._store.state
        step = state.step
        if larger:
            step = "month" if step in ("day", "week") else "year"
        self.go(actions.stepped_day(state.day, step, count))

    def _turn(self, offset: int) -> None:
        panel = actions.neighbour_panel(self._story, self._store.state.panel, offset)
        if panel is not None:
            self._store.do(actions.open_panel(panel), CAUSE)
