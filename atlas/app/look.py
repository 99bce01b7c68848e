"""The map in one style: who paints it, here and on the thread, and what is kept of it.

Floor: app; neighbours: picture, which shows one look and gets the next ready; bases, ground_worker.
"""

from __future__ import annotations

from atlas.app.bases import Bases, whole_ground
from atlas.app.ground_worker import Ground, GroundKey, breather
from atlas.core.scene import Scene
from atlas.render.basemap import BaseMap
from atlas.render.ground import Cancelled, never
from atlas.render.letters import Letterer
from atlas.render.painter import MapPainter
from atlas.render.parts import PainterOn
from atlas.render.style import Style


class Look:
    """Use on the window's thread, `ahead` on any other."""

    def __init__(self, basemap: BaseMap, style: Style, synchronous: bool, ratio: float) -> None:
        self.style = style
        self.painter = MapPainter(basemap, style)
        self._background = (
            self.painter if synchronous else MapPainter(basemap.paced(breather()), style)
        )
        self._synchronous = synchronous
        self.bases = Bases(self.painter)
        self.letterer = Letterer(True, ratio)
        self._wanted: GroundKey | None = None

    def want(self, key: GroundKey) -> None:
        """Be told what the window shows now."""
        self._wanted = key
        if self.letterer.device_pixel_ratio != key.ratio:
            self.letterer = Letterer(True, key.ratio)

    def paint_with(self, painter_on: PainterOn) -> None:
        """Let the kept pictures be painted with another kind of painter."""
        self.painter.painter_on = self._background.painter_on = painter_on

    def ground_now(self, key: GroundKey, scene: Scene) -> Ground:
        """Return a ground without waiting for the thread: where there is none yet to show."""
        ground = whole_ground(self.painter, key, scene, never)
        assert ground is not None, "nobody cancels it"
        return ground

    def ahead(
        self, newest: Ground | None, key: GroundKey, scene: Scene, cancelled: Cancelled
    ) -> Ground | None:
        """Paint a ground, unless it is the `newest`, and have ready what will be drawn over it.

        None if cancelled on the way, or meant for another look.
        """
        if key.theme != self.style.theme:
            return None
        if newest is not None and newest.key == key:
            ground: Ground | None = newest._replace(scene=scene, rehearsed=False)
        else:
            ground = whole_ground(self._background, key, scene, cancelled)
        # Not for a view in motion, which has another scale by then.
        if ground and not self._synchronous and self._wanted == key and not cancelled():
            self._background.rehearse(scene, self.letterer)
            ground = ground._replace(rehearsed=True)
        return ground
