"""How long a start takes, beside Python alone and an empty Qt window; and what it brings in.

Runs alternate, so that whatever else the machine does falls on all of them alike.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.perf.figures import Figure, figure

HEAVY = ("numpy", "shapely", "geopandas", "pandas", "pyproj", "pyogrio", "PIL")

# The same Qt, as large, closed after its first paint.
EMPTY_WINDOW = """
import sys
from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.quit)
app = QApplication(sys.argv[:1])
app.setStyle("Fusion")
window = Window()
window.resize(app.primaryScreen().availableGeometry().size().boundedTo(QSize(1680, 1050)))
window.show()
sys.exit(app.exec())
"""
FIRST_MAP = ["-m", "atlas", "--until", "first-map"]
BROUGHT_IN = f"""
import sys
from atlas.app import cli
from atlas.__main__ import open_window
code = cli.run(["--until", "first-map"], open_window)
print(" ".join(sorted(set(sys.modules) & {set(HEAVY)!r})))
sys.exit(code)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One child process: wall clock and the most memory it held."""

    seconds: float
    rss_mb: float


def compiled_once(folder: Path) -> dict[str, str]:
    """Return an environment in which compiled files are kept, in a folder of their own.

    Some machines forbid them; a reader's starts from the second on find them.
    """
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(folder)}


def timed(arguments: Sequence[str], root: Path, environment: dict[str, str]) -> Run:
    """Run this Python with arguments to its end.

    Raises
    ------
    RuntimeError
        If the child fails; the message holds what it complained of.
    """
    start = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=root,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert child.stderr is not None
    complaints = child.stderr.read().decode(errors="replace")
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stderr.close()
    if child.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{complaints}")
    return Run(seconds, used.ru_maxrss / 1024)


def start_figures(root: Path, runs: int) -> list[Figure]:
    """Measure Python alone, an empty window and the atlas up to its first sharp map, in turn."""
    kinds = {
        "Python alone": ["-c", "pass"],
        "empty window": ["-c", EMPTY_WINDOW],
        "first map": FIRST_MAP,
    }
    taken: dict[str, list[Run]] = {name: [] for name in kinds}
    with tempfile.TemporaryDirectory() as folder:
        environment = compiled_once(Path(folder))
        for turn in range(runs + 1):
            for name, arguments in kinds.items():
                run = timed(arguments, root, environment)
                # The first turn compiles, and warms the disk's cache.
                if turn:
                    taken[name].append(run)
    times = [figure(f"start: {name}", [r.seconds for r in taken[name]], "s") for name in kinds]
    rss = [figure(f"memory: {name}", [r.rss_mb for r in taken[name]], "MB") for name in kinds]
    return times + rss


def brought_in(root: Path) -> list[str]:
    """Return the heavy modules a start has imported by its first sharp map: none, it should be."""
    done = subprocess.run(
        [sys.executable, "-c", BROUGHT_IN], cwd=root, capture_output=True, text=True, check=True
    )
    return done.stdout.split()
