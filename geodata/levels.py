"""The levels of detail the base map is cut into. Floor: geodata; no neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_PIXELS_PER_TOLERANCE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Level:
    """One level: lines may lie off by about `tolerance_m`; smaller islands are left out."""

    name: str
    tolerance_m: float

    @property
    def smallest_area_m2(self) -> float:
        """Islands and lakes below this are left out of the level."""
        return self.tolerance_m**2


LEVELS: Final = (
    Level("l0", 5_000.0),
    Level("l1", 1_800.0),
    Level("l2", 600.0),
    Level("l3", 0.0),
)


def levels_json() -> list[dict[str, object]]:
    """Return the levels, coarsest first, each with the scale up to which it is meant.

    A level is the right one while its tolerance is at most 0.95 pixels; ``max_m_per_px`` is the
    scale at which the next coarser level takes over, null for the coarsest.
    """
    rows: list[dict[str, object]] = []
    limit: float | None = None
    for level in LEVELS:
        row = {"name": level.name, "tolerance_m": level.tolerance_m, "max_m_per_px": limit}
        rows.append(row)
        limit = level.tolerance_m / _PIXELS_PER_TOLERANCE
    return rows
