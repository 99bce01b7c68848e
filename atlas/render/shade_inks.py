"""The relief as two pictures of one even ink each: what packs well as JPEG. Floor: render.

Neighbour: ground. Where one picture holds shadow and light, JPEG blurs their meeting and takes
twenty times the room; an even ink costs nothing, and its mask says where it lies.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

_FLAT: Final = 128
_RGB: Final = 0xFFFFFF


def inks(shade: QImage, size_px: QSize) -> Iterator[QImage]:
    """Yield the shadows, then the lit slopes of a relief (see `BaseMap.shade`), at a size."""
    table = shade.colorTable()
    dark = [rgba >> 24 if value < _FLAT else 0 for value, rgba in enumerate(table)]
    light = [rgba >> 24 if value > _FLAT else 0 for value, rgba in enumerate(table)]
    for alphas, ink in ((dark, table[0]), (light, table[-1])):
        yield _in_one_ink(_masked(shade, alphas, size_px), ink & _RGB)


def _masked(shade: QImage, alphas: list[int], size_px: QSize) -> QImage:
    """Return how strongly an ink lies on each dot, as grey."""
    grey = QImage(shade)
    grey.setColorTable([0xFF000000 | alpha * 0x010101 for alpha in alphas])
    return (
        grey.convertToFormat(QImage.Format.Format_Grayscale8)
        .scaled(
            size_px,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        .convertToFormat(QImage.Format.Format_Grayscale8)
    )


def _in_one_ink(grey: QImage, rgb: int) -> QImage:
    """Return an ink as strong as a grey says: by a table, since products of alpha are rounded."""
    inked = QImage(
        bytes(grey.constBits()),
        grey.width(),
        grey.height(),
        grey.bytesPerLine(),
        QImage.Format.Format_Indexed8,
    ).copy()
    inked.setColorTable([alpha << 24 | rgb for alpha in range(256)])
    return inked
