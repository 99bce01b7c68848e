"""From the words of a command line to a State: panel, day, box, layers, theme, projection.

Floor: app; neighbours: refusal, core.actions. Every rule about what a missing word means
stands here, and every refusal names the option and what would do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import isfinite
from typing import NamedTuple

from atlas.app.refusal import Refusal
from atlas.core import actions
from atlas.core.edtf import EdtfError
from atlas.core.model import Panel, Story
from atlas.core.naming import NAME_LANGUAGES
from atlas.core.problems import near_misses
from atlas.core.projection import PROJECTION_KEYS, Projection, projection_named
from atlas.core.resources import resources_dir
from atlas.core.state import BASE_LAYERS, State
from atlas.core.viewport import REGION_DEG, SizePx
from atlas.core.words import day_in_words

BboxDeg = tuple[float, float, float, float]


class ViewWords(NamedTuple):
    """The view as typed; an empty text is a word not said."""

    panel: str = ""
    date: str = ""
    bbox: str = ""
    layers: str = ""
    theme: str = ""
    names: str = ""
    sides: str = ""
    projection: str = ""

    @property
    def any(self) -> bool:
        """Whether anything at all was said."""
        return any(self)


def state_for(words: ViewWords, story: Story, size_px: SizePx) -> State:
    """Return the state the words ask for, in a window or picture of that size.

    A panel brings its day, camera and layers; a date alone opens the panel it falls in; what else
    is said replaces what the panel brought.

    Raises
    ------
    Refusal
        If a word names nothing the story or the map has.
    """
    first_day, day = _days(words.date, story) if words.date else (None, None)
    panel = _panel(words.panel, day, story)
    state = replace(actions.initial_state(story, size_px), layers=frozenset())
    if words.projection:
        state = actions.choose_projection(_projection(words.projection))(state)
    state = actions.open_panel(panel)(state)
    if first_day is not None and day is not None:
        state = actions.set_range(first_day, day, story)(state)
    if words.bbox:
        state = actions.fit(_bbox(words.bbox))(state)
    if words.layers:
        state = replace(state, layers=_layers(words.layers, story))
    if words.theme:
        state = replace(state, theme=_theme(words.theme))
    if words.sides:
        state = replace(state, by_alignment=True)
    if words.names:
        state = replace(state, name_language=_names(words.names))
    return state


def _panel(panel_id: str, day: int | None, story: Story) -> Panel:
    if not panel_id:
        if day is not None:
            return story.panel_at(day)
        return story.panel(story.default_panel) if _has_default(story) else story.panels[0]
    known = [panel.id for panel in story.panels]
    if panel_id not in known:
        raise Refusal("--panel", f"there is no panel “{panel_id}”", _choice(panel_id, known))
    return story.panel(panel_id)


def _has_default(story: Story) -> bool:
    return any(panel.id == story.default_panel for panel in story.panels)


def _days(text: str, story: Story) -> tuple[int, int]:
    """Return the first and the last day of a date or a stretch of time."""
    from atlas.core.typed_dates import days_from_typed  # few starts name a date

    try:
        days = days_from_typed(text)
    except EdtfError as error:
        raise Refusal("--date", str(error)) from None
    for day in days:
        if not story.first_day <= day <= story.last_day:
            era = f"{day_in_words(story.first_day)} to {day_in_words(story.last_day)}"
            what = f"{day_in_words(day)} lies outside the story’s era"
            raise Refusal("--date", what, f"it is {era}")
    return days


def _bbox(text: str) -> BboxDeg:
    remedy = "write west,south,east,north in degrees, for example 101,8,111,24"
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise Refusal("--bbox", f"“{text}” is not four numbers", remedy) from None
    box = (west, south, east, north)
    if not all(isfinite(side) for side in box):
        raise Refusal("--bbox", f"“{text}” is not four numbers", remedy)
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise Refusal("--bbox", f"“{text}” is no box on the Earth", remedy)
    r_west, r_south, r_east, r_north = REGION_DEG
    if east <= r_west or west >= r_east or north <= r_south or south >= r_north:
        mapped = f"the map covers {r_west:g},{r_south:g},{r_east:g},{r_north:g}"
        raise Refusal("--bbox", f"“{text}” lies outside the mapped region", mapped)
    return max(west, r_west), max(south, r_south), min(east, r_east), min(north, r_north)


def _layers(text: str, story: Story) -> frozenset[str]:
    """Return the layers named; the base map stays whole unless one of its layers is named."""
    wanted = frozenset(part.strip() for part in text.split(",") if part.strip()) - {"none"}
    known = [layer.id for layer in story.layers]
    for layer in sorted(wanted):
        if layer not in known:
            raise Refusal("--layers", f"there is no layer “{layer}”", _choice(layer, known))
    base = frozenset(BASE_LAYERS)
    return wanted if wanted & base else wanted | base


def _theme(theme: str) -> str:
    known = sorted(path.stem for path in (resources_dir() / "styles").glob("*.toml"))
    if theme not in known:
        raise Refusal("--theme", f"there is no theme “{theme}”", _choice(theme, known))
    return theme


def _names(language: str) -> str:
    if language not in NAME_LANGUAGES:
        what = f"names cannot be “{language}”"
        raise Refusal("--names", what, _choice(language, NAME_LANGUAGES))
    return language


def _projection(key: str) -> Projection:
    if key not in PROJECTION_KEYS:
        said = f"there is no projection “{key}”"
        raise Refusal("--projection", said, _choice(key, PROJECTION_KEYS))
    return projection_named(key)


def _choice(word: str, known: Iterable[str]) -> str:
    return near_misses(word, known) or f"choose one of {', '.join(known)}"
