"""The map's widget: turns mouse, wheel, pinch and keys into actions, and shows the picture.

Floor: ui; neighbours: gestures, halo (what is painted over the picture), window. The map itself
is drawn by `atlas.app.picture`; what the pointer is on stays here and never enters the store.
"""

from __future__ import annotations

from typing import Final, Protocol

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from atlas.app.library import Library
from atlas.core import actions, viewport
from atlas.core.projection import ATLAS_PROJECTION
from atlas.core.resolve import resolve
from atlas.core.scene import Scene
from atlas.core.store import Change, Store
from atlas.render.style import Style
from atlas.ui.gestures import CAUSE, MapGestures, next_hit, pinch_of
from atlas.ui.halo import paint_halo, paint_tip, tip_words
from atlas.ui.map_moves import ZOOM_STEP, map_key_action, resized

UNRECORDED: Final = "history"
"""Cause of changes that are no step to undo: the window's size is not the reader's doing."""
WHEEL_NOTCH: Final = 120.0
SAME_SPOT_PX: Final = 4.0
_OVER_LAND: Final = Qt.CursorShape.OpenHandCursor
_OVER_MARK: Final = Qt.CursorShape.PointingHandCursor
_NOT_SHOWN: Final = frozenset({"step"})
_MOVES_MARKS: Final = frozenset({"day", "camera", "layers"})


class Picture(Protocol):
    """What the canvas asks of the map's picture (see `atlas.app.picture.MapPicture`)."""

    @property
    def updated(self) -> SignalInstance:
        """Says: paint again."""

    def paint(self, painter: QPainter, scene: Scene, device_pixel_ratio: float) -> None:
        """Paint the scene."""

    def hit(self, x_px: float, y_px: float) -> tuple[str, ...]:
        """Return the features under a pixel, topmost first."""


class MapCanvas(QWidget):
    """Shows the map and takes every gesture on it."""

    pointer_moved = Signal(float, float)
    pointer_left = Signal()
    hovered = Signal(str)

    def __init__(
        self,
        store: Store,
        library: Library,
        picture: Picture,
        style: Style,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._atlas = store, library.atlas
        self._picture, self._style = picture, style
        self._gestures = MapGestures(store, self)
        self._scene: Scene | None = None
        self._sized = False
        self._hits: tuple[str, ...] = ()
        self._pointed_out = ""
        self._pointer = QPointF()
        self._click_at = QPointF(-99, -99)
        self._prepare()
        picture.updated.connect(self.update)
        self._unsubscribe = store.subscribe(self._on_change)

    def _prepare(self) -> None:
        self.setObjectName("map_canvas")
        self.setAccessibleName("Map")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 180)
        self.setCursor(_OVER_LAND)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self._describe()

    @property
    def scene(self) -> Scene:
        """The scene of the state now, as it is painted."""
        if self._scene is None:
            self._scene = resolve(self._store.state, self._atlas)
        return self._scene

    def set_style(self, style: Style) -> None:
        """Take the colours of another theme for halo and tip."""
        self._style = style
        self.update()

    def point_out(self, feature_id: str) -> None:
        """Show the halo round a feature the pointer is on elsewhere, none with an empty id."""
        self._pointed_out = feature_id
        self.update()

    def image(self) -> QImage:
        """Return the map as it is shown, without halo and card."""
        ratio = self.devicePixelRatioF()
        image = QImage(self.size() * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        with QPainter(image) as painter:
            self._picture.paint(painter, self.scene, ratio)
        return image

    def close_down(self) -> None:
        """Stop listening to the store; the picture is closed by whoever made it."""
        self._gestures.close_down()
        self._unsubscribe()

    def sizeHint(self) -> QSize:
        """Ask for more room than anything else in the window."""
        return QSize(900, 640)

    def _on_change(self, change: Change) -> None:
        if change.fields - _NOT_SHOWN:
            self._scene = None
            self.update()
        if change.fields & _MOVES_MARKS:
            self._hits = ()
        if "panel" in change.fields:
            self._describe()

    def _describe(self) -> None:
        title = self._atlas.story.panel(self._store.state.panel).title
        self.setAccessibleDescription(f"{title}. Drag to move, wheel to zoom, click a mark.")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the picture, then what the pointer is on."""
        with QPainter(self) as painter:
            self._picture.paint(painter, self.scene, self.devicePixelRatioF())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._pointed_out:
                paint_halo(painter, self.scene, self._pointed_out, self._style)
            if self._hits and not self._gestures.dragging:
                paint_halo(painter, self.scene, self._hits[0], self._style)
                words = tip_words(self._atlas, self._hits)
                paint_tip(painter, self._pointer, words, self.size(), self._style)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the store the new size; a view that fits the open panel goes on fitting it."""
        size_px = (max(1, self.width()), max(1, self.height()))
        action = resized(self._store.state, size_px, self._atlas.story, first=not self._sized)
        self._sized = True
        self._store.do(action, cause=UNRECORDED)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._gestures.press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan while the button is down, else look what lies under the pointer."""
        at_px = event.position()
        if self._gestures.pressed:
            self._gestures.drag_to(at_px)
            if self._gestures.dragging:
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
        if self._picture.hit(at_px.x(), at_px.y()):
            self._gestures.press(at_px)
            return
        out = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        factor = ZOOM_STEP**-2 if out else ZOOM_STEP**2
        self._store.do(actions.zoom(factor, (at_px.x(), at_px.y())), cause=CAUSE)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        self._hits = ()
        self.pointer_left.emit()
        self.hovered.emit("")
        self.update()

    def _click(self, at_px: QPointF) -> None:
        """Select the topmost hit; a click on the same spot goes on to the next one below."""
        again = (at_px - self._click_at).manhattanLength() <= SAME_SPOT_PX
        self._click_at = at_px
        hits = self._picture.hit(at_px.x(), at_px.y())
        wanted = next_hit(hits, self._store.state.selection, again)
        self._store.do(actions.select(wanted), cause=CAUSE)

    def _hover(self, at_px: QPointF) -> None:
        hits = self._picture.hit(at_px.x(), at_px.y())
        changed = hits != self._hits
        self._hits, self._pointer = hits, at_px
        if changed:
            self._set_cursor()
            self.hovered.emit(hits[0] if hits else "")
        if changed or hits:
            self.update()

    def _set_cursor(self) -> None:
        self.setCursor(_OVER_MARK if self._hits else _OVER_LAND)

    def _tell_position(self, at_px: QPointF) -> None:
        state = self._store.state
        x_m, y_m = viewport.to_m(state.camera, state.viewport_px, at_px.x(), at_px.y())
        try:
            self.pointer_moved.emit(*ATLAS_PROJECTION.inverse(x_m, y_m))
        except ValueError:
            self.pointer_left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; a fine wheel zooms finely."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if turned:
            self._gestures.zoom_on(ZOOM_STEP ** (turned / WHEEL_NOTCH), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Take pinches of touch pads and touch screens."""
        pinch = pinch_of(event, self)
        if pinch is not None:
            self._gestures.zoom_on(*pinch)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, pan and deselect by keyboard, also where no window lends its shortcuts."""
        move = map_key_action(event, self.width(), self.height())
        if move is not None:
            self._store.do(move, cause=CAUSE)
        elif event.key() == Qt.Key.Key_Escape and self._store.state.selection:
            self._store.do(actions.select(""), cause=CAUSE)
        else:
            super().keyPressEvent(event)
