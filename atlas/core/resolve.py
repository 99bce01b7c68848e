"""State and Atlas in, Scene out: pure, and quick enough for every tick of the slider.

Floor: core; neighbours: model, scene, symbology, when. What depends on the camera alone (which
towns lie in view) is memoised on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import floor

from atlas.core.axes import grown_arrow
from atlas.core.model import Atlas, Feature, Place, Polity
from atlas.core.scene import (
    Area,
    Arrow,
    Mark,
    PlaceName,
    Political,
    PolityName,
    Scene,
    SeaName,
)
from atlas.core.state import BASE_LAYERS, State
from atlas.core.symbology import sign_for
from atlas.core.viewport import Camera, SizePx, extent_m
from atlas.core.when import Presence
from atlas.core.words import day_in_words

FADED_INK = 0.25
HATCHED_ABOVE_M = 60_000.0
DISC_LAYERS = frozenset({"ratanakiri_bases", "thai_border_camps"})


def resolve(state: State, atlas: Atlas) -> Scene:
    """Return everything to be drawn for a state."""
    shown = tuple(_present(state, atlas))
    political = _political(atlas, state.day)
    return Scene(
        camera=state.camera,
        size_px=state.viewport_px,
        theme=state.theme,
        base_layers=state.layers & frozenset(BASE_LAYERS),
        political=political,
        areas=tuple(_area(f, ink, doubt) for f, ink, doubt in shown if f.geometry == "polygons"),
        arrows=tuple(_arrows(state, shown)),
        marks=tuple(
            _mark(f, ink, doubt, state.selection)
            for f, ink, doubt in shown
            if f.geometry == "point"
        ),
        polity_names=_polity_names(atlas, state),
        place_names=_place_names(atlas, state),
        selection=state.selection,
        date_text=day_in_words(state.day),
        title=atlas.story.panel(state.panel).title,
        sea_names=_sea_names(atlas, state),
        furniture=state.furniture,
        day=state.day,
        credits=atlas.credits,
    )


def ink_and_doubt(feature: Feature, day: int) -> tuple[float, bool]:
    """Return how strongly a feature shows on a day (0 = not at all) and whether it is in doubt.

    What was certain has full ink, what is possible less; a dated act fades after its end over
    the days its kind lingers.
    """
    presence = feature.when.presence(day)
    if presence is Presence.CERTAIN:
        return 1.0, False
    if presence is Presence.POSSIBLE:
        return 0.7, True
    linger_days = sign_for(feature.kind).linger_days
    past_days = min(
        (day - s.latest_end_day + 1 for s in feature.when.spans if s.latest_end_day <= day),
        default=linger_days + 1,
    )
    if past_days > linger_days:
        return 0.0, False
    return _faded(past_days / linger_days), False


def _faded(share: float) -> float:
    """Return the ink after a share of the fading, in eighths: few steps keep pictures reusable."""
    return max(FADED_INK, 1.0 - floor(share * 8) / 8)


def _present(state: State, atlas: Atlas) -> Iterator[tuple[Feature, float, bool]]:
    """Yield the visible features with ink and doubt, those outside the view left out."""
    box = extent_m(state.camera, state.viewport_px)
    for feature in atlas.features:
        if feature.layer not in state.layers or feature.inset:
            continue
        if not feature.default_visible and feature.id != state.selection:
            continue
        if feature.growth:
            ink, doubt = _axis_ink(feature, state.day)
        else:
            ink, doubt = ink_and_doubt(feature, state.day)
        if ink > 0 and _meets(box, feature):
            yield feature, ink, doubt


def _meets(box: tuple[float, float, float, float], feature: Feature) -> bool:
    """Tell whether a feature, with the doubt about its place, reaches into the view."""
    x_min, y_min, x_max, y_max = feature.bbox_m
    reach_m = feature.radius_m
    return (
        x_min - reach_m <= box[2]
        and x_max + reach_m >= box[0]
        and y_min - reach_m <= box[3]
        and y_max + reach_m >= box[1]
    )


def _axis_ink(feature: Feature, day: int) -> tuple[float, bool]:
    """Return the ink of an axis: full while it grows and a while after, then fading."""
    first_day, last_day = feature.growth[0][0], feature.growth[-1][0]
    if day < first_day:
        return 0.0, False
    linger_days = sign_for(feature.kind).linger_days
    past_days = day - last_day
    if past_days > linger_days:
        return 0.0, False
    steady_days = linger_days // 4
    if past_days <= steady_days:
        return 1.0, False
    return _faded((past_days - steady_days) / (linger_days - steady_days)), False


def _mark(feature: Feature, ink: float, doubt: bool, selection: str) -> Mark:
    sign = sign_for(feature.kind)
    x_m, y_m = feature.parts_m[0][0]
    disc = feature.layer in DISC_LAYERS or feature.id == selection
    hatched = feature.draw_as.startswith("area-hatch")
    return Mark(
        feature_id=feature.id,
        x_m=x_m,
        y_m=y_m,
        symbol=sign.spot_symbol or sign.symbol,
        actor=feature.actor,
        ink=ink,
        doubt=doubt,
        confidence=feature.confidence,
        disc_m=feature.radius_m if disc else 0.0,
        label=feature.name,
        label_rank=sign.label_rank + max(0, feature.rank - 1),
        kind_words=sign.words,
        hatched=disc and (hatched or feature.radius_m > HATCHED_ABOVE_M),
    )


def _area(feature: Feature, ink: float, doubt: bool) -> Area:
    return Area(
        feature_id=feature.id,
        layer=feature.layer,
        actor=feature.actor,
        rings_m=feature.parts_m,
        ink=ink,
        doubt=doubt,
        hatched=feature.layer == "thai_border_areas",
        label=feature.name,
        label_at_m=feature.anchor_m,
    )


def _arrows(state: State, shown: tuple[tuple[Feature, float, bool], ...]) -> Iterator[Arrow]:
    for feature, ink, doubt in shown:
        if feature.geometry == "lines":
            arrow = grown_arrow(feature, state.day, ink, doubt)
            if arrow is not None:
                yield arrow


@lru_cache(maxsize=64)
def _polities_on(atlas: Atlas, day: int) -> tuple[Polity, ...]:
    return tuple(p for p in atlas.polities if p.span.presence(day))


def _political(atlas: Atlas, day: int) -> Political:
    """Return the polity of every atom; a later or smaller unit wins where two claim one."""
    owner: dict[str, Polity] = {}
    outlined = []
    for polity in _polities_on(atlas, day):
        if polity.kind == "outline":
            outlined.append(polity.unit)
        if polity.kind != "fill":
            continue
        for atom in polity.atoms:
            if atom not in owner or len(polity.atoms) < len(owner[atom].atoms):
                owner[atom] = polity
    rows = sorted(owner.items(), key=lambda row: row[0])
    return Political(
        tuple((atom, polity.unit) for atom, polity in rows),
        tuple((atom, polity.state) for atom, polity in rows),
        tuple(sorted(outlined)),
    )


def _polity_names(atlas: Atlas, state: State) -> tuple[PolityName, ...]:
    if "polities" not in state.layers:
        return ()
    box = extent_m(state.camera, state.viewport_px)
    names = []
    for polity in _polities_on(atlas, state.day):
        if polity.kind == "outline" or not polity.label:
            continue
        anchors = tuple(a for a in polity.anchors_m if _inside(box, a[0], a[1]))
        if anchors:
            names.append(PolityName(polity.label, polity.unit, anchors, polity.area_m2))
    return tuple(sorted(names, key=lambda name: -name.area_m2))


def _place_names(atlas: Atlas, state: State) -> tuple[PlaceName, ...]:
    if "places" not in state.layers:
        return ()
    places = _places_in_view(atlas, state.camera, state.viewport_px)
    return tuple(
        PlaceName(
            p.id, name_on(p, state.day), p.x_m, p.y_m, p.rank, is_capital(p, state.day), p.story
        )
        for p in places
    )


def _sea_names(atlas: Atlas, state: State) -> tuple[SeaName, ...]:
    if "places" not in state.layers:
        return ()
    box = extent_m(state.camera, state.viewport_px)
    return tuple(
        SeaName(sea.name, sea.x_m, sea.y_m, sea.size)
        for sea in atlas.seas
        if _inside(box, sea.x_m, sea.y_m)
        and sea.min_m_per_px <= state.camera.m_per_px <= sea.max_m_per_px
    )


@lru_cache(maxsize=8)
def _places_in_view(atlas: Atlas, camera: Camera, size_px: SizePx) -> tuple[Place, ...]:
    """Return the towns worth a label at this scale, the most important first, 160 at most."""
    box = extent_m(camera, size_px)
    deepest = deepest_rank(camera.m_per_px)
    found = [p for p in atlas.places if p.rank <= deepest and _inside(box, p.x_m, p.y_m)]
    found.sort(key=lambda p: (p.rank, not p.capital_spans, not p.story, p.id))
    return tuple(found[:160])


def deepest_rank(m_per_px: float) -> int:
    """Return the least important rank of town shown at a scale."""
    for limit_m_per_px, rank in ((3000, 1), (1800, 2), (1100, 3), (700, 5), (450, 6), (280, 8)):
        if m_per_px > limit_m_per_px:
            return rank
    return 10


def is_capital(place: Place, day: int) -> bool:
    """Tell whether a town was a capital on a day."""
    return any(span.presence(day) for span in place.capital_spans)


def name_on(place: Place, day: int, lang: str = "en") -> str:
    """Return a town's name of the day in a language, its present name failing that."""
    for name in place.names:
        if name.lang == lang and name.span.presence(day):
            return name.name
    return place.name


def _inside(box: tuple[float, float, float, float], x_m: float, y_m: float) -> bool:
    return box[0] <= x_m <= box[2] and box[1] <= y_m <= box[3]
