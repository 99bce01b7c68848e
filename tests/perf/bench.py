"""Measures what a reader waits for, prints a table and keeps it in out/bench.json.

    python -m tests.perf.bench [--runs 9] [--profile days|pan|zoom|panels]

Starts run in turn with an empty Qt window, so that the ratio says more than the seconds. Runs on
the display there is, off screen without one. Exit code 1 if a start imports what it should not.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import PySide6

from tests.perf.figures import Figure, from_json, table
from tests.perf.start_up import brought_in, start_figures

ROOT = Path(__file__).parents[2]
OUT = ROOT / "out" / "bench.json"
FRAME_MS = 1000 / 60


def child_figures(module: str) -> list[Figure]:
    """Run one of the measuring modules in a process of its own and return its figures."""
    done = subprocess.run(
        [sys.executable, "-m", module], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{module} failed:\n{done.stderr}")
    return [from_json(row) for row in json.loads(done.stdout)]


def machine() -> dict[str, object]:
    return {
        "system": platform.platform(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "qt": PySide6.__version__,
        "display": os.environ.get("QT_QPA_PLATFORM") or os.environ.get("DISPLAY") or "native",
    }


def ratios(figures: list[Figure]) -> dict[str, float]:
    by_name = {one.name: one for one in figures}
    empty, atlas = by_name["start: empty window"], by_name["start: first map"]
    day = by_name["slider: a day, again"]
    return {
        "start to first map / empty window": round(atlas.p50 / empty.p50, 2),
        "memory to first map / empty window": round(
            by_name["memory: first map"].p50 / by_name["memory: empty window"].p50, 2
        ),
        "slider: p50 of a day / a frame at 60 Hz": round(day.p50 / FRAME_MS, 2),
        "slider: p95 of a day / a frame at 60 Hz": round(day.p95 / FRAME_MS, 2),
    }


def told(figures: list[Figure], heavy: list[str]) -> str:
    """Return the report for a terminal."""
    lines = [f"{key}: {value}" for key, value in machine().items()]
    lines += ["", table(figures), ""]
    lines += [f"{value:8.2f}  {name}" for name, value in ratios(figures).items()]
    lines += ["", f"imported by the first map: {', '.join(heavy) or 'nothing heavy'}"]
    return "\n".join([*lines, f"kept in {OUT.relative_to(ROOT)}", ""])


def words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=9, help="starts of each kind (9)")
    parser.add_argument(
        "--profile", metavar="WHAT", help="days, pan, zoom or panels: where time goes"
    )
    return parser.parse_args()


def main() -> int:
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    asked = words()
    if asked.profile:
        command = [sys.executable, "-m", "tests.perf.window_frames", "--profile", asked.profile]
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    heavy = brought_in(ROOT)
    figures = start_figures(ROOT, asked.runs)
    figures += child_figures("tests.perf.window_frames")
    figures += child_figures("tests.perf.redraw")
    report = {
        "machine": machine(),
        "figures": [one.as_json() for one in figures],
        "ratios": ratios(figures),
        "heavy_modules_after_first_map": heavy,
    }
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(told(figures, heavy))
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main())
