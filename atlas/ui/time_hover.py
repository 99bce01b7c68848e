"""What the time track says under the pointer: the nearest event, the chapter, the date.

Floor: ui; neighbours: time_track. Words only; painting them is `time_overlay.paint_plate`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from atlas.core.model import Feature, Panel
from atlas.core.symbology import sign_for
from atlas.core.timescale import Measure, TimeScale
from atlas.core.words import day_in_words, span_in_words
from atlas.ui.time_layout import (
    AXIS_PX,
    CHAPTERS_PX,
    EVENTS_PX,
    OVERVIEW_PX,
    Bracket,
    TrackMark,
    elided,
    nearest_mark,
)

MOST_PX: Final = 440.0


@dataclass(frozen=True, slots=True)
class HoverPlate:
    """A plate's words and the pixel it belongs to; `mark` is the event it tells of."""

    lines: tuple[str, ...]
    x_px: float
    row_px: tuple[float, float]
    mark: TrackMark | None = None


def row_at(y_px: float) -> str:
    """Return the row of the track a pixel lies in."""
    if y_px >= (AXIS_PX[1] + OVERVIEW_PX[0]) / 2:
        return "overview"
    if y_px < (CHAPTERS_PX[1] + EVENTS_PX[0]) / 2:
        return "chapters"
    return "axis" if y_px >= AXIS_PX[0] else "events"


def bracket_at(found: Iterable[Bracket], x_px: float) -> Bracket | None:
    """Return the chapter bracket over a pixel."""
    return next((b for b in found if b.left_px <= x_px < b.right_px), None)


def event_words(feature: Feature, card: dict[str, Any]) -> str:
    """Return when a feature was, in words, and of which kind it is."""
    start, end = str(card.get("start") or ""), str(card.get("end") or "")
    when = span_in_words(start, end) if start or end else day_in_words(feature.when.first_day)
    return f"{when[:1].upper()}{when[1:]} · {sign_for(feature.kind).words.lower()}"


def chapter_words(panel: Panel) -> str:
    """Return the time a panel spans, in words."""
    if panel.span is None:
        return ""
    first = day_in_words(panel.span.earliest_start_day)
    return f"{first} to {day_in_words(panel.span.latest_end_day - 1)} · double-click opens it"


@dataclass(frozen=True, slots=True)
class TrackHover:
    """Finds the words for a pixel among what the track shows."""

    detail: TimeScale
    overview: TimeScale
    brackets: tuple[Bracket, ...]
    marks: tuple[TrackMark, ...]
    panel: Callable[[str], Panel]
    event_words: Callable[[str], str]
    measure: Measure

    def plate(self, x_px: float, y_px: float) -> HoverPlate | None:
        """Return the plate for a pixel, None beside the line."""
        row = row_at(y_px)
        scale = self.overview if row == "overview" else self.detail
        if not scale.left_px <= x_px <= scale.right_px:
            return None
        if row == "overview":
            return HoverPlate((_day_words(scale, x_px),), x_px, EVENTS_PX)
        if row == "chapters" and (bracket := bracket_at(self.brackets, x_px)):
            title = elided(f"{bracket.number}  {bracket.title}", MOST_PX, self.measure)
            words = chapter_words(self.panel(bracket.panel_id))
            return HoverPlate((title, words), x_px, OVERVIEW_PX)
        mark = nearest_mark(self.marks, x_px, y_px) if row == "events" else None
        if mark is None:
            return HoverPlate((_day_words(scale, x_px),), x_px, OVERVIEW_PX)
        name = elided(mark.name, MOST_PX, self.measure)
        lines = (name, self.event_words(mark.feature_id))
        return HoverPlate(lines, mark.x_px, OVERVIEW_PX, mark)


def _day_words(scale: TimeScale, x_px: float) -> str:
    return day_in_words(int(scale.to_day(min(x_px, scale.right_px - 1e-3)) // 1))
