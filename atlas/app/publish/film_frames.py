"""Draws the frames of films, one after the other: only the one at hand is kept.

Floor: app; neighbours: film_plan (the shots), picture (which keeps the ground between two frames).
Each frame is what an export of its day would be. Needs a QGuiApplication.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtGui import QImage, QPainter

from atlas.app.export import panes_of
from atlas.app.export_options import ExportOptions
from atlas.app.library import Library
from atlas.app.picture import MapPicture
from atlas.app.publish.film_plan import Shot
from atlas.app.refusal import Refusal
from atlas.app.steps import Report, silently, tell
from atlas.core.scene import Scene
from atlas.core.state import State
from atlas.render.basemap import BaseMap
from atlas.render.furniture import furniture_pieces
from atlas.render.style import StyleError, load_style
from atlas.render.title_plate import paint_plate


class Frame(NamedTuple):
    """A picture and how long it is shown."""

    image: QImage
    shown_s: float


class FilmMaker:
    """Draws frames in one theme and layout.

    Raises `Refusal` if there is no such theme.
    """

    def __init__(self, library: Library, theme: str, options: ExportOptions) -> None:
        self._library, self._options = library, options
        try:
            style = load_style(theme)
        except StyleError as error:
            raise Refusal("--theme", str(error)) from error
        self._picture = MapPicture(BaseMap(library.pack), style, synchronous=True)

    def scene(self, state: State) -> Scene:
        """Return what is drawn of a state."""
        return panes_of(self._library, state, self._options, steady=True)[0].scene

    def drawn(self, shot: Shot) -> Scene:
        """Return what is drawn of a shot: on a flight, furniture stands as at its end."""
        scene = self.scene(shot.state)
        end = self.scene(shot.bound_for) if shot.bound_for else None
        return scene._replace(furnished_for=end)

    def image(self, shot: Shot) -> QImage:
        """Return the picture of a shot."""
        scene = self.drawn(shot)
        image = QImage(*scene.size_px, QImage.Format.Format_RGB32)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self._picture.paint(painter, scene)
            if shot.plate:
                style = self._picture.style
                taken = [piece.box for piece in furniture_pieces(scene)]
                paint_plate(painter, style, scene.size_px, shot.plate, shot.opacity, taken)
        return image

    def frames(self, shots: Sequence[Shot], report: Report = silently) -> Iterator[Frame]:
        """Yield the frames of shots; `report` is told of each.

        Raises
        ------
        Cancelled
            If `report` wants no more.
        """
        for index, shot in enumerate(shots):
            tell(report, index, len(shots))
            yield Frame(self.image(shot), shot.shown_s)


class Ticks:
    """Tells how many ticks each frame of a film stays: what rounding left over goes to the next."""

    def __init__(self, per_s: float) -> None:
        self._per_s, self._over_s, self._told = per_s, 0.0, 0

    def of(self, shown_s: float) -> int:
        """Return the whole ticks of the next frame."""
        self._over_s += shown_s
        ticks = round(self._over_s * self._per_s) - self._told
        self._told += ticks
        return ticks
