"""The words of the command line as one record. Floor: app; neighbours: view, grammar.

What the words mean is judged by `view`, `pages` and `export`, which refuse with exit code 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from atlas.app.view import ViewWords

PROGRAM: Final = "indochina-atlas"
_PLAIN_STARTS: Final[tuple[list[str], ...]] = ([], ["--until", "first-map"])
"""Most starts say nothing: the window need not wait until all options are set up."""


class Arguments(NamedTuple):
    """Everything said on the command line; `command` is empty when the window is wanted."""

    command: str = ""
    view: ViewWords = ViewWords()
    link: str = ""
    story: Path | None = None
    until: str = ""
    file: Path | None = None
    all_panels: bool = False
    out_dir: Path = Path("out")
    format: str = ""
    size: str = ""
    page: str = ""
    dpi: str = ""
    title: str = ""
    folder: Path | None = None
    json: bool = False
    visible: bool = False
    first: str = ""
    last: str = ""
    step: str = ""
    fps: str = ""
    hold: str = ""
    from_file: Path | None = None
    list_file: Path | None = None
    caption: str = ""
    transparent: bool = False
    georeference: bool = False
    archival: bool = False
    outlines: bool = False
    whole_story: bool = False
    overlays: tuple[Path, ...] = ()


def read_arguments(argv: Sequence[str]) -> Arguments:
    """Read the words after the program's name.

    Raises
    ------
    SystemExit
        With 2 if they are none of the atlas's, with 0 after ``--help`` and ``--version``.
    """
    if list(argv) in _PLAIN_STARTS:
        return Arguments(until="".join(argv[1:]))
    from atlas.app.grammar import read_words

    return read_words(argv)
