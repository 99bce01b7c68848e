"""The plate of a film: inside the picture, clear of what stands there, as strong as asked."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from atlas.render.style import load_style
from atlas.render.title_plate import Plate, paint_plate

PLATE = Plate("3 of 14", "The secret meeting at the station", "28 Sep 1960 – 19 Jul 1962")
GROUND = 0xFF0000FF


def painted(
    size_px: tuple[int, int], plate: Plate = PLATE, opacity: float = 1.0, *taken: QRectF
) -> tuple[QRect, np.ndarray]:
    """Return the box that was painted on, and the dots as 0xRRGGBB."""
    image = QImage(*size_px, QImage.Format.Format_RGB32)
    image.fill(GROUND)
    with QPainter(image) as painter:
        paint_plate(painter, load_style("paper"), size_px, plate, opacity, taken)
    dots = np.frombuffer(image.constBits(), np.uint32).reshape(size_px[::-1]).copy()
    rows, columns = np.nonzero(dots != GROUND)
    left, top = int(columns.min()), int(rows.min())
    return QRect(left, top, int(columns.max()) - left, int(rows.max()) - top), dots


@pytest.mark.parametrize("size_px", [(1280, 720), (1920, 1080), (320, 200), (720, 1280)])
def test_it_stands_at_the_left_inside_the_picture(
    qapp: QGuiApplication, size_px: tuple[int, int]
) -> None:
    box, _ = painted(size_px)
    assert 10 <= box.left() <= 16
    assert box.right() < size_px[0] * 0.55
    assert size_px[1] * 0.15 < box.top() < box.bottom() < size_px[1]


def test_it_makes_way_where_there_is_room(qapp: QGuiApplication) -> None:
    size_px = (1280, 720)
    alone, _ = painted(size_px)
    overview = QRectF(14, 85, 150, 120)
    below, _ = painted(size_px, PLATE, 1.0, overview)
    assert overview.bottom() < below.top() < overview.bottom() + 20
    assert below.size() == alone.size()
    full, _ = painted(size_px, PLATE, 1.0, QRectF(14, 85, 150, 600))
    assert full == alone


def test_lines_without_words_take_no_room(qapp: QGuiApplication) -> None:
    whole, _ = painted((1280, 720))
    bare, _ = painted((1280, 720), Plate("", PLATE.title, ""))
    assert bare.height() < whole.height() - 30


def test_it_comes_and_goes(qapp: QGuiApplication) -> None:
    box, full = painted((640, 360))
    _, half = painted((640, 360), PLATE, 0.5)
    middle = (slice(box.top() + 3, box.top() + 6), slice(box.left() + 20, box.right() - 20))
    blue = [int((dots[middle] & 0xFF).mean()) for dots in (full, half)]
    red = [int((dots[middle] >> 16 & 0xFF).mean()) for dots in (full, half)]
    assert red[0] > 200
    assert 90 < red[1] < 160
    assert blue[1] >= blue[0]
