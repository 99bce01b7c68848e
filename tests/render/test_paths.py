"""Paths for files lose what nobody sees and look the same."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen

from atlas.render.paths import seen_part

FRAME = QRectF(0, 0, 120, 90)


def winding(seed: int) -> QPainterPath:
    """A long line that crosses the frame and its corners again and again, and an island."""
    chance = random.Random(seed)
    path = QPainterPath()
    for start in (QPointF(60, 45), QPointF(400, 300)):
        path.moveTo(start)
        at, angle = start, 0.0
        for _ in range(400):
            angle += chance.uniform(-0.6, 0.6)
            at = at + QPointF(9 * math.cos(angle), 9 * math.sin(angle))
            path.lineTo(at)
    path.closeSubpath()
    return path


def dots(path: QPainterPath) -> NDArray[np.uint8]:
    image = QImage(120, 90, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        painter.setPen(QPen(Qt.GlobalColor.red, 3.0))
        painter.setBrush(Qt.GlobalColor.green)
        painter.drawPath(path)
    return np.frombuffer(image.constBits(), np.uint8).reshape(90, 120, 4).copy()


@pytest.mark.parametrize("seed", range(40))
def test_what_shows_stays_as_it_is(seed: int) -> None:
    path = winding(seed)
    part = seen_part(path, FRAME)
    assert part.elementCount() < path.elementCount()
    # Qt cuts long lines off where it likes, and rounds them otherwise: one dot in some.
    assert (dots(part) != dots(path)).any(axis=2).sum() <= 2


@pytest.mark.parametrize("rule", [Qt.FillRule.OddEvenFill, Qt.FillRule.WindingFill])
def test_the_way_it_is_filled_stays(rule: Qt.FillRule) -> None:
    path = winding(1)
    path.setFillRule(rule)
    assert seen_part(path, FRAME).fillRule() == rule


def test_what_lies_inside_or_is_curved_stays_whole() -> None:
    inside = QPainterPath()
    inside.addRect(10, 10, 20, 20)
    assert seen_part(inside, FRAME) is inside
    curved = winding(2)
    curved.addEllipse(QPointF(200, 0), 90, 90)
    assert seen_part(curved, FRAME) is curved
