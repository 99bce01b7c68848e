"""State and Atlas in, Scene out: pure, and quick enough for every tick of the slider.

Floor: core; neighbours: model, scene, symbology, when, wishes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import floor
from typing import TYPE_CHECKING

from atlas.core.alignment import side_on
from atlas.core.asides import PointPx, Spot, leeway, spread
from atlas.core.axes import attested, grown_arrow
from atlas.core.heaps import left_to_others
from atlas.core.kept_results import kept_while_held
from atlas.core.model import Atlas, Feature, Polity
from atlas.core.naming import Naming
from atlas.core.scene import Area, Arrow, Mark, Political, Scene
from atlas.core.state import BASE_LAYERS, State
from atlas.core.symbology import sign_for
from atlas.core.traces import DISC_LAYERS, is_generalised, is_hatched, tells_less
from atlas.core.viewport import extent_m
from atlas.core.when import Presence
from atlas.core.wishes import neighbourhood, wishes_around
from atlas.core.words import days_in_words

if TYPE_CHECKING:
    from atlas.core.own import OwnCells

Shown = tuple[Feature, float, bool]
"""A feature with its ink and whether it is in doubt on the day."""
FADED_INK = 0.25
HEAPED_NOTE = "One sign may stand for several sites of a kind that lie close together."
ATTESTED_NOTE = "Attested only: what is in doubt, unlocated or interpolated is left out."


def resolve(state: State, atlas: Atlas) -> Scene:
    """Return everything to be drawn for a state, in the projection of its camera."""
    atlas = atlas.seen_in(state.camera.projection)
    present = tuple(_told_once(tuple(_present(state, atlas)), state.selection))
    shown = _each_for_itself(present, state)
    political = _political(atlas, state.day, state.by_alignment)
    marks = [_mark(f, ink, doubt, state) for f, ink, doubt in shown if f.geometry == "point"]
    wishes = wishes_around(
        atlas,
        state.shown_layers,
        neighbourhood(state.camera, state.viewport_px),
        Naming(state.name_language, atlas.can_draw),
    )
    own, own_credits = _own(state, atlas) if state.own else ((), ())
    return Scene(
        camera=state.camera,
        size_px=state.viewport_px,
        theme=state.theme,
        base_layers=state.shown_layers & frozenset(BASE_LAYERS),
        political=political,
        areas=tuple(
            _area(f, ink, doubt, _strength(state, f))
            for f, ink, doubt in shown
            if f.geometry == "polygons"
        ),
        arrows=tuple(_arrows(state, shown)),
        marks=tuple(_set_aside(marks, state, wishes.aside)),
        selection=state.selection,
        date_text=days_in_words(state.first_day, state.day),
        title=atlas.story.panel(state.panel).title,
        wishes=wishes,
        furniture=state.furniture,
        day=state.day,
        credits=(*own_credits, *_notes(state, heaped=len(shown) < len(present)), *atlas.credits),
        own=own,
        range_days=state.range_days,
        base_opacity=tuple((name, per) for name, per in state.opacity if name in BASE_LAYERS),
    )


def _notes(state: State, *, heaped: bool) -> tuple[str, ...]:
    notes = ((ATTESTED_NOTE, state.attested_only), (HEAPED_NOTE, heaped))
    return tuple(note for note, holds in notes if holds)


def _own(state: State, atlas: Atlas) -> tuple[tuple[OwnCells, ...], tuple[str, ...]]:
    """Return what is shown of the reader's own overlays, those read so far, and who says so."""
    from atlas.core.own import OwnCells, asked_by, own_credit  # no start needs it

    asked, shown = asked_by(state), state.shown_layers
    own = tuple(
        OwnCells(layer, points.title, points.cells(asked), state.opacity_of(layer) / 100)
        for layer in state.own
        if layer in shown and (points := atlas.own.get(layer)) is not None
    )
    return own, tuple(own_credit(overlay.title) for overlay in own)


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


def _present(state: State, atlas: Atlas) -> Iterator[Shown]:
    """Yield the visible features with ink and doubt, those outside the view left out."""
    box = extent_m(state.camera, state.viewport_px)
    layers = state.shown_layers
    for feature in atlas.features:
        if feature.layer not in layers or feature.inset:
            continue
        hidden = not feature.default_visible or is_generalised(feature, state.camera.m_per_px)
        if hidden and feature.id != state.selection:
            continue
        if state.range_days:
            ink, doubt = _ink_during(feature, state.first_day, state.day)
        elif feature.growth:
            ink, doubt = _axis_ink(feature, state.day)
        else:
            ink, doubt = ink_and_doubt(feature, state.day)
        if ink <= 0 or not _meets(box, feature):
            continue
        if state.attested_only and (doubt or is_doubtful(feature)):
            continue
        yield feature, ink, doubt


def _each_for_itself(shown: tuple[Shown, ...], state: State) -> tuple[Shown, ...]:
    """Return what is shown without signs that another of them stands for."""
    features = (feature for feature, _, _ in shown)
    left_out = left_to_others(features, state.camera.m_per_px, state.selection)
    return tuple(row for row in shown if row[0].id not in left_out) if left_out else shown


def _told_once(shown: tuple[Shown, ...], selection: str | None) -> Iterator[Shown]:
    """Yield what is shown, of two signs for the same thing only one: what is fresher, or says more.

    What is selected has its sign, and so has what is hatched: it says where, and no sign does.
    """
    signs = {f.id: (f, ink) for f, ink, _ in shown if f.same_as and not is_hatched(f)}
    for row in shown:
        feature, ink, _ = row
        if feature.id not in signs or feature.same_as not in signs or feature.id == selection:
            yield row
            continue
        twin, twin_ink = signs[feature.same_as]
        outdone = (ink, tells_less(twin, feature)) < (twin_ink, tells_less(feature, twin))
        if twin.id != selection and not outdone:
            yield row


def _ink_during(feature: Feature, first_day: int, last_day: int) -> tuple[float, bool]:
    """Return the ink in a stretch of time: all that held or happened then shows, nothing else.

    Nothing lingers: what was over before the stretch began is not part of it.
    """
    if feature.growth:
        met = feature.growth[0][0] <= last_day and first_day <= feature.growth[-1][0]
        return (1.0 if met else 0.0), False
    presence = feature.when.presence_during(first_day, last_day)
    if presence is Presence.ABSENT:
        return 0.0, False
    return (1.0, False) if presence is Presence.CERTAIN else (0.7, True)


def is_doubtful(feature: Feature) -> bool:
    """Tell whether a feature rests on little: low confidence, no place, or a schematic shape."""
    return (
        feature.confidence == "low"
        or is_hatched(feature)
        or feature.schematic
        or feature.layer == "thai_border_areas"
    )


def _meets(box: tuple[float, float, float, float], feature: Feature) -> bool:
    """Tell whether a feature, with the doubt about its place, reaches into the view."""
    x_min, y_min, x_max, y_max = feature.bbox_m
    reach_m = feature.radius_m * feature.stretch
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


def _strength(state: State, feature: Feature) -> float:
    """Return how strongly a feature's layer is to show."""
    return state.opacity_of(feature.layer) / 100 if state.opacity else 1.0


def _mark(feature: Feature, ink: float, doubt: bool, state: State) -> Mark:
    sign = sign_for(feature.kind)
    x_m, y_m = feature.parts_m[0][0]
    disc = feature.layer in DISC_LAYERS or feature.id == state.selection
    return Mark(
        feature_id=feature.id,
        x_m=x_m,
        y_m=y_m,
        symbol=sign.spot_symbol or sign.symbol,
        actor=feature.actor,
        ink=ink,
        doubt=doubt,
        confidence=feature.confidence,
        disc_m=feature.radius_m * feature.stretch if disc else 0.0,
        label=feature.name,
        label_rank=sign.label_rank + max(0, feature.rank - 1),
        kind_words=sign.words,
        hatched=is_hatched(feature),
        strength=_strength(state, feature),
    )


def _set_aside(marks: list[Mark], state: State, aside: Mapping[str, PointPx]) -> Iterator[Mark]:
    """Yield the marks, those that would stand on others a little aside."""
    k = state.camera.m_per_px
    moved = [_moved(mark, aside.get(mark.feature_id, (0.0, 0.0)), k) for mark in marks]
    if not state.range_days:
        yield from moved
        return
    # In a stretch of time also what never stood side by side on one day is shown.
    spots = (
        Spot(m.feature_id, (m.symbol, m.actor), m.x_m / k, -m.y_m / k)
        for m in moved
        if not m.hatched
    )
    further = spread(spots, leeway(k))
    yield from (_moved(mark, further.get(mark.feature_id, (0.0, 0.0)), k) for mark in moved)


def _moved(mark: Mark, by_px: PointPx, m_per_px: float) -> Mark:
    dx_px, dy_px = by_px
    if not dx_px and not dy_px:
        return mark
    return mark._replace(
        x_m=mark.x_m + dx_px * m_per_px,
        y_m=mark.y_m - dy_px * m_per_px,
        place_m=mark.place_m or (mark.x_m, mark.y_m),
    )


def _area(feature: Feature, ink: float, doubt: bool, strength: float) -> Area:
    return Area(
        feature_id=feature.id,
        layer=feature.layer,
        actor=feature.actor,
        rings_m=feature.parts_m,
        ink=ink,
        doubt=doubt,
        hatched=feature.layer == "thai_border_areas" or feature.draw_as.startswith("area-hatch"),
        label=feature.name,
        label_at_m=feature.anchor_m,
        strength=strength,
    )


def _arrows(state: State, shown: tuple[Shown, ...]) -> Iterator[Arrow]:
    for feature, ink, doubt in shown:
        if feature.geometry == "lines":
            arrow = grown_arrow(feature, state.day, ink, doubt)
            if arrow is not None and state.attested_only:
                arrow = attested(arrow)
            if arrow is not None:
                yield arrow._replace(strength=_strength(state, feature))


@kept_while_held(64)
def _polities_on(atlas: Atlas, day: int) -> tuple[Polity, ...]:
    return tuple(p for p in atlas.polities if p.span.presence(day))


def _political(atlas: Atlas, day: int, by_alignment: bool) -> Political:
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
        tuple(_sides(rows, day)) if by_alignment else (),
    )


def _sides(rows: list[tuple[str, Polity]], day: int) -> Iterator[tuple[str, str, bool]]:
    for atom, polity in rows:
        side = side_on(polity, day)
        if side:
            yield (atom, *side)
