"""Signs of one kind and side in a heap: on small scales the first stands for all.

Floor: core; neighbours: model, traces, symbology. A printed map of a region does not draw ten signs
on one another; come nearer, and each has its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from atlas.core.model import Feature
from atlas.core.symbology import sign_for
from atlas.core.traces import REGION_FROM_M_PER_PX, is_hatched

_HEAP_PX: Final = 9.0
"""Signs of one look that stand nearer would hide most of one another."""


def left_to_others(
    features: Iterable[Feature], m_per_px: float, chosen: str | None = None
) -> frozenset[str]:
    """Return the ids of what is left out at a scale: another of its kind and side stands for it.

    Only what stood for years is: each event has its own sign. What is `chosen` is never left out.
    """
    if m_per_px <= REGION_FROM_M_PER_PX:
        return frozenset()
    kept: dict[tuple[str, str], list[tuple[float, float]]] = {}
    left_out = set()
    near_m2 = (_HEAP_PX * m_per_px) ** 2
    for feature in sorted(filter(_is_site, features), key=importance):
        x_m, y_m = feature.parts_m[0][0]
        around = kept.setdefault((feature.kind, feature.actor), [])
        if any((x - x_m) ** 2 + (y - y_m) ** 2 < near_m2 for x, y in around):
            left_out.add(feature.id)
        else:
            around.append((x_m, y_m))
    return frozenset(left_out - {chosen})


def _is_site(feature: Feature) -> bool:
    lingers = sign_for(feature.kind).linger_days
    return feature.geometry == "point" and not lingers and not is_hatched(feature)


def importance(feature: Feature) -> tuple[int, int, str]:
    """Return what signs are ordered by, the most important first."""
    rank = sign_for(feature.kind).label_rank + max(0, feature.rank - 1)
    return rank, feature.when.first_day, feature.id
