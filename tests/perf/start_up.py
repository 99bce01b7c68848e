"""How long a start takes, beside an empty Qt window and the peers; and what it brings in.

Runs alternate, so that whatever else the machine does falls on all of them alike.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from atlas.app.session import HOME_VARIABLE

SCREEN = {"name": "laptop", "x": 0, "y": 0, "width": 1920, "height": 1080}
_PAUSE_S = 0.1
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
FIRST_MAP = ("-m", "atlas", "--until", "first-map")
BROUGHT_IN = f"""
import sys
from atlas.app import cli
from atlas.__main__ import open_window
code = cli.run(["--until", "first-map"], open_window)
print(" ".join(sorted(set(sys.modules) & {set(HEAVY)!r})))
sys.exit(code)
"""


class Run(NamedTuple):
    """One child process: wall clock, time on all cores, and the most memory it held."""

    seconds: float
    cpu_seconds: float
    rss_mb: float


@contextmanager
def fresh_home() -> Iterator[dict[str, str]]:
    """Yield an environment of a second start: nobody's session, compiled files kept.

    Some machines forbid compiled files; a reader's starts from the second on find them. Off
    screen, Qt has a screen as large as a laptop's.
    """
    with tempfile.TemporaryDirectory() as folder:
        kept = {k: value for k, value in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        kept["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
        kept[HOME_VARIABLE] = str(Path(folder) / "home")
        if kept.get("QT_QPA_PLATFORM") == "offscreen":
            screen = Path(folder) / "screen.json"
            screen.write_text(json.dumps({"screens": [SCREEN]}))
            kept["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
        yield kept


def timed(command: Sequence[str], root: Path, environment: dict[str, str]) -> Run:
    """Run a command to its end.

    Raises
    ------
    RuntimeError
        If the child fails; the message holds what it complained of.
    """
    start = time.perf_counter()
    child = subprocess.Popen(
        command, cwd=root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert child.stderr is not None
    complaints = child.stderr.read().decode(errors="replace")
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stderr.close()
    if child.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{complaints}")
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def starts(
    commands: dict[str, Sequence[str]],
    root: Path,
    runs: int,
    qt: Sequence[str],
    anew: Sequence[str] = (),
) -> dict[str, list[Run]]:
    """Run all commands in turn; those named in `qt` see our screen, the others their own.

    Those named in `anew` find nothing of an earlier run but compiled files.
    """
    taken: dict[str, list[Run]] = {name: [] for name in commands}
    with fresh_home() as environment:
        for turn in range(runs + 1):
            for name, command in commands.items():
                own = {} if name in qt else {"QT_QPA_PLATFORM": "offscreen"}
                if name in anew:
                    own[HOME_VARIABLE] = f"{environment[HOME_VARIABLE]}-{turn}"
                time.sleep(_PAUSE_S)
                run = timed(command, root, environment | own)
                # The first turn compiles, and warms the disk's cache.
                if turn:
                    taken[name].append(run)
    return taken


def brought_in(root: Path) -> list[str]:
    """Return the heavy modules a start has imported by its first sharp map: none, it should be."""
    command = [sys.executable, "-c", BROUGHT_IN]
    with fresh_home() as environment:
        done = subprocess.run(
            command, cwd=root, env=environment, capture_output=True, text=True, check=True
        )
    return done.stdout.split()
