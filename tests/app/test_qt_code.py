"""PySide's own code is compiled once, whatever becomes of the file it is kept in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from atlas.app.qt_code import kept_code

ROOT = Path(__file__).parents[2]
COUNTED = """
import builtins, sys
from pathlib import Path
from atlas.app.qt_code import kept_code
real, compiled = builtins.compile, []
def counting(source, filename, *rest, **more):
    compiled.append(str(filename))
    return real(source, filename, *rest, **more)
builtins.compile = counting
with kept_code(Path(sys.argv[1])):
    import PySide6.QtCore
assert builtins.compile is counting
import linecache
import atlas.core.graticule
print(sum(name.startswith("shibokensupport/") for name in compiled), len(linecache.cache))
"""


def compiled_in_a_start(cache: Path) -> int:
    """Return how many of PySide's files a start compiled."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    words = [sys.executable, "-c", COUNTED, str(cache)]
    done = subprocess.run(words, cwd=ROOT, env=kept, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[0])


def test_the_second_start_compiles_nothing_of_pyside(tmp_path: Path) -> None:
    cache = tmp_path / "deep" / "kept.qt"
    assert compiled_in_a_start(cache) > 5
    assert compiled_in_a_start(cache) == 0
    assert list(cache.parent.iterdir()) == [cache]


@pytest.mark.parametrize("damage", [b"", b"\x00\x01", b"i\x01\x00\x00\x00", b"not marshal"])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    cache = tmp_path / "kept.qt"
    cache.write_bytes(damage)
    assert compiled_in_a_start(cache) > 5
    assert compiled_in_a_start(cache) == 0


def test_what_is_not_of_pyside_is_compiled_as_ever(tmp_path: Path) -> None:
    cache = tmp_path / "kept.qt"
    with kept_code(cache):
        code = compile("answer = 42", "shibokensupport-not.py", "exec")
    found: dict[str, int] = {}
    exec(code, found)
    assert found["answer"] == 42
    assert not cache.exists()


def test_a_folder_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert compiled_in_a_start(tmp_path / "file" / "kept.qt") > 5
