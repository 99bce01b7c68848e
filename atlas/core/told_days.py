"""How much each day counts where names are placed: those the story tells of count for many.

Floor: core; neighbours: model, day. A name that must be hidden some of the time had better be so
on days nobody looks at. Days are counted on a longer scale, on which a told day is as long as
years of others; what overlaps in time overlaps on that scale, and nothing else does.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import Final, NamedTuple

from atlas.core.day import day_from_ymd
from atlas.core.kept_results import kept_while_held
from atlas.core.model import Atlas

_OPENING_DAYS: Final = 2500
"""A panel opens on a day that counts for as many: about what a relation lasts."""
_NAMED_DAYS: Final = 250
_DATE: Final = re.compile(r"\(date:(\d{4})-(\d\d)-(\d\d)\)")


class ToldDays(NamedTuple):
    """Days that count for more, in order, and what all before each of them add up to."""

    days: tuple[int, ...] = ()
    added: tuple[int, ...] = (0,)

    def first(self, day: int) -> int:
        """Return where a span that begins on a day begins on the longer scale."""
        return day + self.added[bisect_left(self.days, day)]

    def last(self, day: int) -> int:
        """Return where a span that ends with a day ends on the longer scale."""
        return day + self.added[bisect_right(self.days, day)]


ALL_ALIKE: Final = ToldDays()


def told_days(counting: dict[int, int]) -> ToldDays:
    """Return the scale on which each of these days counts for so many more."""
    days = tuple(sorted(counting))
    return ToldDays(days, tuple(accumulate((counting[day] for day in days), initial=0)))


@kept_while_held(1)
def days_told_in(atlas: Atlas) -> ToldDays:
    """Return the scale of a story: its panels' opening days first, then the dates in its text."""
    counting: dict[int, int] = {}
    for panel in atlas.story.panels:
        for year, month, day in _DATE.findall(panel.body):
            named = _day(int(year), int(month), int(day))
            if named is not None:
                counting[named] = _NAMED_DAYS
    counting.update((panel.day, _OPENING_DAYS) for panel in atlas.story.panels)
    return told_days(counting)


def _day(year: int, month: int, day: int) -> int | None:
    try:
        return day_from_ymd(year, month, day)
    except ValueError:  # no such day: told of where the story is checked
        return None
