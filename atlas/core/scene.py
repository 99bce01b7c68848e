"""What is to be drawn, in order, as plain values: the painter needs nothing else.

Floor: core; neighbours: viewport, when, model. Positions are map metres; `ink` is 0..1; `doubt`
says that the sources leave it open whether the thing was there on the date.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

from atlas.core.model import PointM
from atlas.core.viewport import Camera, SizePx
from atlas.core.wishes import Wishes

if TYPE_CHECKING:
    from atlas.core.own import OwnCells

LEAST_DISC_PX: Final = 11.0
"""A disc of uncertain place is left out below this radius: its own symbol would hide it."""


class Mark(NamedTuple):
    """A point feature as it stands on the date."""

    feature_id: str
    x_m: float
    y_m: float
    symbol: str
    actor: str
    ink: float
    doubt: bool
    confidence: str
    disc_m: float
    """Radius within which the place lies; 0 where no disc is drawn."""
    label: str
    label_rank: int
    kind_words: str = ""
    hatched: bool = False
    """Claimed but not located: drawn as a soft hatched disc, never as a dot."""
    strength: float = 1.0
    """How strongly its layer is to show: the reader's choice, and none of the sources'."""
    place_m: PointM | None = None
    """Where the sources put it, if its sign stands aside of others; the disc is around this."""


class Stretch(NamedTuple):
    """A part of an arrow between two fractions of the drawn line."""

    from_fraction: float
    to_fraction: float
    sourced: bool


class Arrow(NamedTuple):
    """A line feature grown to the date: vertices from its start to its tip."""

    feature_id: str
    kind: str
    actor: str
    lines_m: tuple[tuple[PointM, ...], ...]
    stretches: tuple[Stretch, ...]
    ink: float
    doubt: bool
    grown: float
    label: str = ""
    weight: int = 0
    far: str = ""
    strength: float = 1.0


class Area(NamedTuple):
    """A polygon feature: rings in map metres, drawn soft-edged when its limits are not known."""

    feature_id: str
    layer: str
    actor: str
    rings_m: tuple[tuple[PointM, ...], ...]
    ink: float
    doubt: bool
    hatched: bool
    label: str
    label_at_m: PointM
    strength: float = 1.0


class Political(NamedTuple):
    """Which polity each atom of the base map belongs to: the key of the political drawing."""

    polity_of_atom: tuple[tuple[str, str], ...]
    state_of_atom: tuple[tuple[str, str], ...]
    """Units under one state have no border between them."""
    outlined: tuple[str, ...] = ()
    side_of_atom: tuple[tuple[str, str, bool], ...] = ()
    """Atom, bloc, and whether it is sure: filled where countries are tinted by alignment."""


class Scene(NamedTuple):
    """One complete picture of the map, ready to paint on any device."""

    camera: Camera
    size_px: SizePx
    theme: str
    base_layers: frozenset[str]
    political: Political
    areas: tuple[Area, ...]
    arrows: tuple[Arrow, ...]
    marks: tuple[Mark, ...]
    wishes: Wishes
    selection: str
    date_text: str
    title: str
    furniture: frozenset[str]
    day: int
    credits: tuple[str, ...] = ()
    range_days: int = 0
    """So many days before `day` are shown with it; the map below is that of `day`."""
    caption: str = ""
    """A sentence below the map, over the credits."""
    transparent: bool = False
    """Leave out sea and paper, for pictures to be laid over others."""
    base_opacity: tuple[tuple[str, int], ...] = ()
    """Layers of the base map that show less than fully, with the per cent they show."""

    legend_below: bool = False
    """The legend stands in a strip below the map, which is too full to bear it."""
    plate_on_right: bool = False
    """Two dates that share a picture have their plates in its two corners."""
    own: "tuple[OwnCells, ...]" = ()
    """What is shown of the reader's own overlays."""
    beside: "Scene | None" = None
    """The other date in the same picture: the legend explains both."""
    furnished_for: "Scene | None" = None
    """The scene whose legend, scale bar and overview keep their corners: at the end of a flight."""

    def strength(self, layer: str) -> float:
        """Return how strongly a layer of the base map shows, from 0 to 1."""
        return dict(self.base_opacity).get(layer, 100) / 100
