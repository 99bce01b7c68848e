"""How long exports take beyond the start, and the most memory they hold: a process for each.

python -m tests.perf.exports              the rows of the bench, as a table
python -m tests.perf.exports NAME FOLDER  one of them, its figures as JSON
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from atlas.app.arguments import read_arguments
from atlas.app.library import Library, open_library
from tests.perf.comparison import Goal, Row, Task, table

ROOT = Path(__file__).parents[2]
MB_A_GIB = 1024**3 / 1e6
FILM = "--from 1978-12-01 --to 1979-03-10 --panel deng --size 1280x720"


class Export(NamedTuple):
    """One export: its words on the command line, and the most it may take."""

    words: str
    runs: int = 1
    most_s: float | None = None
    most_gib: float | None = None
    needs: str = ""


EXPORTS = {
    "PNG of A3, 300 dpi": Export(
        "export a3.png --panel deng --size 420x297mm --dpi 300", runs=3, most_s=1.5
    ),
    "PNG of A0, 300 dpi": Export(
        "export a0.png --panel deng --size 841x1189mm --dpi 300", most_gib=1.5
    ),
    "GIF, 100 of 1280 x 720": Export(f"film fall.gif {FILM}", most_s=20.0),
    "MP4, 100 of 1280 x 720": Export(f"film fall.mp4 {FILM}", needs="av"),
    "booklet, A4": Export("booklet story.pdf"),
}


def written(words: list[str]) -> Callable[[Library], object]:
    """Return what writes an export, as the command of that name does."""
    arguments = read_arguments(words)
    path = arguments.file or Path()

    def picture(library: Library) -> object:
        from atlas.app.pictures import write_pictures

        return list(write_pictures(library, arguments, lambda _: None))

    def film(library: Library) -> object:
        from atlas.app.publish.film import write_film
        from atlas.app.publish.film_words import film_asked

        state, plan = film_asked(library, arguments)
        return write_film(library, state, path, plan)

    def booklet(library: Library) -> object:
        from atlas.app.publish.booklet import write_booklet

        return write_booklet(library, path, "a4")

    return {"export": picture, "film": film, "booklet": booklet}[arguments.command]


def measured(words: list[str]) -> dict[str, float]:
    """Write an export here and now; return the seconds it took, those of the processor, and MB.

    Where others want the cores too, the processor's own seconds tell more.
    """
    from atlas.app.offscreen import start_drawing

    application = start_drawing()
    library, write = open_library(), written(words)
    start, busy = time.perf_counter(), time.process_time()
    write(library)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    del application
    return {"s": seconds, "s of processor": busy, "MB": most_held_mb()}


def most_held_mb() -> float:
    """Return the most memory this process held at once; 0 where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    lines = dict(line.split(":", 1) for line in status.splitlines())
    return int(lines["VmHWM"].split()[0]) * 1024 / 1e6


def rows_of(name: str, export: Export) -> list[Row]:
    limits: dict[str, float | None] = {
        "s": export.most_s,
        "s of processor": None,
        "MB": export.most_gib and export.most_gib * MB_A_GIB,
    }
    rows = []
    for unit, most in limits.items():
        goals: tuple[Goal, ...] = (("most", most),) if most else ()
        rows.append(Row(f"{name}, {unit}", unit, goals, rivals=False))
    if export.needs and find_spec(export.needs) is None:
        for row in rows:
            row.missing = f"pip install {export.needs}"
        return rows
    for _ in range(export.runs):
        with tempfile.TemporaryDirectory() as folder:
            found = in_a_process(name, folder)
        for row in rows:
            if found[row.unit]:
                row.samples.append(found[row.unit])
    return rows


def in_a_process(name: str, folder: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.perf.exports", name, folder]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name} failed:\n{done.stderr}")
    return {unit: float(value) for unit, value in json.loads(done.stdout).items()}


def exports_task() -> Task:
    """Return the figures of all exports; memory is not told where the system does not."""
    rows = [row for name, export in EXPORTS.items() for row in rows_of(name, export)]
    return Task("exports, beyond the start", rows)


def main() -> int:
    if len(sys.argv) == 3:
        os.chdir(sys.argv[2])
        found = measured(EXPORTS[sys.argv[1]].words.split())
        sys.stdout.write(json.dumps(found) + "\n")
    else:
        sys.stdout.write(table([exports_task()]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
