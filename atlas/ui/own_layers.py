"""The reader's own overlays as lines of the layer list. Floor: ui; neighbour: layers_dock."""

from __future__ import annotations

from atlas.core.model import Atlas, Layer
from atlas.core.state import State

GROUP = "own"
_TOLD = 8


def own_layers(atlas: Atlas, state: State) -> tuple[Layer, ...]:
    """Return a layer for each own overlay that is open and read."""
    return tuple(
        Layer(layer, points.title, GROUP, _description(atlas, layer))
        for layer in state.own
        if (points := atlas.own.get(layer)) is not None
    )


def _description(atlas: Atlas, layer: str) -> str:
    points = atlas.own[layer]
    lines = [f"{len(points):,} dated places from {points.path}"]
    if points.left_out:
        lines.append(f"{points.left_out:,} rows were left out:")
        lines += points.remarks[:_TOLD]
    return "\n".join(lines)
