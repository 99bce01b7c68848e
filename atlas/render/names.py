"""Names on the map: wishes lettered, planned once a neighbourhood, and chosen for the day.

Floor: render; neighbours: letters, style, frame, name_boxes; the plan itself is
`core.label_plan`. The plan holds pixels of the whole map at one scale, so that panning moves every
name alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from math import hypot
from typing import Final, NamedTuple

from atlas.core.label_plan import Candidate, Obstacle, Planned, plan
from atlas.core.labels import BoxPx, Occupied
from atlas.core.leaders import Leader
from atlas.core.lettering import short_label
from atlas.core.lines import Lines
from atlas.core.model import Feature
from atlas.core.scene import Mark, Scene
from atlas.core.told_days import ToldDays
from atlas.core.traces import is_hatched, last_lettered_day, last_shown_day
from atlas.core.wish import Wish
from atlas.core.wishes import Wishes
from atlas.render.frame import Frame
from atlas.render.letters import Lettering
from atlas.render.marks import SYMBOL_PX
from atlas.render.name_boxes import DOT_PX, apart_costs_days, boxes_for, lettering_for
from atlas.render.relations import KINDS
from atlas.render.style import Style

_LEAST_LABEL_INK: Final = 0.45
_PRESENT_INK: Final = 0.7
_ARROW_STEP_PX: Final = 9.0
_STRUCK_OUT_PX: Final = 13.0
"""Of smaller letters a symbol leaves none to be read: a country's name then gives way to it."""
_DOTTED: Final = frozenset({"capital", "town"})
_AT_POINTS: Final = _DOTTED | {"mark"}
_DOT_BOX_PX: Final = DOT_PX + 1.4
_CLEAR_OF_ARCS: Final = frozenset({"country", "town", "mark"})
_UNDER_ARROWS: Final = frozenset({"town", "unit", "stop", "edge"})
_REACH_PX: Final = 300.0
"""How far a name may reach from its point."""
_PLAIN_LINES: Final = frozenset({"front-line", "supply-route", "movement"})
_HEAD_PX: Final = 5.0
"""Half the length of an arc's head."""


class PlacedName(NamedTuple):
    """A name with the corner it is drawn at, and the town's dot it belongs to, if any."""

    wish: Wish
    letters: Lettering
    x_px: float
    y_px: float
    dot_px: tuple[float, float] | None = None
    leader: Leader | None = None
    """The hairline to a sign further off."""


class NamePlan(NamedTuple):
    """All names of a neighbourhood with their boxes, in pixels of the map from its origin."""

    wishes: tuple[Wish, ...]
    letters: tuple[Lettering, ...]
    planned: tuple[Planned, ...]
    obstacle_owners: tuple[str, ...]
    m_per_px: float


@lru_cache(maxsize=12)
def name_plan(wishes: Wishes, style: Style, m_per_px: float) -> NamePlan:
    """Return where every wished name stands at a scale."""
    kept: list[Wish] = []
    letters: list[Lettering] = []
    candidates: list[Candidate] = []
    countries: set[str] = set()
    told = wishes.told
    arcs = Lines(_arcs(wishes.features, m_per_px, told), _ground_px(wishes, m_per_px))
    for wish in wishes.items:
        lettering = lettering_for(wish, style, m_per_px)
        if lettering is None:
            continue
        kept.append(wish)
        letters.append(lettering)
        spare = wish.kind == "country" and wish.owner in countries
        countries.add(wish.owner)
        candidates.append(_candidate(wish, lettering, m_per_px, told, spare))
    obstacles: list[Obstacle] = []
    owners: list[str] = []
    for feature in wishes.features:
        aside_px = wishes.aside.get(feature.id, (0.0, 0.0))
        for obstacle in _obstacles(feature, m_per_px, told, aside_px):
            obstacles.append(obstacle)
            owners.append(feature.id)
    planned = plan(candidates, obstacles, lines=arcs)
    return NamePlan(tuple(kept), tuple(letters), planned, tuple(owners), m_per_px)


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
        at=_sign_px(wish, m_per_px),
        apart_costs_days=apart_costs_days(last_day - first_day + 1),
    )


def _dot_px(wish: Wish, m_per_px: float) -> BoxPx | None:
    """Return the box of the dot a town is drawn with, in pixels of the map."""
    if wish.kind not in _DOTTED:
        return None
    x, y = _map_px(wish.x_m, wish.y_m, m_per_px)
    return x - _DOT_BOX_PX, y - _DOT_BOX_PX, x + _DOT_BOX_PX, y + _DOT_BOX_PX


def _sign_px(wish: Wish, m_per_px: float) -> tuple[float, float] | None:
    """Return where the sign stands that a name may be tied to by a hairline."""
    if wish.kind != "mark" or wish.hatched:
        return None
    return _map_px(wish.x_m, wish.y_m, m_per_px)


def _ground_px(wishes: Wishes, m_per_px: float) -> BoxPx:
    """Return a box of map pixels with room for every name wished for."""
    x_m = [wish.x_m for wish in wishes.items] or [0.0]
    y_m = [wish.y_m for wish in wishes.items] or [0.0]
    left, top = _map_px(min(x_m), max(y_m), m_per_px)
    right, bottom = _map_px(max(x_m), min(y_m), m_per_px)
    return left - _REACH_PX, top - _REACH_PX, right + _REACH_PX, bottom + _REACH_PX


def _obstacles(
    feature: Feature, m_per_px: float, told: ToldDays, aside_px: tuple[float, float] = (0.0, 0.0)
) -> list[Obstacle]:
    """Return the boxes of a feature's symbol, or those strung along its arrow from day to day."""
    first, last = told.first(feature.when.first_day), told.last(last_lettered_day(feature))
    if feature.geometry == "point":
        if is_hatched(feature):
            return []
        x, y = _map_px(*feature.parts_m[0][0], m_per_px)
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
    (x0, y0), (x, y) = (_map_px(*point, m_per_px) for point in feature.parts_m[0][-2:])
    back = _HEAD_PX / (hypot(x - x0, y - y0) or 1.0)
    x, y = x + (x0 - x) * back, y + (y0 - y) * back
    return x - _HEAD_PX, y - _HEAD_PX, x + _HEAD_PX, y + _HEAD_PX


def _arrow_obstacles(feature: Feature, m_per_px: float, told: ToldDays) -> list[Obstacle]:
    line = [_map_px(x, y, m_per_px) for x, y in feature.parts_m[0]]
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
            obstacles.append(Obstacle((x - 4, y - 4, x + 4, y + 4), day, last, soft=True))
        done += length
    return obstacles


def _arcs(
    features: Iterable[Feature], m_per_px: float, told: ToldDays
) -> Iterator[tuple[list[tuple[float, float]], int, int]]:
    """Yield the arcs of relations with their days: a country stands clear of them if it can."""
    for feature in features:
        if feature.kind in KINDS:
            line = [_map_px(x, y, m_per_px) for x, y in feature.parts_m[0]]
            days = told.first(feature.when.first_day), told.last(last_shown_day(feature))
            yield line, *days


def _map_px(x_m: float, y_m: float, m_per_px: float) -> tuple[float, float]:
    return x_m / m_per_px, -y_m / m_per_px


def placed_names(
    scene: Scene, style: Style, frame: Frame, furniture: Occupied, planned_for: Scene | None = None
) -> list[PlacedName]:
    """Return the names shown on the scene's day, each at its own place.

    With `planned_for` the plan of that scene is used, each name going with its own map point: a
    plan takes longer than a frame of a map in motion may.
    """
    planned_for = planned_for or scene
    plan_ = name_plan(planned_for.wishes, style, planned_for.camera.m_per_px)
    return _Chooser(scene, frame, furniture, plan_).names()


class _Chooser:
    """Goes through a plan in order of importance and keeps what may be shown today."""

    def __init__(self, scene: Scene, frame: Frame, furniture: Occupied, plan_: NamePlan) -> None:
        self._scene = scene
        self._lettered = Occupied()
        """In a stretch of time also what never stood side by side on one day is shown."""
        self._frame = frame
        self._furniture = furniture
        self._plan = plan_
        self._marks = {mark.feature_id: mark for mark in scene.marks}
        self._signs = self._signs_in_frame()
        self._areas = {area.feature_id: area for area in scene.areas}
        self._actors = {arrow.feature_id: arrow.actor for arrow in scene.arrows}
        self._visible = frozenset(self._marks) | frozenset(
            arrow.feature_id for arrow in scene.arrows if arrow.ink >= 0.5
        )

    def _signs_in_frame(self) -> Occupied:
        """Return the boxes within which a sign as good as covers a town's dot."""
        signs = Occupied()
        for mark in self._scene.marks:
            if mark.ink >= _PRESENT_INK and not mark.hatched:
                x_px, y_px = self._frame.to_px(mark.x_m, mark.y_m)
                r = SYMBOL_PX + _DOT_BOX_PX - 1
                signs.add((x_px - r, y_px - r, x_px + r, y_px + r))
        return signs

    def names(self) -> list[PlacedName]:
        shown: set[int] = set()
        owners: set[str] = set()
        names = []
        titles = self._mark_titles()
        for index, wish in enumerate(self._plan.wishes):
            told = wish.owner in owners or (wish.twin and wish.twin in owners)
            if told or not self._is_wanted(wish, titles):
                continue
            planned = self._plan.planned[index]
            chosen = wish.owner == self._scene.selection
            box = self._box_of_chosen(index) if chosen else self._in_frame(wish, planned.box)
            if box is None or not (chosen or self._is_free(wish, planned, shown)):
                continue
            if self._scene.range_days:
                if self._lettered.hits(box) and not chosen:
                    continue
                self._lettered.add(box)
            shown.add(index)
            owners.add(wish.owner)
            names.append(self._placed(index, wish, box))
        return names

    def _mark_titles(self) -> frozenset[str]:
        """Return the words lettered at symbols: a town of that name needs no second label."""
        return frozenset(
            short_label(mark.label).casefold()
            for mark in self._scene.marks
            if mark.ink >= _LEAST_LABEL_INK
        )

    def _is_wanted(self, wish: Wish, titles: frozenset[str]) -> bool:
        mark = self._marks.get(wish.owner) if wish.kind == "mark" else None
        if mark is not None and self._is_chosen(mark):
            return True
        dated = wish.kind in ("mark", "area")
        first_day = self._scene.day - (self._scene.range_days if dated else 0)
        if not (wish.first_day <= self._scene.day and first_day <= wish.last_day):
            return False
        if wish.kind == "mark":
            return mark is not None and mark.ink >= _LEAST_LABEL_INK
        if wish.kind == "area":
            return wish.owner in self._areas
        if wish.line:
            return wish.line in self._visible
        return not (wish.kind == "town" and (wish.english or wish.text).casefold() in titles)

    def _is_chosen(self, mark: Mark) -> bool:
        return mark.feature_id == self._scene.selection

    def _box_of_chosen(self, index: int) -> BoxPx | None:
        """Return a box for what is selected: its planned one, or any that the picture holds."""
        wish, letters = self._plan.wishes[index], self._plan.letters[index]
        boxes, _ = boxes_for(wish, letters, self._plan.m_per_px)
        found = (self._in_frame(wish, box) for box in (self._plan.planned[index].box, *boxes))
        return next((box for box in found if box is not None), None)

    def _is_free(self, wish: Wish, planned: Planned, shown: set[int]) -> bool:
        if any(other in shown for other in planned.yields_to):
            return False
        owners = self._plan.obstacle_owners
        return not any(self._gives_way(wish, owners[o]) for o in planned.hidden_by)

    def _gives_way(self, wish: Wish, obstacle: str) -> bool:
        """Tell whether a name is left out for a symbol or an arrow on its letters.

        Countries and what is at hand may cross an arrow; towns may not, and what is past or in
        doubt only one of its own side. What has faded too far to be named hides no name.
        """
        sign = self._marks.get(obstacle)
        if sign is not None or obstacle not in self._visible:
            return sign is not None and sign.ink >= _LEAST_LABEL_INK
        mark = self._marks.get(wish.owner)
        if mark is None:
            return wish.kind != "country"
        at_hand = mark.ink >= _PRESENT_INK and not mark.doubt
        return not at_hand and self._actors.get(obstacle) != mark.actor

    def _in_frame(self, wish: Wish, box: BoxPx) -> BoxPx | None:
        """Return a planned box in pixels of the picture, None if it is cut off or covered."""
        dx, dy = self._moved_px(wish)
        moved = (box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy)
        width, height = self._frame.size_px
        if moved[0] < 3 or moved[1] < 3 or moved[2] > width - 3 or moved[3] > height - 3:
            return None
        if self._furniture.hits(moved):
            return None
        x_px, y_px = self._frame.to_px(wish.x_m, wish.y_m)
        r = SYMBOL_PX if wish.kind == "mark" else _DOT_BOX_PX
        return moved if wish.kind not in _AT_POINTS or self._is_seen(x_px, y_px, r) else None

    def _moved_px(self, wish: Wish) -> tuple[float, float]:
        """Return how far a name's own point lies from where the plan had it."""
        x_px, y_px = self._frame.to_px(wish.x_m, wish.y_m)
        planned_x_px, planned_y_px = _map_px(wish.x_m, wish.y_m, self._plan.m_per_px)
        return x_px - planned_x_px, y_px - planned_y_px

    def _is_seen(self, x_px: float, y_px: float, r: float) -> bool:
        """Tell whether the sign a name belongs to stands in the picture, under no furniture."""
        width, height = self._frame.size_px
        inside = r <= x_px <= width - r and r <= y_px <= height - r
        return inside and not self._furniture.hits((x_px - r, y_px - r, x_px + r, y_px + r))

    def _dot(self, wish: Wish) -> tuple[float, float] | None:
        """Return where a town's dot is drawn, None where a sign stands for it."""
        x_px, y_px = self._frame.to_px(wish.x_m, wish.y_m)
        return None if self._signs.hits((x_px, y_px, x_px, y_px)) else (x_px, y_px)

    def _placed(self, index: int, wish: Wish, box: BoxPx) -> PlacedName:
        dot = leader = None
        if wish.kind in _DOTTED:
            dot = self._dot(wish)
        planned = self._plan.planned[index]
        dx, dy = self._moved_px(wish)
        if planned.leader and box[:2] == (planned.box[0] + dx, planned.box[1] + dy):
            (x0, y0), (x1, y1) = planned.leader
            leader = Leader((x0 + dx, y0 + dy), (x1 + dx, y1 + dy))
        return PlacedName(wish, self._plan.letters[index], box[0], box[1], dot, leader)
