"""Drags and turns of the wheel on the map, each as one step to undo.

Floor: ui; neighbours: canvas, which hands over what mouse, wheel and pinch do.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QNativeGestureEvent
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QWidget

from atlas.core import actions
from atlas.core.store import Store
from atlas.ui.map_view import CAUSE

REST_MS: Final = 600


class MapGestures(QObject):
    """Follows one pointer: a press becomes a drag once it moved far enough."""

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._count = 0
        self._pressed_at: QPointF | None = None
        self._dragged_to: QPointF | None = None
        self._zooming = ""
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(store.end_gesture)

    @property
    def pressed(self) -> bool:
        """Whether the button went down here and is down still."""
        return self._pressed_at is not None

    @property
    def dragging(self) -> bool:
        """Whether the map is being dragged."""
        return self._dragged_to is not None

    def press(self, at_px: QPointF) -> None:
        """The button went down."""
        self._pressed_at = at_px

    def drag_to(self, at_px: QPointF) -> None:
        """The pointer moved with the button down: pan, once it moved far enough."""
        if self._pressed_at is None:
            return
        if self._dragged_to is None:
            far = (at_px - self._pressed_at).manhattanLength()
            if far < QApplication.startDragDistance():
                return
            self._count += 1
            self._dragged_to = self._pressed_at
        moved = at_px - self._dragged_to
        self._dragged_to = at_px
        action = actions.pan(moved.x(), moved.y())
        self._store.do(action, cause=CAUSE, gesture=f"pan-{self._count}")

    def release(self) -> bool:
        """The button went up; tell whether that was a click."""
        was_click = self._pressed_at is not None and self._dragged_to is None
        if self._dragged_to is not None:
            self._store.end_gesture()
        self._pressed_at = self._dragged_to = None
        return was_click

    def zoom_on(self, factor: float, at_px: QPointF) -> None:
        """Zoom as part of the turn of the wheel under way: one step until it rests."""
        if not self._rest.isActive():
            self._count += 1
            self._zooming = f"zoom-{self._count}"
        self._rest.start()
        action = actions.zoom(factor, (at_px.x(), at_px.y()))
        self._store.do(action, cause=CAUSE, gesture=self._zooming)

    def close_down(self) -> None:
        """Stop the clock."""
        self._rest.stop()


def pinch_of(event: QEvent, widget: QWidget) -> tuple[float, QPointF] | None:
    """Return factor and place of a pinch on a touch pad or touch screen, None if it is none."""
    if isinstance(event, QNativeGestureEvent):
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            return max(0.2, 1 + event.value()), event.position()
    elif isinstance(event, QGestureEvent):
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if isinstance(pinch, QPinchGesture):
            return pinch.scaleFactor(), widget.mapFromGlobal(pinch.centerPoint())
    return None


def next_hit(hits: tuple[str, ...], selected: str, again: bool) -> str:
    """Return what a click selects: the topmost, or on the same spot `again` the next one below."""
    if again and selected in hits:
        return hits[(hits.index(selected) + 1) % len(hits)]
    return hits[0] if hits else ""
