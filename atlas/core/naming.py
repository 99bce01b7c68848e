"""In which language places and countries are named: English, their own, or both.

Floor: core; neighbours: model. Only recorded names are used: what has no local name on record, or
one that no installed font can draw, keeps its English form. Several lines are parted by newlines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from atlas.core.day import FAR_FUTURE_DAY
from atlas.core.model import CanDraw, DatedName, Place

NAME_LANGUAGES: Final = ("english", "local", "both")
LOCAL_LANGUAGES: Final = {
    "KH": ("km",),
    "LA": ("lo",),
    "TH": ("th",),
    "VN": ("vi",),
    "MM": ("my",),
    "CN": ("zh",),
    "TW": ("zh",),
    "HK": ("zh",),
    "MO": ("zh",),
    "SG": ("zh",),
    "KP": ("ko",),
    "KR": ("ko",),
    "MN": ("mn",),
    "MY": ("ms",),
    "PH": ("tl",),
    "BD": ("bn",),
    "IN": ("bn",),
}
"""The languages of the names table that are spoken where the town lies."""
FOREVER: Final = FAR_FUTURE_DAY - 1
_ASIDE: Final = re.compile(r"\s*\([^)]*\)")


class Naming(NamedTuple):
    """The reader's choice of language, and which texts the fonts of this machine can draw."""

    language: str
    can_draw: CanDraw

    def shown(self, english: str, local: str) -> str:
        """Return what is lettered for a name and its local form (empty where none is recorded)."""
        if self.language == "english":
            return english
        own = next((form for form in _forms(local) if self.can_draw(form)), "")
        if not own or own == english:
            return english
        if self.language == "local" or _differ_in_marks_only(english, own):
            return own
        return f"{english}\n{own}"


class NamePiece(NamedTuple):
    """What a town is called from one day to another, and its English name."""

    text: str
    english: str
    first_day: int
    last_day: int


def names_of(place: Place, naming: Naming) -> tuple[NamePiece, ...]:
    """Return a town's names with their days; its present name where none is dated."""
    english = tuple(_english(place))
    if naming.language == "english":
        return english
    languages = LOCAL_LANGUAGES.get(place.country, ())
    local = tuple(name for name in place.names if name.lang in languages)
    return tuple(_joined(piece for one in english for piece in _cut(one, local, naming)))


def _english(place: Place) -> Iterator[NamePiece]:
    english = [name for name in place.names if name.lang == "en"]
    if not english:
        yield NamePiece(place.name, place.name, place.first_day, FOREVER)
    for name in english:
        first_day = max(name.span.earliest_start_day, place.first_day)
        yield NamePiece(name.name, name.name, first_day, name.span.latest_end_day - 1)


def _cut(piece: NamePiece, local: tuple[DatedName, ...], naming: Naming) -> Iterator[NamePiece]:
    """Cut an English name's time wherever a local name begins or ends."""
    bounds = {day for name in local for day in (name.span.earliest_start_day, _after(name))}
    days = sorted(day for day in bounds if piece.first_day < day <= piece.last_day)
    starts = (piece.first_day, *days)
    ends = (*(day - 1 for day in days), piece.last_day)
    for first_day, last_day in zip(starts, ends, strict=True):
        own = next(
            (n.name for n in local if n.span.earliest_start_day <= first_day < _after(n)), ""
        )
        yield NamePiece(naming.shown(piece.english, own), piece.english, first_day, last_day)


def _after(name: DatedName) -> int:
    return name.span.latest_end_day


def _joined(pieces: Iterator[NamePiece]) -> Iterator[NamePiece]:
    """Join pieces that say the same: a label stays where it is for as long as it reads alike."""
    kept: NamePiece | None = None
    for piece in pieces:
        if kept and piece.text == kept.text and piece.first_day == kept.last_day + 1:
            kept = kept._replace(last_day=piece.last_day)
            continue
        if kept:
            yield kept
        kept = piece
    if kept:
        yield kept


def _forms(local: str) -> tuple[str, ...]:
    """Return the forms of a name that stand side by side in the table, without remarks."""
    bare = _ASIDE.sub("", local)
    return tuple(form.strip() for form in bare.split(" / ") if form.strip())


def _differ_in_marks_only(english: str, own: str) -> bool:
    from atlas.core.folding import fold

    return fold(english) == fold(own)
