"""A walk by keyboard through what can be selected on the map, in reading order.

Floor: ui, but plain values only; neighbours: window_commands. Rows are bands of the map, so that
marks side by side are met from left to right.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from atlas.core.scene import Scene
from atlas.core.viewport import to_px

ROW_PX: Final = 48


def neighbour_mark(scene: Scene, offset: int) -> str:
    """Return the feature `offset` places from the selected one, the walk going round.

    Without a selection in view it begins at either end; empty if nothing is in view.
    """
    walk = walk_of(scene)
    if not walk:
        return ""
    if scene.selection in walk:
        return walk[(walk.index(scene.selection) + offset) % len(walk)]
    return walk[0] if offset > 0 else walk[-1]


def walk_of(scene: Scene) -> tuple[str, ...]:
    """Return the features in view, each once: rows from the top, in a row from the left."""
    width, height = scene.size_px
    seen = []
    for feature_id, x_m, y_m in _spots(scene):
        x_px, y_px = to_px(scene.camera, scene.size_px, x_m, y_m)
        if 0 <= x_px < width and 0 <= y_px < height:
            seen.append((int(y_px // ROW_PX), x_px, y_px, feature_id))
    return tuple(dict.fromkeys(row[-1] for row in sorted(seen)))


def _spots(scene: Scene) -> Iterator[tuple[str, float, float]]:
    """Yield every feature with the point it is met at: an arrow at its tip."""
    for mark in scene.marks:
        yield mark.feature_id, mark.x_m, mark.y_m
    for own in scene.own:
        for cell in own.cells:
            yield cell.id, cell.x_m, cell.y_m
    for arrow in scene.arrows:
        if arrow.lines_m and arrow.lines_m[-1]:
            yield arrow.feature_id, *arrow.lines_m[-1][-1]
    for area in scene.areas:
        yield area.feature_id, *area.label_at_m
