"""The words of many rows in two arrays: a million names take no million of Python's texts.

Floor: geodata, standard library only; neighbours: rows, points.
"""

from __future__ import annotations

from array import array
from typing import Final, NamedTuple

_BETWEEN: Final = "\x1f"
"""Stands in no text: what cannot be seen was taken out."""


class Words(NamedTuple):
    """What a file tells of one place, besides where it is."""

    name: str
    start: str
    end: str
    note: str
    source: str


class Texts:
    """Rows of five texts, kept as bytes."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("q")

    @property
    def size_bytes(self) -> int:
        """How much memory the texts take."""
        return len(self._bytes)

    def add(self, *words: str) -> None:
        """Append the words of one row."""
        self._bytes += _BETWEEN.join(words).encode("utf-8", "replace")
        self._ends.append(len(self._bytes))

    def __getitem__(self, index: int) -> Words:
        start = self._ends[index - 1] if index else 0
        text = self._bytes[start : self._ends[index]].decode("utf-8", "replace")
        return Words(*text.split(_BETWEEN))
