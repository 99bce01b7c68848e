"""How much of a person's own file is read, and the one error for a file that gives nothing.

Floor: geodata, standard library only; neighbours: the readers of this package.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from atlas.core.problems import Problem, Severity

MAX_BYTES: Final = 600_000_000
MAX_ROWS: Final = 2_000_000
MAX_COLUMNS: Final = 1_000
MAX_CELL: Final = 100_000
"""Letters in one cell, name or value of a file; more than that is no name."""
MAX_NAME: Final = 200
MAX_NOTE: Final = 2_000
MAX_TEXT_BYTES: Final = 400_000_000
"""What the names and notes of one overlay may take in memory."""
MAX_FAULTS: Final = 50
"""So many faults are told one by one; the rest is counted."""
EVERY_ROWS: Final = 100
"""After so many rows a reader looks whether it is still wanted."""

Unwanted = Callable[[], bool]


class OverlayError(ValueError):
    """A file gives no overlay; `problem` names file, place and remedy."""

    def __init__(self, path: Path, what: str, remedy: str, where: str = "") -> None:
        self.problem = Problem(Severity.ERROR, path.name, where, "", what, remedy)
        head = f"{path.name}: {where}: " if where else f"{path.name}: "
        super().__init__(f"{head}{what}; {remedy}")


class Unasked(Exception):
    """The reading was given up because nobody wants it any more."""


def require_size(path: Path) -> None:
    """Refuse what is no file, or one too large to be read.

    Raises
    ------
    OverlayError
        If it is.
    """
    try:
        if not path.is_file():
            what = "is no file" if path.exists() else "does not exist"
            raise OverlayError(path, what, "choose a .geojson, .csv or .gpkg file")
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise OverlayError(path, f"cannot be read ({error})", "choose another file") from error
    if size > MAX_BYTES:
        said = f"has {size / 1e6:,.0f} MB, the most is {MAX_BYTES / 1e6:,.0f}"
        raise OverlayError(path, said, "split it or leave out columns")
