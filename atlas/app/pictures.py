"""The export command: what its words mean, and the pictures they ask for, one after the other.

Floor: app; neighbours: arguments, view, export, files. Everything is judged before the first
picture is drawn, so that a mistake in the words leaves no file behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from atlas.app.arguments import Arguments
from atlas.app.export import FORMATS, Exporter, ExportOptions, format_of, layout_px
from atlas.app.files import require_folder
from atlas.app.library import Library
from atlas.app.pages import LOGICAL_DPI, page_named
from atlas.app.refusal import Refusal, refusal_of
from atlas.app.view import ViewWords, state_for
from atlas.core.problems import near_misses
from atlas.core.state import State
from atlas.core.viewport import SizePx

DEFAULT_PX: Final[SizePx] = (1600, 1000)
DEFAULT_PAGE: Final = "a4"
_SIZE: Final = re.compile(r"(\d{1,6})\s*[xX×]\s*(\d{1,6})")


def write_pictures(library: Library, arguments: Arguments) -> Iterator[Path]:
    """Write the pictures asked for; yields each path once its file stands.

    Raises
    ------
    Refusal
        If the words ask for what cannot be had, or a file cannot be written.
    """
    if arguments.file is not None:
        return _one(library, arguments, arguments.file)
    return _every_panel(library, arguments)


def _one(library: Library, arguments: Arguments, path: Path) -> Iterator[Path]:
    options = options_from(arguments, format_of(path))
    require_folder(path)
    state = _state(library, arguments.view, options)
    Exporter(library, state.theme).write(state, path, options)
    yield path


def _every_panel(library: Library, arguments: Arguments) -> Iterator[Path]:
    kind = _format(arguments.format)
    options = options_from(arguments, kind)
    panels = library.atlas.story.panels
    states = [
        _state(library, arguments.view._replace(panel=panel.id, date=""), options)
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


def _state(library: Library, words: ViewWords, options: ExportOptions) -> State:
    return state_for(words, library.atlas.story, layout_px(DEFAULT_PX, options))


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
        title=" ".join(arguments.title.split())[:200],
    )
    layout_px(DEFAULT_PX, options)
    return options


def _size(text: str) -> SizePx:
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise Refusal("--size", f"“{text}” is no size", "write width x height, as in 1920x1080")
    return int(match[1]), int(match[2])


def _dpi(text: str) -> int:
    if not re.fullmatch(r"\d{1,5}", text.strip()):
        raise Refusal("--dpi", f"“{text}” is no whole number", "write 96, 192 or 300")
    return int(text)


def _format(text: str) -> str:
    kind = text.lower().removeprefix(".") or FORMATS[0]
    if kind not in FORMATS:
        hint = near_misses(kind, FORMATS) or f"choose one of {', '.join(FORMATS)}"
        raise Refusal("--format", f"“{text}” is no picture the atlas writes", hint)
    return kind
