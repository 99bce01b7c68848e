"""How long the real window takes from a gesture to its pixels; a process of its own.

Prints its figures as JSON. With ``--profile days`` (or ``pan``, ``zoom``, ``panels``) it prints
what that costs the second time, function by function, instead.
"""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from atlas.app.library import open_library
from atlas.app.picture import MapPicture
from atlas.app.session import HOME_VARIABLE
from atlas.core import actions
from atlas.core.day import day_from_ymd
from atlas.core.model import Story
from atlas.core.store import Action, Store
from atlas.core.timescale import TimeScale
from atlas.ui.application import close_window, make_application, make_window
from atlas.ui.window import MainWindow
from tests.perf.figures import Figure, figure

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


class Bench:
    """One window with everything that is measured on it."""

    def __init__(self, window: MainWindow, store: Store, picture: MapPicture) -> None:
        self.window, self.store, self.picture = window, store, picture
        self.story: Story = window.library.atlas.story
        self.watch = Watch(window, picture)

    def go_to_start(self) -> None:
        """Open the panel of the campaign at its first day, sharp."""
        self.window.canvas.flight_ms = 0
        before = self.watch.paints
        self.store.do(actions.open_panel(self.story.panel(PANEL)), cause="bench")
        self.store.do(actions.set_day(FIRST_DAY, self.story), cause="bench")
        self.window.canvas.update()
        self.watch.until_sharp(before)

    def painted_ms(self, action: Action) -> float:
        """Return what it takes from an action to the painted window."""
        before = self.watch.paints
        start = time.perf_counter()
        self.store.do(action, cause="bench", gesture="bench")
        self.watch.until_painted(before)
        return (time.perf_counter() - start) * 1000

    def sharp_ms(self, action: Action) -> float:
        """Return what it takes from an action to the sharp map."""
        before = self.watch.paints
        start = time.perf_counter()
        self.store.do(action, cause="bench", gesture="bench")
        self.window.canvas.update()
        self.watch.until_sharp(before)
        return (time.perf_counter() - start) * 1000

    def days(self) -> list[float]:
        """Go through the days one by one, as the player does."""
        return [
            self.painted_ms(actions.set_day(day, self.story))
            for day in range(FIRST_DAY + 1, LAST_DAY + 1)
        ]

    def drag(self) -> list[float]:
        """Drag the slider over the same days, day by day, with a mouse."""
        track = self.window.time_bar.track
        margin = track.scale.left_px
        width = track.width() - 2 * margin
        track.show_window(TimeScale(FIRST_DAY, LAST_DAY + 1, margin, width))
        self._send(QEvent.Type.MouseButtonPress, track.scale.to_px(FIRST_DAY + 0.5))
        taken = []
        for day in range(FIRST_DAY + 1, LAST_DAY + 1):
            before = self.watch.paints
            start = time.perf_counter()
            self._send(QEvent.Type.MouseMove, track.scale.to_px(day + 0.5))
            self.watch.until_painted(before)
            taken.append((time.perf_counter() - start) * 1000)
            if self.store.state.day != day:
                raise RuntimeError("the slider is not where the mouse is")
        self._send(QEvent.Type.MouseButtonRelease, track.scale.to_px(LAST_DAY + 0.5))
        return taken

    def _send(self, kind: QEvent.Type, x_px: float) -> None:
        track = self.window.time_bar.track
        at = QPointF(x_px, track.height() * 0.45)
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        button = none if kind == QEvent.Type.MouseMove else left
        down = none if kind == QEvent.Type.MouseButtonRelease else left
        where = QPointF(track.mapToGlobal(at))
        event = QMouseEvent(kind, at, where, button, down, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(track, event)

    def pan(self) -> list[float]:
        """Drag the map there and back."""
        steps = [(9, 4)] * 40 + [(-9, -4)] * 40
        return [self.painted_ms(actions.pan(dx, dy)) for dx, dy in steps]

    def zoom(self) -> list[float]:
        """Zoom in and out again, finely, as a touch pad does."""
        steps = [1.04] * 30 + [1 / 1.04] * 30
        return [self.painted_ms(actions.zoom(factor)) for factor in steps]

    def wheel(self) -> list[float]:
        """One notch of the wheel at a time, each until the map is sharp."""
        steps = [1.25] * 4 + [0.8] * 4
        return [self.sharp_ms(actions.zoom(factor)) for factor in steps]

    def panels(self) -> list[float]:
        """Turn every panel, without the flight, until the map is sharp."""
        return [self.sharp_ms(actions.open_panel(panel)) for panel in self.story.panels]


@contextmanager
def opened() -> Iterator[Bench]:
    app = make_application()
    window, store, picture = make_window(open_library(), None)
    bench = Bench(window, store, picture)
    window.arrange(*SIZE_PX)
    window.show()
    bench.go_to_start()
    if (window.width(), window.height()) != SIZE_PX:
        raise RuntimeError("the screen is too small for the window")
    yield bench
    window.close()
    close_window(window, picture)
    del app


def memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(bench: Bench, rounds: int) -> list[Figure]:
    figures = [
        figure("memory: window of 1920 x 1080, sharp", [memory_mb()], "MB"),
        figure("slider: a day, the first time", bench.days()),
    ]
    again: list[float] = []
    dragged: list[float] = []
    for _ in range(rounds):
        bench.go_to_start()
        again += bench.days()
        bench.go_to_start()
        dragged += bench.drag()
    figures += [figure("slider: a day, again", again), figure("slider: a day, by mouse", dragged)]
    bench.go_to_start()
    figures.append(figure("map: a pan of 10 px", bench.pan()))
    bench.go_to_start()
    figures.append(figure("map: a zoom by 4 %", bench.zoom()))
    bench.go_to_start()
    figures.append(figure("map: a wheel's notch, to sharp", bench.wheel()))
    figures.append(figure("panel: another one, to sharp", bench.panels()))
    figures.append(figure("panel: once more, to sharp", bench.panels()))
    figures.append(figure("memory: after all this", [memory_mb()], "MB"))
    return figures


def profiled(bench: Bench, what: str) -> None:
    run = {"days": bench.days, "pan": bench.pan, "zoom": bench.zoom, "panels": bench.panels}[what]
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
                rows = [one.as_json() for one in measured(bench, rounds=2)]
                sys.stdout.write(json.dumps(rows) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
