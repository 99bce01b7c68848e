"""The map's gestures: turns mouse, wheel, pinch and keys on the map into actions.

Floor: ui; neighbours: map_view (what is seen), gestures, map_moves, window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from atlas.app.library import Library
from atlas.core import actions, viewport
from atlas.core.panes import Pane, alone_px
from atlas.core.scene import Scene
from atlas.core.store import Store
from atlas.render.compared import enter
from atlas.render.style import Style
from atlas.ui.focus_frame import FramedMap
from atlas.ui.gestures import MapGestures, next_hit, pinch_of
from atlas.ui.map_moves import ZOOM_STEP, map_key_action
from atlas.ui.map_view import CAUSE, Picture

if TYPE_CHECKING:
    from atlas.ui.pulse import Pulse

WHEEL_NOTCH: Final = 120.0
SAME_SPOT_PX: Final = 4.0
_OVER_LAND: Final = Qt.CursorShape.OpenHandCursor
_OVER_MARK: Final = Qt.CursorShape.PointingHandCursor
_WITH_TOOL: Final = Qt.CursorShape.CrossCursor


class MapTool(Protocol):
    """What takes clicks and keys on the map instead of selecting, while it is in use."""

    def click(self, at_px: QPointF) -> None:
        """Take a click."""

    def move(self, at_px: QPointF) -> None:
        """Take a move of the pointer."""

    def leave(self) -> None:
        """The pointer left the map."""

    def key(self, event: QKeyEvent) -> bool:
        """Take a key; False if it means nothing to the tool."""

    def paint(self, painter: QPainter, scene: Scene, style: Style) -> None:
        """Paint over the map."""


class MapCanvas(FramedMap):
    """Shows the map and takes every gesture on it."""

    pointer_moved = Signal(float, float)
    pointer_left = Signal()
    clicked_on = Signal(object)

    def __init__(
        self,
        store: Store,
        library: Library,
        picture: Picture,
        style: Style,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(store, library, picture, style, parent)
        self._gestures = MapGestures(store, self)
        self._click_at = QPointF(-99, -99)
        self._pulse: Pulse | None = None
        self.tool: MapTool | None = None
        self._pressed_pane: Pane | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(_OVER_LAND)
        self.grabGesture(Qt.GestureType.PinchGesture)

    def close_down(self) -> None:
        """Stop listening to the store, and the clocks of wheel and pulse."""
        self._gestures.close_down()
        if self._pulse is not None:
            self._pulse.stop()
        super().close_down()

    def use_tool(self, tool: MapTool | None) -> None:
        """Hand clicks and keys to a tool, or with None take them again."""
        self.tool = tool
        self.forget_pointer()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.frame(False)
            self.arrive()
            self._pressed_pane = self.pane_at(event.position().x())
            self._gestures.press(self._in_state(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan while the button is down, else look what lies under the pointer."""
        at_px = event.position()
        if self._gestures.pressed:
            self._gestures.drag_to(self._in_state(at_px))
            if self._gestures.dragging:
                self._hits = ()
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self._hover(at_px)
        self._tell_position(at_px)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag, or select what was clicked."""
        if event.button() != Qt.MouseButton.LeftButton or not self._gestures.pressed:
            return
        if self._gestures.release():
            self._click(event.position())
        self._hover(event.position())
        self._set_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom in where it was double-clicked, out with Shift; on a mark it is a second click."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at_px = event.position()
        self._pressed_pane = self.pane_at(at_px.x())
        at_state = self._in_state(at_px)
        if self.tool is not None or self.hits_at(at_px):
            self._gestures.press(at_state)
            return
        out = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        factor = ZOOM_STEP**-2 if out else ZOOM_STEP**2
        self._store.do(actions.zoom(factor, (at_state.x(), at_state.y())), cause=CAUSE)

    def pulse(self, feature_id: str) -> None:
        """Draw the eye to a feature for a moment."""
        from atlas.ui.pulse import Pulse

        if self._pulse is None:
            self._pulse = Pulse(self)
        self._pulse.start(feature_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the map, what is measured, the pulse."""
        super().paintEvent(event)
        pulse = self._pulse if self._pulse is not None and self._pulse.feature_id else None
        if pulse is None and self.tool is None:
            return
        with QPainter(self) as painter:
            for pane in self.panes_now:
                enter(painter, pane, alone=len(self.panes) == 1)
                if self.tool is not None:
                    self.tool.paint(painter, pane.scene, self._style)
                if pulse is not None:
                    pulse.paint(painter, pane.scene, self._style)
                painter.restore()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        self.forget_pointer()

    def forget_pointer(self) -> None:
        """Nothing is pointed at any more."""
        self._hits = ()
        if self.tool is not None:
            self.tool.leave()
        self._set_cursor()
        self.pointer_left.emit()
        self.hovered.emit("")
        self.update()

    def _click(self, at_px: QPointF) -> None:
        """Select the topmost hit; a click on the same spot goes on to the next one below."""
        if self.tool is not None:
            self.tool.click(self._in_pane(at_px))
            return
        again = (at_px - self._click_at).manhattanLength() <= SAME_SPOT_PX
        self._click_at = at_px
        hits = self.hits_at(at_px)
        wanted = next_hit(hits, self._store.state.selection, again)
        self.clicked_on.emit(hits)
        self._store.do(actions.select(wanted), cause=CAUSE)

    def _hover(self, at_px: QPointF) -> None:
        if self.tool is not None:
            self.tool.move(self._in_pane(at_px))
            return
        hits = self.hits_at(at_px)
        changed = hits != self._hits
        self._hits, self._pointer = hits, at_px
        if changed:
            self._set_cursor()
            self.hovered.emit(hits[0] if hits else "")
        if changed or hits:
            self.update()

    def _set_cursor(self) -> None:
        over = _OVER_MARK if self._hits else _OVER_LAND
        self.setCursor(over if self.tool is None else _WITH_TOOL)

    def _tell_position(self, at_px: QPointF) -> None:
        scene, at = self.pane_at(at_px.x()).scene, self._in_pane(at_px)
        try:
            place = viewport.lonlat_at(scene.camera, scene.size_px, at.x(), at.y())
            self.pointer_moved.emit(*place)
        except ValueError:
            self.pointer_left.emit()

    def _in_pane(self, at_px: QPointF) -> QPointF:
        """Return where a pixel of the window lies in the pane under it."""
        return at_px - QPointF(self.pane_at(at_px.x()).left_px, 0)

    def _in_state(self, at_px: QPointF) -> QPointF:
        """Return where the pixel would be if the window showed one map alone.

        A drag goes by the map it began on.
        """
        pane = self._pressed_pane or self.pane_at(at_px.x())
        return QPointF(*alone_px(self._store.state, pane, at_px.x(), at_px.y()))

    def _zoom_on(self, factor: float, at_px: QPointF) -> None:
        self._pressed_pane = None
        self._gestures.zoom_on(factor, self._in_state(at_px))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; a fine wheel zooms finely."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if turned:
            self._zoom_on(ZOOM_STEP ** (turned / WHEEL_NOTCH), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Take pinches of touch pads and touch screens."""
        pinch = pinch_of(event, self)
        if pinch is not None:
            self._zoom_on(*pinch)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, pan and deselect by keyboard, also where no window lends its shortcuts."""
        if self.tool is not None and self.tool.key(event):
            return
        move = map_key_action(event, self.width(), self.height())
        if move is not None:
            self._store.do(move, cause=CAUSE)
        elif event.key() == Qt.Key.Key_Escape and self._store.state.selection:
            self._store.do(actions.select(""), cause=CAUSE)
        else:
            super().keyPressEvent(event)
