"""What is drawn alike by all: the states of the sheets, without what no peer draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from atlas.app.library import Library
from atlas.core import actions
from atlas.core.day import day_from_ymd
from atlas.core.state import State
from atlas.core.viewport import Camera
from tests.records import replace

PANEL = "deng"
DAY = day_from_ymd(1979, 1, 7)
DAYS = range(day_from_ymd(1978, 12, 20), day_from_ymd(1979, 3, 20) + 1)
SCREEN_PX = (1920, 1080)
A3_DOTS = (4961, 3508)
A3_DOTS_PER_PX = 300 / 96


class Asked(NamedTuple):
    """One sheet: the state to draw, its dots for each logical pixel, and the days it goes through.

    `dots` is the picture's size; A3 does not divide evenly.
    """

    state: State
    dots: tuple[int, int]
    dots_per_px: float = 1.0
    days: Sequence[int] = (DAY,)


def equal_state(library: Library, size_px: tuple[int, int]) -> State:
    """Return the panel's view without what no peer draws: relief, furniture, a selection."""
    story = library.atlas.story
    first = actions.initial_state(story, size_px)
    state = actions.open_panel(story.panel(PANEL))(first)
    layers = state.layers - {"relief"}
    return replace(state, day=DAY, furniture=frozenset(), layers=layers, selection="")


def screen(library: Library) -> Asked:
    return Asked(equal_state(library, SCREEN_PX), SCREEN_PX)


def a3(library: Library) -> Asked:
    size_px = (round(A3_DOTS[0] / A3_DOTS_PER_PX), round(A3_DOTS[1] / A3_DOTS_PER_PX))
    return Asked(equal_state(library, size_px), A3_DOTS, A3_DOTS[0] / size_px[0])


def window(library: Library, size_px: tuple[int, int], camera: Camera) -> Asked:
    state = replace(equal_state(library, size_px), camera=camera)
    return Asked(replace(state, day=DAYS[0]), size_px, days=DAYS)
