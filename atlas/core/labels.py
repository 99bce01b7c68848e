"""Boxes of labels: which are taken, where one may stand by its point. Floor: core.

Which of them a label gets is for `label_plan` to say.
"""

from __future__ import annotations

BoxPx = tuple[float, float, float, float]
"""x_min, y_min, x_max, y_max in pixels, y down."""
_CELL_PX = 96.0


class Occupied:
    """Boxes taken so far, in a grid of cells so that a test looks at few of them."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[BoxPx]] = {}

    def add(self, box: BoxPx) -> None:
        """Take a box."""
        for cell in cells_of(box, _CELL_PX):
            self._cells.setdefault(cell, []).append(box)

    def hits(self, box: BoxPx) -> bool:
        """Tell whether a box overlaps any taken one."""
        x0, y0, x1, y1 = box
        for cell in cells_of(box, _CELL_PX):
            for a0, b0, a1, b1 in self._cells.get(cell, ()):
                if x0 < a1 and a0 < x1 and y0 < b1 and b0 < y1:
                    return True
        return False


def cells_of(box: BoxPx, side_px: float) -> list[tuple[int, int]]:
    """Return the cells, of so many pixels a side, that a box lies in."""
    x0, x1 = int(box[0] // side_px), int(box[2] // side_px)
    y0, y1 = int(box[1] // side_px), int(box[3] // side_px)
    if x0 == x1 and y0 == y1:
        return [(x0, y0)]
    return [(x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)]


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
