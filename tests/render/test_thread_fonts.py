from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from PySide6.QtGui import QFont

from atlas.render.letters import font_of
from atlas.render.thread_fonts import MOST, kept_by_thread


def test_each_thread_has_fonts_of_its_own() -> None:
    words = ("country", 14.0, 1.5)
    here = font_of(*words)
    assert font_of(*words) is here
    with ThreadPoolExecutor(1) as other:
        there = other.submit(font_of, *words).result()
        assert other.submit(font_of, *words).result() is there
    assert there is not here
    assert there == here


def test_only_the_last_few_are_kept() -> None:
    made: list[int] = []

    @kept_by_thread
    def font(size_px: int) -> QFont:
        made.append(size_px)
        return QFont()

    for size_px in (*range(MOST + 1), MOST, 1, 0):
        font(size_px)
    assert made == [*range(MOST + 1), 0]
