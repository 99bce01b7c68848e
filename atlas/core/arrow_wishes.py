"""What is lettered along arrows and leading edges: who moves, and when they reached which stop.

Floor: core; neighbours: wish, wishes, words. A date is lettered only where a source gives it; dates
interpolated for the animation are not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from math import hypot
from typing import Final

from atlas.core.lettering import short_label
from atlas.core.model import Feature, PointM, Waypoint
from atlas.core.symbology import sign_for
from atlas.core.wish import Spot, Wish
from atlas.core.words import short_day

AXIS_KINDS: Final = frozenset({"advance-axis", "landing", "incursion", "withdrawal"})
EDGE_KIND: Final = "front-line"
_EDGES_BELOW_M_PER_PX: Final = 2400.0
_UNITS_BELOW_M_PER_PX: Final = 2000.0
_STOPS_BELOW_M_PER_PX: Final = 1500.0
_ALONG: Final = (0.32, 0.42, 0.24, 0.5, 0.16, 0.37, 0.28, 0.46, 0.2)
"""Where along an arrow its unit may be lettered, as shares of its length; best first."""
_GROWN: Final = 0.3
_ALONG_EDGE: Final = (0.5, 0.3, 0.7, 0.12, 0.88)
_LEAST_PX: Final = 34.0
"""Shorter lines carry no unit."""
_SAME_STOP_PX: Final = 26.0
_SAME_DATE_PX: Final = 48.0


def arrow_wishes(features: Iterable[Feature], m_per_px: float) -> Iterator[Wish]:
    """Yield the labels of all line features, edges first, then units, then dates."""
    lines = [feature for feature in features if feature.geometry == "lines"]
    axes = [feature for feature in lines if feature.kind in AXIS_KINDS and feature.growth]
    if m_per_px < _EDGES_BELOW_M_PER_PX:
        yield from (_edge(feature) for feature in lines if feature.kind == EDGE_KIND)
    if m_per_px < _UNITS_BELOW_M_PER_PX:
        for feature in axes:
            if _length_m(feature.parts_m[0]) >= _LEAST_PX * m_per_px:
                yield _unit(feature)
    if m_per_px < _STOPS_BELOW_M_PER_PX:
        yield from _stops(axes, m_per_px)


def _edge(feature: Feature) -> Wish:
    """Return the date of a leading edge, or what limits it if it stands for longer."""
    line = max(feature.parts_m, key=_length_m)
    first, last = feature.when.first_day, feature.when.last_day
    text = f"Front, {short_day(first)}" if last - first < 2 else short_label(feature.name)
    return _along(feature, "edge", text, line, _ALONG_EDGE, first)


def _unit(feature: Feature) -> Wish:
    text = feature.map_label or short_label(feature.name)
    return _along(feature, "unit", text, feature.parts_m[0], _ALONG, _day_at(feature, _GROWN))


def _along(
    feature: Feature,
    kind: str,
    text: str,
    line: tuple[PointM, ...],
    shares: tuple[float, ...],
    first_day: int,
) -> Wish:
    spots = tuple(_spot(line, share) for share in shares)
    x_m, y_m, _, _ = spots[0]
    return Wish(
        kind, f"{feature.id}/{kind}", text, x_m, y_m, first_day, _last_day(feature),
        actor=feature.actor, doubtful=feature.confidence == "low",
        line=feature.id, spots=spots,
    )  # fmt: skip


def _stops(axes: list[Feature], m_per_px: float) -> Iterator[Wish]:
    """Yield the dates of sourced stops, the last one of an axis first.

    Of stops close together on one axis, or of one date on several, only one is lettered.
    """
    kept: list[tuple[str, float, float, float]] = []
    for feature in axes:
        for stop in reversed([w for w in feature.waypoints if w.sourced and w.date_words]):
            x_m, y_m, _, _ = _spot(feature.parts_m[0], stop.fraction)
            if any(
                told in (feature.id, stop.date_words)
                and hypot(x_m - x, y_m - y) < apart_px * m_per_px
                for told, x, y, apart_px in kept
            ):
                continue
            kept.append((feature.id, x_m, y_m, _SAME_STOP_PX))
            kept.append((stop.date_words, x_m, y_m, _SAME_DATE_PX))
            yield _stop(feature, stop, (x_m, y_m))


def _stop(feature: Feature, stop: Waypoint, at_m: PointM) -> Wish:
    # The date of a start says nothing any more where only the way back is left.
    fresh_day = feature.growth[-1][0] + sign_for(feature.kind).linger_days // 4
    return Wish(
        "stop", f"{feature.id}/{stop.fraction}", stop.date_words, *at_m, stop.day,
        min(_last_day(feature), fresh_day), actor=feature.actor,
        doubtful=feature.confidence == "low", line=feature.id,
    )  # fmt: skip


def _day_at(feature: Feature, share: float) -> int:
    """Return the first day an arrow has grown so far."""
    for (day_0, share_0), (day_1, share_1) in pairwise(feature.growth):
        if share_1 >= share > share_0 and share_1 > share_0:
            return day_0 + int((day_1 - day_0) * (share - share_0) / (share_1 - share_0) + 0.999)
    return feature.growth[0][0]


def _last_day(feature: Feature) -> int:
    last = feature.growth[-1][0] if feature.growth else feature.when.last_day
    return last + sign_for(feature.kind).linger_days


def _length_m(line: tuple[PointM, ...]) -> float:
    return sum(hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(line))


def _spot(line: tuple[PointM, ...], share: float) -> Spot:
    """Return the point at a share of a line's length and the unit vector across it."""
    steps = [hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(line)]
    done = list(accumulate(steps, initial=0.0))
    wanted = share * done[-1]
    index = min(max(bisect_right(done, wanted), 1), len(line) - 1)
    (x0, y0), (x1, y1) = line[index - 1], line[index]
    step = steps[index - 1] or 1.0
    t = (wanted - done[index - 1]) / step
    return x0 + (x1 - x0) * t, y0 + (y1 - y0) * t, -(y1 - y0) / step, (x1 - x0) / step
