"""Soft changes of countries: where allowed, over the old picture, and over at once on demand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from atlas.app.fade import Fade

LONG_MS = 60_000


def plain(color: str) -> QImage:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    return image


class Screen:
    """Paints through a fade, and counts the frames it asks for."""

    def __init__(self) -> None:
        self.frames = 0
        self.fade = Fade(self._again)

    def _again(self) -> None:
        self.frames += 1

    def show(self, color: str, politics: str, ground: str = "here") -> int:
        """Return how white the picture is, 0 to 255."""
        screen = plain("red")
        with QPainter(screen) as painter:
            self.fade.paint(painter, plain(color), ground, politics)
        return screen.pixelColor(1, 1).green()


@pytest.fixture
def screen(qapp: object) -> Iterator[Screen]:
    made = Screen()
    yield made
    made.fade.stop()


def test_a_change_by_hand_is_there_at_once(screen: Screen) -> None:
    assert screen.show("black", "old") == 0
    assert screen.show("white", "new") == 255
    assert not screen.fade.under_way


def test_a_change_while_the_date_runs_begins_from_the_old_picture(
    screen: Screen, qtbot: QtBot
) -> None:
    screen.fade.allow(LONG_MS)
    screen.show("black", "old")
    assert screen.show("white", "new") < 40
    assert screen.fade.under_way
    qtbot.waitUntil(lambda: screen.frames == 1)


def test_it_ends_with_the_new_picture(screen: Screen, qtbot: QtBot) -> None:
    screen.fade.allow(40)
    screen.show("black", "old")
    screen.show("white", "new")
    qtbot.waitUntil(lambda: screen.show("white", "new") == 255)
    assert not screen.fade.under_way


def test_a_hand_on_the_slider_ends_it(screen: Screen) -> None:
    screen.fade.allow(LONG_MS)
    screen.show("black", "old")
    screen.show("white", "new")
    screen.fade.allow(0)
    assert screen.show("white", "new") == 255


def test_a_new_ground_and_the_same_countries_do_not_fade(screen: Screen) -> None:
    screen.fade.allow(LONG_MS)
    screen.show("black", "old")
    assert screen.show("white", "old") == 255
    assert screen.show("black", "new", ground="there") == 0
    assert not screen.fade.under_way
