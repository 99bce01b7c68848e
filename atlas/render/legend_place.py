"""Where the legend stands: in the corner, and in as many columns, as hide least of the story.

Floor: render; neighbours: furniture, legend_layout; below: core.quiet. The place depends on the
view, not on the date: it is weighed for a full legend, and that of a day stands in the same corner.
"""

from __future__ import annotations

from math import inf
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF

from atlas.core.kept_results import kept_while_held
from atlas.core.labels import BoxPx
from atlas.core.quiet import hidden_weight
from atlas.core.scene import Scene
from atlas.core.viewport import Camera, SizePx
from atlas.core.wishes import Wishes
from atlas.render.legend_box import legend_scale
from atlas.render.legend_layout import full_size_px

_CORNERS: Final = (("lower right", 0.0), ("lower left", 1.5), ("upper right", 2.0))
"""The corners a legend may take, best first, and what each costs in signs hidden."""
_COLUMN_COSTS: Final = 0.5
_MOST_COLUMNS: Final = 4


class LegendPlace(NamedTuple):
    """A corner, the most columns to fill there, and the box that a full legend takes."""

    corner: str
    columns: int
    box: QRectF
    hides: float = 0.0
    """What it hides of the story there, in signs."""


class Room(NamedTuple):
    """Where the legend may stand: its margins, in pixels of the picture."""

    left_px: float
    right_px: float
    top_right_px: float
    """Below what stands in the upper right."""
    floor_px: float
    plate: BoxPx
    """Where the date's plate stands."""


def legend_place(scene: Scene, room: Room) -> LegendPlace:
    """Return the place that hides least of what any date shows; the lower right among equals."""
    return _place(scene.wishes, scene.camera, scene.size_px, room)


@kept_while_held(4)
def _place(wishes: Wishes, camera: Camera, size_px: SizePx, room: Room) -> LegendPlace:
    best, least = LegendPlace("lower right", 1, QRectF()), inf
    for columns in range(1, _MOST_COLUMNS + 1):
        w, h = (side * legend_scale(size_px) for side in full_size_px(columns))
        if columns > 1 and w > room.right_px - room.left_px:
            break
        for corner, bias in _CORNERS:
            box = standing_in(corner, w, h, room)
            if corner.startswith("upper") and _meet(box, room.plate):
                continue
            sides = box.left(), box.top(), box.right(), box.bottom()
            cost = hidden_weight(wishes, camera, size_px, sides)
            cost += bias + _COLUMN_COSTS * (columns - 1)
            if cost < least:
                best, least = LegendPlace(corner, columns, box, cost), cost
    return best


def _meet(box: QRectF, other: BoxPx) -> bool:
    return box.left() < other[2] and box.top() < other[3]


def standing_in(corner: str, width_px: float, height_px: float, room: Room) -> QRectF:
    """Return the box of that size in a corner of the room."""
    left = room.left_px if corner.endswith("left") else room.right_px - width_px
    top = room.floor_px - height_px if corner.startswith("lower") else room.top_right_px
    return QRectF(left, top, width_px, height_px)
