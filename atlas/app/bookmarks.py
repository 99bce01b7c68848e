"""Bookmarks: views with names, kept beside the session in one small file.

Floor: app; neighbours: kept_file, session (the folder), core.link (a view as text). The list of
one story is shown; those of other stories stay in the file untouched. Every change is saved at
once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from atlas.app.kept_file import KeptFileError, put_aside, read_kept, write_kept
from atlas.app.session import session_path
from atlas.core.link import LONGEST, is_link, story_of

VERSION: Final = 1
MOST: Final = 500
LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A named view; `link` is the text `core.link` reads."""

    name: str
    link: str


def bookmarks_path() -> Path:
    """Return where bookmarks are kept: beside the session."""
    return session_path().with_name("bookmarks.json")


class Bookmarks:
    """The bookmarks of one story. A change that cannot be saved raises OSError and is undone."""

    def __init__(self, path: Path, story_id: str) -> None:
        self._path = path
        self.notice = ""
        """One sentence about a file that could not be read, empty if all is well."""
        try:
            kept = _bookmarks_from(read_kept(path))
        except KeptFileError as error:
            kept = []
            self.notice = put_aside(path, "The bookmarks", str(error))
        self._others = tuple(mark for mark in kept if story_of(mark.link) != story_id)
        self._marks = tuple(mark for mark in kept if story_of(mark.link) == story_id)

    @property
    def marks(self) -> tuple[Bookmark, ...]:
        """The bookmarks in the reader's own order."""
        return self._marks

    def add(self, name: str, link: str) -> int:
        """Add a view at the end and return its number; a name in use gets a number of its own.

        Raises
        ------
        ValueError
            If there are `MOST` already.
        OSError
            If the file cannot be written.
        """
        if len(self._marks) + len(self._others) >= MOST:
            raise ValueError(f"There are {MOST} bookmarks already; remove one first.")
        self._keep((*self._marks, Bookmark(self._unused(name), link)))
        return len(self._marks) - 1

    def rename(self, number: int, name: str) -> None:
        """Give one another name; an empty one changes nothing."""
        mark = self._marks[number]
        rest = (*self._marks[:number], *self._marks[number + 1 :])
        if _clean(name) and _clean(name) != mark.name:
            renamed = replace(mark, name=self._unused(name, rest))
            self._keep((*self._marks[:number], renamed, *self._marks[number + 1 :]))

    def remove(self, number: int) -> None:
        """Remove one."""
        self._keep((*self._marks[:number], *self._marks[number + 1 :]))

    def move(self, number: int, offset: int) -> int:
        """Move one up (negative) or down the list; return its number then."""
        rest = (*self._marks[:number], *self._marks[number + 1 :])
        to = min(max(number + offset, 0), len(rest))
        self._keep((*rest[:to], self._marks[number], *rest[to:]))
        return to

    def _unused(self, name: str, among: tuple[Bookmark, ...] | None = None) -> str:
        name = _clean(name) or "A view"
        taken = {mark.name for mark in (self._marks if among is None else among)}
        again = 2
        free = name
        while free in taken:
            free = f"{name} ({again})"
            again += 1
        return free

    def _keep(self, marks: tuple[Bookmark, ...]) -> None:
        rows = [{"name": mark.name, "link": mark.link} for mark in (*marks, *self._others)]
        write_kept(self._path, {"version": VERSION, "bookmarks": rows})
        self._marks = marks


def _clean(name: str) -> str:
    """Return a name on one line, without control characters, not too long."""
    shown = "".join(char if char.isprintable() else " " for char in name)
    return " ".join(shown.split())[:LONGEST_NAME]


def _bookmarks_from(data: Any) -> list[Bookmark]:
    if data is None:
        return []
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise KeptFileError("it holds no bookmarks of this version")
    rows = data.get("bookmarks")
    if not isinstance(rows, list):
        raise KeptFileError("it holds no list of bookmarks")
    return [_bookmark(row) for row in rows[:MOST]]


def _bookmark(row: Any) -> Bookmark:
    name, link = (row.get(key) if isinstance(row, dict) else None for key in ("name", "link"))
    if not isinstance(name, str) or not isinstance(link, str):
        raise KeptFileError("a bookmark lacks its name or its link")
    if not _clean(name) or len(link) > LONGEST or not is_link(link):
        raise KeptFileError(f"the bookmark “{_clean(name)}” is none")
    return Bookmark(_clean(name), link)
