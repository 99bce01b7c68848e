"""Finds words that are a slip of the fingers away. Floor: core; neighbours: search.

A slip is a letter too many, too few, wrong, or two exchanged. Most words are told apart by
length and by which letters they hold at all, so that few are compared letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

_LEAST_LETTERS = 4


def slips_allowed(term: str) -> int:
    """Return how many slips a term may hold: none in short ones or where a digit counts."""
    if len(term) < _LEAST_LETTERS or not term.isalpha():
        return 0
    return 1 if len(term) <= 6 else 2


class NearWords:
    """A set of words, ready to be searched for near ones."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_length: dict[int, list[tuple[int, str]]] = {}
        for word in words:
            self._by_length.setdefault(len(word), []).append((_letters(word), word))

    def near(self, term: str) -> list[str]:
        """Return the words within the slips allowed."""
        slips = slips_allowed(term)
        return [word for word in self.candidates(term) if slips and within(term, word, slips)]

    def candidates(self, term: str) -> list[str]:
        """Return the words worth comparing letter by letter."""
        slips, letters = slips_allowed(term), _letters(term)
        if not slips:
            return []
        return [
            word
            for length in range(len(term) - slips, len(term) + slips + 1)
            for mask, word in self._by_length.get(length, ())
            if (letters & ~mask).bit_count() <= slips and (mask & ~letters).bit_count() <= slips
        ]


def _letters(word: str) -> int:
    return reduce(lambda mask, char: mask | 1 << ord(char) % 61, word, 0)


def within(one: str, other: str, slips: int) -> bool:
    """Tell whether at most so many slips lie between two words."""
    if abs(len(one) - len(other)) > slips:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > slips:
            return False
    return row[-1] <= slips
