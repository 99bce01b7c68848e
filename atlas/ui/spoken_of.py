"""Which links of a text speak of a day: their sentences light up as the date moves.

Floor: ui; neighbours: panel_dock, which tells the day; panel_view, which lights them. What is
known no better than to a month is left dark: a sentence about a decade would never go out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from atlas.core.edtf import EdtfError, parse_edtf
from atlas.core.model import Atlas, Feature
from atlas.core.panel_markup import Link
from atlas.ui.panel_document import Placed
from atlas.ui.panel_view import PanelView

LONGEST_DAYS: Final = 31
Days = tuple[int, int]
"""First day and the day after the last."""


def days_of(link: Link, atlas: Atlas) -> tuple[Days, ...]:
    """Return the days a link speaks of, none for one that speaks of no short time."""
    if link.kind == "date":
        try:
            date = parse_edtf(link.target)
        except EdtfError:
            return ()
        return _short([(date.start_day, date.end_day)])
    if link.kind == "feature" and link.target in atlas.feature_by_id:
        return days_of_feature(atlas.feature_by_id[link.target])
    return ()


def days_of_feature(feature: Feature) -> tuple[Days, ...]:
    """Return the days of what happened within a month, none for what lasted longer."""
    return _short((s.earliest_start_day, s.latest_end_day) for s in feature.when.spans)


def _short(spans: Iterable[Days]) -> tuple[Days, ...]:
    return tuple(days for days in spans if days[1] - days[0] <= LONGEST_DAYS)


class DayLights:
    """Lights up what a panel's text says of the day shown."""

    def __init__(self, view: PanelView, atlas: Atlas) -> None:
        self._view, self._atlas = view, atlas
        self._told: list[tuple[Days, Placed]] = []
        self._lit: list[Placed] = []

    def take_up(self, placed: Iterable[Placed]) -> None:
        """Read when the links of another text are about."""
        self._told = [(days, p) for p in placed for days in days_of(p.link, self._atlas)]
        self._lit = []

    def show(self, first_day: int, last_day: int) -> None:
        """Light up the sentences that speak of a day, or of any in a stretch."""
        told = self._told
        lit = [placed for (first, end), placed in told if first <= last_day and first_day < end]
        if lit != self._lit:
            self._lit = lit
            self._view.light_spoken(lit)
