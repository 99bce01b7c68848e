"""The one painter: a Scene drawn whole on any device. Floor: render; neighbours: all of it.

Screen, PNG, PDF, SVG and films all come through here; the window merely keeps the ground it
painted last.
"""

from __future__ import annotations

from collections.abc import Hashable
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from atlas.core.scene import Scene
from atlas.render.basemap import BaseMap
from atlas.render.frame import Frame, blends, dots_per_px, frame_of
from atlas.render.ground import Cancelled, never, paint_ground
from atlas.render.letters import Letterer
from atlas.render.live import paint_live
from atlas.render.overview import Overview
from atlas.render.parts import PainterOn
from atlas.render.political import paint_political
from atlas.render.stamps import FINEST, Stamp, Stamps, direct
from atlas.render.style import Style
from atlas.render.water import water_key
from atlas.render.zones import paint_zones, zones_key


class MapPainter:
    """Paints scenes in one style. Not thread-safe: one for each thread that paints."""

    def __init__(self, basemap: BaseMap, style: Style) -> None:
        self._basemap = basemap
        self._style = style
        self._text = Letterer(sprites=False)
        self._sprites = Letterer(sprites=True)
        self._overview = Overview(basemap, style)
        self._zones_key: Hashable = None
        self._zones = Stamps(1.0)
        self.painter_on: PainterOn = QPainter
        """What pictures are painted with."""

    @property
    def style(self) -> Style:
        """The style painted in."""
        return self._style

    def frame(self, scene: Scene, detail: float = 1.0) -> Frame:
        """Return the frame of a scene at `detail` device pixels per logical pixel."""
        return frame_of(scene, self._map_of(scene), detail)

    def _map_of(self, scene: Scene) -> BaseMap:
        """Return the base map in the scene's projection."""
        return self._basemap.seen_in(scene.camera.projection)

    def paint(self, painter: QPainter, scene: Scene, detail: float = 1.0) -> None:
        """Paint everything, in logical pixels from 0,0 to the scene's size."""
        frame = self.frame(scene, detail)
        painter.save()
        _clip(painter, frame)
        paint_ground(painter, scene, self._map_of(scene), self._style, frame)
        paint_political(painter, scene, self._map_of(scene), self._style, frame)
        stamp = self._zones_of(painter, frame)
        paint_zones(painter, scene, self._style, frame, self._basemap.pause, stamp)
        paint_live(painter, scene, self._style, frame, self._letterer(painter), self._overview)
        painter.restore()

    def _letterer(self, painter: QPainter) -> Letterer:
        """Return what letters a device: pictures get the very letters the window shows."""
        if not blends(painter):
            return self._text
        ratio = painter.device().devicePixelRatioF()
        if self._sprites.device_pixel_ratio != ratio:
            self._sprites = Letterer(True, ratio)
        return self._sprites

    def _zones_of(self, painter: QPainter, frame: Frame) -> Stamp:
        """Return how zones are drawn: in films those of the picture before again.

        On posters, finer than screens, each is drawn once: to keep them would take longer.
        """
        if not blends(painter) or dots_per_px(painter) > FINEST:
            return direct
        key = frame.camera, frame.size_px, dots_per_px(painter)
        if self._zones_key != key:
            self._zones_key, self._zones = key, Stamps(key[2], together=True)
        return self._zones.draw

    def ground_image(
        self, scene: Scene, ratio: float, cancelled: Cancelled = never
    ) -> QImage | None:
        """Return sea, land and relief as a picture; None if cancelled on the way."""
        image = QImage(
            ceil(scene.size_px[0] * ratio),
            ceil(scene.size_px[1] * ratio),
            QImage.Format.Format_RGB32,
        )
        image.setDevicePixelRatio(ratio)
        with self.painter_on(image) as painter:
            frame = self.frame(scene, ratio)
            _clip(painter, frame)
            done = paint_ground(painter, scene, self._map_of(scene), self._style, frame, cancelled)
        if not done:
            return None
        _continue_edges(image, scene.size_px[0] * ratio, scene.size_px[1] * ratio)
        return image

    def politics_key(self, scene: Scene) -> Hashable:
        """Return what `with_politics` depends on besides the ground."""
        water = water_key(scene, self._map_of(scene))
        graticule = "graticule" in scene.furniture
        return scene.political, scene.base_layers, scene.base_opacity, water, graticule

    def with_politics(self, ground: QImage, scene: Scene) -> QImage:
        """Return the ground with water and the countries of the date, as a new picture."""
        image = ground.copy()
        ratio = ground.devicePixelRatio()
        image.setDevicePixelRatio(ratio)
        with self.painter_on(image) as painter:
            frame = self.frame(scene, ratio)
            _clip(painter, frame)
            paint_political(painter, scene, self._map_of(scene), self._style, frame)
        return image

    def zones_key(self, scene: Scene) -> Hashable:
        """Return what `with_zones` depends on besides the picture below."""
        return zones_key(scene)

    def with_zones(self, below: QImage, scene: Scene, stamps: Stamps) -> QImage:
        """Return a picture with the zones of the date over it; the same one if there are none.

        The `stamps` are those of zones at the scene's camera and size.
        """
        if not scene.areas and not any(mark.hatched for mark in scene.marks):
            return below
        image = below.copy()
        image.setDevicePixelRatio(below.devicePixelRatio())
        with self.painter_on(image) as painter:
            frame = self.frame(scene)
            _clip(painter, frame)
            paint_zones(painter, scene, self._style, frame, self._basemap.pause, stamps.draw)
        return image

    def rehearse(self, scene: Scene, letterer: Letterer) -> None:
        """Let all be made that `paint_live` keeps: plan and pictures of names, signs, arrows."""
        nowhere = QImage(1, 1, QImage.Format.Format_RGB32)
        nowhere.setDevicePixelRatio(letterer.device_pixel_ratio)
        with QPainter(nowhere) as painter:
            self.paint_live(painter, scene, letterer)

    def paint_live(
        self,
        painter: QPainter,
        scene: Scene,
        letterer: Letterer,
        planned_for: Scene | None = None,
    ) -> None:
        """Paint what lies over the base: areas, arrows, symbols, names, furniture.

        Names stand as planned for another scene if one is given: for maps in motion.
        """
        frame = self.frame(scene)
        painter.save()
        _clip(painter, frame)
        paint_live(painter, scene, self._style, frame, letterer, self._overview, planned_for)
        painter.restore()


def _clip(painter: QPainter, frame: Frame) -> None:
    """Let nothing be painted beyond the frame, on every way to a picture.

    Qt smooths thin lines by another rule where there is no clip: pictures would differ by a shade.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(frame.rect_px, Qt.ClipOperation.IntersectClip)


def _continue_edges(image: QImage, width_px: float, height_px: float) -> None:
    """Repeat the last whole row and column where a size is not a whole number of device pixels.

    A clip leaves out what a pixel is only partly of: at 125 % a black line would stay there.
    """
    ratio, (width, height) = image.devicePixelRatio(), image.size().toTuple()
    image.setDevicePixelRatio(1.0)
    with QPainter(image) as painter:
        if width > width_px:
            painter.drawImage(width - 1, 0, image.copy(width - 2, 0, 1, height))
        if height > height_px:
            painter.drawImage(0, height - 1, image.copy(0, height - 2, width, 1))
    image.setDevicePixelRatio(ratio)
