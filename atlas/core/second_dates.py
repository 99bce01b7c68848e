"""Which date a map is compared with before the reader chooses one.

Floor: core; neighbours: state, model; actions is built on it.
"""

from __future__ import annotations

from atlas.core.day import FAR_FUTURE_DAY, FAR_PAST_DAY, shift_months
from atlas.core.model import Panel, Story
from atlas.core.state import Comparison, State


def first_other(state: State, story: Story) -> int:
    """Return the last day of the open panel's span; a year later or earlier if that is today."""
    span = story.panel(state.panel).span
    last = story.last_day if span is None else span.latest_end_day - 1
    wanted = min(max(last, story.first_day), story.last_day)
    if span is not None and wanted != state.day:
        return wanted
    later = shift_months(state.day, 12)
    return later if later <= story.last_day else shift_months(state.day, -12)


def comparison_in(panel: Panel, kept: Comparison) -> Comparison:
    """Return what is compared once a panel is opened: no date of the panel before."""
    if panel.span is None or kept.mode == "off":
        return kept._replace(mode="off", day=None)
    ends = (panel.span.latest_end_day - 1, panel.span.earliest_start_day)
    known = (end for end in ends if FAR_PAST_DAY < end < FAR_FUTURE_DAY - 1)
    day = next((end for end in known if end != panel.day), None)
    return kept._replace(mode="off" if day is None else kept.mode, day=day)
