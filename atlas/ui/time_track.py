"""The time track: a painted line of dates with chapters and events, above the whole era.

Floor: ui; neighbours: time_view, which paints it; time_pointer for mouse and wheel. The window
shown is the track's own; date, panel and selection are the store's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from atlas.app.library import Library
from atlas.core import viewport
from atlas.core.model import Panel, Story
from atlas.core.state import State
from atlas.core.store import Change, Store
from atlas.core.timescale import TimeScale, following, window_around, zoomed
from atlas.core.words import days_in_words
from atlas.render.style import Style, load_style
from atlas.ui.announce import tell_value
from atlas.ui.caught import told_at_once
from atlas.ui.time_keys import TrackKeys
from atlas.ui.time_layout import HEIGHT_PX, MARGIN_PX
from atlas.ui.time_pointer import TrackPinch, TrackPointer
from atlas.ui.time_view import TrackView

SETTLE_MS: Final = 200
"""How long the map must rest until the strip of the era tells of what is in view."""


class TimeTrack(QWidget):
    """Shows and sets the date. `window_changed` tells that another stretch is shown."""

    window_changed = Signal()

    def __init__(self, store: Store, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._atlas = store, library.atlas
        self._story = library.atlas.story
        self._view = TrackView(library, load_style(store.state.theme))
        self._scale = self._era_scale()
        self._pointer = TrackPointer(self, self._view, store, self._atlas, self)
        self._pinch = TrackPinch(self, self)
        self._keys = TrackKeys(self, store, self._story)
        self.setObjectName("time_track")
        self.setAccessibleName("Time track")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settled.timeout.connect(self._count)
        self._view.count(store.state)
        self._unsubscribe = store.subscribe(self._on_change)
        self._describe()
        self._lens(self._story.panel(store.state.panel))

    # What is shown

    @property
    def scale(self) -> TimeScale:
        """The window of the detail."""
        return self._scale

    @property
    def overview_scale(self) -> TimeScale:
        """The whole era below it."""
        return self._era_scale()

    @property
    def era(self) -> tuple[int, int]:
        """First and last day of the story."""
        return self._story.first_day, self._story.last_day

    @property
    def shows_era(self) -> bool:
        """Whether the detail shows the whole era."""
        return self._scale.end_day - self._scale.start_day >= self.era[1] + 1 - self.era[0]

    @property
    def day(self) -> int:
        """The date, as a day number."""
        return self._store.state.day

    @property
    def date_text(self) -> str:
        """The date in words."""
        return days_in_words(self._store.state.first_day, self.day)

    def go_to(self, day: int) -> None:
        """Set the date, for those who set it by neither mouse nor keys; the panel follows."""
        self._keys.go(day)

    def show_window(self, scale: TimeScale) -> None:
        """Show another window in the detail."""
        if scale != self._scale:
            self._scale = scale
            self.window_changed.emit()
            self.update()

    def show_era(self) -> None:
        """Show the whole era in the detail."""
        self.show_window(self._era_scale())

    def zoom(self, factor: float, at_px: float | None = None) -> None:
        """Zoom at a pixel, at the date by default."""
        if at_px is None:
            at_px = self._scale.to_px(self._store.state.day + 0.5)
        at_px = min(max(at_px, self._scale.left_px), self._scale.right_px)
        self.show_window(zoomed(self._scale, factor, at_px, self.era))

    def set_style(self, style: Style) -> None:
        """Paint in another theme."""
        self._view.style = style
        self.update()

    def close_down(self) -> None:
        """Stop listening to the store."""
        self._settled.stop()
        self._unsubscribe()

    def sizeHint(self) -> QSize:
        """Return the size that shows the era well."""
        return QSize(900, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the least width that still reads."""
        return QSize(320, HEIGHT_PX)

    def _era_scale(self) -> TimeScale:
        first, last = self.era
        return TimeScale(first, last + 1, MARGIN_PX, max(self.width() - 2 * MARGIN_PX, 1.0))

    def _lens(self, panel: Panel) -> None:
        """Show a panel's span with a margin; a panel without one is about the whole era."""
        if panel.span is None:
            self.show_era()
            return
        first, end = panel.span.earliest_start_day, panel.span.latest_end_day
        self.show_window(window_around(self._scale, first, end, self.era))

    def _on_change(self, change: Change) -> None:
        if "theme" in change.fields:
            self.set_style(load_style(change.new.theme))
        if "panel" in change.fields and just_opened(self._story, change.new):
            self._lens(self._story.panel(change.new.panel))
        if "day" in change.fields and not self._pointer.dragging_date:
            self.show_window(following(self._scale, change.new.day, self.era))
        if change.fields & {"camera", "viewport_px", "layers"}:
            self._settled.start()
        if change.fields & {"day", "range_days", "panel"}:
            self._describe()
        if change.fields & {"day", "range_days", "comparison", "panel", "selection"}:
            self.update()

    def _count(self) -> None:
        """The map has come to rest: show how crowded time is where it looks."""
        if self._view.count(self._store.state):
            self.update()

    def _describe(self) -> None:
        state = self._store.state
        title = self._story.panel_at(state.day).title
        self.setAccessibleDescription(f"{self.date_text}, told in: {title}")
        tell_value(self, state.day, self.date_text)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the still part from its cache and the moving part over it."""
        with told_at_once(), QPainter(self) as painter:
            self._refresh()
            self._view.paint(painter, self._store.state)
            if self.hasFocus():
                self._view.paint_focus(painter, self.rect())
            if self._pointer.at is not None and (plate := self._pointer.plate()):
                self._view.paint_hover(painter, self.width(), plate, self._pointer.at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the window of days in the new width."""
        era = self._era_scale()
        self._scale = replace(self._scale, left_px=era.left_px, width_px=era.width_px)

    def _refresh(self) -> None:
        self._view.refresh(self._scale, self._era_scale(), self.size(), self.devicePixelRatioF())

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a drag of the date, or of the window over the era."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._refresh()
            self._pointer.press(event.position(), event.modifiers())
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the drag, or tell what is under the pointer."""
        self._pointer.move(event.position(), event.modifiers())
        self.setCursor(self._pointer.cursor())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._refresh()
            self._pointer.release(event.position())
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the panel of a chapter's bracket; elsewhere it is one more press."""
        self._refresh()
        if not self._pointer.open_chapter(event.position()):
            self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        self._pointer.at = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom or move along."""
        self._pointer.wheel(event)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step, zoom, turn."""
        if not self._keys.press(event):
            super().keyPressEvent(event)


def just_opened(story: Story, state: State) -> bool:
    """Tell a panel opened, with its date and view, from one that merely follows the date."""
    panel = story.panel(state.panel)
    projection = state.camera.projection
    camera = viewport.fit_bbox(panel.bbox_deg, state.viewport_px, projection)
    return state.day == panel.day and state.camera == camera
