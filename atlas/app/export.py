"""Writes a state as a picture, drawn by the one painter the window uses.

Floor: app; neighbours: export_options, raster, the writers of each format, frame_identity, files;
below: render. Needs a QGuiApplication (see `offscreen`), no window. The same state gives the same
bytes.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QImage, QPainter

from atlas.app.export_options import (
    ExportOptions,
    check_format,
    format_of,
    layout_px,
)
from atlas.app.files import require_folder, whole_file, write_whole
from atlas.app.images.frame_identity import frame_id, texts_of
from atlas.app.images.georeference import require_one_place, write_beside
from atlas.app.images.raster import Raster, bands, whole_image
from atlas.app.images.xmp import xmp_packet
from atlas.app.library import Library
from atlas.app.pages import MM_PER_INCH, page_named, page_of_px
from atlas.app.refusal import Refusal
from atlas.app.steps import Report, silently, tell
from atlas.core.panes import Pane, panes
from atlas.core.scene import Scene
from atlas.core.state import State
from atlas.core.viewport import Camera, clamped, extent_m, fit_box_m
from atlas.render.basemap import BaseMap
from atlas.render.furniture import legend_goes_below, strip_height_px
from atlas.render.painter import MapPainter
from atlas.render.style import StyleError, load_style


def panes_of(
    library: Library, state: State, options: ExportOptions, name: str = "", steady: bool = False
) -> tuple[Pane, ...]:
    """Return what an export draws: all the state shows, fitted into the picture's shape.

    Two dates compared are two panes, as in the window. A name ends the credits. Where the map is
    too full to bear the legend it gets a strip below it; not if many dates are to share one camera
    (`steady`), since the strip's height is a matter of the date.
    """
    size_px = layout_px(state.viewport_px, options)
    if size_px != state.viewport_px:
        seen_m = extent_m(state.camera, state.viewport_px)
        fitted = fit_box_m(seen_m, size_px, state.camera.projection)
        state = replace(state, camera=fitted, viewport_px=size_px)
    state = replace(state, furniture=options.furniture)
    shown = _finished(panes(state, library.atlas), options, name)
    if "credits" in options.furniture or options.caption:
        shown = _above_its_strip(library, state, shown, options, name)
        if not steady and len(shown) == 1 and _wants_strip(shown[0].scene):
            below = (shown[0]._replace(scene=shown[0].scene._replace(legend_below=True)),)
            shown = _above_its_strip(library, state, below, options, name)
    return shown


def _wants_strip(scene: Scene) -> bool:
    return "legend" in scene.furniture and legend_goes_below(scene)


def _above_its_strip(
    library: Library, state: State, shown: tuple[Pane, ...], options: ExportOptions, name: str
) -> tuple[Pane, ...]:
    """Return the panes again, the map above what stands below it."""
    first = shown[0].scene
    camera = _above_strip(state, strip_height_px(first))
    again = panes(replace(state, camera=camera), library.atlas)
    return _finished(again, options, name, first.legend_below)


def _finished(
    shown: tuple[Pane, ...], options: ExportOptions, name: str, legend_below: bool = False
) -> tuple[Pane, ...]:
    """Return panes with what an export alone has: a name in the credits, a title of its own."""

    def finished(scene: Scene) -> Scene:
        return scene._replace(
            title=options.title or scene.title,
            caption=options.caption,
            credits=(*scene.credits, name) if name else scene.credits,
            transparent=options.transparent,
            legend_below=legend_below,
        )

    return tuple(pane._replace(scene=finished(pane.scene)) for pane in shown)


def raster_of(library: Library, state: State, options: ExportOptions) -> Raster:
    """Return an export as dots are made of it."""
    size_px = layout_px(state.viewport_px, options)
    name = f"picture {frame_id(library, state, options)}"
    return Raster(panes_of(library, state, options, name), size_px, options.dots_per_px)


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
        return whole_image(self._painter, raster_of(self._library, state, options))

    def paint(self, painter: QPainter, state: State, options: ExportOptions) -> None:
        """Paint the picture as lines and text, in logical pixels, as `write` does in a PDF.

        Raises
        ------
        Refusal
            If its size is out of bounds.
        """
        from atlas.app.images.vector_files import paint_with

        paint_with(painter, self._painter, raster_of(self._library, state, options).shown)

    def write(
        self, state: State, path: Path, options: ExportOptions, report: Report = silently
    ) -> None:
        """Write the picture to a file; its name tells the format.

        `report` is told of each band or part of the map; if it wants no more, no file is left.

        Raises
        ------
        Refusal
            If the options are out of bounds or the file cannot be written; an older file stays.
        Cancelled
            If `report` wants no more.
        """
        kind = format_of(path)
        require_folder(path)
        raster = raster_of(self._library, state, options)
        shown, size_px = raster.shown, raster.size_px
        check_format(kind, options, size_px)
        texts = texts_of(self._library, state, options, shown)
        match kind:
            case "pdf":
                from atlas.app.images.vector_files import pdf_bytes, record_of

                page = page_named(options.page) if options.page else page_of_px(size_px)
                record = record_of(texts, state, self._library.atlas.data_version, options.archival)
                write_whole(path, pdf_bytes(self._painter, shown, page, record, report))
            case "svg":
                from atlas.app.images.layer_names import LayerNames
                from atlas.app.images.vector_files import Drawing, svg_bytes

                how = Drawing(LayerNames(self._library), options.outlines, report)
                write_whole(path, svg_bytes(self._painter, shown, size_px, texts, how))
            case _:
                self._write_dots(kind, path, raster, texts, options, report)

    def _write_dots(
        self,
        kind: str,
        path: Path,
        raster: Raster,
        texts: dict[str, str],
        options: ExportOptions,
        report: Report,
    ) -> None:
        # Dots per metre: what a layout program goes by.
        dots_per_m = round(options.dpi / (MM_PER_INCH / 1000))
        clear = raster.transparent
        if options.georeference:
            require_one_place(raster)
        match kind:
            case "png":
                from atlas.app.images.png_file import write_png

                rows = bands(self._painter, raster, report)
                with whole_file(path) as file:
                    write_png(file, raster.size, rows, dots_per_m, texts, clear)
            case "tif":
                from atlas.app.images.tiff_file import write_tiff
                from atlas.app.images.tiff_tags import tags_of

                rows = bands(self._painter, raster, report)
                with whole_file(path) as file:
                    tags = tags_of(raster, texts, options.georeference)
                    write_tiff(file, raster.size, rows, options.dpi, tags, clear)
            case _:
                from atlas.app.images.picture_codecs import CODERS

                tell(report, 0, 2)
                image = whole_image(self._painter, raster)
                image.setDotsPerMeterX(dots_per_m)
                image.setDotsPerMeterY(dots_per_m)
                tell(report, 1, 2)
                write_whole(path, CODERS[kind](image, xmp_packet(texts)))
        if options.georeference:
            write_beside(path, kind, raster)


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
