"""The atlas as a reader starts it, telling line by line on its output what its window shows.

Run as a program of its own, with the words of the command line; each line is JSON.
"""

from __future__ import annotations

import dataclasses
import json
import sys

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QApplication

from atlas.app import cli
from atlas.app.library import Library
from atlas.core.state import State
from atlas.ui.window import MainWindow
from tests.ui.agreement import Watcher

LOOK_EVERY_MS = 15
IDLE_LOOKS = 4
"""So many looks without anything new, and the window counts as idle."""


class Teller(QObject):
    """Says what the window shows, once for each thing shown, when it has come to rest."""

    def __init__(self) -> None:
        super().__init__()
        self._watcher: Watcher | None = None
        self._window: MainWindow | None = None
        self._seen = ""
        self._looks = 0
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        if self._window is None:
            found = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
            if not found or "parts" not in found[0].__dict__:
                return
            self._window = found[0]
            self._watcher = Watcher(self._window)
            self._window.canvas.update()
            return
        line = self._line(self._window)
        self._looks = self._looks + 1 if line == self._seen else 0
        self._seen = line
        if self._looks == IDLE_LOOKS:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

    def _line(self, window: MainWindow) -> str:
        assert self._watcher is not None
        track = window.time_bar.track
        corner = track.mapToGlobal(QPoint(0, 0))
        scale = dataclasses.asdict(track.scale)
        scale["left_px"] += corner.x()
        told = {
            "reading": dataclasses.asdict(self._watcher.read()),
            "scale": scale,
            "top_px": corner.y(),
            "painted_days": self._watcher.painted_days[-120:],
        }
        return json.dumps(told)


def open_window(library: Library, state: State | None, *, until_first_map: bool, link: str) -> int:
    from atlas.ui.application import make_application, run

    make_application()
    teller = Teller()
    code = run(library, state, until_first_map=until_first_map, link=link)
    del teller
    return code


if __name__ == "__main__":
    sys.exit(cli.run(sys.argv[1:], open_window))
