from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from atlas.app.memory import Tidy, give_back_freed
from geodata.pack import Pack

ROOT = Path(__file__).parents[2]
IMPORTED_LATER = """
import PySide6.QtCore, linecache
from atlas.app.qt_code import read_no_more
import calendar
before = len(linecache.cache)
read_no_more()
import fractions
assert fractions.Fraction(1, 3) * 3 == 1
print(before, len(linecache.cache))
"""


def test_a_pack_at_rest_reads_as_before(qtbot: QtBot, pack_path: Path) -> None:
    give_back_freed()
    with Pack.open(pack_path) as pack:
        blob = pack.blob("base/land/l2.paths")
        before = bytes(blob)
        Tidy(pack, QObject()).tidy()
        assert bytes(blob) == before
        assert bytes(pack.blob("base/land/l2.paths")) == before
        del blob
    pack.rest()


def test_after_the_start_no_module_s_source_is_read(pack_path: Path) -> None:
    command = [sys.executable, "-c", IMPORTED_LATER]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    before, after = map(int, done.stdout.split())
    assert before > 0
    assert after == 0
