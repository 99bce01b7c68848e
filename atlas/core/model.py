"""What the atlas knows, as immutable records: features, polities, places, panels, layers.

Floor: core; neighbours: when, reprojection. Points are map metres of the pack's own projection,
or of another one (see `Atlas.seen_in`); days are day numbers.
"""

# No postponed annotations: each would be compiled by `NamedTuple`, a millisecond of the start.
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from atlas.core.day import FAR_PAST_DAY
from atlas.core.projection import ATLAS_PROJECTION, Projection
from atlas.core.when import Span, When

if TYPE_CHECKING:
    from atlas.core.own import OwnPoints

PointM = tuple[float, float]
CanDraw = Callable[[str], bool]
PointDeg = tuple[float, float]
"""Longitude, latitude."""
BoxM = tuple[float, float, float, float]
"""x_min, y_min, x_max, y_max in map metres."""


def draws_all(text: str) -> bool:
    """Return True: every text can be drawn."""
    return True


class Waypoint(NamedTuple):
    """A dated stop on an axis: fraction of its length, day, name, and whether a source dates it."""

    fraction: float
    day: int
    name: str
    sourced: bool
    date_words: str = ""
    """The date as it is lettered on the map, doubt included: ``c. 6 Jan``."""


class Feature(NamedTuple):
    """One dated thing on an overlay. `parts_m` holds vertices per part (or ring)."""

    id: str
    layer: str
    kind: str
    actor: str
    name: str
    geometry: str
    parts_m: tuple[tuple[PointM, ...], ...]
    lonlat_deg: PointM
    bbox_m: BoxM
    radius_m: float
    when: When
    confidence: str
    group: str = ""
    draw_as: str = ""
    area_ref: str = ""
    default_visible: bool = True
    rank: int = 2
    panel: str = ""
    inset: bool = False
    growth: tuple[tuple[int, float], ...] = ()
    fractions: tuple[float, ...] = ()
    waypoints: tuple[Waypoint, ...] = ()
    schematic: bool = False
    weight: int = 0
    """How much a relation counted, 1 to 5."""
    far: str = ""
    """What is lettered at the map's edge for an end far outside it."""
    map_label: str = ""
    """What is lettered along a line: the unit, or the route."""
    stretch: float = 1.0
    """How many map metres a metre of ground takes at its place."""
    rooms_m: tuple[tuple[float, float, float], ...] = ()
    """Discs in an area where its name may stand, the largest first."""
    same_as: str = ""
    """Another feature that tells of the same thing: only one of them is lettered."""

    @property
    def anchor_m(self) -> PointM:
        """The point a camera flies to and a card points at."""
        if self.geometry == "point":
            return self.parts_m[0][0]
        x_min, y_min, x_max, y_max = self.bbox_m
        return (x_min + x_max) / 2, (y_min + y_max) / 2


class Bloc(NamedTuple):
    """With whom a polity stood for a time; `dated` if the time is its own and not its row's."""

    name: str
    leaning: bool
    dated: bool
    span: Span


class Polity(NamedTuple):
    """One line of the polity table: a territorial unit under one name and status."""

    unit: str
    kind: str
    atoms: tuple[str, ...]
    label: str
    official_name: str
    endonym: str
    status: str
    span: Span
    anchors_m: tuple[tuple[float, float, float], ...]
    area_m2: float
    alignment: str = ""
    source: str = ""
    confidence: str = ""
    note: str = ""
    start_text: str = ""
    end_text: str = ""
    state: str = ""
    """Units under one state share this: no border is drawn between them."""
    blocs: tuple[Bloc, ...] = ()


class DatedName(NamedTuple):
    """One name of a place with its language and the time it was used."""

    name: str
    lang: str
    span: Span


class Place(NamedTuple):
    """A town. `rank` 0 is shown first; `names` holds dated and foreign names."""

    id: str
    name: str
    x_m: float
    y_m: float
    lon_deg: float
    lat_deg: float
    rank: int
    capital_spans: tuple[Span, ...]
    story: bool
    country: str
    names: tuple[DatedName, ...] = ()
    first_day: int = FAR_PAST_DAY
    """Before this day the town did not exist."""


class Sea(NamedTuple):
    """A sea's name, where it is lettered, how large (1..3), and at which scales."""

    name: str
    x_m: float
    y_m: float
    size: int
    min_m_per_px: float
    max_m_per_px: float


class RiverName(NamedTuple):
    """A straight stretch of a river that can carry its name; the angle is from east, y up."""

    name: str
    rank: int
    x_m: float
    y_m: float
    angle_deg: float
    length_m: float


class Province(NamedTuple):
    """A province of today with the room it offers its name, and when it begins to be lettered."""

    name: str
    x_m: float
    y_m: float
    radius_m: float
    first_day: int = FAR_PAST_DAY


class Panel(NamedTuple):
    """One section of the story with the view it opens."""

    id: str
    order: int
    title: str
    short_title: str
    span: Span | None
    day: int
    bbox_deg: tuple[float, float, float, float]
    layers: frozenset[str]
    body: str
    claims: tuple[str, ...] = ()


class Layer(NamedTuple):
    """One line of the layer list; `group` is ``base`` or ``overlay``."""

    id: str
    title: str
    group: str
    description: str = ""
    default: bool = True


class Source(NamedTuple):
    """A work cited; `seen` tells whether the passage was read for this atlas."""

    citation: str
    supports: str = ""
    seen: bool = False
    url: str = ""


class Claim(NamedTuple):
    """A claim of the article with its verdict and what the sources say."""

    id: str
    panel: str
    text: str
    verdict: str
    annotation: str
    confidence: str
    sources: tuple[Source, ...] = ()


class Story(NamedTuple):
    """The narrative: title, era, layers, panels, claims."""

    id: str
    title: str
    subtitle: str
    first_day: int
    last_day: int
    layers: tuple[Layer, ...]
    panels: tuple[Panel, ...]
    claims: tuple[Claim, ...] = ()
    credits: tuple[str, ...] = ()
    default_panel: str = ""

    def panel(self, panel_id: str) -> Panel:
        """Return the panel of that id; KeyError if there is none."""
        for panel in self.panels:
            if panel.id == panel_id:
                return panel
        raise KeyError(panel_id)

    def panel_at(self, day: int) -> Panel:
        """Return the panel whose span holds `day`, the first panel if none does."""
        for panel in self.panels:
            if panel.span and panel.span.earliest_start_day <= day < panel.span.latest_end_day:
                return panel
        return self.panels[0]


class _Features(dict[str, Feature]):
    """The story's features by id; what an own overlay holds is looked up in it."""

    def __init__(self, atlas: "Atlas") -> None:
        super().__init__((feature.id, feature) for feature in atlas.features)
        self._own, self._projection = atlas.own, atlas.projection

    def __missing__(self, feature_id: str) -> Feature:
        points = self._own.get(feature_id.rpartition("#")[0])
        feature = points.feature(feature_id, self._projection) if points else None
        if feature is None:
            raise KeyError(feature_id)
        return feature

    def __contains__(self, feature_id: object) -> bool:
        return super().__contains__(feature_id) or self.get(feature_id) is not None

    def get(self, feature_id: object, default: Feature | None = None) -> Feature | None:  # type: ignore[override]
        """Return a feature, or the default if there is none of that id."""
        try:
            return self[feature_id] if isinstance(feature_id, str) else default
        except KeyError:
            return default


@dataclass(frozen=True, eq=False, repr=False)
class Atlas:
    """Everything loaded at start. Compared by identity: there is one, and it never changes."""

    story: Story
    features: tuple[Feature, ...]
    polities: tuple[Polity, ...]
    places: Sequence[Place]
    seas: tuple[Sea, ...] = ()
    provinces: Sequence[Province] = ()
    river_names: Sequence[RiverName] = ()
    credits: tuple[str, ...] = ()
    data_version: str = ""
    cards: dict[str, dict[str, object]] = field(default_factory=dict)
    can_draw: CanDraw = draws_all
    """Tells whether the fonts of this machine can draw a text."""
    own: "dict[str, OwnPoints]" = field(default_factory=dict)
    """What was read of the reader's own overlays, by layer; the one thing that is added to."""
    projection: Projection = ATLAS_PROJECTION
    """Whose metres the points are in."""

    @cached_property
    def _seen(self) -> "dict[Projection, Atlas]":
        return {ATLAS_PROJECTION: self}

    def seen_in(self, projection: Projection) -> "Atlas":
        """Return the same atlas with its points in a projection's map metres.

        Beside the atlas itself the one asked for last is kept.
        To be asked of the atlas that was opened, whose points are the pack's.
        """
        seen = self._seen.get(projection)
        if seen is None:
            from atlas.core.reprojection import reprojected

            seen = self._seen[projection] = reprojected(self, projection)
            for other in set(self._seen) - {ATLAS_PROJECTION, projection}:
                self._seen.pop(other, None)
        return seen

    @cached_property
    def feature_by_id(self) -> "Mapping[str, Feature]":
        """Features by id; places of own overlays are found too, but not listed."""
        return _Features(self)

    @cached_property
    def place_by_id(self) -> dict[str, Place]:
        """Places by id."""
        return {place.id: place for place in self.places}

    @cached_property
    def claim_by_id(self) -> dict[str, Claim]:
        """Claims by id."""
        return {claim.id: claim for claim in self.story.claims}
