"""What the words of the film command mean: a stretch of time, steps through it, a pace.

Floor: app; neighbours: arguments, view, film, pictures (sizes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from atlas.app.arguments import Arguments
from atlas.app.export_options import ExportOptions, layout_px
from atlas.app.library import Library
from atlas.app.overlays import with_overlays
from atlas.app.pictures import options_from
from atlas.app.publish.film_plan import FilmPlan, Plan, StoryPlan
from atlas.app.refusal import Refusal
from atlas.app.view import state_for
from atlas.core.actions import stepped_day
from atlas.core.day import iso_from_day
from atlas.core.edtf import EdtfError
from atlas.core.model import Story
from atlas.core.state import State
from atlas.core.typed_dates import days_from_typed
from atlas.core.words import day_in_words

DEFAULT_SIZE: Final = "1280x720"
MOST_FRAMES: Final = 3000
FPS_RANGE: Final = (1.0, 50.0)
LONGEST_HOLD_S: Final = 30.0
_STEP: Final = re.compile(r"(\d{1,4})\s*(d|w|m|y)[a-z]*", re.I)
_UNITS: Final = {"d": "day", "w": "week", "m": "month", "y": "year"}
_UNIT_DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
STORY_HOLD_S: Final = 1.0
LARGE_GIF: Final = (
    "the whole story with its flights takes 70 MB as GIF, more as WebP; MP4 takes half of that, "
    "moves more smoothly and keeps all colours"
)


@dataclass(frozen=True, slots=True)
class FilmWords:
    """The film command's own words as typed; an empty text is a word not said."""

    first: str = ""
    last: str = ""
    step: str = ""
    fps: str = ""
    hold: str = ""


def film_asked(library: Library, arguments: Arguments) -> tuple[State, Plan]:
    """Return the view a command line asks a film of, and the film's plan.

    Without a panel it is the one the first day falls in.

    Raises
    ------
    Refusal
        If a word cannot be read or asks for what cannot be had.
    """
    story = library.atlas.story
    words = FilmWords(
        arguments.first, arguments.last, arguments.step, arguments.fps, arguments.hold
    )
    options = options_from(arguments._replace(size=arguments.size or DEFAULT_SIZE), "png")
    size_px = layout_px((0, 0), options)
    if not words.first:
        state = state_for(arguments.view, story, size_px)
        whole = story_plan(words, story, options)
        return with_overlays(library.atlas, state, arguments.overlays), whole
    days = days_of(words, story)
    view = arguments.view._replace(date=iso_from_day(days[0]))
    plan = FilmPlan(days, fps_of(words), hold_s_of(words), options=options)
    state = state_for(view, story, size_px)
    return with_overlays(library.atlas, state, arguments.overlays), plan


def story_plan(words: FilmWords, story: Story, options: ExportOptions) -> StoryPlan:
    """Return how the whole story is filmed.

    Raises
    ------
    Refusal
        If a word cannot be read, or the steps are too small for so long a time.
    """
    step = _step(words.step) if words.step else None
    hold_s = hold_s_of(words) if words.hold else STORY_HOLD_S
    if step and (story.last_day - story.first_day) / (step[0] * _UNIT_DAYS[step[1]]) > MOST_FRAMES:
        raise _too_many()
    return StoryPlan(step, fps_of(words), hold_s, options=options)


def days_of(words: FilmWords, story: Story) -> tuple[int, ...]:
    """Return the days of the frames, the last one always among them.

    Raises
    ------
    Refusal
        If a word cannot be read, lies outside the era, or asks for too many frames.
    """
    first = _day(words.first, "--from", story)
    last = _day(words.last, "--to", story, after=f"{iso_from_day(first)} to ")
    count, unit = _step(words.step or "1d")
    days = [first]
    while (day := stepped_day(first, unit, count * len(days))) < last:
        days.append(day)
        if len(days) > MOST_FRAMES:
            raise _too_many()
    if last > first:
        days.append(last)
    return tuple(days)


def fps_of(words: FilmWords) -> float:
    """Return frames a second; Refusal if they cannot be read or are out of bounds."""
    low, high = FPS_RANGE
    return _number(words.fps or "8", "--fps", low, high)


def hold_s_of(words: FilmWords) -> float:
    """Return how many seconds longer a frame with an event stays; Refusal as for `fps_of`."""
    return _number(words.hold or "0", "--hold", 0.0, LONGEST_HOLD_S)


def _day(text: str, option: str, story: Story, after: str = "") -> int:
    """Return the last day a text means, read as the end of a stretch if it comes `after` one."""
    if not text:
        raise Refusal(option, "is missing", "write a date, as in 1978-12-25")
    try:
        day = days_from_typed(f"{after}{text}")[1]
    except EdtfError as error:
        raise Refusal(option, str(error)) from None
    if not story.first_day <= day <= story.last_day:
        era = f"{day_in_words(story.first_day)} to {day_in_words(story.last_day)}"
        raise Refusal(option, f"{day_in_words(day)} lies outside the story’s era", f"it is {era}")
    return day


def _too_many() -> Refusal:
    most = f"at most {MOST_FRAMES}; take larger steps"
    return Refusal("--step", "that would be too many frames", most)


def _step(text: str) -> tuple[int, str]:
    match = _STEP.fullmatch(text.strip())
    if match is None or int(match[1]) < 1:
        raise Refusal("--step", f"“{text}” is no step", "write 1d, 1w, 1m or 1y")
    return int(match[1]), _UNITS[match[2].lower()]


def _number(text: str, option: str, low: float, high: float) -> float:
    try:
        number = float(text)
    except ValueError:
        raise Refusal(option, f"“{text}” is no number", f"choose {low:g} to {high:g}") from None
    if not low <= number <= high:
        raise Refusal(option, f"{text} is out of bounds", f"choose {low:g} to {high:g}")
    return number
