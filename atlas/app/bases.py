"""The map's base: a ground with water, countries and zones of the date, kept by what it depends on.

Floor: app; neighbours: picture, which shows it; ground_worker, which has the first one of a new
ground made in the background.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import NamedTuple

from PySide6.QtGui import QImage

from atlas.app.ground_worker import Ground, GroundKey
from atlas.core.scene import Scene
from atlas.core.viewport import extent_m
from atlas.render.ground import Cancelled
from atlas.render.painter import MapPainter
from atlas.render.stamps import Stamps
from atlas.render.zones import same_zones_seen

_LEAST, _MOST, _MOST_BYTES = 2, 5, 15_000_000
"""How many pictures are kept: a few, fewer if they are large."""


class _Shown(NamedTuple):
    ground: GroundKey
    below: Hashable
    scene: Scene
    image: QImage


class Bases:
    """The bases of one style painted last. Use on the GUI thread."""

    def __init__(self, painter: MapPainter) -> None:
        self._painter = painter
        self._kept: dict[Hashable, QImage] = {}
        self._shown: _Shown | None = None

    @property
    def last(self) -> QImage:
        """The base asked for last; an empty picture before."""
        return self._shown.image if self._shown else QImage()

    def of(self, ground: Ground, scene: Scene, leaving: bool = False) -> QImage:
        """Return the base of a ground on a scene's date, painted only if none is kept.

        The scene may look elsewhere: then only what shows of the ground counts. If the view is
        `leaving` for far away, the ground is soon out of sight: its last date will do.
        """
        if ground.bases:
            self._take(ground)
        if leaving and self._shown and self._shown.ground == ground.key:
            return self._shown.image
        on_ground = _with_camera_of(scene, ground.key)
        below, whole = _keys(self._painter, ground.key, on_ground)
        if self._shown and ground.key.camera != scene.camera and self._shown.below == below:
            views = (extent_m(one.camera, one.size_px) for one in (ground.key, scene))
            if same_zones_seen(self._shown.scene, on_ground, *views):
                return self._shown.image
        image = self._keep(
            whole,
            lambda: self._painter.with_zones(
                self._keep(below, lambda: self._painter.with_politics(ground.image, on_ground)),
                on_ground,
                ground.zones,
            ),
        )
        self._shown = _Shown(ground.key, below, on_ground, image)
        return image

    def _take(self, ground: Ground) -> None:
        below, whole = _keys(self._painter, ground.key, ground.scene)
        for key, image in ground.bases.items():
            self._hold(key, image)
        ground.bases.clear()
        if whole in self._kept:
            self._shown = _Shown(ground.key, below, ground.scene, self._kept[whole])

    def _keep(self, key: Hashable, make: Callable[[], QImage]) -> QImage:
        """Return the picture kept under a key, made and kept if there is none."""
        image = self._kept.get(key)
        if image is None:
            image = make()
        self._hold(key, image)
        return image

    def _hold(self, key: Hashable, image: QImage) -> None:
        """Keep a picture as the newest; oldest go first."""
        self._kept.pop(key, None)
        self._kept[key] = image
        room = _MOST_BYTES // max(image.sizeInBytes(), 1)
        while len(self._kept) > min(max(room, _LEAST), _MOST):
            self._kept.pop(next(iter(self._kept)))


def whole_ground(
    painter: MapPainter, key: GroundKey, scene: Scene, cancelled: Cancelled
) -> Ground | None:
    """Return a ground with its base for a scene; None if cancelled on the way."""
    image = painter.ground_image(scene, key.ratio, cancelled)
    if image is None or cancelled():
        return None
    below, whole = _keys(painter, key, scene)
    countries = painter.with_politics(image, scene)
    bases, zones = {below: countries}, Stamps(key.ratio, together=True)
    # So late nothing is cancelled any more: the window would have to paint the zones itself.
    bases[whole] = painter.with_zones(countries, scene, zones)
    return Ground(key, image, scene, bases, zones)


def _keys(painter: MapPainter, ground: GroundKey, scene: Scene) -> tuple[Hashable, Hashable]:
    """Return what the countries on a ground depend on, and what the zones over them do."""
    below = ground, painter.politics_key(scene)
    return below, (below, painter.zones_key(scene))


def _with_camera_of(scene: Scene, key: GroundKey) -> Scene:
    return scene._replace(camera=key.camera, size_px=key.size_px)
