"""Where everything stands on the time track: rows, chapter brackets, event marks.

Floor: ui; neighbours: core.timescale, core.density. Plain arithmetic, no Qt: widths of texts come
from a function the caller passes in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from atlas.core.density import CROWDED_OUT, lanes, widened
from atlas.core.model import Feature, Panel
from atlas.core.timescale import Measure, TimeScale

MARGIN_PX: Final = 14.0
CHAPTERS_PX: Final = (5.0, 25.0)
EVENTS_PX: Final = (30.0, 66.0)
AXIS_PX: Final = (66.0, 87.0)
OVERVIEW_PX: Final = (93.0, 121.0)
HEIGHT_PX: Final = 127
"""Top and bottom of each row, and the height of the whole track."""

LANES: Final = 3
HALF_MARK_PX: Final = 5.0
MARK_GAP_PX: Final = 1.5
REACH_PX: Final = 60.0
LEAST_NAME_PX: Final = 64.0
MOST_NAME_PX: Final = 230.0
NAME_OFFSET_PX: Final = 4.0
NAME_GAP_PX: Final = 6.0
ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True)
class Bracket:
    """The span of one panel: its pixels, cut to the window, and the words that fit in them."""

    panel_id: str
    title: str
    number: int
    left_px: float
    right_px: float
    label: str


@dataclass(frozen=True, slots=True)
class TrackMark:
    """One event: a symbol in a lane, or a mere stroke where the lanes are full (`lane` -1)."""

    feature_id: str
    name: str
    kind: str
    rank: int
    x_px: float
    first_px: float
    last_px: float
    doubt: bool
    lane: int
    label: str = ""
    cut: bool = False
    """The doubt reaches farther than is drawn: where it does not tell, it must not crowd."""

    @property
    def box_px(self) -> tuple[float, float]:
        """Left and right of all that is drawn of it: the symbol and the reach of its doubt."""
        left, right = self.x_px - HALF_MARK_PX, self.x_px + HALF_MARK_PX
        return (min(left, self.first_px), max(right, self.last_px)) if self.doubt else (left, right)

    @property
    def name_px(self) -> float:
        """Where its name begins."""
        return self.box_px[1] + NAME_OFFSET_PX


def elided(text: str, width_px: float, measure: Measure) -> str:
    """Return the text, cut with an ellipsis if it is wider; empty if nothing sensible fits."""
    if measure(text) <= width_px:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip() + ELLIPSIS) <= width_px:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS if low >= 4 else ""


def brackets(panels: Iterable[Panel], scale: TimeScale, measure: Measure) -> tuple[Bracket, ...]:
    """Return the brackets of the panels that meet the window, in the panels' order."""
    found = []
    for number, panel in enumerate(panels, 1):
        if panel.span is None:
            continue
        left = max(scale.to_px(panel.span.earliest_start_day), scale.left_px)
        right = min(scale.to_px(panel.span.latest_end_day), scale.right_px)
        if right > left:
            label = _bracket_label(number, panel.short_title, right - left, measure)
            found.append(Bracket(panel.id, panel.title, number, left, right, label))
    return tuple(found)


def _bracket_label(number: int, title: str, width_px: float, measure: Measure) -> str:
    room_px = width_px - 10
    whole = f"{number}  {title}"
    if measure(whole) <= room_px:
        return whole
    cut = elided(whole, room_px, measure)
    if len(cut) >= len(str(number)) + 8:
        return cut
    return str(number) if measure(str(number)) <= width_px - 4 else ""


def track_marks(
    features: Iterable[Feature], scale: TimeScale, measure: Measure
) -> tuple[TrackMark, ...]:
    """Return the marks of dated features in the window, from left to right."""
    shown = [mark for feature in features if (mark := _mark(feature, scale)) is not None]
    shown.sort(key=lambda mark: (mark.x_px, mark.rank, mark.feature_id))
    boxes, ranks = [mark.box_px for mark in shown], [mark.rank for mark in shown]
    chosen = lanes(boxes, ranks, MARK_GAP_PX, LANES)
    wanted = _name_widths(shown, chosen, scale, measure)
    chosen, room = widened(boxes, chosen, ranks, wanted, MARK_GAP_PX, LANES)
    return tuple(
        replace(mark, lane=lane, label=_label(mark.name, room_px, measure))
        for mark, lane, room_px in zip(shown, chosen, room, strict=True)
    )


def _label(name: str, room_px: float, measure: Measure) -> str:
    return elided(name, room_px - NAME_OFFSET_PX - NAME_GAP_PX, measure) if room_px else ""


def _name_widths(
    marks: list[TrackMark], chosen: Sequence[int], scale: TimeScale, measure: Measure
) -> list[list[float]]:
    """Return the widths to try for each name, widest first, none of them across a stroke."""
    next_stroke = scale.right_px
    widths: list[list[float]] = []
    for mark, lane in zip(reversed(marks), reversed(chosen), strict=True):
        most_px = min(measure(mark.name), MOST_NAME_PX) + NAME_OFFSET_PX + NAME_GAP_PX
        room_px = next_stroke - mark.box_px[1]
        tried = (most_px, min(most_px, room_px), most_px * 0.7, most_px * 0.5, LEAST_NAME_PX)
        least_px = min(LEAST_NAME_PX, most_px)
        widths.append(sorted({w for w in tried if least_px <= w <= room_px}, reverse=True))
        if lane == CROWDED_OUT:
            next_stroke = mark.x_px
    return widths[::-1]


def _mark(feature: Feature, scale: TimeScale) -> TrackMark | None:
    first, end = feature.when.first_day, feature.when.last_day + 1
    middle = scale.to_px((first + end) / 2)
    if not scale.left_px <= middle <= scale.right_px:
        return None
    first_px, last_px = scale.to_px(first), scale.to_px(end)
    return TrackMark(
        feature.id,
        feature.name,
        feature.kind,
        feature.rank,
        middle,
        max(first_px, middle - REACH_PX, scale.left_px),
        min(last_px, middle + REACH_PX, scale.right_px),
        end - first > 1,
        CROWDED_OUT,
        cut=last_px - first_px > 2 * REACH_PX,
    )


def nearest_mark(
    marks: Iterable[TrackMark], x_px: float, y_px: float, reach_px: float = 9.0
) -> TrackMark | None:
    """Return the mark nearest to a pixel of the events' row, None beyond reach."""

    def distance(mark: TrackMark) -> float:
        if mark.lane == CROWDED_OUT:
            return abs(mark.x_px - x_px) + 2.0
        return max(abs(mark.x_px - x_px), abs(lane_y_px(mark.lane) - y_px) * 0.8)

    best = min(marks, key=distance, default=None)
    return best if best is not None and distance(best) <= reach_px else None


def lane_y_px(lane: int) -> float:
    """Return the middle of a lane; lane 0 is the lowest."""
    top, bottom = EVENTS_PX
    return bottom - (lane + 0.5) * (bottom - top) / LANES
