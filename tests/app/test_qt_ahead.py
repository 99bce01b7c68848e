"""Loading Qt's libraries ahead is tried where it helps, and never in the way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from atlas.app.qt_ahead import load_ahead

ROOT = Path(__file__).parents[2]
LOADED = """
import sys, time
from pathlib import Path
from atlas.app.qt_ahead import load_ahead
assert load_ahead()
maps = Path("/proc/self/maps")
end = time.monotonic() + 30
while "libQt6Widgets" not in maps.read_text():
    assert time.monotonic() < end, "the libraries were never loaded"
assert not any(name.startswith("PySide6") for name in sys.modules)
from PySide6.QtWidgets import QApplication
print("loaded, then imported")
"""


def test_nothing_is_loaded_ahead_elsewhere_than_on_linux() -> None:
    assert not load_ahead("darwin")
    assert not load_ahead("win32")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux loads ahead")
def test_the_libraries_come_without_being_imported() -> None:
    words = [sys.executable, "-c", LOADED]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == ("loaded, then imported\n", "")
