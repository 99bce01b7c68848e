"""Starts the atlas: ``indochina-atlas`` and ``python -m atlas``. The only place above all floors.

It hands the command line the one thing that knows widgets: how to open the window.
"""

from __future__ import annotations

import gc
import json  # noqa: F401 - a library of its own, which else would wait for all those of Qt
import sys
from typing import TYPE_CHECKING, Final

from atlas.app import quick_records, seldom

SELDOM_ASKED: Final = (
    *("bz2", "inspect", "ipaddress", "logging", "lzma", "shutil", "tempfile", "traceback"),
)
"""Of Python's library: imported by what a start imports, and of no use to it."""

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from atlas.app.library import Library
    from atlas.core.state import State


def main() -> int:
    """Run the command line and return the exit code."""
    # What a start makes stays: looking through it for garbage would only hold up the first map.
    gc.disable()
    quick_records.make_quickly()
    seldom.import_seldom(*SELDOM_ASKED)
    from atlas.app import qt_ahead

    qt_ahead.load_ahead()
    from atlas.app import cli

    return cli.run(sys.argv[1:], open_window)


def open_window(
    library: Library,
    state: State | None,
    *,
    until_first_map: bool,
    link: str = "",
    overlays: Sequence[Path] = (),
) -> int:
    """Show the window until it is closed; widgets are imported only now."""
    from atlas.app.qt_code import kept_code
    from atlas.app.qt_enums import make_quickly

    make_quickly()
    with kept_code():
        import PySide6.QtCore  # noqa: F401 - for the sake of its compiled code
    from atlas.ui.application import run

    return run(library, state, until_first_map=until_first_map, link=link, overlays=overlays)


if __name__ == "__main__":
    sys.exit(main())
