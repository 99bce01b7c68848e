"""The command line: reads what is asked, does it, and says in a line why it cannot.

Floor: app; neighbours: arguments, view, pictures, contact_sheet, data_export, checks, info,
preflight. Exit codes: 0 done, 1 what was asked cannot be had, 2 wrong use or an extra that is not
installed. The window is opened by whoever calls `run`, since this floor knows no widgets; Qt is
imported only by what needs it.
"""

from __future__ import annotations

import gc
import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

from atlas.app import offscreen, preflight
from atlas.app.arguments import PROGRAM, Arguments, read_arguments
from atlas.app.library import Library, open_library
from atlas.app.refusal import Refusal, refusal_of
from atlas.app.view import ViewWords, state_for
from atlas.core.problems import has_errors
from atlas.core.state import State
from atlas.core.story import StoryError
from atlas.core.viewport import SizePx
from geodata.pack import PackError

WINDOW_PX: Final[SizePx] = (900, 640)
"""Stands for the window's size until it is known; the window resizes the view."""


class OpenWindow(Protocol):
    """What opens the window and returns the exit code when it is closed."""

    def __call__(
        self,
        library: Library,
        state: State | None,
        *,
        until_first_map: bool,
        link: str,
        overlays: Sequence[Path] = (),
    ) -> int:
        """Show a state, or what a link leads to, or where the reader left off."""
        ...


def run(argv: Sequence[str], open_window: OpenWindow) -> int:
    """Do what the words after the program's name ask; return the exit code.

    Raises
    ------
    SystemExit
        After ``--help`` and ``--version``, and with 2 on wrong use.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        return _do(read_arguments(argv), open_window)
    except StoryError as error:
        for problem in error.problems:
            _complain(problem.line())
    except KeyboardInterrupt:  # before the window stood
        from atlas.app.interrupts import INTERRUPTED

        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our lines has gone; Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Refusal as error:
        _complain(str(error))
        return error.exit_code
    except PackError as error:
        _complain(str(error))
    except OSError as error:
        _complain(str(refusal_of(error, "be read", error.filename or "a file")))
    return 1


def _do(arguments: Arguments, open_window: OpenWindow) -> int:
    made = _MADE.get(arguments.command)
    if made is None:
        return _window(arguments, open_window)
    from atlas.app.interrupts import stoppable  # the window needs it not

    return stoppable(lambda: made(arguments))


def _window(arguments: Arguments, open_window: OpenWindow) -> int:
    found = preflight.report(os.environ)
    if not found.ok:
        _complain(*found.lines)
        return 1
    measuring = bool(arguments.until)
    if not found.display and not measuring:
        _complain(*found.lines)
        return _export(arguments._replace(command="export", view=ViewWords(), all_panels=True))
    if not found.display:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # What a start makes stays: looking through it for garbage would only hold up the first map.
    gc.disable()
    library = _library(arguments.story)
    words = arguments.view
    state = state_for(words, library.atlas.story, WINDOW_PX) if words.any else None
    if arguments.link:
        _check_link(arguments.link, library)
    more = {"overlays": arguments.overlays} if arguments.overlays else {}
    return open_window(library, state, until_first_map=measuring, link=arguments.link, **more)


def _check_link(link: str, library: Library) -> None:
    """Refuse a link that cannot be read, before a window is opened; tell what is unknown in it."""
    from atlas.core.link import LinkError, read_link

    now = state_for(ViewWords(), library.atlas.story, WINDOW_PX)
    try:
        _complain(*read_link(link, library.atlas, now).remarks)
    except LinkError as error:
        raise Refusal("the link", str(error)) from None


def _export(arguments: Arguments) -> int:
    # Qt is started before anything that imports it, so that a system without it is told so.
    application = offscreen.start_drawing()
    from atlas.app import pictures

    library = _library(arguments.story)
    for path in pictures.write_pictures(library, arguments, _complain):
        print(path, flush=True)
    del application
    return 0


def _pictures(arguments: Arguments) -> int:
    application = offscreen.start_drawing()
    from atlas.app.contact_sheet import write_contact_sheet

    for path in write_contact_sheet(_library(None), arguments.out_dir):
        print(path, flush=True)
    del application
    return 0


def _booklet(arguments: Arguments) -> int:
    application = offscreen.start_drawing()
    from atlas.app.publish.booklet import PAPERS, write_booklet

    path = arguments.file or Path()
    library, paper = _library(arguments.story), arguments.page or PAPERS[0]
    write_booklet(library, path, paper, _told_on_terminal, archival=arguments.archival)
    print(path)
    del application
    return 0


def _film(arguments: Arguments) -> int:
    from atlas.app.publish.film_kinds import VIDEO, require_kind

    path = arguments.file or Path()
    kind = require_kind(path)
    application = offscreen.start_drawing()
    from atlas.app.publish.film import write_film
    from atlas.app.publish.film_words import LARGE_GIF, film_asked

    library = _library(arguments.story)
    state, plan = film_asked(library, arguments)
    if arguments.whole_story and not arguments.first and kind and kind not in VIDEO:
        _complain(LARGE_GIF)
    write_film(library, state, path, plan, _told_on_terminal)
    print(path)
    del application
    return 0


def _page(arguments: Arguments) -> int:
    application = offscreen.start_drawing()
    from atlas.app.publish.web_page import write_page

    path, theme = arguments.file or Path(), arguments.view.theme or "paper"
    write_page(_library(arguments.story), path, theme, _told_on_terminal)
    print(path)
    del application
    return 0


def _told_on_terminal(done: int, total: int) -> bool:
    """Tell a person how far a long work is; nobody else."""
    if sys.stderr.isatty():
        end = "\r" if done + 1 < total else "\n"
        print(f"  {done + 1} of {total}", end=end, file=sys.stderr, flush=True)
    return True


def _data(arguments: Arguments) -> int:
    from atlas.app.data_export import write_data

    print(write_data(_library(arguments.story), arguments))
    return 0


def _check(arguments: Arguments) -> int:
    from atlas.app.checks import check_all, summary

    problems = check_all(arguments.folder)
    for problem in problems:
        print(problem.line())
    print(summary(arguments.folder, problems))
    return 1 if has_errors(problems) else 0


def _info(arguments: Arguments) -> int:
    from atlas.app.info import info_lines, info_of

    library = _library(arguments.story)
    if arguments.json:
        print(json.dumps(info_of(library), indent=1, ensure_ascii=False))
    else:
        print("\n".join(info_lines(library)))
    return 0


def _library(story_dir: Path | None) -> Library:
    """Open the story; what is wrong with it is told, what is good is shown."""
    if story_dir is not None and not (story_dir / "story.toml").is_file():
        remedy = "name a folder that holds story.toml and panels/"
        raise Refusal("--story", f"there is no story in {story_dir}", remedy)
    library = open_library(story_dir)
    for problem in library.problems:
        _complain(problem.line())
    return library


def _complain(*lines: str) -> None:
    for line in lines:
        print(f"{PROGRAM}: {' '.join(line.split())}", file=sys.stderr)


_MADE: Final = {
    "export": _export,
    "booklet": _booklet,
    "film": _film,
    "page": _page,
    "data": _data,
    "check": _check,
    "info": _info,
    "pictures": _pictures,
}
"""What each command that opens no window does."""
