"""Where every name of a neighbourhood stands at a scale, planned once for all dates.

Floor: render; neighbours: name_boxes, letters, style; the plan itself is `core.label_plan`. It
holds pixels of the whole map at one scale, so that panning moves every name alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from math import hypot, inf
from typing import Final

from atlas.core.label_plan import Candidate, Obstacle, Planned, plan
from atlas.core.labels import BoxPx
from atlas.core.lines import Lines
from atlas.core.model import Feature
from atlas.core.told_days import ToldDays
from atlas.core.traces import is_hatched, last_lettered_day, last_shown_day
from atlas.core.wish import Wish
from atlas.core.wishes import Wishes
from atlas.render.known_names import KnownNames, Places
from atlas.render.letters import Lettering
from atlas.render.marks import SYMBOL_PX
from atlas.render.name_boxes import DOT_PX, apart_costs_days, boxes_for, lettering_for
from atlas.render.relations import KINDS
from atlas.render.style import Style

DOTTED: Final = frozenset({"capital", "town"})
_LASTING: Final = DOTTED | {"country"}
DOT_BOX_PX: Final = DOT_PX + 1.4
_ARROW_STEP_PX: Final = 9.0
_STRUCK_OUT_PX: Final = 13.0
"""Of smaller letters a symbol leaves none to be read: a country's name then gives way to it."""
_BESIDE_POINTS: Final = frozenset({"mark", "town", "stop"})
_CLEAR_OF_ARCS: Final = frozenset({"country", "town", "mark"})
_UNDER_ARROWS: Final = frozenset({"town", "unit", "stop", "edge"})
_REACH_PX: Final = 300.0
"""How far a name may reach from its point."""
_PLAIN_LINES: Final = frozenset({"front-line", "supply-route", "movement"})
_HEAD_PX: Final = 5.0
"""Half the length of an arc's head."""


@dataclass(frozen=True, eq=False)
class NamePlan:
    """All names of a neighbourhood with their boxes, in pixels of the map from its origin."""

    wishes: tuple[Wish, ...]
    letters: tuple[Lettering, ...]
    planned: tuple[Planned, ...]
    obstacle_owners: tuple[str, ...]
    m_per_px: float

    @cached_property
    def sliding(self) -> tuple[int, ...]:
        """Which of them may stand anywhere in what they name: in countries and areas."""
        return tuple(i for i, wish in enumerate(self.wishes) if wish.rooms)

    @cached_property
    def lasting(self) -> tuple[int, ...]:
        """Which of them are there for years: of countries and towns."""
        return tuple(i for i, wish in enumerate(self.wishes) if wish.kind in _LASTING)


_asked_first: list[KnownNames] = []


def ask_first(known: KnownNames) -> None:
    """Let the next plan be one known from an earlier run, if it is among those."""
    _asked_first[:] = [known]


def keep_names(known: KnownNames, wishes: Wishes, style: Style, m_per_px: float) -> None:
    """Write down a plan for later runs."""
    plan_ = name_plan(wishes, style, m_per_px)
    known.keep(wishes, plan_.letters, m_per_px, Places(plan_.planned, plan_.obstacle_owners))


@lru_cache(maxsize=12)
def name_plan(wishes: Wishes, style: Style, m_per_px: float) -> NamePlan:
    """Return where every wished name stands at a scale."""
    lettered = [(wish, lettering_for(wish, style, m_per_px)) for wish in wishes.items]
    with_room = [(wish, letters) for wish, letters in lettered if letters is not None]
    kept, letters = tuple(zip(*with_room, strict=True)) or ((), ())
    known = _asked_first.pop() if _asked_first else None
    places = known.find(wishes, letters, m_per_px) if known else None
    return NamePlan(kept, letters, *(places or _places(wishes, with_room, m_per_px)), m_per_px)


def _places(wishes: Wishes, lettered: list[tuple[Wish, Lettering]], m_per_px: float) -> Places:
    """Return where names stand, planned anew."""
    candidates: list[Candidate] = []
    countries: set[str] = set()
    told = wishes.told
    arcs = Lines(_arcs(wishes.features, m_per_px, told), _ground_px(wishes, m_per_px))
    for wish, letters in lettered:
        spare = wish.kind == "country" and wish.owner in countries
        countries.add(wish.owner)
        candidates.append(_candidate(wish, letters, m_per_px, told, spare))
    obstacles: list[Obstacle] = []
    owners: list[str] = []
    for feature in wishes.features:
        aside_px = wishes.aside.get(feature.id, (0.0, 0.0))
        for obstacle in _obstacles(feature, m_per_px, told, aside_px):
            obstacles.append(obstacle)
            owners.append(feature.id)
    return Places(plan(candidates, obstacles, lines=arcs), tuple(owners))


def _candidate(
    wish: Wish, letters: Lettering, m_per_px: float, told: ToldDays, spare: bool
) -> Candidate:
    """Return what the plan has to know of a wish."""
    boxes, costs = boxes_for(wish, letters, m_per_px)
    first_day, last_day = told.first(wish.first_day), told.last(wish.last_day)
    large = wish.kind == "country" and letters.size_px > _STRUCK_OUT_PX
    return Candidate(
        boxes,
        first_day,
        last_day,
        insists=large or wish.kind == "capital",
        costs_days=costs,
        dot=_dot_px(wish, m_per_px),
        off_lines=wish.kind in _CLEAR_OF_ARCS,
        spare=spare,
        under_arrows=wish.kind in _UNDER_ARROWS,
        reserves=wish.kind == "country" and not large and not spare,
        at=_own_px(wish, m_per_px),
        apart_costs_days=apart_costs_days(last_day - first_day + 1) if wish.kind == "mark" else inf,
        line=wish.line,
    )


def _dot_px(wish: Wish, m_per_px: float) -> BoxPx | None:
    """Return the box of the dot a town is drawn with, in pixels of the map."""
    if wish.kind not in DOTTED:
        return None
    x, y = map_px(wish.x_m, wish.y_m, m_per_px)
    return x - DOT_BOX_PX, y - DOT_BOX_PX, x + DOT_BOX_PX, y + DOT_BOX_PX


def _own_px(wish: Wish, m_per_px: float) -> tuple[float, float] | None:
    """Return the point a name belongs to: nearer to another it would be read as that one's."""
    if wish.kind not in _BESIDE_POINTS or wish.hatched:
        return None
    return map_px(wish.x_m, wish.y_m, m_per_px)


def _ground_px(wishes: Wishes, m_per_px: float) -> BoxPx:
    """Return a box of map pixels with room for every name wished for."""
    x_m = [wish.x_m for wish in wishes.items] or [0.0]
    y_m = [wish.y_m for wish in wishes.items] or [0.0]
    left, top = map_px(min(x_m), max(y_m), m_per_px)
    right, bottom = map_px(max(x_m), min(y_m), m_per_px)
    return left - _REACH_PX, top - _REACH_PX, right + _REACH_PX, bottom + _REACH_PX


def _obstacles(
    feature: Feature, m_per_px: float, told: ToldDays, aside_px: tuple[float, float] = (0.0, 0.0)
) -> list[Obstacle]:
    """Return the boxes of a feature's symbol, or those strung along its arrow from day to day."""
    first, last = told.first(feature.when.first_day), told.last(last_lettered_day(feature))
    if feature.geometry == "point":
        if is_hatched(feature):
            return []
        x, y = map_px(*feature.parts_m[0][0], m_per_px)
        x, y = x + aside_px[0], y + aside_px[1]
        r = SYMBOL_PX + 1
        return [Obstacle((x - r, y - r, x + r, y + r), first, last)]
    if feature.kind in KINDS:
        return [Obstacle(_head_px(feature, m_per_px), first, last)]
    if feature.geometry != "lines" or feature.kind in _PLAIN_LINES:
        return []
    return _arrow_obstacles(feature, m_per_px, told)


def _head_px(feature: Feature, m_per_px: float) -> BoxPx:
    """Return a box round the head of an arc."""
    (x0, y0), (x, y) = (map_px(*point, m_per_px) for point in feature.parts_m[0][-2:])
    back = _HEAD_PX / (hypot(x - x0, y - y0) or 1.0)
    x, y = x + (x0 - x) * back, y + (y0 - y) * back
    return x - _HEAD_PX, y - _HEAD_PX, x + _HEAD_PX, y + _HEAD_PX


def _arrow_obstacles(feature: Feature, m_per_px: float, told: ToldDays) -> list[Obstacle]:
    line = [map_px(x, y, m_per_px) for x, y in feature.parts_m[0]]
    last = told.last(last_shown_day(feature))
    growth = feature.growth or ((feature.when.first_day, 1.0),)
    growth = tuple((told.first(day), share) for day, share in growth)
    total = sum(hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(line)) or 1.0
    obstacles, done = [], 0.0
    for (x0, y0), (x1, y1) in pairwise(line):
        length = hypot(x1 - x0, y1 - y0)
        for i in range(int(length // _ARROW_STEP_PX) + 1):
            t = min(1.0, i * _ARROW_STEP_PX / length) if length else 0.0
            share = (done + t * length) / total
            day = next((day for day, fraction in growth if fraction >= share), growth[-1][0])
            x, y = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t
            box = x - 4, y - 4, x + 4, y + 4
            obstacles.append(Obstacle(box, day, last, soft=True, line=feature.id))
        done += length
    return obstacles


def _arcs(
    features: Iterable[Feature], m_per_px: float, told: ToldDays
) -> Iterator[tuple[list[tuple[float, float]], int, int]]:
    """Yield the arcs of relations with their days: a country stands clear of them if it can."""
    for feature in features:
        if feature.kind in KINDS:
            line = [map_px(x, y, m_per_px) for x, y in feature.parts_m[0]]
            days = told.first(feature.when.first_day), told.last(last_shown_day(feature))
            yield line, *days


def map_px(x_m: float, y_m: float, m_per_px: float) -> tuple[float, float]:
    """Return the pixel of the whole map a map point lies at, y down."""
    return x_m / m_per_px, -y_m / m_per_px
