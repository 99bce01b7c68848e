"""What a film shows, shot after shot: days of one view, or the whole story from panel to panel.

Floor: app; neighbours: film_words (what was asked), film_frames (which draws the shots), book (the
days a panel's text names); below: core.flight.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from atlas.app.export_options import ExportOptions, layout_px
from atlas.app.library import Library
from atlas.app.publish.book import Section, sections_of
from atlas.app.publish.book_text import span_of
from atlas.app.tour import WORDS_A_MINUTE
from atlas.core.actions import open_panel, stepped_day
from atlas.core.flight import on_the_way
from atlas.core.model import Story
from atlas.core.state import NO_COMPARISON, State
from atlas.core.words import days_in_words
from atlas.render.title_plate import Plate

FLIGHT_S: Final = 2.0
FADE_S: Final = 0.35
LEAST_PLATE_S: Final = 3.0
TO_LOOK_S: Final = 1.5
"""How long a plate stays beyond the time its words take to read."""
ALONE_S: Final = 4.0
"""How much longer a panel's only date stays."""
MOST_STEPS: Final = 60
_STEPS: Final = ((1, "day"), (1, "week"), (1, "month"), (3, "month"), (1, "year"), (5, "year"))


@dataclass(frozen=True, slots=True)
class FilmPlan:
    """The days of a film and how it is shown; the last frame stays for `end_s` seconds."""

    days: tuple[int, ...]
    fps: float = 8.0
    hold_s: float = 0.0
    end_s: float = 2.0
    options: ExportOptions = field(default_factory=ExportOptions)


@dataclass(frozen=True, slots=True)
class StoryPlan:
    """How the whole story is filmed: steps a second, seconds longer on days the text names.

    `step` is a count and a unit of `stepped_day`; None takes the smallest that gives at most
    `MOST_STEPS` steps a panel.
    """

    step: tuple[int, str] | None = None
    fps: float = 8.0
    hold_s: float = 1.0
    end_s: float = 3.0
    options: ExportOptions = field(default_factory=ExportOptions)


Plan = FilmPlan | StoryPlan


class Shot(NamedTuple):
    """A view, how long it is shown, the plate over it, and the view a flight is bound for."""

    state: State
    shown_s: float
    plate: Plate | None = None
    opacity: float = 1.0
    bound_for: State | None = None


def shots_of(library: Library, state: State, plan: Plan, flight_fps: float) -> tuple[Shot, ...]:
    """Return the shots of a film of one state's view; flights have so many a second."""
    state = replace(state, comparison=NO_COMPARISON, range_days=0, selection="")
    if isinstance(plan, StoryPlan):
        return tuple(_story_shots(library, state, plan, flight_fps))
    return tuple(_day_shots(library, state, plan))


def _day_shots(library: Library, state: State, plan: FilmPlan) -> Iterator[Shot]:
    held = held_days(library, state, plan.days)
    for day in plan.days:
        shown_s = 1 / plan.fps + (plan.hold_s if day in held else 0.0)
        shown_s += plan.end_s if day == plan.days[-1] else 0.0
        yield Shot(replace(state, day=day), shown_s)


def held_days(library: Library, state: State, days: tuple[int, ...]) -> frozenset[int]:
    """Return the days of a film on or before which, since the frame before, an event fell.

    Counted are events of the layers shown, default on the map, known to the day.
    """
    dated = sorted(
        feature.when.first_day
        for feature in library.atlas.features
        if feature.layer == "events"
        and feature.layer in state.shown_layers
        and feature.default_visible
        and feature.when.spans
        and feature.when.spans[0].earliest_start_day == feature.when.spans[0].latest_start_day
    )
    found, before = set(), days[0] - 1
    for day in days:
        if any(before < event <= day for event in dated):
            found.add(day)
        before = day
    return frozenset(found)


def _story_shots(
    library: Library, state: State, plan: StoryPlan, flight_fps: float
) -> Iterator[Shot]:
    story, sections = library.atlas.story, sections_of(library)
    before = replace(state, viewport_px=layout_px(state.viewport_px, plan.options))
    opening: Plate | None = Plate("", story.title, story.subtitle)
    for section in sections:
        days = days_of_section(section, story, plan.step)
        now = replace(open_panel(section.panel)(before), day=days[0])
        if opening:
            yield from _plate_shots(now, opening, flight_fps)
        else:
            yield from _flight_shots(before, now, flight_fps)
        opening = None
        yield from _plate_shots(now, _named(section, len(sections)), flight_fps)
        for day in days:
            held_s = plan.hold_s if day in section.key_days else 0.0
            held_s += ALONE_S if len(days) == 1 else 0.0
            held_s += plan.end_s if section is sections[-1] and day == days[-1] else 0.0
            yield Shot(replace(now, day=day), 1 / plan.fps + held_s)
        before = replace(now, day=days[-1])


def days_of_section(
    section: Section, story: Story, step: tuple[int, str] | None = None
) -> tuple[int, ...]:
    """Return the days a panel is filmed on: even steps through its span, and its key days.

    A panel without a span has its own day alone.
    """
    span = section.panel.span
    if span is None:
        return (section.panel.day,)
    first, last = span.earliest_start_day, min(span.latest_end_day - 1, story.last_day)
    found = (_stepped(first, last, *one) for one in ((step,) if step else _STEPS))
    days = next((days for days in found if step or len(days) <= MOST_STEPS), [first])
    key_days = (day for day in section.key_days if first <= day <= last)
    return tuple(sorted({*days, *key_days, last}))


def _stepped(first: int, last: int, count: int, unit: str) -> list[int]:
    days = [first]
    while (day := stepped_day(first, unit, count * len(days))) < last:
        days.append(day)
    return days


def _flight_shots(start: State, end: State, fps: float) -> Iterator[Shot]:
    """Yield the way between two panels: all but the camera is already as at its end."""
    one, other = start.camera, end.camera
    if one == other or one.projection != other.projection:
        return
    for camera in on_the_way(one, other, round(FLIGHT_S * fps)):
        yield Shot(replace(end, camera=camera), 1 / fps, bound_for=end)


def _plate_shots(state: State, plate: Plate, fps: float) -> Iterator[Shot]:
    """Yield a plate that appears, stays as long as it takes to read, and goes."""
    steps = max(round(FADE_S * fps), 1)
    shares = [step / (steps + 1) for step in range(1, steps + 1)]
    yield from (Shot(state, 1 / fps, plate, share) for share in shares)
    yield Shot(state, plate_s(plate), plate)
    yield from (Shot(state, 1 / fps, plate, share) for share in reversed(shares))


def plate_s(plate: Plate) -> float:
    """Return how long a plate stays, in seconds."""
    words = len(" ".join(plate).split())
    return max(LEAST_PLATE_S, TO_LOOK_S + words * 60 / WORDS_A_MINUTE)


def _named(section: Section, count: int) -> Plate:
    days = span_of(section) or days_in_words(section.panel.day, section.panel.day)
    return Plate(f"{section.number} of {count}", section.panel.title, days)
