"""Pictures of signs and arrows that stand still, drawn again at the same part of a pixel.

Floor: render; neighbours: letters, which does the same for names; marks and arrows, which paint.
A step in time moves little: most of what is on the map need only be copied. What is copied is dot
for dot what was painted, so pictures that are published look as the window does.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from math import ceil, floor
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter

from atlas.core.labels import BoxPx
from atlas.render.kept_pictures import KeptPictures

_MOST_BYTES: Final = 6_000_000
_MOST_TOGETHER_BYTES: Final = 12_000_000
_LARGEST_BYTES: Final = 2_000_000
"""What is larger is painted each time: on posters an arrow may span a thousand dots."""
FINEST: Final = 2.0
"""Up to so many dots per logical pixel budgets grow with their number: then it is a screen's."""
_PARTS: Final = 16
"""Places are told apart to so many parts of a device pixel: a pan by whole pixels needs no more."""

Paint = Callable[[QPainter], None]
Stamp = Callable[[QPainter, Hashable, QPointF, BoxPx, Paint], None]
"""Draws at an origin what `Paint` paints around its own within a box, known by what it is."""


def finer(device_pixel_ratio: float) -> float:
    """Return how many times as large budgets in bytes are on a finer screen."""
    return min(max(device_pixel_ratio, 1.0), FINEST) ** 2


def direct(painter: QPainter, what: Hashable, origin: QPointF, box: BoxPx, paint: Paint) -> None:
    """Paint at an origin and keep nothing: for files, and for maps that change their scale."""
    painter.save()
    painter.translate(origin)
    paint(painter)
    painter.restore()


class Stamps:
    """What was painted last at one number of device pixels a logical pixel; see `KeptPictures`."""

    def __init__(self, device_pixel_ratio: float, together: bool = False) -> None:
        self._ratio = device_pixel_ratio
        most_bytes = _MOST_TOGETHER_BYTES if together else _MOST_BYTES
        self._kept = KeptPictures(most_bytes * finer(device_pixel_ratio), together)
        self._largest_bytes = _LARGEST_BYTES * finer(device_pixel_ratio)

    def draw(
        self, painter: QPainter, what: Hashable, origin: QPointF, box: BoxPx, paint: Paint
    ) -> None:
        """Draw what `paint` paints around its origin, within a box of logical pixels around it.

        `what` tells it from all else that is painted in one style.
        """
        ratio = self._ratio
        x = round(origin.x() * ratio * _PARTS) / _PARTS
        y = round(origin.y() * ratio * _PARTS) / _PARTS
        left, top = floor(x + box[0] * ratio), floor(y + box[1] * ratio)
        width = ceil(x + box[2] * ratio) - left
        height = ceil(y + box[3] * ratio) - top
        if width * height * 4 > self._largest_bytes:
            direct(painter, what, origin, box, paint)
            return
        key = what, x - left, y - top, width, height
        at = QPointF(x - left, y - top) / ratio
        image = self._kept.get(key, lambda: self._painted(at, (width, height), paint))
        painter.drawImage(QPointF(left / ratio, top / ratio), image)

    def _painted(self, origin: QPointF, size: tuple[int, int], paint: Paint) -> QImage:
        image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(self._ratio)
        image.fill(Qt.GlobalColor.transparent)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(origin)
            paint(painter)
        return image
