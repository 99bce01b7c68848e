"""Writes a state as a picture: PNG, PDF or SVG, drawn by the one painter the window uses.

Floor: app; neighbours: pages, files, refusal; below: render. Needs a QGuiApplication (see
`offscreen`), no window. The same state gives the same bytes as PNG and SVG. A PDF differs in what
Qt stamps with the hour: its creation date, its document number and its fonts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from atlas import __version__
from atlas.app.files import require_folder, write_whole
from atlas.app.library import Library
from atlas.app.pages import LOGICAL_DPI, MM_PER_INCH, Page, page_named, page_of_px
from atlas.app.refusal import Refusal
from atlas.app.session import state_to_json
from atlas.app.svg_pair import paired
from atlas.core.panes import Pane, panes
from atlas.core.state import FURNITURE, State
from atlas.core.viewport import Camera, SizePx, clamped, extent_m, fit_box_m
from atlas.render.basemap import BaseMap
from atlas.render.compared import paint_panes
from atlas.render.furniture import credits_height_px
from atlas.render.painter import MapPainter
from atlas.render.style import StyleError, load_style

CREATOR: Final = f"Indochina Atlas {__version__}"
FORMATS: Final = ("png", "pdf", "svg")
MIN_SIDE_PX: Final = 120
MAX_SIDE_PX: Final = 16_000
MAX_PIXELS: Final = 160_000_000
DPI_RANGE: Final = (24, 1200)
# Vector files are read at any size: geometry fit for a good printer, yet files of a few megabytes.
_VECTOR_DETAIL: Final = 2.0


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a picture is laid out.

    `size_px` is the layout in logical pixels (1/96 inch), the state's own if None; `page` names a
    sheet (`pages.page_names`) instead. `dpi` is how many dots of a PNG make an inch: 192 doubles
    the dots of the same layout. `title` replaces the panel's.
    """

    size_px: SizePx | None = None
    dpi: int = LOGICAL_DPI
    page: str = ""
    title: str = ""
    furniture: frozenset[str] = frozenset(FURNITURE)

    @property
    def dots_per_px(self) -> float:
        """Dots of a PNG per logical pixel."""
        return self.dpi / LOGICAL_DPI


def format_of(path: Path) -> str:
    """Return ``png``, ``pdf`` or ``svg`` by the file's name.

    Raises
    ------
    Refusal
        If the name ends in none of these.
    """
    ending = path.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        what = f"“.{ending}” is no picture the atlas writes" if ending else "has no ending"
        raise Refusal(str(path), what, "end the name in .png, .pdf or .svg")
    return ending


def layout_px(default_px: SizePx, options: ExportOptions) -> SizePx:
    """Return the picture's size in logical pixels, `default_px` if the options name none.

    Raises
    ------
    Refusal
        If it, or the dots it would take as PNG, are out of bounds, or the page is unknown.
    """
    page = page_named(options.page) if options.page else None
    size_px = page.map_px if page else options.size_px or default_px
    low, high = DPI_RANGE
    if not low <= options.dpi <= high:
        raise Refusal("--dpi", f"{options.dpi} is out of bounds", f"choose {low} to {high}")
    dots = tuple(round(side * options.dots_per_px) for side in size_px)
    said = f"{dots[0]} x {dots[1]} pixels"
    if min(size_px) < MIN_SIDE_PX:
        raise Refusal("--size", f"{said} is too small for a map", f"at least {MIN_SIDE_PX} a side")
    if max(dots) > MAX_SIDE_PX:
        raise Refusal("--size", f"{said} is too large", f"at most {MAX_SIDE_PX} a side")
    if dots[0] * dots[1] > MAX_PIXELS:
        most = MAX_PIXELS // 1_000_000
        raise Refusal("--size", f"{said} is too large", f"at most {most} million pixels in all")
    return size_px


def panes_of(library: Library, state: State, options: ExportOptions) -> tuple[Pane, ...]:
    """Return what an export draws: all the state shows, fitted into the picture's shape.

    Two dates compared are two panes, as in the window.
    """
    size_px = layout_px(state.viewport_px, options)
    if size_px != state.viewport_px:
        seen_m = extent_m(state.camera, state.viewport_px)
        fitted = fit_box_m(seen_m, size_px, state.camera.projection)
        state = replace(state, camera=fitted, viewport_px=size_px)
    state = replace(state, furniture=options.furniture)
    shown = panes(state, library.atlas)
    if "credits" in options.furniture:
        camera = _above_strip(state, credits_height_px(shown[0].scene))
        shown = panes(replace(state, camera=camera), library.atlas)
    if not options.title:
        return shown
    return tuple(pane._replace(scene=pane.scene._replace(title=options.title)) for pane in shown)


def _above_strip(state: State, strip_px: float) -> Camera:
    """Return the camera that shows all that is seen above a strip at the lower edge."""
    width, height = state.viewport_px
    room_px = max(round(height - strip_px), 1)
    seen_m = extent_m(state.camera, state.viewport_px)
    camera = fit_box_m(seen_m, (width, room_px), state.camera.projection)
    return clamped(camera._replace(y_m=camera.y_m - (height - room_px) / 2 * camera.m_per_px))


class Exporter:
    """Draws states of one library in one theme; what it read of the base map it keeps.

    Raises `Refusal` if there is no such theme, `geodata.pack.PackError` if the pack is damaged.
    """

    def __init__(self, library: Library, theme: str) -> None:
        self._library = library
        try:
            style = load_style(theme)
        except StyleError as error:
            raise Refusal("--theme", str(error)) from error
        self._painter = MapPainter(BaseMap(library.pack), style)

    def image(self, state: State, options: ExportOptions) -> QImage:
        """Return the picture as an image, as `write` would store it.

        Raises
        ------
        Refusal
            If its size is out of bounds or there is no memory for it.
        """
        shown = panes_of(self._library, state, options)
        return self._image(shown, layout_px(state.viewport_px, options), options.dots_per_px)

    def write(self, state: State, path: Path, options: ExportOptions) -> None:
        """Write the picture to a file; its name tells the format.

        Raises
        ------
        Refusal
            If the options are out of bounds or the file cannot be written; an older file stays.
        """
        kind = format_of(path)
        require_folder(path)
        shown = panes_of(self._library, state, options)
        size_px = layout_px(state.viewport_px, options)
        match kind:
            case "png":
                image = self._image(shown, size_px, options.dots_per_px)
                data = _png(image, options.dots_per_px, _texts(shown, state))
            case "pdf":
                data = self._pdf(shown, size_px, options)
            case _:
                data = self._svg(shown, size_px)
        write_whole(path, data)

    def _image(self, shown: tuple[Pane, ...], size_px: SizePx, dots_per_px: float) -> QImage:
        width, height = (round(side * dots_per_px) for side in size_px)
        image = QImage(width, height, QImage.Format.Format_RGB32)
        if image.isNull():
            raise Refusal("--size", f"no memory for {width} x {height} pixels", "choose fewer")
        image.setDevicePixelRatio(dots_per_px)
        image.fill(Qt.GlobalColor.white)
        self._paint_on(image, shown, dots_per_px)
        return image

    def _pdf(self, shown: tuple[Pane, ...], size_px: SizePx, options: ExportOptions) -> bytes:
        page = page_named(options.page) if options.page else page_of_px(size_px)
        buffer = _buffer()
        writer = QPdfWriter(buffer)
        writer.setResolution(LOGICAL_DPI)
        writer.setPageLayout(_qt_layout(page))
        writer.setTitle(_heading(shown))
        writer.setCreator(CREATOR)
        self._paint_on(writer, shown, _VECTOR_DETAIL)
        return bytes(buffer.data().data())

    def _svg(self, shown: tuple[Pane, ...], size_px: SizePx) -> bytes:
        heading = _heading(shown)
        drawings = [self._drawing(pane, heading) for pane in shown]
        if len(shown) == 1:
            return drawings[0]
        texts = [drawing.decode("utf-8") for drawing in drawings]
        line = self._painter.style.color("accent")
        return paired(texts, shown, size_px, line).encode("utf-8")

    def _drawing(self, pane: Pane, heading: str) -> bytes:
        """Return a pane's whole scene as a drawing of its own."""
        scene, size_px = pane.scene, pane.scene.size_px
        buffer = _buffer()
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setResolution(LOGICAL_DPI)
        generator.setSize(QSize(*size_px))
        generator.setViewBox(QRect(0, 0, *size_px))
        generator.setTitle(heading)
        generator.setDescription("  ·  ".join((CREATOR, *scene.credits)))
        alone = Pane(scene, 0.0, (0.0, size_px[0]))
        self._paint_on(generator, (alone,), _VECTOR_DETAIL)
        return bytes(buffer.data().data())

    def _paint_on(
        self, device: QImage | QPdfWriter | QSvgGenerator, shown: tuple[Pane, ...], detail: float
    ) -> None:
        painter = QPainter(device)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint_panes(
            painter, shown, self._painter.style, lambda p, s: self._painter.paint(p, s, detail)
        )
        painter.end()


def export_map(library: Library, state: State, path: Path, options: ExportOptions) -> None:
    """Write one picture of a state; for several of one library keep an `Exporter`.

    Raises
    ------
    Refusal
        If the options are out of bounds or the file cannot be written; an older file stays.
    geodata.pack.PackError
        If the map data cannot be read.
    """
    Exporter(library, state.theme).write(state, path, options)


def _png(image: QImage, dots_per_px: float, texts: Mapping[str, str]) -> bytes:
    # Dots per metre: what a layout program goes by.
    dots_per_m = round(LOGICAL_DPI * dots_per_px / (MM_PER_INCH / 1000))
    image.setDotsPerMeterX(dots_per_m)
    image.setDotsPerMeterY(dots_per_m)
    for key, text in texts.items():
        image.setText(key, text)
    buffer = _buffer()
    if not QImageWriter(buffer, QByteArray(b"PNG")).write(image):
        raise Refusal("--size", "the picture could not be packed as PNG", "choose a smaller one")
    return bytes(buffer.data().data())


def _heading(shown: tuple[Pane, ...]) -> str:
    return f"{shown[0].scene.title}, {_dates(shown)}"


def _dates(shown: tuple[Pane, ...]) -> str:
    return " and ".join(pane.scene.date_text for pane in shown)


def _texts(shown: tuple[Pane, ...], state: State) -> dict[str, str]:
    """Return what a PNG tells of itself, the state included, so that the view can be had again."""
    scene = shown[0].scene
    return {
        "Title": scene.title,
        "Date": _dates(shown),
        "Software": CREATOR,
        "Credits": "\n".join(scene.credits),
        "Atlas-State": json.dumps(state_to_json(state), sort_keys=True),
    }


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.setData(QByteArray())
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def _qt_layout(page: Page) -> QPageLayout:
    size = QPageSize(
        QSizeF(page.width_mm, page.height_mm),
        QPageSize.Unit.Millimeter,
        page.name,
        QPageSize.SizeMatchPolicy.ExactMatch,
    )
    margin = page.margin_mm
    return QPageLayout(
        size,
        QPageLayout.Orientation.Portrait,
        QMarginsF(margin, margin, margin, margin),
        QPageLayout.Unit.Millimeter,
    )
