"""The window's picture of the map: a kept base, sharpened in the background, with the live layers.

Floor: app; neighbours: bases, ground_worker, render. While a sharper ground is being painted on the
worker, the old one is shown moved and scaled to the new camera; it always ends on the last scene
asked for.
"""

from __future__ import annotations

from time import monotonic
from typing import Final

from PySide6.QtCore import QObject, QPointF, QRectF, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPolygonF, QTransform

from atlas.app.fade import Fade
from atlas.app.ground_worker import Ground, GroundKey, GroundWorker
from atlas.app.look import Look
from atlas.core.legend import LegendEntry
from atlas.core.scene import Scene
from atlas.core.viewport import lonlat_at, to_px
from atlas.core.wishes import NO_WISHES
from atlas.render.basemap import BaseMap
from atlas.render.hits import hits_at
from atlas.render.legend_box import entry_image
from atlas.render.parts import PainterOn, part
from atlas.render.style import Style

_REST_MS: Final = 70
"""How long a view must stand still until it is worth a ground of its own."""
_SMALL_ZOOM: Final = 1.1
_SMALL_SHARE: Final = 0.1
_LONGEST_S: Final = 0.8
"""How long a view in motion goes without one."""


class MapPicture(QObject):
    """Paints scenes into a widget quickly. Use on the GUI thread; `updated` says: paint again."""

    updated = Signal()
    shown = Signal()
    """The first time that a scene was painted on a ground of its own."""

    def __init__(
        self,
        basemap: BaseMap,
        style: Style,
        synchronous: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._basemap = basemap
        self._synchronous = synchronous
        self._painter_on: PainterOn = QPainter
        self._look = Look(basemap, style, synchronous, ratio=1.0)
        self._coming: Look | None = None
        """A look chosen whose first ground is being painted."""
        self._worker = GroundWorker(self._look.ahead, self.updated.emit, synchronous)
        self._fade = Fade(self.updated.emit, self)
        self._scene: Scene | None = None
        self._was_shown = False
        self._planned_for: Scene | None = None
        """The last scene painted on its own ground: names in motion stand as in it."""
        self._put_off: tuple[GroundKey, Scene] | None = None
        self._seen_key: GroundKey | None = None
        self._moved_at = self._asked_at = 0.0
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._ask_now)

    @property
    def style(self) -> Style:
        """The style chosen: painted in, or about to be."""
        return (self._coming or self._look).style

    @property
    def is_sharp(self) -> bool:
        """Whether the last painted scene stands on a ground of its own camera."""
        ground, scene = self._worker.newest, self._scene
        return bool(ground and scene and self._coming is None and _fits(ground.key, scene))

    def set_style(self, style: Style) -> None:
        """Change the theme; the next paint is asked for through `updated`.

        The map keeps its look until a ground in the new one is there.
        """
        if style is self.style:
            return
        self._coming = None
        if style is not self._look.style:
            ratio = self._look.letterer.device_pixel_ratio
            self._coming = Look(self._basemap, style, self._synchronous, ratio)
            self._coming.paint_with(self._painter_on)
        self._worker.use((self._coming or self._look).ahead)
        if self._worker.newest is None:
            self._put_on()
        self.updated.emit()

    def _put_on(self) -> None:
        """Show the look that was coming, if there is one."""
        if self._coming is not None:
            self._look, self._coming = self._coming, None
            self._planned_for = None
            self._fade.stop()

    def paint(self, painter: QPainter, scene: Scene, device_pixel_ratio: float = 1.0) -> None:
        """Paint a scene at once: sharp if its ground is ready, else the last one moved along."""
        self._scene = scene
        key = _key_of(scene, self.style, device_pixel_ratio)
        for look in filter(None, (self._look, self._coming)):
            look.want(key)
        ground = self._worker.newest
        if ground is None:
            ground = self._worker.newest = self._look.ground_now(key, scene)
        elif ground.key != key:
            self._ask(ground.key, key, scene)
            ground = self._worker.newest or ground
        else:
            self._seen_key = key
            self._put_off = None
        if ground.key.theme != self._look.style.theme:
            self._put_on()
        with part(painter, "base, as a picture"):
            self._paint_base(painter, scene, ground, key)
        if ground.key == key:
            self._plan_for(ground, scene)
        elif self._planned_for is None:
            # In another projection no plan fits: names come with the ground.
            scene = scene._replace(wishes=NO_WISHES)
        self._look.painter.paint_live(painter, scene, self._look.letterer, self._planned_for)
        if not self._was_shown and self.is_sharp:
            self._was_shown = True
            self.shown.emit()

    def _plan_for(self, ground: Ground, scene: Scene) -> None:
        """Let names stand as planned for a scene on its own ground, once that plan is made.

        Other layers and languages wish for other names: those of before stand until then.
        """
        ready = ground.rehearsed and _wish_alike(ground.scene, scene)
        before = self._planned_for
        if before is None or self._synchronous or ready or _wish_alike(before, scene):
            self._planned_for = scene
        else:
            self._put_off = (ground.key, scene)
            self._rest.start(0)

    def paint_with(self, painter_on: PainterOn) -> None:
        """Let the kept pictures be painted with another kind of painter: one that keeps account."""
        self._painter_on = painter_on
        for look in filter(None, (self._look, self._coming)):
            look.paint_with(painter_on)

    def soften(self, duration_ms: int) -> None:
        """Let the next change of countries take so long; 0 for at once."""
        self._fade.allow(duration_ms)

    def hit(self, x_px: float, y_px: float, scene: Scene | None = None) -> tuple[str, ...]:
        """Return the ids of features under a pixel of a scene, topmost first.

        Without a scene it is the last one painted.
        """
        scene = scene or self._scene
        if scene is None:
            return ()
        return hits_at(scene, self._look.painter.frame(scene), x_px, y_px)

    def legend_image(self, entry: LegendEntry, size_px: int, ratio: float = 1.0) -> QImage:
        """Return the symbol of a legend line."""
        return entry_image(entry, self.style, size_px, ratio)

    def symbol_image(self, layer_id: str, size_px: int, ratio: float = 1.0) -> QImage:
        """Return the symbol that stands for a whole layer in the layer list."""
        sign = LAYER_SYMBOLS.get(layer_id.partition(":")[0], ("ring", "other"))
        return entry_image(LegendEntry(*sign, ""), self.style, size_px, ratio)

    def wait_idle(self, timeout_ms: int = 5000) -> bool:
        """Wait until the worker has nothing left to do; False if it takes longer."""
        self._ask_now()
        return self._worker.wait_idle(timeout_ms)

    def close(self) -> None:
        """Stop the worker and wait for it."""
        self._rest.stop()
        self._fade.stop()
        self._worker.close()

    def _ask(self, ground: GroundKey, key: GroundKey, scene: Scene) -> None:
        """Ask for a ground: at once after a leap, put off after small moves, which come in rows.

        Drawing on the worker holds Python's lock, so that a ground for every step of a drag would
        hold up the drag itself; what is dragged for long gets a new one now and then.
        """
        now = monotonic()
        if key != self._seen_key:
            rested, self._moved_at = now - self._moved_at > _REST_MS / 1000, now
            if rested:
                self._asked_at = now
            leapt = rested and not _is_near(ground, key)
            self._seen_key = key
            self._put_off = (key, scene)
            if self._synchronous:
                self._ask_now()
            elif leapt or now - self._asked_at > _LONGEST_S:
                # Once all else of this turn is painted, which the worker would only hold up.
                self._rest.start(0)
            else:
                self._rest.start(_REST_MS)
        elif not self._rest.isActive():
            self._worker.request(key, scene)

    def _ask_now(self) -> None:
        self._rest.stop()
        if self._put_off is not None:
            self._asked_at = monotonic()
            wanted, self._put_off = self._put_off, None
            self._worker.request(*wanted)

    def _paint_base(self, painter: QPainter, scene: Scene, ground: Ground, key: GroundKey) -> None:
        if ground.key.camera.projection != scene.camera.projection:
            self._planned_for = None
            painter.fillRect(QRectF(0, 0, *scene.size_px), self.style.color("sea"))
            _draw_bent(painter, self._look.bases.last, ground.key, scene)
            return
        base = self._look.bases.of(ground, scene, leaving=not _is_near(ground.key, key))
        if ground.key == key:
            self._fade.paint(painter, base, key, scene.political)
            return
        self._fade.stop()
        painter.fillRect(QRectF(0, 0, *scene.size_px), self.style.color("sea"))
        target = _moved(ground.key, scene)
        if ground.key.camera.m_per_px == scene.camera.m_per_px:
            # Whole pixels: copied, not resampled.
            painter.drawImage(target.topLeft().toPoint(), base)
        else:
            painter.drawImage(target, base)


def _key_of(scene: Scene, style: Style, device_pixel_ratio: float) -> GroundKey:
    """Return what the ground of a scene depends on."""
    relief = scene.strength("relief") if "relief" in scene.base_layers else 0.0
    return GroundKey(scene.camera, scene.size_px, relief, style.theme, device_pixel_ratio)


def _wish_alike(one: Scene, other: Scene) -> bool:
    """Tell whether two scenes have one plan of names."""
    return one.wishes is other.wishes and one.camera.m_per_px == other.camera.m_per_px


def _fits(key: GroundKey, scene: Scene) -> bool:
    return key.camera == scene.camera and key.size_px == scene.size_px


def _is_near(one: GroundKey, other: GroundKey) -> bool:
    """Tell whether one view is a small step from another: hardly closer, and not far aside."""
    scale = other.camera.m_per_px / one.camera.m_per_px
    aside_m = max(abs(one.camera.x_m - other.camera.x_m), abs(one.camera.y_m - other.camera.y_m))
    if one.camera.projection != other.camera.projection:
        return False
    if one.theme != other.theme:
        return False
    small = 1 / _SMALL_ZOOM < scale < _SMALL_ZOOM
    return small and aside_m / one.camera.m_per_px < min(one.size_px) * _SMALL_SHARE


def _moved(key: GroundKey, scene: Scene) -> QRectF:
    """Return where the old picture belongs under the new camera."""
    width, height = key.size_px
    k = key.camera.m_per_px
    left_m = key.camera.x_m - width / 2 * k
    top_m = key.camera.y_m + height / 2 * k
    x, y = to_px(scene.camera, scene.size_px, left_m, top_m)
    scale = k / scene.camera.m_per_px
    return QRectF(x, y, width * scale, height * scale)


def _draw_bent(painter: QPainter, image: QImage, key: GroundKey, scene: Scene) -> None:
    """Draw a picture of another projection so that its corners lie where they belong."""
    width, height = key.size_px
    corners = ((0, 0), (width, 0), (width, height), (0, height))
    try:
        places = [lonlat_at(key.camera, key.size_px, x, y) for x, y in corners]
    except ValueError:
        return
    forward = scene.camera.projection.forward
    there = [QPointF(*to_px(scene.camera, scene.size_px, *forward(*place))) for place in places]
    bent = QTransform()
    if not QTransform.quadToQuad(QPolygonF([QPointF(*c) for c in corners]), QPolygonF(there), bent):
        return
    painter.save()
    painter.setTransform(bent, True)
    painter.drawImage(0, 0, image)
    painter.restore()


LAYER_SYMBOLS: Final = {
    "ratanakiri_bases": ("flag", "dk"),
    "dk_zones": ("zone", "dk"),
    "thai_border_camps": ("hexagon", "cpt"),
    "thai_border_areas": ("hatch", "cpt"),
    "fronts": ("arrow", "vietnam"),
    "border_war": ("crossed", "dk"),
    "later_campaigns": ("arrow", "us"),
    "relations": ("tie", "china"),
    "events": ("diamond", "other"),
    "own": ("own-many", "own"),
}
"""The symbol that stands for a layer: (symbol, actor)."""
