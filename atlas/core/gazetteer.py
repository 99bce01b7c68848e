"""Records read only when, and as far as, a map asks for them. Floor: core; neighbours: model.

Rivers' names and most towns are for close views; a first map needs a few dozen of thousands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar, overload

from atlas.core.model import Place

Record = TypeVar("Record")


class ReadLater(Sequence[Record]):
    """A sequence that draws on its source when it is first looked into."""

    def __init__(self, source: Iterator[Record]) -> None:
        self._source = source
        self._read: list[Record] = []

    def __len__(self) -> int:
        return len(self._all())

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | Sequence[Record]:
        return self._all()[index]

    def __iter__(self) -> Iterator[Record]:
        return iter(self._all())

    def _all(self) -> list[Record]:
        self._read.extend(self._source)
        return self._read


class Gazetteer(ReadLater[Place]):
    """A sequence of towns, of which a part can be asked for.

    The source yields the towns with the least ranks, the most important, first.
    """

    def up_to(self, rank: int) -> Sequence[Place]:
        """Return the towns of a rank and below it, reading no further than the one after them."""
        if not self._read or self._read[-1].rank <= rank:
            for place in self._source:
                self._read.append(place)
                if place.rank > rank:
                    break
        return [place for place in self._read if place.rank <= rank]


def up_to_rank(places: Sequence[Place], rank: int) -> Sequence[Place]:
    """Return the towns of a rank and below it, from a gazetteer or any other sequence."""
    if isinstance(places, Gazetteer):
        return places.up_to(rank)
    return [place for place in places if place.rank <= rank]
