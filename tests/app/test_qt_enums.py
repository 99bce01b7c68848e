"""PySide's enumerations made quickly are what Python makes of the same names and numbers."""

from __future__ import annotations

import enum
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6 import QtCore, QtGui

from atlas.app import qt_enums

ROOT = Path(__file__).parents[2]
AS_PYSIDE_ASKS: dict[str, Any] = {
    "module": None,
    "qualname": None,
    "type": None,
    "start": 1,
    "boundary": enum.KEEP,
}
IN_A_START = """
import sys
from atlas.app import qt_enums
made, real = [], qt_enums.quick
def counting(base, name, names, module):
    made.append(name)
    return real(base, name, names, module)
qt_enums.quick = counting
qt_enums.make_quickly()
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QPen
both = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
assert both in (Qt.AlignmentFlag(0x21),) and isinstance(both, Qt.AlignmentFlag)
assert QPen(Qt.PenStyle.DashLine).style() is Qt.PenStyle.DashLine
assert QImage(2, 2, QImage.Format.Format_RGB32).format() is QImage.Format.Format_RGB32
assert QEvent(QEvent.Type.Close).type() is QEvent.Type.Close
import pickle
assert pickle.loads(pickle.dumps(Qt.Key.Key_A)) is Qt.Key.Key_A
print(len(made), "Key" in made)
"""


def lists_of(module: ModuleType) -> Iterator[tuple[type, list[tuple[str, int]]]]:
    """Yield the names and numbers of the enumerations a module's classes hold."""
    for holder in [getattr(module, name) for name in dir(module)]:
        for found in vars(holder).values() if isinstance(holder, type) else ():
            if isinstance(found, enum.EnumType):
                yield found.__mro__[1], [(n, m.value) for n, m in found.__members__.items()]


def told(made: Any) -> dict[str, object]:
    """Return all that an enumeration holds, with names and values in place of its members."""
    known = {
        key: getattr(value, "__func__", value)
        for key, value in vars(made).items()
        if key not in ("__dict__", "__weakref__", "_member_map_", "_value2member_map_")
        and key not in made.__members__
    }
    known["map"] = list(made.__members__)
    known["values"] = {value: member.name for value, member in made._value2member_map_.items()}
    for name, member in made.__members__.items():
        assert getattr(made, name) is made[name] is made(member.value) is member
        known[f"member {name}"] = vars(member) | {"__objclass__": None}, type(member).__mro__[1:]
    return known


@pytest.mark.parametrize("module", [QtCore, QtGui])
def test_all_enumerations_of_qt_come_out_the_same(module: ModuleType) -> None:
    seen = 0
    for base, names in lists_of(module):
        slowly = qt_enums._make(base, "E", names, **AS_PYSIDE_ASKS)
        quickly = qt_enums.quick(base, "E", names, slowly.__module__)
        assert told(quickly) == told(slowly)
        assert list(quickly) == [quickly[member.name] for member in slowly]
        seen += 1
    assert seen > 90


def test_flags_are_joined_and_taken_apart_the_same() -> None:
    names = [("B", 2), ("A", 1), ("BOTH", 3), ("FAR", 16), ("AGAIN", 16), ("NONE", 0)]
    for base in (enum.Flag, enum.IntFlag):
        slowly = qt_enums._make(base, "E", names, **AS_PYSIDE_ASKS)
        quickly = qt_enums.quick(base, "E", names, slowly.__module__)
        assert told(quickly) == told(slowly)
        for value in range(-3, 36):
            assert repr(quickly(value)) == repr(slowly(value))
            assert repr(~quickly(value)) == repr(~slowly(value))
            assert [one.name for one in quickly(value)] == [one.name for one in slowly(value)]


@pytest.mark.parametrize(
    "names",
    [
        [("name", 1)],
        [("_hidden_", 1), ("A", 2)],
        [("A", 1), ("B", 2), ("A", 3)],
        (("A", 1),),
        ["A", "B"],
        "A B",
    ],
)
def test_what_means_something_to_python_is_left_to_it(
    monkeypatch: pytest.MonkeyPatch, names: Any
) -> None:
    monkeypatch.setattr(qt_enums, "quick", lambda *_: pytest.fail("made quickly"))

    def told_or_refused(make: Any) -> object:
        try:
            return list(make(enum.Enum, "E", names, **AS_PYSIDE_ASKS).__members__)
        except (TypeError, ValueError) as error:
            return str(error)

    assert told_or_refused(qt_enums._create) == told_or_refused(qt_enums._make)


def test_our_own_enumerations_are_made_by_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qt_enums, "quick", lambda *_: pytest.fail("made quickly"))
    monkeypatch.setattr(enum.EnumType, "_create_", qt_enums._create)
    assert [one.value for one in enum.Enum("Own", ["A", "B"])] == [1, 2]
    assert enum.Flag("Own", {"A": 1, "B": 2}).B.value == 2


def test_pyside_gets_quick_ones_in_a_start() -> None:
    words = [sys.executable, "-c", IN_A_START]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    count, key = done.stdout.split()
    assert int(count) > 100
    assert key == "True"
