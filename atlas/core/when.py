"""When a thing held, with its doubt: four day numbers a span, and presence on a date.

Floor: core; neighbours: day, edtf. Spans are half-open: a thing is there on day d when
``start <= d < end``. Start and end are each known only within bounds, hence four numbers.
"""

from enum import IntEnum
from typing import NamedTuple

from atlas.core.day import FAR_FUTURE_DAY, FAR_PAST_DAY
from atlas.core.edtf import EdtfDate, EdtfError, parse_edtf, widened


class Presence(IntEnum):
    """Whether a thing was there on a date, as far as its sources tell."""

    ABSENT = 0
    POSSIBLE = 1
    CERTAIN = 2


class Span(NamedTuple):
    """One stretch of time; all four bounds are day numbers, ends exclusive."""

    earliest_start_day: int
    latest_start_day: int
    earliest_end_day: int
    latest_end_day: int

    def presence(self, day: int) -> Presence:
        """Tell how sure it is that the span holds on `day`."""
        if self.latest_start_day <= day < self.earliest_end_day:
            return Presence.CERTAIN
        if self.earliest_start_day <= day < self.latest_end_day:
            return Presence.POSSIBLE
        return Presence.ABSENT

    def presence_during(self, first_day: int, last_day: int) -> Presence:
        """Tell how sure it is that the span holds on some day from the first to the last.

        What happened on one day out of several is sure once the stretch holds them all.
        """
        if self.latest_start_day <= last_day and first_day < self.earliest_end_day:
            return Presence.CERTAIN
        if self.earliest_start_day <= last_day and first_day < self.latest_end_day:
            return Presence.POSSIBLE
        return Presence.ABSENT


class When(NamedTuple):
    """Every stretch in which a thing held; a place lost and retaken has several."""

    spans: tuple[Span, ...]

    def presence(self, day: int) -> Presence:
        """Return the strongest presence any span gives for `day`."""
        return max((span.presence(day) for span in self.spans), default=Presence.ABSENT)

    def presence_during(self, first_day: int, last_day: int) -> Presence:
        """Return the strongest presence any span gives for some day of a stretch."""
        found = (span.presence_during(first_day, last_day) for span in self.spans)
        return max(found, default=Presence.ABSENT)

    @property
    def first_day(self) -> int:
        """The earliest day the thing may have been there."""
        return min((s.earliest_start_day for s in self.spans), default=FAR_PAST_DAY)

    @property
    def shown_day(self) -> int:
        """The first day the thing was surely there.

        If none is sure, the middle of its first possible stretch: no end of it is likelier.
        """
        sure = [s.latest_start_day for s in self.spans if s.latest_start_day < s.earliest_end_day]
        if sure or not self.spans:
            return min(sure, default=self.first_day)
        first = min(self.spans)
        return (first.earliest_start_day + first.latest_end_day - 1) // 2

    @property
    def last_day(self) -> int:
        """The last day the thing may have been there."""
        return max((s.latest_end_day for s in self.spans), default=FAR_FUTURE_DAY) - 1


def span_from_edtf(start_text: str, end_text: str) -> Span:
    """Make a span from its two EDTF texts; the end text names the last day, inclusive.

    An approximate end (``~``) is widened by the atlas's convention (`edtf.widened`). An empty
    text or ``..`` leaves that end open.

    Raises
    ------
    EdtfError
        If a text cannot be read, or the end lies wholly before the start.
    """
    return span_between(widened(parse_edtf(start_text)), widened(parse_edtf(end_text)))


def span_between(start: EdtfDate, end: EdtfDate) -> Span:
    """Make a span from two dates already read, approximate ones widened; the end is inclusive.

    Raises
    ------
    EdtfError
        If the end lies wholly before the start.
    """
    if start.unit == "open":
        first, sure_from = FAR_PAST_DAY, FAR_PAST_DAY
    else:
        first, sure_from = start.start_day, start.end_day - 1
    if end.unit == "open":
        sure_to, last = FAR_FUTURE_DAY, FAR_FUTURE_DAY
    else:
        sure_to, last = end.start_day + 1, end.end_day
    if last <= first:
        raise EdtfError(f"the end “{end.text}” lies before the start “{start.text}”")
    return Span(first, sure_from, sure_to, last)
