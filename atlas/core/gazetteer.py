"""Towns, read only as far as a map asks for them. Floor: core; neighbours: model.

Most towns are for close views; a first map needs a few dozen of thousands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from atlas.core.model import Place


class Gazetteer(Sequence[Place]):
    """A sequence of towns that draws on its source when it must.

    The source yields the towns with the least ranks, the most important, first.
    """

    def __init__(self, source: Iterator[Place]) -> None:
        self._source = source
        self._read: list[Place] = []

    def up_to(self, rank: int) -> Sequence[Place]:
        """Return the towns of a rank and below it, reading no further than the one after them."""
        if not self._read or self._read[-1].rank <= rank:
            for place in self._source:
                self._read.append(place)
                if place.rank > rank:
                    break
        return [place for place in self._read if place.rank <= rank]

    def __len__(self) -> int:
        return len(self._all())

    @overload
    def __getitem__(self, index: int) -> Place: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Place]: ...
    def __getitem__(self, index: int | slice) -> Place | Sequence[Place]:
        return self._all()[index]

    def __iter__(self) -> Iterator[Place]:
        return iter(self._all())

    def _all(self) -> list[Place]:
        self._read.extend(self._source)
        return self._read


def up_to_rank(places: Sequence[Place], rank: int) -> Sequence[Place]:
    """Return the towns of a rank and below it, from a gazetteer or any other sequence."""
    if isinstance(places, Gazetteer):
        return places.up_to(rank)
    return [place for place in places if place.rank <= rank]
