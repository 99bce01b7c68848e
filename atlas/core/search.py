"""Finds what a reader types among names, dates and the text of panels.

Floor: core; neighbours: search_entries, which lists what can be found; folding and near_words,
which compare. Every word typed must be found: as a word, its beginning, a part of it or, last, a
slip away. What is named exactly so comes first, then weightier things.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from atlas.core.edtf import EdtfError
from atlas.core.folding import words_of
from atlas.core.model import Story
from atlas.core.near_words import NearWords
from atlas.core.typed_dates import day_from_typed
from atlas.core.words import day_in_words

MOST_HITS: Final = 12
MOST_TYPED: Final = 200
TEXTS_KEPT: Final = 4
"""So many lines of a full list are left to the text, if it has that many to offer."""
SNIPPET_CHARS: Final = 72


class Likeness(IntEnum):
    """How a word typed is like a word found, best first."""

    WORD = 0
    START = 1
    PART = 2
    SLIP = 3


_EQUAL_SCORE: Final = -12.0
_TITLE_SCORE: Final = -4.0
"""What a mark of the story gains over a town when the words typed are its whole name."""
_WHOLE_BEGINS_SCORE: Final = 1.0
_BEGINS_SCORE: Final = 2.0
_NO_SCORE: Final = 99.0
_PHRASE_SCORE: Final = 8
_NAME_SCORES: Final = {
    Likeness.WORD: 3, Likeness.START: 6, Likeness.PART: 12, Likeness.SLIP: 16,
}  # fmt: skip
_TEXT_SCORES: Final = {
    Likeness.WORD: 10, Likeness.START: 11, Likeness.PART: 18, Likeness.SLIP: 22,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found.

    `kind` is ``place``, ``state``, ``feature``, ``panel``, ``text`` or ``date``; `id` its id there
    (of a text the panel's, of a date the day). `keys` are all its names, the shown one first;
    `aside` are words that may join a name: a country, a year. `weight` 0 is listed first.
    """

    kind: str
    id: str
    title: str
    detail: str
    keys: tuple[str, ...]
    weight: float = 0.0
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found, and what to show of it: a title (of a text the words around) and a detail."""

    entry: Entry
    title: str
    detail: str


_Found = dict[int, tuple[Likeness, str]]
"""Entry numbers with the best likeness and the word that has it."""


class SearchIndex:
    """All entries, by the words of their names. Never changes once it is made."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._named: dict[str, list[int]] = {}
        self._aside: dict[str, list[int]] = {}
        self._keys = [[words_of(key) for key in entry.keys] for entry in self.entries]
        for number, entry in enumerate(self.entries):
            _post(self._named, number, _all_words(entry, self._keys[number]))
            _post(self._aside, number, set(words_of(entry.aside)))
        self._words = sorted(self._named)
        self._near = NearWords(self._words)

    def find(self, typed: str, most: int = MOST_HITS) -> tuple[Hit, ...]:
        """Return the best hits for what was typed, best first."""
        terms = words_of(typed[:MOST_TYPED])
        if not terms:
            return ()
        found = [self._found(term) for term in terms]
        beside = [self._beside(term) if len(terms) > 1 else frozenset() for term in terms]
        numbers: set[int] = set().union(*found)
        for named, aside in zip(found, beside, strict=True):
            numbers &= named.keys() | aside
        ranked = [n for _, n in sorted((self._score(n, terms, found), n) for n in numbers)]
        return tuple(self._hit(number, terms, found) for number in self._best(ranked, most))

    def _best(self, ranked: Sequence[int], most: int) -> list[int]:
        """Return the best, keeping some room for texts behind a crowd of names."""
        names = [n for n in ranked if self.entries[n].kind != "text"]
        texts = [n for n in ranked if self.entries[n].kind == "text"]
        in_front = sum(self.entries[n].kind == "text" for n in ranked[:most])
        shown_texts = min(len(texts), max(in_front, TEXTS_KEPT))
        shown = {*names[: most - shown_texts], *texts[:shown_texts]}
        return [n for n in ranked if n in shown]

    def _found(self, term: str) -> _Found:
        """Return the entries a term names, each with its best likeness."""
        found: _Found = {}
        for likeness, words in self._like(term):
            for word in words:
                for number in self._named[word]:
                    found.setdefault(number, (likeness, word))
        return found

    def _like(self, term: str) -> Iterable[tuple[Likeness, Sequence[str]]]:
        is_word = term in self._named
        yield Likeness.WORD, [term] if is_word else []
        first, end = bisect_left(self._words, term), bisect_left(self._words, term + "\U0010ffff")
        yield Likeness.START, self._words[first:end]
        if len(term) > 1 or not term.isascii():
            yield Likeness.PART, [word for word in self._words if term in word]
        # Somebody who hits a word exactly did not slip.
        if not is_word:
            yield Likeness.SLIP, self._near.near(term)

    def _beside(self, term: str) -> frozenset[int]:
        return frozenset(self._aside.get(term, ()))

    def _score(
        self, number: int, terms: tuple[str, ...], found: Sequence[_Found]
    ) -> tuple[float, int, str]:
        entry = self.entries[number]
        worst = max((f[number][0] for f in found if number in f), default=Likeness.SLIP)
        if entry.kind == "text":
            phrase = worst is Likeness.WORD and _holds(self._keys[number][0], terms)
            score: float = _PHRASE_SCORE if phrase and len(terms) > 1 else _TEXT_SCORES[worst]
            return score + entry.weight, 0, entry.id
        score = min(_NAME_SCORES[worst], *(_key_score(key, terms) for key in self._keys[number]))
        if entry.kind == "feature" and _key_score(self._keys[number][0], terms) == _EQUAL_SCORE:
            score += _TITLE_SCORE
        return score + entry.weight, len(entry.title), entry.title

    def _hit(self, number: int, terms: tuple[str, ...], found: Sequence[_Found]) -> Hit:
        entry = self.entries[number]
        hits = [f[number][1] for f in found if number in f]
        if entry.kind == "text":
            return Hit(entry, snippet(entry.title, hits), entry.detail)
        told = [
            (_key_score(key, terms) < _NO_SCORE, sum(_tells(key, word) for word in hits))
            for key in self._keys[number]
        ]
        name = entry.keys[told.index(max(told))]
        also = f"; also {name}" if name != entry.keys[0] and max(told) > told[0] else ""
        return Hit(entry, entry.title, entry.detail + also)


def _post(postings: dict[str, list[int]], number: int, words: Iterable[str]) -> None:
    for word in words:
        postings.setdefault(word, []).append(number)


def _all_words(entry: Entry, keys: Sequence[tuple[str, ...]]) -> set[str]:
    """Return the words of all names; a place's also run together: ``phnompenh``."""
    words = {word for key in keys for word in key}
    if entry.kind == "place":
        words |= {"".join(key) for key in keys}
    return words


def _tells(key: tuple[str, ...], word: str) -> bool:
    return word in key or word == "".join(key)


def _key_score(key: tuple[str, ...], terms: tuple[str, ...]) -> float:
    if key == terms or (len(terms) == 1 and "".join(key) == terms[0]):
        return _EQUAL_SCORE
    *whole, last = terms
    if len(key) < len(terms) or key[: len(whole)] != tuple(whole):
        return _NO_SCORE
    begun = key[len(whole)]
    if begun == last:
        return _WHOLE_BEGINS_SCORE
    return _BEGINS_SCORE if begun.startswith(last) else _NO_SCORE


def _holds(words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    size = len(phrase)
    return any(words[i : i + size] == phrase for i in range(len(words) - size + 1))


def snippet(text: str, words: Sequence[str], most_chars: int = SNIPPET_CHARS) -> str:
    """Return the part of a text around the first of the folded words, cut between words."""
    if len(text) <= most_chars:
        return text
    wanted, pieces = set(words), text.split(" ")
    at = next((i for i, piece in enumerate(pieces) if wanted & set(words_of(piece))), 0)
    first, end = at, at + 1
    room = most_chars - len(pieces[at])
    while True:
        later = end < len(pieces) and len(pieces[end]) < room
        earlier = first > 0 and len(pieces[first - 1]) < room
        if later and (end - at <= 2 * (at - first) + 1 or not earlier):
            room -= len(pieces[end]) + 1
            end += 1
        elif earlier:
            first -= 1
            room -= len(pieces[first]) + 1
        else:
            break
    before, after = "… " if first else "", " …" if end < len(pieces) else ""
    return f"{before}{' '.join(pieces[first:end])}{after}"


def date_hit(typed: str, story: Story) -> Hit | None:
    """Return the way to a date typed, None if it is none or lies outside the story's era."""
    try:
        day = day_from_typed(typed[:MOST_TYPED])
    except EdtfError:
        return None
    if not story.first_day <= day <= story.last_day:
        return None
    title = f"Go to {day_in_words(day)}"
    return Hit(Entry("date", str(day), title, "date", ()), title, "date")


def find_all(index: SearchIndex, story: Story, typed: str) -> tuple[Hit, ...]:
    """Return what a reader is offered for what was typed: a date first, then the best hits."""
    date = date_hit(typed, story)
    dates = (date,) if date else ()
    return (*dates, *index.find(typed, MOST_HITS - len(dates)))
