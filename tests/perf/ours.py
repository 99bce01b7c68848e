"""The atlas's painter draws what the peers draw, asked line by line as they are.

Every picture is painted whole by the painter of pictures and pages: nothing of the picture before
is used but the paths in memory and the pictures of letters.
"""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtGui import QGuiApplication, QImage, QPainter

from atlas.app.library import open_library
from atlas.core.resolve import resolve
from atlas.core.scene import Scene
from atlas.core.state import FURNITURE
from atlas.core.wishes import NO_WISHES
from atlas.render.basemap import BaseMap
from atlas.render.fonts import load_fonts
from atlas.render.painter import MapPainter
from atlas.render.style import load_style
from tests.perf.peers.answering import Clock, answer, peak_mb
from tests.perf.same_states import Asked, a3, screen
from tests.records import replace


class Ours:
    def __init__(self) -> None:
        self._library = open_library()
        self._painter = MapPainter(BaseMap(self._library.pack), load_style("paper"))
        self._sheets = {"screen": screen(self._library), "a3": a3(self._library)}

    def redraw(
        self, sheet: str, names: bool = True, everything: bool = False, keep: str = ""
    ) -> dict[str, Any]:
        """Paint a sheet; `everything` adds the relief and the furniture, which no peer has."""
        asked = self._sheets[sheet]
        scene = self._scene(asked, names, everything)
        self._painter._zones_key = None  # films draw zones of the frame before again
        with Clock() as clock:
            image = QImage(*asked.dots, QImage.Format.Format_RGB32)
            image.setDevicePixelRatio(asked.dots_per_px)
            with QPainter(image) as device:
                self._painter.paint(device, scene, asked.dots_per_px)
        if keep:
            image.save(keep)
        told: dict[str, Any] = clock.told()
        return told

    def _scene(self, asked: Asked, names: bool, everything: bool) -> Scene:
        state = asked.state
        if everything:
            shown = frozenset(FURNITURE)
            state = replace(state, layers=state.layers | {"relief"}, furniture=shown)
        scene = resolve(state, self._library.atlas)
        return scene if names else scene._replace(wishes=NO_WISHES)


def main() -> int:
    app = QGuiApplication(sys.argv[:1])
    load_fonts()
    ours = Ours()
    answer({"redraw": ours.redraw, "memory": lambda: {"peak_mb": peak_mb()}})
    del app
    return 0


if __name__ == "__main__":
    sys.exit(main())
