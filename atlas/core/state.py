"""Everything the view depends on, as one frozen value. Floor: core; neighbours: viewport.

Nothing is kept here that follows from State and Atlas; the names of the fields are what a
`store.Change` reports.
"""

from __future__ import annotations

from dataclasses import dataclass

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
SCREEN_FURNITURE = frozenset({"date", "scale_bar", "north_arrow", "graticule"})


@dataclass(frozen=True, slots=True)
class State:
    """One view of the atlas: a date, a camera, the layers shown, the panel open."""

    day: int
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
    name_language: str = "english"
    """One of `naming.NAME_LANGUAGES`."""
