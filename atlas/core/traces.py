"""How a point feature shows on the map: as a sign or hatched, and until which day.

Floor: core; neighbours: model, symbology.
"""

from __future__ import annotations

from math import hypot
from typing import Final

from atlas.core.model import Feature
from atlas.core.symbology import sign_for

HATCHED_ABOVE_M: Final = 60_000.0
_LETTERED_EIGHTHS: Final = 5
REGION_FROM_M_PER_PX: Final = 2500.0
"""From this scale on a picture shows a region: signs stand in heaps."""
_LEAST_ARROW_PX: Final = 24.0
_NEAR_ONLY: Final = frozenset({"place"})
"""Kinds that only say where others happened: in a heap of signs they hide those."""
DISC_LAYERS: Final = frozenset({"ratanakiri_bases", "thai_border_camps"})


def is_hatched(feature: Feature) -> bool:
    """Tell whether a point is drawn as a soft hatched disc, its place being only claimed."""
    if feature.layer not in DISC_LAYERS:
        return False
    return feature.draw_as.startswith("area-hatch") or feature.radius_m > HATCHED_ABOVE_M


def is_generalised(feature: Feature, m_per_px: float) -> bool:
    """Tell whether a feature is left out at a scale.

    Where a whole region shows, towns on the way are, and arrows too short to be seen as such.
    """
    if m_per_px <= REGION_FROM_M_PER_PX:
        return False
    if feature.growth:
        x_min, y_min, x_max, y_max = feature.bbox_m
        return hypot(x_max - x_min, y_max - y_min) < _LEAST_ARROW_PX * m_per_px
    return feature.kind in _NEAR_ONLY


def last_shown_day(feature: Feature) -> int:
    """Return the last day a feature leaves any trace."""
    last = feature.growth[-1][0] if feature.growth else feature.when.last_day
    return last + sign_for(feature.kind).linger_days


def last_lettered_day(feature: Feature) -> int:
    """Return the last day a symbol is lettered: then it has faded too far."""
    linger_days = sign_for(feature.kind).linger_days
    return feature.when.last_day + -(-linger_days * _LETTERED_EIGHTHS // 8) - (linger_days > 0)


def tells_less(feature: Feature, twin: Feature) -> bool:
    """Tell which of two features about the same thing is left out where both have a sign.

    A plain event's sign says less than one of a kind; an overlay's knows a side besides.
    """
    return _plainness(feature) > _plainness(twin)


def _plainness(feature: Feature) -> tuple[bool, bool, str]:
    return feature.kind == "event", feature.layer == "events", feature.id
