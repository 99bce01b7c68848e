from __future__ import annotations

import gc
from weakref import ref

from atlas.core.kept_results import kept_while_held


class Source:
    """Something results are worked out from."""


def test_a_result_is_worked_out_once_and_only_the_last_few_are_kept() -> None:
    asked: list[int] = []

    @kept_while_held(2)
    def doubled(_source: Source, number: int, more: int = 0) -> int:
        asked.append(number)
        return 2 * number + more

    one, other = Source(), Source()
    assert [doubled(one, 1), doubled(one, 1), doubled(one, 2, more=5)] == [2, 2, 9]
    assert asked == [1, 2]
    assert doubled(other, 1) == 2
    assert asked == [1, 2, 1]
    doubled(one, 3)
    doubled(one, 1)
    assert asked == [1, 2, 1, 3, 1]


def test_what_results_are_worked_out_from_is_not_held() -> None:
    made: list[ref[Source]] = []

    @kept_while_held(2)
    def worked_out(_source: Source, _number: int) -> Source:
        result = Source()
        made.append(ref(result))
        return result

    source = Source()
    worked_out(source, 1)
    gone = ref(source)
    assert made[0]() is not None
    del source
    gc.collect()
    assert gone() is None
    assert made[0]() is None
