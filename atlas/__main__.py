"""Starts the atlas: ``indochina-atlas`` and ``python -m atlas``. The only place above all floors.

It hands the command line the one thing that knows widgets: how to open the window.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from atlas.app import cli

if TYPE_CHECKING:
    from atlas.app.library import Library
    from atlas.core.state import State


def main() -> int:
    """Run the command line and return the exit code."""
    return cli.run(sys.argv[1:], open_window)


def open_window(
    library: Library, state: State | None, *, until_first_map: bool, link: str = ""
) -> int:
    """Show the window until it is closed; widgets are imported only now."""
    from atlas.ui.application import run

    return run(library, state, until_first_map=until_first_map, link=link)


if __name__ == "__main__":
    sys.exit(main())
