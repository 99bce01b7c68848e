"""The pointer over the time track: presses, moves, clicks on events and chapters, the wheel.

Floor: ui; neighbours: time_track, which forwards what Qt tells it; time_drag for the two drags.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QWidget

from atlas.core import actions
from atlas.core.model import Atlas
from atlas.core.store import Store
from atlas.core.timescale import shifted
from atlas.ui.gestures import pinch_of
from atlas.ui.reveal import shown
from atlas.ui.time_drag import CAUSE, END, NEW, OTHER, START, DateDrag, Track, WindowBrush
from atlas.ui.time_hover import HoverPlate, bracket_at, row_at
from atlas.ui.time_view import TrackView

WHEEL_FACTOR: Final = 1.25
PAGE_SHARE: Final = 0.15
SNAP_PX: Final = 14.0
_SHAPES: Final = {
    "left": Qt.CursorShape.SizeHorCursor,
    "right": Qt.CursorShape.SizeHorCursor,
    "move": Qt.CursorShape.OpenHandCursor,
    "draw": Qt.CursorShape.CrossCursor,
}


class TrackPinch(QObject):
    """Zooms the track by pinches on touch pads and touch screens, where the fingers are."""

    def __init__(self, track: Track, widget: QWidget) -> None:
        super().__init__(widget)
        self._track, self._widget = track, widget
        widget.grabGesture(Qt.GestureType.PinchGesture)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take pinches, and nothing else."""
        pinch = pinch_of(event, self._widget) if watched is self._widget else None
        if pinch is None:
            return False
        factor, at = pinch
        self._track.zoom(factor, None if row_at(at.y()) == "overview" else at.x())
        return True


class TrackPointer:
    """Follows one pointer over the track. `at` is where it is, None while it is elsewhere."""

    def __init__(
        self, track: Track, view: TrackView, store: Store, atlas: Atlas, parent: QObject
    ) -> None:
        self._track, self._view, self._store, self._atlas = track, view, store, atlas
        self._drag = DateDrag(track, store, atlas.story, parent)
        self._brush = WindowBrush(track)
        self.at: QPointF | None = None

    @property
    def dragging_date(self) -> bool:
        """Whether the date is being dragged."""
        return self._drag.active

    def press(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        """The left button went down: on the detail the date follows, on the era the window.

        With Shift a stretch of time is drawn on the detail, with Alt the date compared with moves;
        with Ctrl the date holds to events.
        """
        self.at = at
        if row_at(at.y()) == "overview":
            self._brush.press(at.x())
        else:
            self._drag.press(self._held_px(at, keys), self._grip(keys))

    def _grip(self, keys: Qt.KeyboardModifier) -> str:
        if keys & Qt.KeyboardModifier.AltModifier and self._store.state.other_day is not None:
            return OTHER
        return NEW if keys & Qt.KeyboardModifier.ShiftModifier else ""

    def move(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        """The pointer moved, a button down or not."""
        self.at = at
        if self._drag.active:
            self._drag.move(self._held_px(at, keys))
        elif self._brush.active:
            self._brush.move(at.x())

    def release(self, at: QPointF) -> None:
        """The left button went up; a click on an event goes to it."""
        if self._brush.active:
            self._brush.release(at.x())
        if self._drag.active:
            self._drag.release(lambda gesture: self._choose(at, gesture))

    def _held_px(self, at: QPointF, keys: Qt.KeyboardModifier) -> float:
        """Return where a drag is: with Ctrl at the nearest event, if one is near."""
        if keys & Qt.KeyboardModifier.ControlModifier:
            near = min(
                (
                    self._track.scale.to_px(self._day_of(mark.feature_id) + 0.5)
                    for mark in self._view.part.marks
                ),
                key=lambda x_px: abs(x_px - at.x()),
                default=at.x(),
            )
            if abs(near - at.x()) <= SNAP_PX:
                return near
        return at.x()

    def _day_of(self, feature_id: str) -> int:
        when = self._atlas.feature_by_id[feature_id].when
        return (when.first_day + when.last_day) // 2

    def open_chapter(self, at: QPointF) -> bool:
        """Open the panel whose bracket lies under a pixel; False if there is none."""
        if row_at(at.y()) != "chapters":
            return False
        bracket = bracket_at(self._view.part.brackets, at.x())
        if bracket is None:
            return False
        panel = self._atlas.story.panel(bracket.panel_id)
        self._store.do(actions.open_panel(panel), CAUSE)
        return True

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; sideways or with Shift, move along."""
        turn, scale = event.angleDelta(), self._track.scale
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        sideways = turn.x() or (turn.y() if shift else 0)
        if sideways:
            days = -sideways / 120 * PAGE_SHARE * (scale.end_day - scale.start_day)
            self._track.show_window(shifted(scale, days, self._track.era))
        elif turn.y():
            over_era = row_at(event.position().y()) == "overview"
            at_px = None if over_era else event.position().x()
            self._track.zoom(WHEEL_FACTOR ** (turn.y() / 120), at_px)

    def cursor(self) -> Qt.CursorShape:
        """Return the cursor that tells what a press would do."""
        if self._drag.active:
            return Qt.CursorShape.SizeHorCursor
        if self.at is None or row_at(self.at.y()) != "overview":
            on_handle = self.at is not None and self._drag.grip_at(self.at.x()) in (
                START,
                END,
                OTHER,
            )
            return Qt.CursorShape.SizeHorCursor if on_handle else Qt.CursorShape.ArrowCursor
        return _SHAPES[self._brush.mode_at(self.at.x())]

    def plate(self) -> HoverPlate | None:
        """Return what is to be said under the pointer, nothing during a drag."""
        if self.at is None or self._drag.active or self._brush.active:
            return None
        return self._view.hover().plate(self.at.x(), self.at.y())

    def _choose(self, at: QPointF, gesture: str) -> bool:
        plate = self._view.hover().plate(at.x(), at.y())
        if plate is None or plate.mark is None:
            return False
        chosen = plate.mark.feature_id
        day = self._day_of(chosen)
        story, state = self._atlas.story, self._store.state
        if not (state.range_days and state.first_day <= day <= state.day):
            self._store.do(actions.set_day(day, story), CAUSE, gesture)
        self._store.do(shown(chosen, self._atlas), CAUSE, gesture)
        self._store.do(actions.follow_date(story), CAUSE, gesture)
        return True
