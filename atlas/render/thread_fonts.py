"""Fonts and their measures, kept for each thread by itself and no more than a few. Floor: render.

Neighbours: style, letters. A `QFont` that was used holds what Qt made to draw it on that thread: a
hundred kilobytes and more, its letters and a mapping of its file among them. Used on two threads in
turn, it is made anew each time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from threading import local
from typing import Final, ParamSpec, TypeVar, cast

MOST: Final = 48
"""A view of many names takes about thirty; what goes stays a while in a cache of Qt's."""
Words = ParamSpec("Words")
Made = TypeVar("Made")


def kept_by_thread(make: Callable[Words, Made]) -> Callable[Words, Made]:
    """Keep what was made last for each thread that asks."""
    here = local()

    @wraps(make)
    def ask(*words: Words.args, **named: Words.kwargs) -> Made:
        if not hasattr(here, "kept"):
            here.kept = lru_cache(MOST)(make)
        return cast(Made, here.kept(*words, **named))

    return ask
