"""A painter that knows which layer it paints: it can be stopped there, and names SVG's groups.

Floor: app; neighbours: vector_files, svg_layers (which groups by its marks); below: render.parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPaintDevice, QPainter

from atlas.app.images.svg_layers import Layer
from atlas.app.images.text_outlines import outlined_block
from atlas.app.steps import Report, silently, tell
from atlas.render.letters import outline_of

MARK_PX: Final = -99999
"""Where the marks stand that tell layers apart: no drawing reaches so far."""
STEPS: Final = 20
"""About how many parts a map has."""
LayerOf = Callable[[str, str], str]
"""Names the layer of a part of the map and a feature; the feature may be none."""


class WatchedPainter(QPainter):
    """Paints on a page or a drawing; `layers` are what its marks stand for, the first for none."""

    def __init__(
        self,
        device: QPaintDevice,
        report: Report = silently,
        layer_of: LayerOf | None = None,
        *,
        outlines: bool = False,
    ) -> None:
        super().__init__(device)
        self._report, self._layer_of, self._outlines = report, layer_of, outlines
        self._steps = 0
        self._depth = 0
        self._parts = [""]
        self.layers = [Layer(0, layer_of("", "") if layer_of else "")]

    def __enter__(self) -> WatchedPainter:
        return self

    def __exit__(self, kind: object, error: object, where: object) -> None:
        self.end()

    def save(self) -> None:
        """Keep the state for `restore`."""
        self._depth += 1
        super().save()

    def restore(self) -> None:
        """Take the state kept last."""
        self._depth -= 1
        super().restore()

    def end(self) -> bool:
        """End, also in the midst of the work: Qt complains of states that were not restored."""
        while self._depth > 0:
            self.restore()
        return super().end()

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Take what is painted inside for a part of the map.

        Raises
        ------
        Cancelled
            If whoever is told wants no more.
        """
        tell(self._report, min(self._steps, STEPS - 1), STEPS)
        self._steps += 1
        self._parts.append(name)
        self._mark("")
        try:
            yield
        finally:
            self._parts.pop()

    def feature(self, feature_id: str) -> None:
        """Take what is painted next for a feature of an overlay."""
        self._mark(feature_id)

    def _mark(self, feature_id: str) -> None:
        if self._layer_of is None:
            return
        layer = Layer(self._steps, self._layer_of(self._parts[-1], feature_id))
        if self.layers[-1] != layer:
            at = len(self.layers)
            self.layers.append(layer)
            super().drawLine(QLineF(MARK_PX, at, MARK_PX, at + 1))

    def drawText(self, *words: Any) -> Any:
        """Draw text, as shapes where that is wanted."""
        if not self._outlines:
            return super().drawText(*words)
        if isinstance(words[0], QRectF):
            path = outlined_block(words[0], int(words[1]), words[2], self.font())
        else:
            path = outline_of(words[1], self.font()).translated(words[0])
        self.fillPath(path, self.pen().brush())
        return None
