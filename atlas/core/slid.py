"""Where a country is named whose own place for that lies outside the picture.

Floor: core; neighbours: labels. As on maps in motion: the name slides along the picture's edge as
long as it stays in its country.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from atlas.core.labels import BoxPx, centred
from atlas.core.viewport import SizePx

DiscPx = tuple[float, float, float]
"""Middle and radius in pixels of the picture."""
_RIMS_PX: Final = (16.0, 44.0)
"""How far from the rim such a name may stand: at the foot of the picture stand the credits."""


def slid_box(
    discs: Sequence[DiscPx],
    name_px: tuple[float, float],
    size_px: SizePx,
    is_free: Callable[[BoxPx], bool],
) -> BoxPx | None:
    """Return a free box for a name of a size in the picture and in the discs of its country.

    It stands in the middle of the first disc it can, or as near to that as the rim allows.
    """
    width, height = name_px
    # What lies beyond the picture holds no name in it: most countries of a plan lie there whole.
    near = [disc for disc in discs if _reaches(disc, size_px, width + height)]
    tried: set[tuple[float, float]] = set()
    for x, y, _ in discs if near else ():
        for rim_px in _RIMS_PX:
            at_x = _within(x, width / 2 + rim_px, size_px[0])
            at_y = _within(y, height / 2 + rim_px, size_px[1])
            if (at_x, at_y) in tried:
                continue
            tried.add((at_x, at_y))
            box = centred(at_x, at_y, width, height)
            if _is_in_discs(near, box) and is_free(box):
                return box
    return None


def _reaches(disc: DiscPx, size_px: SizePx, margin_px: float) -> bool:
    """Tell whether a disc reaches into a picture or the margin around it."""
    x, y, radius = disc
    reach = radius + margin_px
    return -reach <= x <= size_px[0] + reach and -reach <= y <= size_px[1] + reach


def _is_in_discs(discs: Sequence[DiscPx], box: BoxPx) -> bool:
    """Tell whether each point around a name lies in one of the discs."""
    for px, py in _rim(box):
        for x, y, radius in discs:
            dx, dy = x - px, y - py
            if dx * dx + dy * dy <= radius * radius:
                break
        else:
            return False
    return True


def _rim(box: BoxPx) -> Iterator[tuple[float, float]]:
    """Yield points around a name: where its letters begin and end, and above and below them."""
    x0, y0, x1, y1 = box
    yield x0, (y0 + y1) / 2
    yield x1, (y0 + y1) / 2
    for share in (0.1, 0.5, 0.9):
        yield x0 + (x1 - x0) * share, y0
        yield x0 + (x1 - x0) * share, y1


def _within(middle_px: float, rim_px: float, side_px: float) -> float:
    return min(max(middle_px, rim_px), max(side_px - rim_px, rim_px))
