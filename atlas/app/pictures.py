"""The export command: what its words mean, and the pictures they ask for, one after the other.

Floor: app; neighbours: arguments, view, export, files. Everything is judged before the first
picture is drawn, so that a mistake in the words leaves no file behind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from atlas.app.arguments import Arguments
from atlas.app.export import Exporter
from atlas.app.export_options import (
    ALIASES,
    FORMATS,
    ExportOptions,
    check_format,
    format_of,
    layout_px,
)
from atlas.app.files import require_folder
from atlas.app.images.carried import read_frame
from atlas.app.images.frame_identity import Frame, one_line
from atlas.app.library import Library
from atlas.app.overlays import with_overlays
from atlas.app.pages import LOGICAL_DPI, page_named, px_from_mm
from atlas.app.refusal import Refusal, refusal_of
from atlas.app.view import ViewWords, state_for
from atlas.core.problems import near_misses
from atlas.core.state import State
from atlas.core.viewport import SizePx

DEFAULT_PX: Final[SizePx] = (1600, 1000)
DEFAULT_PAGE: Final = "a4"
_SIZE: Final = re.compile(r"(\d{1,6})\s*[xX×]\s*(\d{1,6})\s*(mm|px)?")


def write_pictures(
    library: Library, arguments: Arguments, warn: Callable[[str], None]
) -> Iterator[Path]:
    """Write the pictures asked for; yields each path once its file stands.

    What a picture drawn again may differ in is told to `warn`.

    Raises
    ------
    Refusal
        If the words ask for what cannot be had, or a file cannot be written.
    """
    if arguments.list_file is not None:
        from atlas.app.job_list import read_jobs, write_listed

        jobs = read_jobs(arguments.list_file, arguments.story)
        return write_listed(library, jobs, warn)
    if arguments.file is not None:
        return _one(library, arguments, arguments.file, warn)
    return _every_panel(library, arguments)


def _one(
    library: Library, arguments: Arguments, path: Path, warn: Callable[[str], None]
) -> Iterator[Path]:
    state, options = judge(library, arguments, warn)
    Exporter(library, state.theme).write(state, path, options)
    yield path


def judge(
    library: Library, arguments: Arguments, warn: Callable[[str], None]
) -> tuple[State, ExportOptions]:
    """Return the view and the layout that the words for one picture ask for.

    Raises
    ------
    Refusal
        If they ask for what cannot be had.
    """
    path = arguments.file or Path()
    kind = format_of(path)
    require_folder(path)
    if arguments.from_file is not None:
        frame = read_frame(arguments.from_file, library)
        if arguments.overlays:
            seen = with_overlays(library.atlas, frame.state, arguments.overlays)
            frame = replace(frame, state=seen)
        for remark in frame.remarks:
            warn(remark)
        return frame.state, _again(frame, arguments, kind)
    options = options_from(arguments, kind)
    return _state(library, arguments, arguments.view, options), options


def _again(frame: Frame, arguments: Arguments, kind: str) -> ExportOptions:
    """Return the layout of an older picture, but for what the words ask for."""
    said = arguments.size or arguments.page
    asked = options_from(arguments, kind)
    options = replace(
        frame.options,
        size_px=asked.size_px if said else frame.options.size_px,
        page=asked.page if said else frame.options.page,
        dpi=asked.dpi if arguments.dpi else frame.options.dpi,
        title=asked.title or frame.options.title,
        caption=asked.caption or frame.options.caption,
        transparent=asked.transparent or frame.options.transparent,
        georeference=asked.georeference or frame.options.georeference,
        archival=asked.archival or (frame.options.archival and kind == "pdf"),
        outlines=asked.outlines or (frame.options.outlines and kind == "svg"),
    )
    check_format(kind, options, layout_px(frame.state.viewport_px, options))
    return options


def _every_panel(library: Library, arguments: Arguments) -> Iterator[Path]:
    kind = _format(arguments.format)
    options = options_from(arguments, kind)
    panels = library.atlas.story.panels
    states = [
        _state(library, arguments, arguments.view._replace(panel=panel.id, date=""), options)
        for panel in panels
    ]
    folder = arguments.out_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refusal_of(error, "be made", folder) from error
    exporter = Exporter(library, states[0].theme)
    for number, state in enumerate(states):
        path = folder / f"{number:02d}-{state.panel}.{kind}"
        exporter.write(state, path, options)
        yield path


def _state(
    library: Library, arguments: Arguments, words: ViewWords, options: ExportOptions
) -> State:
    state = state_for(words, library.atlas.story, layout_px(DEFAULT_PX, options))
    return with_overlays(library.atlas, state, arguments.overlays)


def options_from(arguments: Arguments, kind: str) -> ExportOptions:
    """Return how pictures of a format are laid out; a PDF is an A4 page unless told otherwise.

    Raises
    ------
    Refusal
        If size, page or dpi cannot be read or are out of bounds.
    """
    if arguments.size and arguments.page:
        raise Refusal("--page", "a page has its own size", "leave out --size or --page")
    page = arguments.page or (DEFAULT_PAGE if kind == "pdf" and not arguments.size else "")
    options = ExportOptions(
        size_px=_size(arguments.size) if arguments.size else None,
        dpi=_dpi(arguments.dpi) if arguments.dpi else LOGICAL_DPI,
        page=page_named(page).name if page else "",
        title=one_line(arguments.title),
        caption=one_line(arguments.caption),
        transparent=arguments.transparent,
        georeference=arguments.georeference,
        archival=arguments.archival,
        outlines=arguments.outlines,
    )
    check_format(kind, options, layout_px(DEFAULT_PX, options))
    return options


def _size(text: str) -> SizePx:
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise Refusal("--size", f"“{text}” is no size", "write width x height, as in 1920x1080")
    width, height = int(match[1]), int(match[2])
    return (px_from_mm(width), px_from_mm(height)) if match[3] == "mm" else (width, height)


def _dpi(text: str) -> int:
    if not re.fullmatch(r"\d{1,5}", text.strip()):
        raise Refusal("--dpi", f"“{text}” is no whole number", "write 96, 192 or 300")
    return int(text)


def _format(text: str) -> str:
    kind = text.lower().removeprefix(".") or FORMATS[0]
    kind = ALIASES.get(kind, kind)
    if kind not in FORMATS:
        hint = near_misses(kind, FORMATS) or f"choose one of {', '.join(FORMATS)}"
        raise Refusal("--format", f"“{text}” is no picture the atlas writes", hint)
    return kind
