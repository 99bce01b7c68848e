"""Signs and arrows kept as pictures: painted once, drawn where they belong, bounded in memory."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from atlas.render.stamps import Stamps, direct
from tests.render.scenes import blank, differing

BOX = (-6.0, -6.0, 6.0, 6.0)


class Square:
    """Paints a square and counts how often it was asked to."""

    def __init__(self, half_px: float = 5.0) -> None:
        self.half_px, self.painted = half_px, 0

    def __call__(self, painter: QPainter) -> None:
        self.painted += 1
        side = 2 * self.half_px
        painter.fillRect(QRectF(-self.half_px, -self.half_px, side, side), QColor("navy"))


def drawn(stamps: Stamps, square: Square, x: float, y: float, ratio: float = 1.0) -> QImage:
    image = blank((60, 60))
    image = image.scaled(round(60 * ratio), round(60 * ratio))
    image.setDevicePixelRatio(ratio)
    with QPainter(image) as painter:
        stamps.draw(painter, "square", QPointF(x, y), BOX, square)
    return image


def at_once(square: Square, x: float, y: float, ratio: float = 1.0) -> QImage:
    image = blank((60, 60))
    image = image.scaled(round(60 * ratio), round(60 * ratio))
    image.setDevicePixelRatio(ratio)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        direct(painter, "square", QPointF(x, y), BOX, square)
    return image


sixteenths = st.integers(10 * 16, 50 * 16).map(lambda part: part / 16)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
@given(x=sixteenths, y=sixteenths)
def test_a_stamp_stands_where_painting_would_have_put_it(ratio: float, x: float, y: float) -> None:
    square = Square()
    if ratio == 1.25:
        # Its parts of a device pixel are not those of a logical one.
        x, y = x / ratio, y / ratio
    there = drawn(Stamps(ratio), square, x, y, ratio)
    assert differing(there, at_once(square, x, y, ratio), by_more_than=3) == 0


def test_what_stands_still_is_painted_once() -> None:
    stamps, square = Stamps(1.0), Square()
    first = drawn(stamps, square, 20.3, 20.7)
    assert drawn(stamps, square, 20.3, 20.7) == first
    # A pan by whole pixels, with the noise of reckoning in metres.
    moved = drawn(stamps, square, 27.3 + 1e-9, 16.7 - 1e-9)
    assert square.painted == 1
    assert moved.copy(17, 6, 20, 20) == first.copy(10, 10, 20, 20)


def test_another_part_of_a_pixel_is_another_picture() -> None:
    stamps, square = Stamps(1.0), Square()
    assert drawn(stamps, square, 20.0, 20.0) != drawn(stamps, square, 20.5, 20.0)
    assert square.painted == 2


def test_what_is_too_large_is_painted_each_time() -> None:
    stamps, square = Stamps(1.0), Square()
    image = blank((60, 60))
    with QPainter(image) as painter:
        for _ in range(2):
            box = (-400.0, -400.0, 400.0, 400.0)
            stamps.draw(painter, "large", QPointF(30, 30), box, square)
    assert square.painted == 2


def test_the_oldest_go_when_there_are_too_many() -> None:
    stamps, square = Stamps(1.0), Square()
    image = blank((60, 60))
    box = (-150.0, -150.0, 150.0, 150.0)
    with QPainter(image) as painter:
        for number in (*range(40), 39, 0):
            stamps.draw(painter, number, QPointF(30, 30), box, square)
    assert square.painted == 41, "the last was still there, the first was not"


def test_of_those_always_drawn_together_the_first_stay() -> None:
    stamps, square = Stamps(1.0, together=True), Square()
    image = blank((60, 60))
    box = (-150.0, -150.0, 150.0, 150.0)
    with QPainter(image) as painter:
        for number in (*range(40), *range(40)):
            stamps.draw(painter, number, QPointF(30, 30), box, square)
    assert 40 < square.painted < 55, "each in turn would make room for the next: 80"


def test_a_fine_screen_has_as_many_stamps() -> None:
    stamps, square = Stamps(2.0), Square()
    image = blank((60, 60))
    box = (-300.0, -300.0, 300.0, 300.0)
    with QPainter(image) as painter:
        for _ in range(2):
            stamps.draw(painter, "large", QPointF(30, 30), box, square)
    assert square.painted == 1
