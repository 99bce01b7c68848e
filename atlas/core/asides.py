"""Signs set a little aside where several would stand on one another, as printed atlases do.

Floor: core; neighbours: model, traces. Who gives way is settled once for all time at a scale, like
the places of names: no sign moves while the date does. Signs that never show together stand
wherever they belong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import cos, inf, pi, sin
from types import MappingProxyType
from typing import Final, NamedTuple

from atlas.core.heaps import importance
from atlas.core.kept_results import kept_while_held
from atlas.core.model import Atlas, Feature
from atlas.core.traces import is_generalised, is_hatched, last_shown_day

PointPx = tuple[float, float]
CLOSE: Final = 0.7
"""Nearer than this share of what is wished for, a sign hides too much of another."""
_ALIKE_NEARER: Final = 1.8
"""Signs of one kind and side may stand so many times nearer: they are told apart more easily."""
_FIRST_RAD: Final = pi / 2
"""Above its place first: names stand beside them."""
_CELL_PX: Final = 32.0


def _ring(radius_px: float, count: int) -> Iterator[PointPx]:
    """Yield places around a point from above leftwards: at the right stands the name."""
    for i in range(count):
        turn = _FIRST_RAD + i * 2 * pi / count
        yield radius_px * cos(turn), -radius_px * sin(turn)


class Leeway(NamedTuple):
    """How far apart signs are wished for, and how far aside one may go, the nearest first; px."""

    apart_px: float
    shifts: tuple[PointPx, ...]


WIDE: Final = Leeway(11.5, (*_ring(11.5, 8), *_ring(19.0, 12)))
NARROW: Final = Leeway(8.5, tuple(_ring(8.5, 8)))
_NARROW_FROM_M_PER_PX: Final = 2500.0
"""On smaller scales a sign far aside would stand in another country."""


class Spot(NamedTuple):
    """A sign's place in pixels of the map, y down, and the days it shows, both included."""

    key: str
    looks: tuple[str, str]
    """Its kind and side: what it is drawn like."""
    x_px: float
    y_px: float
    first_day: int = 0
    last_day: int = 0
    twin: str = ""
    """Another sign for the same thing: of both only one is drawn."""


@kept_while_held(8)
def asides(atlas: Atlas, layers: frozenset[str], m_per_px: float) -> Mapping[str, PointPx]:
    """Return the signs that stand aside at a scale, and how far, in pixels east and south."""
    shown = (
        feature
        for feature in atlas.features
        if feature.layer in layers
        and feature.geometry == "point"
        and feature.default_visible
        and not feature.inset
        and not is_hatched(feature)
        and not is_generalised(feature, m_per_px)
    )
    spots = (_spot(feature, m_per_px) for feature in sorted(shown, key=importance))
    return MappingProxyType(spread(spots, leeway(m_per_px)))


def _spot(feature: Feature, m_per_px: float) -> Spot:
    x_m, y_m = feature.parts_m[0][0]
    days = feature.when.first_day, last_shown_day(feature)
    looks = feature.kind, feature.actor
    return Spot(feature.id, looks, x_m / m_per_px, -y_m / m_per_px, *days, feature.same_as)


def leeway(m_per_px: float) -> Leeway:
    """Return how far aside signs may go at a scale."""
    return NARROW if m_per_px >= _NARROW_FROM_M_PER_PX else WIDE


def spread(spots: Iterable[Spot], within: Leeway = WIDE) -> dict[str, PointPx]:
    """Return what must be added to the places of some spots so that each sign is seen.

    Spots come most important first: the earlier keep their place. One that finds no free place
    within the leeway takes the freest there is.
    """
    cells: dict[tuple[int, int], list[Spot]] = {}
    moved: dict[str, PointPx] = {}
    for spot in spots:
        around = [_way(spot, other) for other in _near(spot, cells)]
        dx, dy = _shift(around, within)
        if dx or dy:
            moved[spot.key] = dx, dy
        placed = spot._replace(x_px=spot.x_px + dx, y_px=spot.y_px + dy)
        cells.setdefault(_cell(placed), []).append(placed)
    return moved


def _cell(spot: Spot) -> tuple[int, int]:
    return int(spot.x_px // _CELL_PX), int(spot.y_px // _CELL_PX)


def _near(spot: Spot, cells: Mapping[tuple[int, int], list[Spot]]) -> Iterator[Spot]:
    """Yield what is near a spot and shows on one of its days."""
    column, row = _cell(spot)
    for x in (column - 1, column, column + 1):
        for y in (row - 1, row, row + 1):
            for other in cells.get((x, y), ()):
                together = other.first_day <= spot.last_day and spot.first_day <= other.last_day
                if together and other.key != spot.twin:
                    yield other


def _way(spot: Spot, other: Spot) -> tuple[float, float, float]:
    """Return how far off another sign is, and how much its square counts."""
    alike = _ALIKE_NEARER**2 if other.looks == spot.looks else 1.0
    return other.x_px - spot.x_px, other.y_px - spot.y_px, alike


def _shift(around: list[tuple[float, float, float]], within: Leeway) -> PointPx:
    """Return the first shift that clears a sign of those around it, the freest if none does."""
    freest, most = (0.0, 0.0), _clearance(0.0, 0.0, around)
    wished = within.apart_px**2
    if most >= wished * CLOSE**2:
        return freest
    for shift in within.shifts:
        room = _clearance(*shift, around)
        if room >= wished:
            return shift
        if room > most:
            freest, most = shift, room
    return freest


def _clearance(dx: float, dy: float, around: list[tuple[float, float, float]]) -> float:
    """Return the square of the distance to the nearest sign after a shift."""
    return (
        min(((x - dx) * (x - dx) + (y - dy) * (y - dy)) * alike for x, y, alike in around)
        if around
        else inf
    )
