"""A scene as rows of dots, band after band: pictures of any size in little memory.

Floor: app; neighbours: export, which packs the rows; below: render. The picture's memory is asked
for whole but used band by band: everything is painted at its one place, only clipped, so that
bands join without a trace; a band that was packed gives its memory back.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from atlas.app.refusal import Refusal
from atlas.app.steps import Report, silently, tell
from atlas.core.panes import Pane
from atlas.core.viewport import SizePx
from atlas.render.compared import paint_panes
from atlas.render.painter import MapPainter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.uint8]
    """Dots of a band, rows first: (height, width * samples) of red, green, blue, maybe alpha."""

BAND_DOTS: Final = 16_000_000
WATCHED_DOTS: Final = 4_000_000
_BYTES: Final = 4
_BEYOND: Final = 24
"""Rows painted beyond a band: where Qt cuts a line off, its last dots differ by a shade."""


class Raster(NamedTuple):
    """How what is shown becomes dots."""

    shown: tuple[Pane, ...]
    size_px: SizePx
    dots_per_px: float

    @property
    def transparent(self) -> bool:
        """Whether dots have alpha."""
        return self.shown[0].scene.transparent

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in dots."""
        width, height = (round(side * self.dots_per_px) for side in self.size_px)
        return width, height

    @property
    def samples(self) -> int:
        """Numbers that make a dot: red, green, blue, and alpha where there is no ground."""
        return 4 if self.transparent else 3


def paint_dots(painter: MapPainter, raster: Raster, image: QImage, clip: QRectF) -> None:
    """Paint the part of a scene in a clip of logical pixels, at its place in the whole image."""
    image.setDevicePixelRatio(raster.dots_per_px)
    with QPainter(image) as device:
        device.setRenderHint(QPainter.RenderHint.Antialiasing)
        device.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        device.setClipRect(clip)
        device.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        clear = Qt.GlobalColor.transparent if raster.transparent else Qt.GlobalColor.white
        device.fillRect(clip, clear)
        device.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        paint_panes(
            device,
            raster.shown,
            painter.style,
            lambda pen, scene: painter.paint(pen, scene, raster.dots_per_px),
        )


def whole_image(painter: MapPainter, raster: Raster) -> QImage:
    """Return a picture in one piece.

    Raises
    ------
    Refusal
        If there is no memory for it.
    """
    width, height = raster.size
    image = QImage(width, height, _format(raster))
    if image.isNull():
        raise Refusal("--size", f"no memory for {width} x {height} pixels", "choose fewer")
    paint_dots(painter, raster, image, QRectF(0, 0, *raster.size_px).adjusted(-1, -1, 1, 1))
    return image


def bands(
    painter: MapPainter, raster: Raster, report: Report = silently, dots: int = BAND_DOTS
) -> Iterator[Rows]:
    """Yield the picture's rows from the top, in bands of about so many dots.

    Raises
    ------
    Refusal
        If there is no memory for the picture.
    Cancelled
        If `report` wants no more.
    """
    width, height = raster.size
    try:
        memory = mmap.mmap(-1, width * height * _BYTES)
    except (OSError, ValueError, OverflowError) as error:
        raise Refusal("--size", f"no memory for {width} x {height} pixels") from error
    image = QImage(memoryview(memory), width, height, width * _BYTES, _format(raster))
    k = raster.dots_per_px
    # Whoever watches wants to be asked more often.
    dots = dots if report is silently else min(dots, WATCHED_DOTS)
    count = max(round(width * height / dots), 1)
    edges = [height * band // count for band in range(count + 1)]
    for band, (top, bottom) in enumerate(pairwise(edges)):
        tell(report, band, count)
        rows = QRectF(-1, (top - _BEYOND) / k, width / k + 2, (bottom - top + 2 * _BEYOND) / k)
        paint_dots(painter, raster, image, rows)
        yield _rows(memory, raster, top, bottom)
        _give_back(memory, max(top - _BEYOND, 0) * width * _BYTES, bottom * width * _BYTES)


def _format(raster: Raster) -> QImage.Format:
    if raster.transparent:
        return QImage.Format.Format_ARGB32_Premultiplied
    return QImage.Format.Format_RGB32


def _rows(memory: mmap.mmap, raster: Raster, top: int, bottom: int) -> Rows:
    """Return a band's dots as red, green, blue and alpha: the machine keeps them the other way."""
    import numpy as np

    width, height = raster.size[0], bottom - top
    line, samples = width * _BYTES, raster.samples
    band = memoryview(memory)[top * line : bottom * line]
    plain = QImage.Format.Format_RGBA8888 if raster.transparent else QImage.Format.Format_RGB888
    image = QImage(band, width, height, line, _format(raster)).convertToFormat(plain)
    dots = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    # A copy: the image goes, and what it lies in with it.
    return dots[:, : width * samples].copy()


def _give_back(memory: mmap.mmap, start: int, end: int) -> None:
    """Let the system have the memory of rows that were packed, where it takes it."""
    advice = getattr(mmap, "MADV_DONTNEED", None)
    start = -(-start // mmap.PAGESIZE) * mmap.PAGESIZE
    end = end // mmap.PAGESIZE * mmap.PAGESIZE
    if advice is not None and end > start:
        memory.madvise(advice, start, end - start)
