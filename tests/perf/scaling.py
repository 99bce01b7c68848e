"""How the cost of a reader's own overlay grows with its points: 1,000 to 1,000,000 of them.

    python -m tests.perf.scaling [--most 1000000] [--plot docs/pictures/scaling.svg]

Each number of points is a process of its own: a real window of 1920 x 1080, the file opened as
File > Open overlay does, the slider dragged by mouse over 90 days. Steps and stalls are told in
processor time of the window's thread, which does not depend on what else the machine does. Prints a
table and keeps it in out/scaling.json; draws a plot where asked to.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from atlas.app.session import HOME_VARIABLE
from atlas.core import actions
from atlas.core.own import asked_by
from tests.perf.figures import Figure, figure, from_json
from tests.perf.peers.answering import peak_mb
from tests.perf.scaling_plot import plot
from tests.perf.seeded_points import write_points
from tests.perf.window_frames import FIRST_DAY, LAST_DAY, Bench, opened

ROOT = Path(__file__).parents[2]
OUT = ROOT / "out" / "scaling.json"
NUMBERS = (1_000, 10_000, 100_000, 1_000_000)
GOAL_MS = 1000 / 30
PATIENCE_S = 300.0
NAMES = {
    "open": "open the file, s",
    "reading": "  longest stall meanwhile, ms",
    "frame": "slider: event to pixels, ms",
    "day": "slider: processor, ms",
    "stall": "  longest stall of a drag, ms",
    "pan": "a pan of 10 px: processor, ms",
    "zoom": "a zoom by 4 %: processor, ms",
    "tick": "choose and count: processor, ms",
    "hit": "under the pointer: processor, ms",
    "memory": "most memory, MB",
}


def measure(count: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ[HOME_VARIABLE] = folder
        path = Path(folder) / "points.csv"
        if count:
            write_points(path, count)
        with opened() as bench:
            bench.heart.watch()
            read_s = open_overlay(bench, path) if count else 0.0
            bench.heart.stop()
            opening = [
                figure("open", [read_s], "s"),
                figure("reading", [bench.heart.longest_cpu_ms]),
            ]
            return [*opening, *figures_of(bench)]


def open_overlay(bench: Bench, path: Path) -> float:
    """Open a file as the menu does; return how long until it is on the map."""
    start = time.perf_counter()
    bench.window.commands.open_overlay_at(path)
    while not bench.store.state.own:
        QApplication.processEvents()
        time.sleep(0.001)
        if time.perf_counter() - start > PATIENCE_S:
            raise TimeoutError("the overlay was not opened")
    QApplication.processEvents()
    return time.perf_counter() - start


def figures_of(bench: Bench) -> list[Figure]:
    bench.gesture("scrub")
    dragged = [bench.gesture("scrub") for _ in range(3)]
    return [
        figure("frame", [one for turn in dragged for one in turn["ms"]]),
        figure("day", [one for turn in dragged for one in turn["cpu_ms"]]),
        figure("stall", [min(turn["stall_cpu_ms"] for turn in dragged)]),
        figure("pan", bench.gesture("pan")["cpu_ms"]),
        figure("zoom", bench.gesture("zoom")["cpu_ms"]),
        figure("tick", ticks(bench)),
        figure("hit", hits(bench)),
        figure("memory", [peak_mb()], "MB"),
    ]


def ticks(bench: Bench) -> list[float]:
    """Return what choosing and counting the points of a new day takes, without the drawing."""
    bench.go_to_start()
    atlas, taken = bench.window.library.atlas, []
    for day in range(FIRST_DAY, LAST_DAY):
        bench.store.do(actions.set_day(day, bench.story))
        start = time.thread_time()
        for points in atlas.own.values():
            points.cells(asked_by(bench.store.state))
        taken.append((time.thread_time() - start) * 1000)
    return taken


def hits(bench: Bench) -> list[float]:
    """Return what asking what lies under the pointer takes, all over the map."""
    canvas, taken = bench.window.canvas, []
    for step in range(200):
        at = QPointF(step * 97 % canvas.width(), step * 61 % canvas.height())
        start = time.thread_time()
        canvas.hits_at(at)
        taken.append((time.thread_time() - start) * 1000)
    return taken


def in_own_process(count: int) -> list[Figure]:
    command = [sys.executable, "-m", "tests.perf.scaling", "--one", str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{count} points failed:\n{done.stderr}")
    return [from_json(row) for row in json.loads(done.stdout)]


def told(runs: dict[int, list[Figure]]) -> str:
    """Return the report for a terminal: a line a figure, a column a number of points."""
    lines = [f"{'median / p95':36}" + "".join(f"{count:>18,}" for count in runs)]
    for name, words in NAMES.items():
        found = [next(one for one in figures if one.name == name) for figures in runs.values()]
        values = (f"{one.p50:g} / {one.p95:g}" if one.runs > 1 else f"{one.p50:g}" for one in found)
        lines.append(f"{words:36}" + "".join(f"{value:>18}" for value in values))
    p95 = next(one.p95 for one in runs[max(runs)] if one.name == "frame")
    verdict = "within" if p95 <= GOAL_MS else "over"
    last = f"{max(runs):,} points: slider p95 {p95:g} ms, {verdict} the goal of {GOAL_MS:.0f} ms"
    return "\n".join([*lines, "", last, ""])


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--most", type=int, default=NUMBERS[-1], help="stop at so many points")
    words.add_argument("--plot", type=Path, help="draw the run there, as SVG or PNG")
    words.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = words.parse_args()
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if asked.one is not None:
        sys.stdout.write(json.dumps([one.as_json() for one in measure(asked.one)]) + "\n")
        return 0
    runs = {count: in_own_process(count) for count in (0, *NUMBERS) if count <= asked.most}
    OUT.parent.mkdir(exist_ok=True)
    kept = {str(count): [one.as_json() for one in figures] for count, figures in runs.items()}
    OUT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(told(runs))
    if asked.plot is not None:
        plot(runs, asked.plot, GOAL_MS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
