"""Which names the map could carry around a view, at any date: the wishes for labels.

Floor: core; neighbours: wish, arrow_wishes, naming, model, symbology, told_days. Wishes come most
important first: capitals, countries, features, towns, arrows, areas, seas. They depend on the
camera and the layers, never on the day, so that one plan of labels serves a whole drag of the
slider.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import floor, hypot, sqrt
from typing import NamedTuple

from atlas.core.arrow_wishes import arrow_wishes
from atlas.core.asides import PointPx, asides
from atlas.core.gazetteer import up_to_rank
from atlas.core.kept_results import kept_while_held
from atlas.core.lettering import is_numbered
from atlas.core.model import Atlas, Feature, Place, Polity, RiverName, draws_all
from atlas.core.naming import FOREVER, NamePiece, Naming, names_of
from atlas.core.symbology import sign_for
from atlas.core.told_days import ALL_ALIKE, ToldDays, days_told_in
from atlas.core.traces import (
    REGION_FROM_M_PER_PX,
    is_generalised,
    is_hatched,
    last_lettered_day,
    last_shown_day,
)
from atlas.core.viewport import REGION_DEG, Camera, SizePx
from atlas.core.wish import Room, Wish

BoxM = tuple[float, float, float, float]
MOST_TOWNS = 260
PROVINCES_BELOW_M_PER_PX = 800.0
RIVERS_BELOW_M_PER_PX = 3000.0
_OPENING_RANK = 0
"""Of a name the story opens with: it comes before those of countries, which have more room."""
_SNAP = 0.25
_REACH = 0.8
_SMALL_ROOM_PX = 45.0
_MIDST = 0.28
"""A plan reaches so many window sizes from its middle, and is renewed every `_SNAP` of one."""


@dataclass(frozen=True, eq=False, repr=False)
class Wishes:
    """The wishes around one view and the features that stand in their way. Kept by identity."""

    items: tuple[Wish, ...]
    features: tuple[Feature, ...]
    aside: Mapping[str, PointPx] = field(default_factory=dict)
    """Signs set aside of others, and how far: pixels east and south."""
    told: ToldDays = ALL_ALIKE


class Neighbourhood(NamedTuple):
    """The part of the map one plan of labels serves."""

    box_m: BoxM
    m_per_px: float


ENGLISH = Naming("english", draws_all)
NO_WISHES = Wishes((), ())
"""What a map without names wishes for."""


def neighbourhood(camera: Camera, size_px: SizePx) -> Neighbourhood:
    """Return the plan's ground for a view: the same one for views a little apart."""
    step_x, step_y = (side * _SNAP * camera.m_per_px for side in size_px)
    x_m = (floor(camera.x_m / step_x) + 0.5) * step_x
    y_m = (floor(camera.y_m / step_y) + 0.5) * step_y
    reach_x, reach_y = (side * _REACH * camera.m_per_px for side in size_px)
    return Neighbourhood(
        (x_m - reach_x, y_m - reach_y, x_m + reach_x, y_m + reach_y), camera.m_per_px
    )


@kept_while_held(8)
def wishes_around(
    atlas: Atlas, layers: frozenset[str], around: Neighbourhood, naming: Naming = ENGLISH
) -> Wishes:
    """Return every name wanted in a neighbourhood at any date, most important first."""
    box = around.box_m
    features = tuple(
        feature
        for feature in atlas.features
        if feature.layer in layers
        and feature.default_visible
        and not feature.inset
        and not is_generalised(feature, around.m_per_px)
        and _meets(box, feature)
    )
    towns = _towns(atlas, around) if "places" in layers else ()
    aside = asides(atlas, layers, around.m_per_px)
    marks = _features(features, aside, around.m_per_px, _openings(atlas))
    opening = sum(mark.rank <= _OPENING_RANK for mark in marks)
    items = [
        *_capitals(towns, naming),
        *marks[:opening],
        *(_countries(atlas, around, naming) if "polities" in layers else ()),
        *marks[opening:],
        *_other_towns(towns, naming),
        *arrow_wishes(features, around.m_per_px),
        *(_rivers(atlas, around) if "rivers" in layers else ()),
        *(_provinces(atlas, around) if "provinces" in layers else ()),
        *_areas(features),
        *(_seas(atlas, around) if "places" in layers else ()),
    ]
    return Wishes(tuple(items), features, aside, days_told_in(atlas))


def _meets(box: BoxM, feature: Feature) -> bool:
    x_min, y_min, x_max, y_max = feature.bbox_m
    return x_min <= box[2] and x_max >= box[0] and y_min <= box[3] and y_max >= box[1]


def _inside(box: BoxM, x_m: float, y_m: float) -> bool:
    return box[0] <= x_m <= box[2] and box[1] <= y_m <= box[3]


def deepest_rank(m_per_px: float) -> int:
    """Return the least important rank of town shown at a scale."""
    for limit_m_per_px, rank in ((3000, 1), (1800, 2), (1100, 3), (700, 5), (450, 6), (280, 8)):
        if m_per_px > limit_m_per_px:
            return rank
    return 10


def _towns(atlas: Atlas, around: Neighbourhood) -> tuple[Place, ...]:
    found = [
        p
        for p in up_to_rank(atlas.places, deepest_rank(around.m_per_px))
        if _inside(around.box_m, p.x_m, p.y_m) and _inside(REGION_DEG, p.lon_deg, p.lat_deg)
    ]
    found.sort(key=lambda p: (p.rank, not p.capital_spans, not p.story, p.id))
    return tuple(found[:MOST_TOWNS])


def _capitals(towns: tuple[Place, ...], naming: Naming) -> Iterator[Wish]:
    for place in towns:
        for name in names_of(place, naming):
            for span in place.capital_spans:
                start = max(name.first_day, span.earliest_start_day)
                end = min(name.last_day, span.latest_end_day - 1)
                if start <= end:
                    yield _town("capital", place, name, start, end)


def _other_towns(towns: tuple[Place, ...], naming: Naming) -> Iterator[Wish]:
    """Yield towns for the time they were no capital."""
    for place in towns:
        for name in names_of(place, naming):
            start, last = name.first_day, name.last_day
            for span in sorted(place.capital_spans, key=lambda s: s.earliest_start_day):
                if start < min(span.earliest_start_day, last + 1):
                    end = min(span.earliest_start_day - 1, last)
                    yield _town("town", place, name, start, end)
                start = max(start, span.latest_end_day)
            if start <= last:
                yield _town("town", place, name, start, last)


def _town(kind: str, place: Place, name: NamePiece, first: int, last: int) -> Wish:
    return Wish(
        kind, place.id, name.text, place.x_m, place.y_m, first, last,
        rank=place.rank, english=name.english,
    )  # fmt: skip


def _countries(atlas: Atlas, around: Neighbourhood, naming: Naming) -> list[Wish]:
    """Return the wishes for the best rooms each country offers its name, the largest first."""
    found = [
        Wish(
            "country",
            f"{polity.unit}/{text}",
            text,
            x_m,
            y_m,
            first_day,
            last_day,
            room_m=radius_m,
            area_m2=polity.area_m2,
            english=polity.label,
            rooms=polity.anchors_m,
        )
        for polity, text, first_day, last_day in _named_stretches(atlas, naming)
        for x_m, y_m, radius_m in _rooms(polity, around)
    ]
    return sorted(found, key=lambda wish: (-wish.area_m2, -wish.room_m, wish.first_day))


@kept_while_held(3)
def _named_stretches(atlas: Atlas, naming: Naming) -> tuple[tuple[Polity, str, int, int], ...]:
    """Return the time each territory bore a name: rows that follow on one another are one."""
    stretches: list[tuple[Polity, str, int, int]] = []
    rows = [
        (p, naming.shown(p.label, p.endonym))
        for p in atlas.polities
        if p.kind != "outline" and p.label
    ]
    rows.sort(key=lambda row: (row[0].unit, row[1], row[0].span.earliest_start_day))
    for polity, text in rows:
        first, last = polity.span.earliest_start_day, polity.span.latest_end_day - 1
        if stretches and _goes_on(stretches[-1], polity, text):
            before, _, since, _ = stretches.pop()
            stretches.append((before, text, since, last))
        else:
            stretches.append((polity, text, first, last))
    return tuple(stretches)


def _goes_on(stretch: tuple[Polity, str, int, int], polity: Polity, text: str) -> bool:
    before, named, _, last = stretch
    same = (before.unit, named, before.anchors_m) == (polity.unit, text, polity.anchors_m)
    return same and polity.span.earliest_start_day <= last + 1


def _rooms(polity: Polity, around: Neighbourhood) -> list[Room]:
    """Return a country's two best rooms around a view: those in its midst, then the largest.

    One does for a small country: a plan moves its name all over it.
    """
    box = around.box_m
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    reach_x, reach_y = (box[2] - box[0]) * _MIDST, (box[3] - box[1]) * _MIDST
    midst = (x - reach_x, y - reach_y, x + reach_x, y + reach_y)
    rooms = [room for room in polity.anchors_m if _inside(box, room[0], room[1])]
    rooms.sort(key=lambda room: (not _inside(midst, room[0], room[1]), -room[2]))
    small = rooms and rooms[0][2] < _SMALL_ROOM_PX * around.m_per_px
    return rooms[: 1 if small else 2]


def _features(
    features: tuple[Feature, ...],
    aside: Mapping[str, PointPx],
    m_per_px: float,
    openings: tuple[int, ...],
) -> list[Wish]:
    wishes = []
    heaped = m_per_px > REGION_FROM_M_PER_PX
    for feature in features:
        if feature.geometry != "point" or (heaped and is_numbered(feature.name)):
            continue
        x_m, y_m = feature.parts_m[0][0]
        dx_px, dy_px = aside.get(feature.id, (0.0, 0.0))
        wishes.append(
            Wish(
                "mark",
                feature.id,
                feature.map_label or feature.name,
                x_m + dx_px * m_per_px,
                y_m - dy_px * m_per_px,
                feature.when.first_day,
                last_lettered_day(feature),
                rank=_rank(feature, openings),
                actor=feature.actor,
                doubtful=feature.confidence == "low",
                hatched=is_hatched(feature),
                rooms=_disc(feature),
                twins=_twins(feature),
            )
        )
    return sorted(wishes, key=lambda wish: (wish.rank, wish.first_day, wish.owner))


def _disc(feature: Feature) -> tuple[Room, ...]:
    """Return the disc a claim without a place is hatched over."""
    if not is_hatched(feature):
        return ()
    return ((*feature.parts_m[0][0], feature.radius_m * feature.stretch),)


def _twins(feature: Feature) -> tuple[str, ...]:
    """Return what tells of the same thing: another sign, and the area a claim is hatched over."""
    area = feature.area_ref if is_hatched(feature) else ""
    return tuple(other for other in (feature.same_as, area) if other)


def _openings(atlas: Atlas) -> tuple[int, ...]:
    return tuple(panel.day for panel in atlas.story.panels)


def _rank(feature: Feature, openings: tuple[int, ...]) -> int:
    """Return how late a feature's name comes: what a panel opens with first, then what is fresh."""
    sign = sign_for(feature.kind)
    rank = sign.label_rank + max(0, feature.rank - 1)
    first_day = feature.when.first_day
    if feature.rank > 2 or not sign.linger_days:
        return rank
    if first_day in openings:
        return _OPENING_RANK - 1
    fresh = any(0 < day - first_day <= sign.linger_days // 4 for day in openings)
    return _OPENING_RANK + feature.rank - 1 if fresh else rank


def _provinces(atlas: Atlas, around: Neighbourhood) -> Iterator[Wish]:
    """Yield the names of today's provinces at scales that show their lines well."""
    if around.m_per_px > PROVINCES_BELOW_M_PER_PX:
        return
    for province in atlas.provinces:
        if _inside(around.box_m, province.x_m, province.y_m):
            x_m, y_m, room_m = province.x_m, province.y_m, province.radius_m
            name = province.name
            first_day = province.first_day
            yield Wish("province", name, name, x_m, y_m, first_day, FOREVER, room_m=room_m)


def _rivers(atlas: Atlas, around: Neighbourhood) -> Iterator[Wish]:
    """Yield rivers' names on stretches about as long as the letters, great rivers first."""
    k = around.m_per_px
    if k > RIVERS_BELOW_M_PER_PX:
        return
    fitting = (
        r
        for r in atlas.river_names
        if 70 * k <= r.length_m <= 260 * k and _inside(around.box_m, r.x_m, r.y_m)
    )
    kept: list[RiverName] = []
    for r in sorted(fitting, key=lambda river: (river.rank, -river.length_m)):
        if any(r.name == o.name and hypot(r.x_m - o.x_m, r.y_m - o.y_m) < 320 * k for o in kept):
            continue
        kept.append(r)
        yield Wish(
            "river", f"river-{r.name}-{r.x_m:.0f}-{r.y_m:.0f}", r.name, r.x_m, r.y_m,
            -FOREVER, FOREVER, rank=r.rank, room_m=r.length_m, angle_deg=r.angle_deg,
        )  # fmt: skip


def _areas(features: tuple[Feature, ...]) -> Iterator[Wish]:
    for feature in features:
        if feature.geometry == "polygons":
            x_m, y_m = feature.rooms_m[0][:2] if feature.rooms_m else feature.anchor_m
            x_min, y_min, x_max, y_max = feature.bbox_m
            yield Wish(
                "area",
                feature.id,
                feature.map_label or feature.name,
                x_m,
                y_m,
                feature.when.first_day,
                last_shown_day(feature),
                room_m=sqrt((x_max - x_min) * (y_max - y_min)) / 2,
                actor=feature.actor,
                doubtful=True,
                rooms=feature.rooms_m,
            )


def _seas(atlas: Atlas, around: Neighbourhood) -> Iterator[Wish]:
    for sea in atlas.seas:
        fits = sea.min_m_per_px <= around.m_per_px <= sea.max_m_per_px
        if fits and _inside(around.box_m, sea.x_m, sea.y_m):
            yield Wish(
                "sea", sea.name, sea.name, sea.x_m, sea.y_m, -FOREVER, FOREVER, rank=sea.size
            )
