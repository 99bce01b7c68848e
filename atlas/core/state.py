"""Everything the view depends on, as one frozen value. Floor: core; neighbours: viewport.

Nothing is kept here that follows from State and Atlas; the names of the fields are what a
`store.Change` reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from atlas.core.viewport import Camera, SizePx

STEPS = ("day", "week", "month", "year")
BASE_LAYERS = ("relief", "rivers", "provinces", "polities", "places")
FURNITURE = (
    "date",
    "scale_bar",
    "north_arrow",
    "graticule",
    "legend",
    "title",
    "credits",
    "overview",
)
LEAST_OPACITY = 10
"""Per cent: a layer fainter than this is better hidden."""
SCREEN_FURNITURE = frozenset({"date", "scale_bar", "north_arrow", "graticule"})


COMPARE_MODES = ("off", "swipe", "side")
LEAST_SHARE = 0.02


class Comparison(NamedTuple):
    """A second date on the same camera: under a handle that is swiped, or side by side.

    `day` and `share` (how much of the window the first date has) outlive being switched off.
    """

    mode: str = "off"
    day: int | None = None
    share: float = 0.5


NO_COMPARISON = Comparison()


@dataclass(frozen=True, slots=True)
class State:
    """One view of the atlas: a date, a camera, the layers shown, the panel open."""

    day: int
    """The date; the last day of a stretch of time if `range_days` is not 0."""
    camera: Camera
    viewport_px: SizePx
    layers: frozenset[str]
    panel: str
    selection: str = ""
    step: str = "day"
    theme: str = "paper"
    furniture: frozenset[str] = SCREEN_FURNITURE
    attested_only: bool = False
    """Leave out what is in doubt, of low confidence, not located or only interpolated."""
    by_alignment: bool = False
    """Tint countries by the side they stood on."""
    name_language: str = "english"
    """One of `naming.NAME_LANGUAGES`."""
    range_days: int = 0
    """So many days before `day` are looked at with it; 0 stands for the one day."""
    solo: str = ""
    """An overlay shown without the others, which come back when it is empty again."""
    opacity: tuple[tuple[str, int], ...] = ()
    """Layers that show less than fully, by id, with the per cent they show."""

    comparison: Comparison = NO_COMPARISON
    own: tuple[str, ...] = ()
    """The reader's own overlays that are open, by layer id; those shown are in `layers` too."""

    @property
    def readers_layers(self) -> frozenset[str]:
        """The layers shown that are the reader's own choice, whatever panel is open."""
        return self.layers & frozenset((*BASE_LAYERS, *self.own))

    @property
    def shown_layers(self) -> frozenset[str]:
        """The layers to be seen: those chosen, or of the overlays one alone."""
        if not self.solo:
            return self.layers
        return (self.layers & frozenset(BASE_LAYERS)) | {self.solo}

    def opacity_of(self, layer: str) -> int:
        """Return how strongly a layer shows, in per cent."""
        return dict(self.opacity).get(layer, 100)

    @property
    def first_day(self) -> int:
        """The first day looked at."""
        return self.day - self.range_days

    @property
    def other_day(self) -> int | None:
        """The day compared with, None while nothing is compared."""
        return None if self.comparison.mode == "off" else self.comparison.day
