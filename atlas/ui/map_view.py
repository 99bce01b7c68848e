"""Shows the map: the picture of the state now, camera flights, halo and plate over it.

Floor: ui; neighbours: canvas, which adds the gestures; flight, halo. The map itself is drawn by
`atlas.app.picture`; what the pointer is on stays here and never enters the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from PySide6.QtCore import QPointF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from atlas.app.library import Library
from atlas.core.model import PointDeg
from atlas.core.panes import Pane, pane_camera, panes
from atlas.core.scene import Scene
from atlas.core.store import Change, Store
from atlas.render.compared import enter, paint_panes
from atlas.render.furniture import left_out
from atlas.render.parts import PainterOn, part
from atlas.render.style import Style
from atlas.ui.caught import told_at_once
from atlas.ui.flight import FLIGHT_MS, Flight
from atlas.ui.halo import number_now, paint_halo, paint_spot, paint_tip, tip_words
from atlas.ui.map_moves import resized
from atlas.ui.motion import wants_motion

CAUSE: Final = "map_canvas"
UNRECORDED: Final = "history"
"""Cause of changes that are no step to undo: the window's size is not the reader's doing."""
_MOVED_BY_HAND: Final = frozenset({CAUSE, "keys"})
FADE_MS: Final = 450
"""How long a change of countries takes while the date runs."""
PLAYER: Final = "player"
"""The cause of a date that runs by itself (see `atlas.app.player`)."""
_NOT_SHOWN: Final = frozenset({"step"})
_MOVES_MARKS: Final = frozenset({"day", "range_days", "comparison", "camera", "layers"})


class Picture(Protocol):
    """What the view asks of the map's picture (see `atlas.app.picture.MapPicture`)."""

    @property
    def updated(self) -> SignalInstance:
        """Says: paint again."""

    def paint(self, painter: QPainter, scene: Scene, device_pixel_ratio: float) -> None:
        """Paint the scene."""

    def paint_with(self, painter_on: PainterOn) -> None:
        """Paint kept pictures with another kind of painter."""

    def soften(self, duration_ms: int) -> None:
        """Let the next change of countries take so long; 0 for at once."""

    def hit(self, x_px: float, y_px: float, scene: Scene) -> tuple[str, ...]:
        """Return the features under a pixel of a scene, topmost first."""


class MapView(QWidget):
    """A widget that shows the state's map and nothing else."""

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
        self._panes: tuple[Pane, ...] = ()
        self._sized = False
        self._hits: tuple[str, ...] = ()
        self._pointed_out = ""
        self._spot_deg: PointDeg | None = None
        self._pointer = QPointF()
        self._flight = Flight(self)
        self._flight.moved.connect(self.update)
        self.flight_ms = FLIGHT_MS
        self._painter_on: PainterOn = QPainter
        self.setObjectName("map_canvas")
        self.setAccessibleName("Map")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(240, 180)
        self._describe()
        picture.updated.connect(self.update)
        self._unsubscribe = store.subscribe(self._on_change)

    @property
    def scene(self) -> Scene:
        """The scene of the state now, at the end of any flight; the first of two compared."""
        return self.panes[0].scene

    @property
    def panes(self) -> tuple[Pane, ...]:
        """All that is shown now, each date in its place."""
        if not self._panes:
            self._panes = panes(self._store.state, self._atlas)
        return self._panes

    def left_out(self) -> frozenset[str]:
        """Return which of legend and overview are wanted and find no room."""
        return frozenset().union(*(left_out(pane.scene) for pane in self.panes))

    def pane_at(self, x_px: float) -> Pane:
        """Return the pane under a pixel."""
        return next((pane for pane in self.panes if pane.holds(x_px)), self.panes[-1])

    def hits_at(self, at_px: QPointF) -> tuple[str, ...]:
        """Return the features under a pixel of the window, topmost first."""
        pane = self.pane_at(at_px.x())
        return self._picture.hit(at_px.x() - pane.left_px, at_px.y(), pane.scene)

    @property
    def panes_now(self) -> tuple[Pane, ...]:
        """The panes as they are seen, on the way while the map flies."""
        camera = self._flight.camera
        if camera is None:
            return self.panes
        camera = pane_camera(self._store.state, camera)
        return tuple(p._replace(scene=p.scene._replace(camera=camera)) for p in self.panes)

    @property
    def style_now(self) -> Style:
        """The style of halo and tip, and of whatever else lies on the map."""
        return self._style

    def paint_with(self, painter_on: PainterOn) -> None:
        """Paint the map and the pictures kept of it with another kind of painter."""
        self._painter_on = painter_on
        self._picture.paint_with(painter_on)
        self.update()

    def set_style(self, style: Style) -> None:
        """Take the colours of another theme for halo and tip."""
        self._style = style
        self.update()

    def look_again(self) -> None:
        """Show the state anew: what the atlas holds has changed, not what is looked at."""
        self._panes = ()
        self.update()

    def point_out(self, feature_id: str) -> None:
        """Show the halo round a feature the pointer is on elsewhere, none with an empty id."""
        self._pointed_out = feature_id
        self.update()

    def ring(self, spot_deg: PointDeg | None) -> None:
        """Ring a place, lon and lat, until the state changes; none with None."""
        self._spot_deg = spot_deg
        self.update()

    def arrive(self) -> None:
        """End a flight at once, so that what is seen is what the store says."""
        if self._flight.camera is not None:
            self._flight.finish()
            self.repaint()

    def image(self) -> QImage:
        """Return the map as the state has it, without halo and card."""
        self._picture.soften(0)
        ratio = self.devicePixelRatioF()
        image = QImage(self.size() * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        with QPainter(image) as painter:
            self._paint_map(painter, self.panes)
        return image

    def close_down(self) -> None:
        """Stop listening to the store; the picture is closed by whoever made it."""
        self._flight.finish()
        self._unsubscribe()

    def sizeHint(self) -> QSize:
        """Ask for more room than anything else in the window."""
        return QSize(900, 640)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the picture, then what the pointer is on."""
        with told_at_once(), self._painter_on(self) as painter:
            with part(painter, "scene"):
                shown = self.panes_now
            self._paint_map(painter, shown)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for pane in shown:
                enter(painter, pane, alone=len(shown) == 1)
                self._paint_pointed(painter, pane.scene)
                painter.restore()
            if self._hits and self.scene.selection not in self._hits:
                under = self.pane_at(self._pointer.x()).scene
                number = number_now(under, self._hits[0])
                words = tip_words(self._atlas, self._hits, under.day, number)
                paint_tip(painter, self._pointer, words, self.size(), self._style)

    def _paint_map(self, painter: QPainter, shown: Sequence[Pane]) -> None:
        ratio = self.devicePixelRatioF()
        paint_panes(painter, shown, self._style, lambda p, s: self._picture.paint(p, s, ratio))

    def _paint_pointed(self, painter: QPainter, scene: Scene) -> None:
        """Paint what is pointed out over one pane."""
        if self._pointed_out:
            paint_halo(painter, scene, self._pointed_out, self._style)
        if self._spot_deg:
            paint_spot(painter, scene, self._spot_deg, self._style)
        if self._hits and scene.selection not in self._hits:
            paint_halo(painter, scene, self._hits[0], self._style)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the store the new size; a view that fits the open panel goes on fitting it."""
        size_px = (max(1, self.width()), max(1, self.height()))
        action = resized(self._store.state, size_px, self._atlas.story, first=not self._sized)
        self._sized = True
        self._store.do(action, cause=UNRECORDED)

    def _on_change(self, change: Change) -> None:
        if "camera" in change.fields:
            self._set_out(change)
        if change.fields - _NOT_SHOWN:
            alone = change.new.other_day is None
            softly = alone and change.cause == PLAYER and wants_motion(self)
            self._picture.soften(FADE_MS if softly else 0)
            self._panes, self._spot_deg = (), None
            self.update()
        if change.fields & _MOVES_MARKS and self._hits:
            self._hits = ()
            self.hovered.emit("")
        if "panel" in change.fields:
            self._describe()

    def _set_out(self, change: Change) -> None:
        """Fly to views the atlas chose; what the hand moves is there at once."""
        by_hand = change.cause in _MOVED_BY_HAND and "panel" not in change.fields
        if by_hand or "viewport_px" in change.fields or not self.isVisible():
            self._flight.finish()
            return
        duration_ms = self.flight_ms if wants_motion(self) else 0
        self._flight.start(change.old.camera, change.new.camera, duration_ms)

    def _describe(self) -> None:
        title = self._atlas.story.panel(self._store.state.panel).title
        self.setAccessibleDescription(f"{title}. Drag to move, wheel to zoom, click a mark.")
