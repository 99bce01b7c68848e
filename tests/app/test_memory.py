from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from atlas.app.memory import MOST_TURNS, REST_S, Tidy, give_back_freed
from atlas.core import actions
from atlas.core.store import Store
from geodata.pack import Pack
from tests.app.fake_library import STORY

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


@pytest.fixture
def store() -> Store:
    return Store(actions.initial_state(STORY, (800, 600)))


@pytest.fixture
def _threshold() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


@pytest.mark.usefixtures("qapp", "_threshold")
def test_a_pack_at_rest_reads_as_before(pack_path: Path, store: Store) -> None:
    give_back_freed()
    with Pack.open(pack_path) as pack:
        blob = pack.blob("base/land/l2.paths")
        before = bytes(blob)
        Tidy(pack, store, QObject()).tidy()
        assert bytes(blob) == before
        assert bytes(pack.blob("base/land/l2.paths")) == before
        del blob
    pack.rest()


@pytest.mark.usefixtures("qapp", "_threshold")
def test_garbage_is_looked_for_once_all_is_quiet(pack_path: Path, store: Store) -> None:
    looks: list[int] = []

    def note(phase: str, found: dict[str, int]) -> None:
        if phase == "start" and found["generation"] == 2:
            looks.append(1)

    def go_on() -> None:
        store.do(actions.step_by(1, STORY))

    gc.callbacks.append(note)
    try:
        with Pack.open(pack_path) as pack:
            now_s = [100.0]
            tidy = Tidy(pack, store, QObject(), clock=lambda: now_s[0])
            tidy.tidy()
            for _ in range(MOST_TURNS - 1):
                go_on()
                tidy.tidy()
            assert not looks
            now_s[0] += REST_S
            tidy.tidy()
            tidy.tidy()
            assert len(looks) == 1
            for _ in range(MOST_TURNS + 1):
                go_on()
                tidy.tidy()
            assert len(looks) == 2
    finally:
        gc.callbacks.remove(note)


def test_after_the_start_no_module_s_source_is_read(pack_path: Path) -> None:
    command = [sys.executable, "-c", IMPORTED_LATER]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    before, after = map(int, done.stdout.split())
    assert before > 0
    assert after == 0
