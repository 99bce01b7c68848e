"""How much of the story a box on the map would hide, at whatever date.

Floor: core; neighbours: wishes, viewport. Furniture stands where it hides least. It is weighed
against what all dates show, so that it keeps its place while the date moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import ceil, floor, hypot
from typing import Final, NamedTuple

from atlas.core.arrow_wishes import AXIS_KINDS, EDGE_KIND
from atlas.core.labels import BoxPx
from atlas.core.model import Feature, PointM
from atlas.core.traces import is_hatched
from atlas.core.viewport import Camera, SizePx
from atlas.core.wishes import Neighbourhood, Wishes, neighbourhood

_STEP_PX: Final = 16.0
_SIGN: Final = 1.0
_HATCHED: Final = 0.3
_OF_ADVANCE: Final = 1.0
_OF_LINE: Final = 0.15
_OF_EDGE: Final = 0.04
"""Lines count once every so many pixels, the edges of areas too."""
_NAME_PX: Final = (90.0, 16.0)
_BESIDE: Final = 0.25
"""What is so near that its name may be hidden counts for part of what is under the box."""
_NAMES: Final = {"capital": 1.5, "town": 0.25, "country": 1.0}


class Weight(NamedTuple):
    """A point of the map and what it costs the reader to have it hidden; 1 is a sign."""

    x_m: float
    y_m: float
    weight: float


def hidden_weight(wishes: Wishes, camera: Camera, size_px: SizePx, box: BoxPx) -> float:
    """Return how much of the story a box, in pixels of a picture, hides at one date or another."""
    k = camera.m_per_px
    left_m, top_m = camera.x_m - size_px[0] * k / 2, camera.y_m + size_px[1] * k / 2
    x0, x1 = left_m + box[0] * k, left_m + box[2] * k
    y0, y1 = top_m - box[3] * k, top_m - box[1] * k
    wide, high = _NAME_PX[0] * k, _NAME_PX[1] * k
    around_it = [
        point
        for point in _weights(wishes, neighbourhood(camera, size_px))
        if x0 - wide <= point[0] <= x1 + wide and y0 - high <= point[1] <= y1 + high
    ]
    under = sum(w for x, y, w in around_it if x0 <= x <= x1 and y0 <= y <= y1)
    return under + _BESIDE * (sum(point[2] for point in around_it) - under)


@lru_cache(maxsize=4)
def _weights(wishes: Wishes, around: Neighbourhood) -> tuple[Weight, ...]:
    """Return the weights near a view: a line across the Earth has a million close up."""
    k = around.m_per_px
    x_min, y_min, x_max, y_max = around.box_m
    wide, high = _NAME_PX[0] * k, _NAME_PX[1] * k
    near = Neighbourhood((x_min - wide, y_min - high, x_max + wide, y_max + high), k)
    named = {
        (wish.x_m, wish.y_m): _NAMES[wish.kind] for wish in wishes.items if wish.kind in _NAMES
    }
    return (
        *(Weight(x_m, y_m, weight) for (x_m, y_m), weight in named.items()),
        *(weight for feature in wishes.features for weight in _of_feature(feature, near)),
    )


def _of_feature(feature: Feature, near: Neighbourhood) -> Iterator[Weight]:
    if feature.geometry == "point":
        weight = _HATCHED if is_hatched(feature) else _SIGN
        yield Weight(*feature.parts_m[0][0], weight)
        return
    if feature.geometry == "polygons":
        yield Weight(*feature.anchor_m, _SIGN)
        weight = _OF_EDGE
    else:
        told = feature.kind in AXIS_KINDS or feature.kind == EDGE_KIND
        weight = _OF_ADVANCE if told else _OF_LINE
    for line in feature.parts_m:
        for start, end in pairwise(line):
            yield from (Weight(*point, weight) for point in _along(start, end, near))


def _along(start: PointM, end: PointM, near: Neighbourhood) -> Iterator[PointM]:
    """Yield the points of a straight piece's even steps that lie in a box, its end left out."""
    (x0, y0), (x1, y1) = start, end
    x_min, y_min, x_max, y_max = near.box_m
    first, last = 0.0, 1.0
    for at, by, least, most in ((x0, x1 - x0, x_min, x_max), (y0, y1 - y0, y_min, y_max)):
        if by == 0:
            last = last if least <= at <= most else -1.0
            continue
        one, other = sorted(((least - at) / by, (most - at) / by))
        first, last = max(first, one), min(last, other)
    steps = ceil(hypot(x1 - x0, y1 - y0) / (_STEP_PX * near.m_per_px)) or 1
    for i in range(ceil(first * steps), min(floor(last * steps), steps - 1) + 1):
        yield x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps
