"""Measuring on the map: clicks set points, the lines between them tell their length.

Floor: ui; neighbours: canvas, which hands over clicks, keys and the painter; measure_paint. What
is measured stays here, in degrees, and never enters the store: it is the same in every projection
and goes when measuring ends.
"""

from __future__ import annotations

from collections.abc import Callable
from math import hypot
from typing import Final

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QApplication

from atlas.core.measurement import Measurement, leg, leg_in_words, report, sum_in_words
from atlas.core.model import PointDeg
from atlas.core.scene import Scene
from atlas.core.viewport import REGION_DEG, lonlat_at, to_px
from atlas.render.style import Style
from atlas.ui.canvas import MapCanvas
from atlas.ui.measure_paint import Figure, paint_figure

NEAR_PX: Final = 10.0
"""A click this near to the first point closes the line round."""
HOW_TO: Final = (
    "Measuring: click from point to point, or press Enter for the map’s middle. A click on the "
    "first point closes an area. Backspace takes a point back, Ctrl+C copies, Esc ends."
)
OUTSIDE: Final = "That lies outside the mapped region."


class MeasureTool(QObject):
    """Takes the canvas's clicks and keys while it is active."""

    ended = Signal()

    def __init__(self, canvas: MapCanvas, say: Callable[[str], None]) -> None:
        super().__init__(canvas)
        self._canvas, self._say = canvas, say
        self._pointer_deg: PointDeg | None = None
        self._by_keys = False
        self.measurement = Measurement()

    @property
    def active(self) -> bool:
        """Whether the canvas's clicks come here."""
        return self._canvas.tool is self

    def start(self) -> None:
        """Begin to measure."""
        self.measurement, self._pointer_deg = Measurement(), None
        self._by_keys = False
        self._canvas.use_tool(self)
        self._canvas.setFocus()
        self._say(HOW_TO)

    def end(self) -> None:
        """Stop measuring and wipe the map."""
        if self.active:
            self._canvas.use_tool(None)
            self._say("")
            self.ended.emit()

    def move(self, at_px: QPointF) -> None:
        """Lead the free end of the line after the pointer."""
        self._pointer_deg, self._by_keys = self._place(at_px), False
        self._canvas.update()

    def leave(self) -> None:
        """Let the free end go: the pointer left the map."""
        self._pointer_deg = None
        self._canvas.update()

    def click(self, at_px: QPointF) -> None:
        """Set a point, or close the line round on its first."""
        if self.measurement.can_close and self._is_on_first(at_px):
            self._take(self.measurement.closed_up())
            return
        place = self._place(at_px)
        if place is None:
            self._say(OUTSIDE)
        else:
            self._take(self.measurement.with_point(place))

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key means here; False if it means nothing."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
            return True
        match event.key():
            case Qt.Key.Key_Escape:
                self.end()
            case Qt.Key.Key_Backspace:
                self._take(self.measurement.without_last())
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._by_keys, self._pointer_deg = True, None
                width, height = self._canvas.scene.size_px  # of one map, if there are two
                self.click(QPointF(width / 2, height / 2))
            case _:
                return False
        return True

    def paint(self, painter: QPainter, scene: Scene, style: Style) -> None:
        """Paint what is measured so far, with the leg under way."""
        free = None if self.measurement.closed else self._pointer_deg
        if self.measurement.points and free == self.measurement.points[-1]:
            free = None  # where one has just clicked no leg begins yet
        paint_figure(painter, scene, style, Figure(self.measurement, free, self._by_keys))

    def _take(self, measurement: Measurement) -> None:
        self.measurement = measurement
        self._canvas.update()
        self._say(said_of(measurement))

    def _copy(self) -> None:
        if self.measurement.ends:
            QApplication.clipboard().setText(report(self.measurement))
            self._say("What you measured is on the clipboard.")

    def _place(self, at_px: QPointF) -> PointDeg | None:
        """Return lon, lat under a pixel, None outside the mapped region."""
        scene = self._canvas.scene
        try:
            lon_deg, lat_deg = lonlat_at(scene.camera, scene.size_px, at_px.x(), at_px.y())
        except ValueError:
            return None
        west, south, east, north = REGION_DEG
        inside = west <= lon_deg <= east and south <= lat_deg <= north
        return (lon_deg, lat_deg) if inside else None

    def _is_on_first(self, at_px: QPointF) -> bool:
        scene = self._canvas.scene
        first_m = scene.camera.projection.forward(*self.measurement.points[0])
        x, y = to_px(scene.camera, scene.size_px, *first_m)
        return hypot(at_px.x() - x, at_px.y() - y) <= NEAR_PX


def said_of(measurement: Measurement) -> str:
    """Return what the status line says after a point was set or taken back."""
    if not measurement.ends:
        return "The first point is set." if measurement.points else HOW_TO
    if measurement.closed:
        return f"{sum_in_words(measurement)}."
    last = leg_in_words(leg(*measurement.ends[-1]))
    if len(measurement.ends) == 1:
        return f"{last}."
    return f"Leg {len(measurement.ends)}: {last}. {sum_in_words(measurement)}."
