"""What the groups of a layered drawing are called: the story's layers, and parts of the map.

Floor: app, no Qt; neighbours: watched_painter, which asks, and vector_files.
"""

from __future__ import annotations

from typing import Final

from atlas.app.library import Library

_BASE: Final = {
    "relief": "relief", "countries": "polities", "rivers and lakes": "rivers",
    "provinces": "provinces", "symbols": "places",
}  # fmt: skip
"""Layers of the base map by the parts that draw them."""
_OTHERS: Final = {
    "borders": "Borders", "coast": "Coast", "graticule": "Graticule",
    "graticule's degrees": "Graticule: degrees", "names": "Names", "furniture": "Furniture",
    "overview": "Overview",
}  # fmt: skip
_GROUND: Final = "Sea and land"
_OF_FEATURES: Final = {
    "zones": ": areas", "discs": ": precision of places", "arrows": ": lines", "symbols": "",
}  # fmt: skip


class LayerNames:
    """Names the layer of a part of the map and a feature; made for one story."""

    def __init__(self, library: Library) -> None:
        self._titles = {layer.id: layer.title for layer in library.atlas.story.layers}
        self._features = library.atlas.feature_by_id

    def __call__(self, part: str, feature_id: str) -> str:
        """Return the name; relations are no features of an overlay."""
        if feature_id:
            known = self._features.get(feature_id)
            layer = known.layer if known else "relations"
            return f"{self._titles.get(layer, layer)}{_OF_FEATURES.get(part, '')}"
        base = _BASE.get(part, "")
        return self._titles.get(base) or _OTHERS.get(part, _GROUND)
