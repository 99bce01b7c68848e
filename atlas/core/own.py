"""A reader's own overlays: how they are named, asked, and what they give a scene.

Floor: core; neighbours: state, resolve, model. An overlay may hold a million dated points, so a
scene gets none of them but what a map can show: one cell of the map with its number of places, or
a place alone. The points themselves are kept by whoever read the file (see `geodata.own`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from atlas.core.viewport import BoxM, Camera, SizePx

if TYPE_CHECKING:
    from atlas.core.model import Feature
    from atlas.core.projection import Projection
    from atlas.core.state import State

OWN: Final = "own:"
"""How the layer id of every own overlay begins; what follows names the file, not its folder."""
MOST_NAMES: Final = 12
"""So many of the places in a cell are named by its card."""


class Asked(NamedTuple):
    """What of an overlay is to be shown: where from, which days, in doubt or not."""

    camera: Camera
    size_px: SizePx
    first_day: int
    last_day: int
    attested_only: bool = False

    @property
    def is_range(self) -> bool:
        """Whether more than one day is looked at: then nothing lingers."""
        return self.last_day > self.first_day


class OwnCell(NamedTuple):
    """What stands at one spot: a place alone (`number` 1), or a number of places together.

    `doubtful` of them may or may not hold on the date, `past` are just past.
    """

    id: str
    x_m: float
    y_m: float
    number: int
    doubtful: int
    past: int
    ink: float = 1.0
    reach_m: float = 0.0
    """Half the side of the cell: how far its sign may reach; 0 for a place alone."""


@dataclass(frozen=True, eq=False, slots=True)
class OwnCells:
    """One overlay's part of a scene; compared by identity, since scenes are made for each date."""

    layer: str
    title: str
    cells: tuple[OwnCell, ...]
    strength: float = 1.0


class Gathered(NamedTuple):
    """What stands in one cell of the map on the days asked for."""

    number: int
    doubtful: int
    past: int
    first: tuple[str, ...]
    """Ids of the first of its places, the earliest start first."""
    box_m: BoxM


class OwnPoints(Protocol):
    """The dated points of one file."""

    @property
    def layer(self) -> str:
        """The id of the layer: `OWN` and what names the file."""

    @property
    def title(self) -> str:
        """The file's name."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was left out, a line each."""

    @property
    def left_out(self) -> int:
        """How many rows of the file are not shown."""

    def __len__(self) -> int: ...

    def cells(self, asked: Asked) -> tuple[OwnCell, ...]:
        """Return what a map shows: every place in view is counted in exactly one cell."""

    def gathered(self, cell_id: str, asked: Asked) -> Gathered:
        """Return what stands in a cell that `cells` once gave; its camera may be another."""

    def feature(self, feature_id: str, projection: Projection) -> Feature | None:
        """Return a place or a cell as a feature; None if there is none of that id."""

    def card(self, feature_id: str) -> Mapping[str, object]:
        """Return what the file tells of a place."""


def is_own(layer: str) -> bool:
    """Tell whether a layer is a reader's own overlay."""
    return layer.startswith(OWN)


def layer_of(feature_id: str) -> str:
    """Return the layer of a place or a cell of an own overlay; empty for anything else."""
    layer, found, _ = feature_id.rpartition("#")
    return layer if found and is_own(layer) else ""


def is_cell(feature_id: str) -> bool:
    """Tell whether an id is of a cell that may hold many places."""
    return bool(layer_of(feature_id)) and "/" in feature_id.rpartition("#")[2]


def asked_by(state: State) -> Asked:
    """Return what a state asks of every own overlay it shows."""
    return Asked(state.camera, state.viewport_px, state.first_day, state.day, state.attested_only)


def own_credit(title: str) -> str:
    """Return the line that keeps a reader's own places apart from the atlas's."""
    return f"Own overlay “{title}”: added by the reader, not checked by the atlas."


def together_words(count: int) -> str:
    """Return how a cell is called: ``312 places together``."""
    return "One place" if count == 1 else f"{count:,} places together"


def rounded_number(count: int) -> str:
    """Return a count as it stands on the map: exact below 100, then to two figures."""
    if count < 100:
        return str(count)
    digits = len(str(count)) - 2
    rough = (count + 5 * 10 ** (digits - 1)) // 10**digits * 10**digits
    if rough < 1000:
        return str(rough)
    for unit, letter in ((1_000_000, "M"), (1_000, "k")):
        if rough >= unit:
            head = f"{rough / unit:.1f}" if rough < 10 * unit else str(rough // unit)
            return head.removesuffix(".0") + letter
    return str(rough)
