"""Makes PySide's enumerations quickly: there are hundreds, with thousands of members.

Floor: app, but standard library only; `atlas.__main__` uses it before it imports Qt. A class of Qt
brings all enumerations it holds as it is first used, `Qt` alone 93 of them. Python makes each
member with some care for what anyone may write into an enumeration; those of PySide are plain lists
of names and whole numbers, and come out the same without it, in a fifth of the time.
"""

from __future__ import annotations

import enum
import sys
from typing import Any, Final

_TRIED: Final = ((3, 11), (3, 12), (3, 13))
"""Pythons whose enumerations are known to be made of what is written here."""
_PLAIN: Final = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)
_TAKEN: Final = ("", "mro", "name", "value")
_OF_EACH: Final = ("__dict__", "__weakref__", "__module__", "__new__")
_make: Final = enum.EnumType._create_  # type: ignore[attr-defined]
_made_empty: dict[type, tuple[dict[str, Any], list[str]]] = {}


def make_quickly() -> None:
    """From now on make enumerations quickly that are given as PySide gives them."""
    if sys.version_info[:2] in _TRIED:
        enum.EnumType._create_ = _create  # type: ignore[attr-defined]


def _create(cls: Any, class_name: str, names: Any, **more: Any) -> Any:
    """Stand for `EnumType._create_`; its arguments."""
    if not (cls in _PLAIN and _is_as_pyside_asks(more) and _are_plain(names)):
        return _make(cls, class_name, names, **more)
    module = sys._getframe(2).f_globals.get("__name__", __name__)
    return quick(cls, class_name, names, module)


def _is_as_pyside_asks(more: dict[str, Any]) -> bool:
    return more.get("boundary") is enum.KEEP and more.get("type") is more.get("module") is None


def _are_plain(names: Any) -> bool:
    """Tell whether it is a list of names with values, each once, and none means more to Python."""
    if type(names) is not list or set(map(type, names)) != {tuple}:
        return False
    each = dict(names)
    # All at once: there are thousands.
    told = "\n".join(("", *each))
    taken = not each.keys().isdisjoint(_TAKEN)
    return len(each) == len(names) and not taken and "\n_" not in told


def quick(base: Any, class_name: str, names: list[tuple[str, int]], module: str) -> Any:
    """Return an enumeration of whole numbers; a flag keeps bits that have no name."""
    order: list[str] = []
    by_name: dict[str, Any] = {}
    by_value: dict[int, Any] = {}
    tables = {"_member_names_": order, "_member_map_": by_name, "_value2member_map_": by_value}
    held = _empty(base) | tables | {"__module__": module}
    made: Any = type.__new__(enum.EnumType, class_name, (base,), held)
    put = type.__setattr__
    put(made, "__new__", enum.Enum.__new__)
    is_int, is_flag = issubclass(base, int), issubclass(base, enum.Flag)
    for name, value in names:
        member = by_value.get(value)
        if member is None:
            by_value[value] = member = int.__new__(made, value) if is_int else object.__new__(made)
            known = member.__dict__
            known["_value_"], known["_name_"], known["__objclass__"] = value, name, made
            known["_sort_order_"] = len(order)
            if not is_flag or _is_one_bit(value):
                order.append(name)
        by_name[name] = member
        put(made, name, member)
    if is_flag:
        _add_masks(made, list(by_value), [by_name[name]._value_ for name in order])
    return made


def _empty(base: Any) -> dict[str, Any]:
    """Return what an enumeration without members holds, its tables for itself."""
    if base not in _made_empty:
        empty = _make(base, "Empty", (), module=__name__, boundary=enum.KEEP)
        held = {k: v for k, v in vars(empty).items() if k not in _OF_EACH}
        _made_empty[base] = held, [k for k, v in held.items() if type(v) in (dict, list, set)]
    held, tables = _made_empty[base]
    return held | {name: held[name].copy() for name in tables}


def _is_one_bit(value: int) -> bool:
    return value > 0 and not value & (value - 1)


def _add_masks(made: Any, values: list[int], ordered: list[int]) -> None:
    mask = singles = 0
    for value in values:
        mask |= value
        singles |= value if _is_one_bit(value) else 0
    made._flag_mask_, made._singles_mask_ = mask, singles
    made._all_bits_ = 2 ** mask.bit_length() - 1
    if ordered != sorted(ordered):
        made._iter_member_ = made._iter_member_by_def_
