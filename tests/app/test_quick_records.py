"""Named tuples made quickly are those that Python makes, types and all."""

from __future__ import annotations

import pickle
import subprocess
import sys
import typing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from atlas.app import quick_records

ROOT = Path(__file__).parents[2]
TEXT = '''
class Record(NamedTuple):
    """What it is."""

    number: int
    words: tuple[str, ...] = ()
    other: "Path | None" = None

    def twice(self) -> int:
        """Return twice the number."""
        return self.number * 2
'''
IN_A_START = """
from atlas.app import quick_records
made, real = [], quick_records.quick
def counting(name, types, module, defaults=()):
    made.append(name)
    return real(name, types, module, defaults)
quick_records.quick = counting
quick_records.make_quickly()
from atlas.core.model import Feature
import typing
assert typing.get_type_hints(Feature)["id"] is str
assert Feature._field_defaults["rank"] == 2
print(len(made), "Feature" in made)
"""


def made(name: str) -> Any:
    held: dict[str, Any] = {"__name__": __name__, "NamedTuple": NamedTuple, "Path": Path}
    exec(TEXT, held)
    held["Record"].__qualname__ = name
    return held["Record"]


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(typing, "_make_nmtuple", quick_records.quick)
    return made("QUICK")


QUICK: Any = None


def test_a_quick_record_is_what_python_makes(quickly: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    slowly = made("SLOW")
    monkeypatch.setattr(sys.modules[__name__], "QUICK", quickly)
    one = quickly(3, other=Path("a"))
    assert one == slowly(3, other=Path("a")) == (3, (), Path("a"))
    assert (one.twice(), one._replace(number=4).number) == (6, 4)
    assert repr(one) == repr(slowly(3, other=Path("a")))
    assert pickle.loads(pickle.dumps(one)) == one
    for told in ("_fields", "_field_defaults", "__doc__", "__module__", "__match_args__"):
        assert getattr(quickly, told) == getattr(slowly, told)
    assert typing.get_type_hints(quickly) == typing.get_type_hints(slowly)
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'number'"):
        quickly()


def test_a_start_makes_its_records_quickly() -> None:
    words = [sys.executable, "-c", IN_A_START]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    count, feature = done.stdout.split()
    assert int(count) > 10
    assert feature == "True"
