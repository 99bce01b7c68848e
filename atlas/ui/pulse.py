"""A short pulse of light round a feature: here it is.

Floor: ui; neighbours: canvas, which paints it over the map; halo for the shape. It never enters
the store.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from atlas.core.scene import Scene
from atlas.core.viewport import to_px
from atlas.render.style import Style
from atlas.ui.halo import MARK_RADIUS_PX, paint_halo
from atlas.ui.motion import wants_motion

PULSE_MS: Final = 1400
BEATS: Final = 2
REACH_PX: Final = 26.0
STILL_SHARE: Final = 0.3
"""How wide the ring stands where nothing is to move."""


class Pulse:
    """Rings that widen round one feature, `BEATS` times."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._feature_id = ""
        self._clock = QVariantAnimation(widget)
        self._clock.setStartValue(0.0)
        self._clock.setEndValue(float(BEATS))
        self._clock.setDuration(PULSE_MS)
        self._clock.valueChanged.connect(lambda _: widget.update())
        self._clock.finished.connect(self.stop)

    @property
    def feature_id(self) -> str:
        """The feature it is round, empty while it rests."""
        return self._feature_id

    def start(self, feature_id: str) -> None:
        """Begin anew, round a feature."""
        self._clock.stop()
        self._feature_id = feature_id
        self._clock.start()
        self._widget.update()

    def stop(self) -> None:
        """End at once."""
        self._feature_id = ""
        self._clock.stop()
        self._widget.update()

    def paint(self, painter: QPainter, scene: Scene, style: Style) -> None:
        """Paint the pulse of this moment; nothing while it rests."""
        if not self._feature_id:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_halo(painter, scene, self._feature_id, style)
        share = float(self._clock.currentValue() or 0.0) % 1.0
        if not wants_motion(self._widget):
            share = STILL_SHARE
        ink = QColor(style.color("focus"))
        ink.setAlphaF(1.0 - share)
        painter.setPen(QPen(ink, 4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        reach = MARK_RADIUS_PX + share * REACH_PX
        for mark in scene.marks:
            if mark.feature_id == self._feature_id:
                middle = QPointF(*to_px(scene.camera, scene.size_px, mark.x_m, mark.y_m))
                painter.drawEllipse(middle, reach, reach)
