"""Hatching stands as wide on paper and on fine screens as on coarse ones."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from atlas.render.hatch import hatching

SIDE_PX = 80


def hatched(ratio: float, pattern: Qt.BrushStyle) -> QImage:
    side = round(SIDE_PX * ratio)
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill("white")
    with QPainter(image) as painter:
        painter.fillRect(
            QRectF(0, 0, SIDE_PX, SIDE_PX), hatching(painter, QColor("black"), pattern)
        )
    return image


def lines_across(image: QImage) -> int:
    """How often the middle row passes from paper into ink."""
    row = image.height() // 2
    dark = [image.pixelColor(x, row).lightness() < 150 for x in range(image.width())]
    return sum(now and not before for before, now in pairwise(dark))


@pytest.mark.parametrize("ratio", [1.25, 1.5, 2.0, 300 / 96, 600 / 96])
@pytest.mark.parametrize("pattern", [Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.FDiagPattern])
def test_lines_stand_as_far_apart_on_every_device(pattern: Qt.BrushStyle, ratio: float) -> None:
    coarse = lines_across(hatched(1.0, pattern))
    assert coarse in (9, 10)
    assert abs(lines_across(hatched(ratio, pattern)) - coarse) <= 1


@pytest.mark.parametrize("ratio", [2.0, 300 / 96])
def test_it_is_as_dark_on_every_device(ratio: float) -> None:
    def darkness(image: QImage) -> float:
        width, height = image.width(), image.height()
        lights = [image.pixelColor(x, y).lightness() for x in range(width) for y in range(height)]
        return 1 - sum(lights) / len(lights) / 255

    coarse = darkness(hatched(1.0, Qt.BrushStyle.BDiagPattern))
    assert darkness(hatched(ratio, Qt.BrushStyle.BDiagPattern)) == pytest.approx(coarse, rel=0.15)
