"""Where labels stand: collision-free, by priority, as data. Floor: core; no neighbours.

Requests come most important first. Each offers candidate boxes in the order it prefers them;
the first that is inside the picture and free is taken, else the label is left out. The same
requests always give the same result, so a label stays where it is while nothing better moves in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

BoxPx = tuple[float, float, float, float]
"""x_min, y_min, x_max, y_max in pixels, y down."""
_CELL_PX = 96.0


class Request(NamedTuple):
    """A wish for a label: its key and the boxes it could fill, best first."""

    key: int
    boxes: tuple[BoxPx, ...]
    insists: bool = False
    """Would rather cross an arrow than be left out."""


class Occupied:
    """Boxes taken so far, in a grid of cells so that a test looks at few of them."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[BoxPx]] = {}

    def add(self, box: BoxPx) -> None:
        """Take a box."""
        for cell in _cells_of(box):
            self._cells.setdefault(cell, []).append(box)

    def hits(self, box: BoxPx) -> bool:
        """Tell whether a box overlaps any taken one."""
        x0, y0, x1, y1 = box
        for cell in _cells_of(box):
            for a0, b0, a1, b1 in self._cells.get(cell, ()):
                if x0 < a1 and a0 < x1 and y0 < b1 and b0 < y1:
                    return True
        return False


def _cells_of(box: BoxPx) -> Iterable[tuple[int, int]]:
    x0, x1 = int(box[0] // _CELL_PX), int(box[2] // _CELL_PX)
    y0, y1 = int(box[1] // _CELL_PX), int(box[3] // _CELL_PX)
    return [(x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)]


def place(
    requests: Sequence[Request],
    occupied: Occupied,
    frame_px: BoxPx,
    padding_px: float = 2.0,
    avoided: Occupied | None = None,
) -> dict[int, int]:
    """Return for each placed key the index of the box it got; `occupied` is added to.

    What is `avoided` is kept clear of too, except by requests that insist.
    """
    placed: dict[int, int] = {}
    for request in requests:
        index = _choice(request, occupied, avoided, frame_px)
        if index is None:
            continue
        x0, y0, x1, y1 = request.boxes[index]
        placed[request.key] = index
        occupied.add((x0 - padding_px, y0 - padding_px, x1 + padding_px, y1 + padding_px))
    return placed


def _choice(
    request: Request, occupied: Occupied, avoided: Occupied | None, frame_px: BoxPx
) -> int | None:
    """Return the first free box; for one that insists the first that only crosses arrows."""
    crossing = None
    for index, box in enumerate(request.boxes):
        if not _within(box, frame_px) or occupied.hits(box):
            continue
        if avoided is None or not avoided.hits(box):
            return index
        if request.insists and crossing is None:
            crossing = index
    return crossing


def _within(box: BoxPx, frame_px: BoxPx) -> bool:
    return (
        box[0] >= frame_px[0]
        and box[1] >= frame_px[1]
        and box[2] <= frame_px[2]
        and box[3] <= frame_px[3]
    )


def around_point(
    x_px: float, y_px: float, gap_px: float, width_px: float, height_px: float
) -> tuple[BoxPx, ...]:
    """Return the eight boxes around a point symbol: right first, as cartographers prefer.

    Order after E. Imhof, "Positioning Names on Maps", The American Cartographer 2 (1975).
    """
    w, h, g = width_px, height_px, gap_px
    d = g * 0.75
    right, left, middle = x_px + d, x_px - d - w, x_px - w / 2
    level, raised, lowered = y_px - h / 2, y_px - d - h * 0.8, y_px + d - h * 0.2
    # Written out: a plan asks for thousands of them.
    return (
        (x_px + g, level, x_px + g + w, level + h),
        (right, raised, right + w, raised + h),
        (right, lowered, right + w, lowered + h),
        (x_px - g - w, level, x_px - g, level + h),
        (left, raised, left + w, raised + h),
        (left, lowered, left + w, lowered + h),
        (middle, y_px - g - h, middle + w, y_px - g),
        (middle, y_px + g, middle + w, y_px + g + h),
    )


def centred(x_px: float, y_px: float, width_px: float, height_px: float) -> BoxPx:
    """Return the box of that size around a point."""
    w, h = width_px / 2, height_px / 2
    return x_px - w, y_px - h, x_px + w, y_px + h
