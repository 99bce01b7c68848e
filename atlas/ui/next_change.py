"""What is in view at any date, and the nearest date on which some of it changes.

Floor: ui, but plain values only; neighbours: window_commands, time_view. Only what the layers
show and the window holds counts, so that keys lead from event to event of what is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from atlas.core.model import Atlas, BoxM, Feature
from atlas.core.state import State
from atlas.core.viewport import extent_m
from atlas.core.when import Span


def next_change_day(state: State, atlas: Atlas, direction: int) -> int | None:
    """Return the nearest later (1) or earlier (-1) day of change, None if there is none."""
    story = atlas.story
    days = (d for d in _days(state, atlas) if story.first_day <= d <= story.last_day)
    if direction > 0:
        return min((d for d in days if d > state.day), default=None)
    return max((d for d in days if d < state.day), default=None)


def features_in_view(state: State, atlas: Atlas) -> Iterator[Feature]:
    """Yield what the visible layers hold within the map's extent, at whatever date."""
    view_m = extent_m(state.camera, state.viewport_px)
    atlas = atlas.seen_in(state.camera.projection)
    layers = state.shown_layers
    for feature in atlas.features:
        shown = feature.layer in layers and feature.default_visible and not feature.inset
        if shown and _meets(feature.bbox_m, view_m):
            yield feature


def _days(state: State, atlas: Atlas) -> Iterator[int]:
    for feature in features_in_view(state, atlas):
        yield from _feature_days(feature)
    view_m = extent_m(state.camera, state.viewport_px)
    if "polities" in state.shown_layers:
        for polity in atlas.seen_in(state.camera.projection).polities:
            if any(_holds(view_m, x_m, y_m) for x_m, y_m, _ in polity.anchors_m):
                yield from _span_days(polity.span)


def _feature_days(feature: Feature) -> Iterator[int]:
    for span in feature.when.spans:
        yield from _span_days(span)
    for day, _ in feature.growth:
        yield day


def _span_days(span: Span) -> Iterator[int]:
    """Yield first day, first sure day, first doubtful day and first day gone."""
    yield span.earliest_start_day
    yield span.latest_start_day
    yield span.earliest_end_day
    yield span.latest_end_day


def _meets(box: BoxM, view: BoxM) -> bool:
    return box[0] <= view[2] and box[2] >= view[0] and box[1] <= view[3] and box[3] >= view[1]


def _holds(view: BoxM, x_m: float, y_m: float) -> bool:
    return view[0] <= x_m <= view[2] and view[1] <= y_m <= view[3]
