"""Time along a line: a window of days mapped to pixels, and calendar ticks that read well.

Floor: core; neighbours: day, words. Windows are half-open, in days with fractions, because a zoom
at the pointer must not creep; ticks stand at the first moment of their day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from atlas.core.day import day_from_ymd, ymd_from_day
from atlas.core.words import MONTHS

MIN_WINDOW_DAYS: Final = 14.0
LABEL_GAP_PX: Final = 10.0
LABEL_OFFSET_PX: Final = 4.0
MIN_TICK_PX: Final = 4.0

Measure = Callable[[str], float]
"""Gives the width of a text in logical pixels."""


@dataclass(frozen=True, slots=True)
class TimeScale:
    """A window [start_day, end_day) drawn from `left_px` over `width_px` pixels."""

    start_day: float
    end_day: float
    left_px: float
    width_px: float

    @property
    def days_per_px(self) -> float:
        """How many days one pixel covers."""
        return (self.end_day - self.start_day) / max(self.width_px, 1.0)

    @property
    def right_px(self) -> float:
        """The pixel at which the window ends."""
        return self.left_px + self.width_px

    def to_px(self, day: float) -> float:
        """Return the pixel of a moment; outside the window it lies outside the line."""
        return self.left_px + (day - self.start_day) / self.days_per_px

    def to_day(self, x_px: float) -> float:
        """Return the moment under a pixel, as a day number with its fraction."""
        return self.start_day + (x_px - self.left_px) * self.days_per_px

    def holds(self, day: float) -> bool:
        """Tell whether a moment lies in the window."""
        return self.start_day <= day < self.end_day


def zoomed(scale: TimeScale, factor: float, at_px: float, era: tuple[int, int]) -> TimeScale:
    """Zoom by `factor` (over 1 comes closer); the moment under the pixel stays if the era lets it.

    `era` is the first and the last day there is, both inclusive.
    """
    length = (scale.end_day - scale.start_day) / factor
    length = min(max(length, MIN_WINDOW_DAYS), era[1] + 1 - era[0])
    share = (at_px - scale.left_px) / max(scale.width_px, 1.0)
    start = scale.to_day(at_px) - share * length
    return _kept(scale, start, length, era)


def shifted(scale: TimeScale, days: float, era: tuple[int, int]) -> TimeScale:
    """Move the window by so many days, not past the era's ends."""
    return _kept(scale, scale.start_day + days, scale.end_day - scale.start_day, era)


def window_around(
    scale: TimeScale, first: float, end: float, era: tuple[int, int], margin: float = 0.14
) -> TimeScale:
    """Show [first, end) with a margin, a share of its length, on both sides."""
    length = max((end - first) * (1 + 2 * margin), MIN_WINDOW_DAYS)
    middle = (first + end) / 2
    return _kept(scale, middle - length / 2, length, era)


def following(scale: TimeScale, day: float, era: tuple[int, int]) -> TimeScale:
    """Return the window itself if it holds `day`, else one page on that holds it.

    The page leaves four fifths of the window ahead in the direction of travel, so that a date
    that goes on running does not turn the page again at once.
    """
    if scale.holds(day):
        return scale
    length = scale.end_day - scale.start_day
    share = 0.2 if day >= scale.end_day else 0.8
    return _kept(scale, day - share * length, length, era)


def _kept(scale: TimeScale, start: float, length: float, era: tuple[int, int]) -> TimeScale:
    first, end = era[0], era[1] + 1
    length = min(length, end - first)
    start = min(max(start, first), end - length)
    return replace(scale, start_day=start, end_day=start + length)


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark of the calendar: rank 0 opens a larger unit, 1 is labelled, 2 is a mere stroke."""

    day: int
    x_px: float
    rank: int
    label: str = ""
    label_left_px: float = 0.0
    label_width_px: float = 0.0


@dataclass(frozen=True, slots=True)
class _Unit:
    """A rhythm of labels: every `count` days, months or years, and the strokes between them."""

    kind: str
    count: int
    typical_days: float
    strokes: tuple[tuple[str, int], ...] = ()


_UNITS: Final = (
    _Unit("day", 1, 1),
    _Unit("day", 5, 5, (("day", 1),)),
    _Unit("day", 10, 10, (("day", 1), ("day", 5))),
    _Unit("day", 15, 15.2, (("day", 5),)),
    _Unit("month", 1, 30.44, (("day", 10), ("day", 15))),
    _Unit("month", 3, 91.3, (("month", 1),)),
    _Unit("month", 6, 182.6, (("month", 1),)),
    _Unit("year", 1, 365.25, (("month", 3), ("month", 6))),
    _Unit("year", 2, 730.5, (("month", 6), ("year", 1))),
    _Unit("year", 5, 1826.2, (("year", 1),)),
    _Unit("year", 10, 3652.5, (("year", 1),)),
    _Unit("year", 20, 7305.0, (("year", 1), ("year", 5))),
    _Unit("year", 50, 18262.5, (("year", 5), ("year", 10))),
)
_WIDEST: Final = {"day": "30", "month": "May", "year": "1979"}


def ticks(scale: TimeScale, measure: Measure, sticky: bool = True) -> tuple[Tick, ...]:
    """Return the calendar's ticks in a window, left to right; labels never meet.

    A label stands right of its tick, for it names the time that begins there. With `sticky` the
    larger unit under way at the window's left end is named there.
    """
    unit = _labelled_unit(scale, measure)
    labelled = dict(_labelled(scale, unit))
    drawn = [
        Tick(day, scale.to_px(day), 2)
        for day in _stroke_days(scale, unit)
        if day not in labelled and scale.holds(day)
    ]
    wanted = [
        Tick(day, scale.to_px(day), rank, text, scale.to_px(day) + LABEL_OFFSET_PX, measure(text))
        for day, (rank, text) in labelled.items()
        if scale.holds(day)
    ]
    if sticky and (first := _sticky(scale, unit, measure)):
        wanted.append(first)
    return tuple(sorted((*drawn, *_placed(wanted, scale)), key=lambda tick: (tick.x_px, tick.day)))


def _labelled_unit(scale: TimeScale, measure: Measure) -> _Unit:
    """Return the finest rhythm whose labels have room."""
    for unit in _UNITS:
        room_px = unit.typical_days / scale.days_per_px
        if room_px >= measure(_WIDEST[unit.kind]) + LABEL_OFFSET_PX + LABEL_GAP_PX:
            return unit
    return _UNITS[-1]


def _labelled(scale: TimeScale, unit: _Unit) -> Iterator[tuple[int, tuple[int, str]]]:
    """Yield day, rank and text; the year stands where it begins and where it is first seen."""
    year_told = False
    for day in _unit_days(scale, unit):
        year, month, day_of_month = ymd_from_day(day)
        opens, text = True, str(year)
        if unit.kind == "year":
            opens = year % 10 == 0
        elif unit.kind == "month" and month != 1:
            opens, text = False, MONTHS[month - 1][:3]
        elif unit.kind == "day" and day_of_month != 1:
            opens, text = False, str(day_of_month)
        elif unit.kind == "day":
            text = MONTHS[month - 1][:3]
            seen = scale.holds(day)
            if month == 1 or (not year_told and seen):
                text, year_told = f"{text} {year}", year_told or seen
        yield day, (0 if opens else 1, text)


def _unit_days(scale: TimeScale, unit: _Unit) -> Iterator[int]:
    """Yield the days on which a unit begins, the window's neighbourhood included."""
    year, month, _ = ymd_from_day(int(scale.start_day))
    last_year, last_month, _ = ymd_from_day(int(scale.end_day))
    if unit.kind == "year":
        for y in range(year - year % unit.count, last_year + 1, unit.count):
            yield day_from_ymd(y, 1, 1)
        return
    first_index, last_index = year * 12 + month - 1, last_year * 12 + last_month - 1
    if unit.kind == "month":
        for index in range(first_index - first_index % unit.count, last_index + 1, unit.count):
            yield day_from_ymd(index // 12, index % 12 + 1, 1)
        return
    for index in range(first_index, last_index + 1):
        first = day_from_ymd(index // 12, index % 12 + 1, 1)
        for offset in _offsets(unit.count, first):
            yield first + offset


def _offsets(count: int, first_of_month: int) -> range:
    """Return the offsets within a month: 1, 6, 11 ... 26, never a stub before the next month."""
    if count == 1:
        year, month, _ = ymd_from_day(first_of_month + 31)
        return range(day_from_ymd(year, month, 1) - first_of_month)
    return range(0, 31 - count, count)


def _stroke_days(scale: TimeScale, unit: _Unit) -> Iterator[int]:
    """Yield the days of the finest rhythm whose bare strokes can still be told apart."""
    for finer in (known for key in unit.strokes for known in _UNITS if _key(known) == key):
        if finer.typical_days / scale.days_per_px >= MIN_TICK_PX:
            yield from _unit_days(scale, finer)
            return


def _key(unit: _Unit) -> tuple[str, int]:
    return unit.kind, unit.count


def _sticky(scale: TimeScale, unit: _Unit, measure: Measure) -> Tick | None:
    """Return the name of the larger unit the window begins in, None where years speak."""
    if unit.kind == "year":
        return None
    day = int(scale.start_day)
    year, month, _ = ymd_from_day(day)
    text = str(year) if unit.kind == "month" else f"{MONTHS[month - 1][:3]} {year}"
    left = scale.left_px + LABEL_OFFSET_PX
    return Tick(day, scale.left_px, 0, text, left, measure(text))


def _placed(wanted: list[Tick], scale: TimeScale) -> Iterator[Tick]:
    """Yield the ticks, those whose label finds no room as bare strokes; larger units go first."""
    taken: list[tuple[float, float]] = []
    # A unit that opens inside the window speaks for itself: the one under way yields to it.
    for tick in sorted(wanted, key=lambda t: (t.rank, t.x_px <= scale.left_px, t.x_px)):
        left, right = tick.label_left_px, tick.label_left_px + tick.label_width_px
        free = all(right + LABEL_GAP_PX <= a or b + LABEL_GAP_PX <= left for a, b in taken)
        if free and right <= scale.right_px:
            taken.append((left, right))
            yield tick
        elif tick.x_px > scale.left_px:
            yield Tick(tick.day, tick.x_px, tick.rank)
