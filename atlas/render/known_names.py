"""Plans of names known from an earlier run: the view a reader comes back to is planned already.

Floor: render; neighbour: name_plan, which asks. A plan is kept with all that it was made of, word
for word, and is found again only by the very same: names and features in view, scale, letters and
how wide the fonts at hand run, the code that plans. What is damaged, or cannot be written, is
planned anew.
"""

from __future__ import annotations

import json
import os
import sys
from binascii import crc32
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

import PySide6

from atlas import core
from atlas.core.label_plan import Planned
from atlas.core.leaders import Leader
from atlas.core.wishes import Wishes
from atlas.render.letters import Lettering, measured

_SAMPLE: Final = "Hamburgefonstiv, Đà Nẵng"
_MOST_FILES: Final = 4
_OTHERWISE: Final = (OSError, ValueError, LookupError, TypeError)
"""What a damaged file may lead to."""


class Places(NamedTuple):
    """Where names stand, and whose the things are that hide them."""

    planned: tuple[Planned, ...]
    obstacle_owners: tuple[str, ...]


def made_of(wishes: Wishes, letters: Sequence[Lettering], m_per_px: float) -> str:
    """Return all that a plan depends on, in one line.

    Raises
    ------
    OSError
        If the code cannot be told apart from other versions of it.
    """
    shapes = [(one.lines, one.role, one.size_px, one.spacing_px) for one in letters]
    faces = {role: (size_px, spacing_px) for _, role, size_px, spacing_px in reversed(shapes)}
    widths = {role: measured(_SAMPLE, role, *size) for role, size in faces.items()}
    return repr(
        (
            *(sys.version, PySide6.__version__, tuple(_code())),
            *(m_per_px, wishes.items, wishes.features, dict(wishes.aside), wishes.told),
            *(shapes, widths),
        )
    )


def _code() -> Iterator[tuple[str, int, int]]:
    """Yield name, time and size of all files that have a say in a plan."""
    for folder in (Path(__file__).parent, *map(Path, core.__path__)):
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith(".py"):
                    told = entry.stat()
                    yield entry.name, told.st_mtime_ns, told.st_size


class KnownNames:
    """Plans in a folder, a file each; the few used last stay."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._found: Wishes | None = None
        self._asked: tuple[object, str] = None, ""

    def find(self, wishes: Wishes, letters: Sequence[Lettering], m_per_px: float) -> Places | None:
        """Return the plan made of the very same, if it is known."""
        with suppress(*_OTHERWISE):
            wanted = made_of(wishes, letters, m_per_px)
            self._asked = (wishes, letters, m_per_px), wanted
            of, check, text = self._path(wanted).read_text("utf-8").split("\n", 2)
            if of == wanted and int(check) == crc32(text.encode()):
                self._found = wishes
                return _places(json.loads(text))
        return None

    def keep(
        self, wishes: Wishes, letters: Sequence[Lettering], m_per_px: float, places: Places
    ) -> None:
        """Write a plan down, unless it was found here; no harm if it cannot be."""
        if wishes is self._found:
            return
        text = json.dumps(places)
        with suppress(OSError):
            of, wanted = self._asked
            if of != (wishes, letters, m_per_px):
                wanted = made_of(wishes, letters, m_per_px)
            path = self._path(wanted)
            self._folder.mkdir(parents=True, exist_ok=True)
            beside = path.with_suffix(f".{os.getpid()}")
            beside.write_text(f"{wanted}\n{crc32(text.encode())}\n{text}", "utf-8")
            beside.replace(path)
            for old in sorted(self._folder.iterdir(), key=_age)[:-_MOST_FILES]:
                old.unlink()

    def _path(self, made_of: str) -> Path:
        return self._folder / f"{crc32(made_of.encode()):08x}.names"


def _age(path: Path) -> int:
    return path.stat().st_mtime_ns


def _places(data: Any) -> Places:
    planned, owners = data
    return Places(tuple(_planned(*one) for one in planned), tuple(owners))


def _planned(box: Any, yields_to: Any, hidden_by: Any, leader: Any) -> Planned:
    line = Leader(*map(tuple, leader)) if leader else None
    return Planned(tuple(box), tuple(yields_to), tuple(hidden_by), line)
