"""How long the real window takes from a gesture to its pixels; a process of its own.

It is asked line by line, as the peers are. With ``--profile scrub`` (or ``days``, ``pan``,
``zoom``, ``wheel``, ``panels``) it prints what that costs the second time, by function, instead.
"""

from __future__ import annotations

import cProfile
import gc
import os
import pstats
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from math import log
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from atlas.app.library import open_library
from atlas.app.memory import Tidy
from atlas.app.picture import MapPicture
from atlas.app.session import HOME_VARIABLE
from atlas.core import actions
from atlas.core.day import day_from_ymd
from atlas.core.model import Story
from atlas.core.store import Action, Store
from atlas.core.timescale import TimeScale
from atlas.ui.application import (
    close_window,
    keep_memory_low,
    make_application,
    make_window,
)
from atlas.ui.canvas import WHEEL_NOTCH
from atlas.ui.map_moves import ZOOM_STEP
from atlas.ui.window import MainWindow
from tests.perf.peers.answering import Clock, answer, peak_mb

SIZE_PX = (1920, 1080)
PANEL = "deng"
FIRST_DAY, LAST_DAY = day_from_ymd(1978, 12, 20), day_from_ymd(1979, 3, 20)
PATIENCE_S = 30.0


class Watch(QObject):
    """Counts the canvas's paintings, and those since a sharper ground was announced."""

    def __init__(self, window: MainWindow, picture: MapPicture) -> None:
        super().__init__()
        self._picture = picture
        self.paints = 0
        self._paints_when_updated = 0
        window.canvas.installEventFilter(self)
        picture.updated.connect(self._on_updated)

    @Slot()
    def _on_updated(self) -> None:
        self._paints_when_updated = self.paints

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.paints += 1
        return super().eventFilter(watched, event)

    def until_painted(self, paints: int) -> None:
        """Let events run until the canvas has been painted more often than that."""
        self._run(lambda: self.paints > paints)

    def until_sharp(self, paints: int) -> None:
        """Let events run until the canvas shows a ground of its own camera."""
        self._run(
            lambda: self._picture.is_sharp and self.paints > max(paints, self._paints_when_updated)
        )

    @staticmethod
    def _run(done: Callable[[], bool]) -> None:
        end = time.perf_counter() + PATIENCE_S
        while not done():
            QApplication.processEvents()
            if time.perf_counter() > end:
                raise TimeoutError("the window was not painted")
        QApplication.processEvents()


class Heartbeat(QTimer):
    """Beats as often as the window's thread lets it: between two beats nothing else could run."""

    def __init__(self) -> None:
        super().__init__(interval=0)
        self.timeout.connect(self._beat)
        self._last = self._last_cpu = 0.0
        self.longest_ms = self.longest_cpu_ms = 0.0

    def watch(self) -> None:
        """Forget what was, and begin to listen."""
        self._last, self._last_cpu = time.perf_counter(), time.thread_time()
        self.longest_ms = self.longest_cpu_ms = 0.0
        self.start()

    @Slot()
    def _beat(self) -> None:
        now, cpu = time.perf_counter(), time.thread_time()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000)
        self.longest_cpu_ms = max(self.longest_cpu_ms, (cpu - self._last_cpu) * 1000)
        self._last, self._last_cpu = now, cpu


class Bench:
    """One window with everything that is measured on it."""

    def __init__(self, window: MainWindow, store: Store, picture: MapPicture) -> None:
        self.window, self.store, self.picture = window, store, picture
        self.story: Story = window.library.atlas.story
        self.watch = Watch(window, picture)
        self.heart, self.clock = Heartbeat(), Clock()
        self.gestures: dict[str, Callable[[], None]] = {
            "days": self.days,
            "scrub": self.scrub,
            "pan": self.pan,
            "zoom": self.zoom,
            "wheel": self.wheel,
            "panels": self.panels,
        }

    def gesture(self, what: str) -> dict[str, Any]:
        """Go to the start and carry a gesture out: its times, and the thread's longest stall."""
        self.go_to_start()
        self.clock = Clock()
        self.heart.watch()
        self.gestures[what]()
        QApplication.processEvents()
        self.heart.stop()
        told: dict[str, Any] = self.clock.told()
        if what in ("wheel", "panels"):
            del told["cpu_ms"]  # waiting for the sharp map, this process keeps a core busy
        stall = {"stall_ms": self.heart.longest_ms, "stall_cpu_ms": self.heart.longest_cpu_ms}
        return told | stall

    def view(self) -> dict[str, Any]:
        """Tell the size of the map in the window, and its camera."""
        self.go_to_start()
        state = self.store.state
        camera = [state.camera.x_m, state.camera.y_m, state.camera.m_per_px]
        return {"size_px": state.viewport_px, "camera": camera}

    def go_to_start(self) -> None:
        """Open the panel of the campaign at its first day, sharp."""
        self.window.canvas.flight_ms = 0
        before = self.watch.paints
        self.store.do(actions.open_panel(self.story.panel(PANEL)), cause="bench")
        self.store.do(actions.set_day(FIRST_DAY, self.story), cause="bench")
        self.window.canvas.update()
        self.watch.until_sharp(before)

    def _sharp(self, action: Action) -> None:
        """Time what it takes from an action to the sharp map."""
        before = self.watch.paints
        with self.clock:
            self.store.do(action, cause="bench", gesture="bench")
            self.window.canvas.update()
            self.watch.until_sharp(before)

    def days(self) -> None:
        """Go through the days one by one, as the player does."""
        for day in range(FIRST_DAY + 1, LAST_DAY + 1):
            step = actions.set_day(day, self.story)
            self._timed(lambda step=step: self.store.do(step, cause="bench", gesture="bench"))

    def scrub(self) -> None:
        """Drag the slider over the same days, day by day, with a mouse."""
        track = self.window.time_bar.track
        margin = track.scale.left_px
        width = track.width() - 2 * margin
        track.show_window(TimeScale(FIRST_DAY, LAST_DAY + 1, margin, width))
        y_px = track.height() * 0.45
        places = [
            QPointF(track.scale.to_px(day + 0.5), y_px) for day in range(FIRST_DAY, LAST_DAY + 1)
        ]
        self._dragged(track, places)
        if self.store.state.day != LAST_DAY:
            raise RuntimeError("the slider is not where the mouse is")

    def pan(self) -> None:
        """Drag the map there and back with a mouse, 10 pixels at a time."""
        canvas = self.window.canvas
        start = QPointF(canvas.rect().center())
        steps = [*range(41), *range(39, -1, -1)]
        self._dragged(canvas, [start + QPointF(9, 4) * step for step in steps])

    def zoom(self) -> None:
        """Zoom in and out again, finely, as a touch pad does."""
        fine = round(WHEEL_NOTCH * log(1.04) / log(ZOOM_STEP))
        for way in [1] * 30 + [-1] * 30:
            self._timed(lambda way=way: self._turn(fine * way))

    def _turn(self, angle: int) -> None:
        canvas = self.window.canvas
        at = QPointF(canvas.rect().center())
        none = Qt.MouseButton.NoButton
        event = QWheelEvent(
            at, QPointF(canvas.mapToGlobal(at)), QPoint(), QPoint(0, angle),
            none, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(canvas, event)

    def _dragged(self, widget: QWidget, places: Sequence[QPointF]) -> None:
        """Press at the first place, move to each of the others until painted, release."""
        self._send(widget, QEvent.Type.MouseButtonPress, places[0])
        move = QEvent.Type.MouseMove
        for at in places[1:]:
            self._timed(lambda at=at: self._send(widget, move, at))
        self._send(widget, QEvent.Type.MouseButtonRelease, places[-1])

    def _timed(self, send: Callable[[], None]) -> None:
        """Time what it takes from an event to the painted window."""
        before = self.watch.paints
        with self.clock:
            send()
            self.watch.until_painted(before)

    @staticmethod
    def _send(widget: QWidget, kind: QEvent.Type, at: QPointF) -> None:
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        button = none if kind == QEvent.Type.MouseMove else left
        down = none if kind == QEvent.Type.MouseButtonRelease else left
        where = QPointF(widget.mapToGlobal(at))
        event = QMouseEvent(kind, at, where, button, down, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(widget, event)

    def wheel(self) -> None:
        """One notch of the wheel at a time, each until the map is sharp."""
        for factor in [1.25] * 4 + [0.8] * 4:
            self._sharp(actions.zoom(factor))

    def panels(self) -> None:
        """Turn every panel, without the flight, until the map is sharp."""
        for panel in self.story.panels:
            self._sharp(actions.open_panel(panel))


@contextmanager
def opened() -> Iterator[Bench]:
    app = make_application()
    window, store, picture = make_window(open_library(), None)
    bench = Bench(window, store, picture)
    window.arrange(*SIZE_PX)
    window.show()
    bench.go_to_start()
    keep_memory_low(window, store)
    gc.freeze()  # as the program does once its window is complete
    if (window.width(), window.height()) != SIZE_PX:
        raise RuntimeError("the screen is too small for the window")
    yield bench
    window.close()
    close_window(window, picture)
    del app


def memory(window: MainWindow) -> dict[str, Any]:
    """Tell the most memory there was, and what is held now where the system tells.

    Held is what stays after the tidying that the window does every few seconds.
    """
    for tidy in window.findChildren(Tidy):
        tidy.tidy()
    status = Path("/proc/self/status")
    told = status.read_text() if status.exists() else ""
    held = [int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith("VmRSS")]
    return {"peak_mb": peak_mb(), "resident_mb": held[0] if held else None}


def profiled(bench: Bench, what: str) -> None:
    run = bench.gestures[what]
    run()
    bench.go_to_start()
    profile = cProfile.Profile()
    profile.runcall(run)
    pstats.Stats(profile, stream=sys.stdout).sort_stats("tottime").print_stats(25)


def main(arguments: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory() as home:
        os.environ[HOME_VARIABLE] = home
        with opened() as bench:
            if arguments:
                profiled(bench, arguments[-1])
            else:
                answer(
                    {
                        "view": bench.view,
                        "gesture": bench.gesture,
                        "memory": partial(memory, bench.window),
                    }
                )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
