"""Axes of advance grown to a date. Floor: core; neighbours: model, scene.

An axis is one line with dated waypoints; between two dates its tip moves evenly. Each stretch
knows whether a source dates its end or whether it is only interpolated.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise
from math import hypot

from atlas.core.model import Feature, PointM, Waypoint
from atlas.core.scene import Arrow, Stretch


def grown_fraction(growth: tuple[tuple[int, float], ...], day: int) -> float:
    """Return how much of an axis stands at the end of `day` (0..1).

    `growth` is sorted by day; of entries on one day the last counts: the whole day is over.
    """
    index = bisect_right(growth, day, key=lambda entry: entry[0])
    if index == 0:
        return 0.0
    day_0, fraction_0 = growth[index - 1]
    if index == len(growth):
        return fraction_0
    day_1, fraction_1 = growth[index]
    return fraction_0 + (fraction_1 - fraction_0) * (day - day_0) / (day_1 - day_0)


def grown_arrow(feature: Feature, day: int, ink: float, doubt: bool) -> Arrow | None:
    """Return a line feature as it stands on a day, None before its first step."""
    if not feature.growth:
        stretches: tuple[Stretch, ...] = (Stretch(0.0, 1.0, not feature.schematic),)
        lines, grown = feature.parts_m, 1.0
    else:
        grown = grown_fraction(feature.growth, day)
        if grown <= 0:
            return None
        lines = (clipped(feature.parts_m[0], feature.fractions, grown),)
        stretches = _stretches(feature.waypoints, grown)
    return Arrow(
        feature_id=feature.id,
        kind=feature.kind,
        actor=feature.actor,
        lines_m=lines,
        stretches=stretches,
        ink=ink,
        doubt=doubt,
        grown=grown,
        label=feature.name,
        weight=feature.weight,
        far=feature.far,
    )


def attested(arrow: Arrow) -> Arrow | None:
    """Return an arrow's dated beginning, up to the last stop a source dates; None if none is."""
    sourced = tuple(s for s in arrow.stretches if s.sourced)
    if not sourced:
        return None
    reach = max(s.to_fraction for s in sourced)
    line = arrow.lines_m[0]
    short = clipped(line, _length_fractions(line), reach)
    stretches = tuple(
        Stretch(s.from_fraction / reach, s.to_fraction / reach, True) for s in sourced
    )
    return arrow._replace(
        lines_m=(short, *arrow.lines_m[1:]), stretches=stretches, grown=arrow.grown * reach
    )


def _length_fractions(line: tuple[PointM, ...]) -> tuple[float, ...]:
    steps = [hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(line)]
    total = sum(steps) or 1.0
    return tuple(done / total for done in accumulate(steps, initial=0.0))


def clipped(
    line_m: tuple[PointM, ...], fractions: tuple[float, ...], fraction: float
) -> tuple[PointM, ...]:
    """Return the line up to `fraction`; `fractions` are its vertices' own, rising from 0 to 1."""
    if fraction >= 1:
        return line_m
    index = bisect_right(fractions, fraction)
    if index >= len(line_m):
        return line_m
    (x0, y0), (x1, y1) = line_m[index - 1], line_m[index]
    f0, f1 = fractions[index - 1], fractions[index]
    t = (fraction - f0) / (f1 - f0) if f1 > f0 else 0.0
    tip = (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t)
    return (*line_m[:index], tip) if t > 0 else line_m[:index]


def _stretches(waypoints: tuple[Waypoint, ...], grown: float) -> tuple[Stretch, ...]:
    """Cut the grown part where waypoints stand; fractions are of the grown line."""
    stretches = []
    done = 0.0
    for waypoint in waypoints:
        if waypoint.fraction <= done:
            continue
        end = min(waypoint.fraction, grown)
        if end > done:
            stretches.append(Stretch(done / grown, end / grown, waypoint.sourced))
        done = waypoint.fraction
        if done >= grown:
            return tuple(stretches)
    if done < grown:
        stretches.append(Stretch(done / grown, 1.0, False))
    return tuple(stretches)
