"""Towns are read only as far as a map asks for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from atlas.core.gazetteer import Gazetteer, up_to_rank
from atlas.core.model import Place
from tests.core.samples import town
from tests.records import replace

RANKS = (0, 0, 1, 3, 3, 7)
PLACES = tuple(replace(town(f"t{i}"), rank=rank) for i, rank in enumerate(RANKS))


class Counted:
    """Yields the towns and counts them."""

    def __init__(self) -> None:
        self.read = 0

    def __iter__(self) -> Iterator[Place]:
        for place in PLACES:
            self.read += 1
            yield place


@pytest.mark.parametrize(("rank", "found", "read"), [(0, 2, 3), (1, 3, 4), (2, 3, 4), (9, 6, 6)])
def test_it_reads_no_further_than_it_must(rank: int, found: int, read: int) -> None:
    source = Counted()
    gazetteer = Gazetteer(iter(source))
    for _ in range(2):
        assert tuple(up_to_rank(gazetteer, rank)) == PLACES[:found]
    assert source.read == read


def test_it_goes_on_where_it_stopped_and_back_again() -> None:
    gazetteer = Gazetteer(iter(PLACES))
    counts = [len(gazetteer.up_to(rank)) for rank in (0, 3, 1, 7, 0)]
    assert counts == [2, 5, 3, 6, 2]


def test_it_is_the_whole_sequence_to_everyone_else() -> None:
    assert tuple(Gazetteer(iter(PLACES))) == PLACES
    assert len(Gazetteer(iter(PLACES))) == len(PLACES)
    assert Gazetteer(iter(PLACES))[-1] is PLACES[-1]
    assert PLACES[2] in Gazetteer(iter(PLACES))


def test_any_other_sequence_is_looked_through() -> None:
    assert up_to_rank(PLACES[::-1], 1) == list(PLACES[2::-1])
