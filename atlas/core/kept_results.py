"""Results kept only as long as somebody holds what they were worked out from.

Floor: core; neighbours: wishes, asides, resolve. An `lru_cache` would hold its arguments:
an atlas of each projection ever looked at, all its towns and rivers for the sake of a few names.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast
from weakref import WeakKeyDictionary, ref

Held = TypeVar("Held")
Rest = ParamSpec("Rest")
Result = TypeVar("Result")
_Work = Callable[Concatenate[Held, Rest], Result]


def kept_while_held(
    most: int,
) -> Callable[[_Work[Held, Rest, Result]], _Work[Held, Rest, Result]]:
    """Keep so many results for each first argument, until nobody else holds that any more.

    First arguments are told apart by identity, the rest must be hashable; a result must not
    hold the first argument.
    """

    def keeping(work: _Work[Held, Rest, Result]) -> _Work[Held, Rest, Result]:
        by_held: WeakKeyDictionary[Held, Callable[..., Result]] = WeakKeyDictionary()

        def worker(held: ref[Held]) -> Callable[..., Result]:
            # By its weak reference: what is kept under a key must not keep it.
            return lru_cache(most)(lambda *rest, **named: work(cast(Held, held()), *rest, **named))

        @wraps(work)
        def ask(held: Held, /, *rest: Rest.args, **named: Rest.kwargs) -> Result:
            known = by_held.get(held)
            if known is None:
                known = by_held[held] = worker(ref(held))
            return known(*rest, **named)

        return ask

    return keeping
