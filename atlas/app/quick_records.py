"""Makes named tuples without looking at the types of their fields, which nobody asks for.

Floor: app, but standard library only; `atlas.__main__` uses it before it imports our records.
`typing.NamedTuple` compiles the written type of every field, hundreds of them on the way to the
first map; here they stay as written, and `typing.get_type_hints` makes the same of them.
"""

from __future__ import annotations

import sys
import typing
from collections import namedtuple
from collections.abc import Iterable, Sequence
from typing import Any, Final

_TRIED: Final = ((3, 11), (3, 12), (3, 13))
"""Pythons whose `typing.NamedTuple` is made by a function of this name and these arguments."""

_namedtuple: Final[Any] = namedtuple


def make_quickly() -> None:
    """From now on make named tuples quickly."""
    if sys.version_info[:2] in _TRIED:
        typing._make_nmtuple = quick  # type: ignore[attr-defined]


def quick(
    name: str, types: Iterable[tuple[str, object]], module: str, defaults: Sequence[object] = ()
) -> Any:
    """Return a named tuple's class, as `typing` makes it but for the types of its fields."""
    written = dict(types)
    made = _namedtuple(name, tuple(written), defaults=defaults, module=module)
    made.__annotations__ = made.__new__.__annotations__ = written
    return made
