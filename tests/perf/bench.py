"""Measures what a reader waits for beside other programs at the same work, and prints one table.

    python -m tests.perf.bench [--runs 9] [--rounds 5] [--short] [--no-peers] [--profile scrub]

All take turns in one run; the table tells medians, 95th percentiles, worst cases, ours divided by
theirs, time on all cores together (which other work on the machine disturbs less) and its ratio,
the goals, and what is not alike. Kept in out/bench.json; the peers' pictures in out/bench.
Runs on the display there is, off screen without one. Exit code 1 if a start imports what it
should not.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import PySide6

from tests.perf.comparison import OURS, Goal, Row, Task, as_json, table
from tests.perf.contest import BARE, Contest
from tests.perf.contestants import PEERS_ALL, PLAN, Contestant, is_there, ours
from tests.perf.exports import exports_task
from tests.perf.figures import Figure, from_json
from tests.perf.start_up import EMPTY_WINDOW, FIRST_MAP, brought_in, starts

ROOT = Path(__file__).parents[2]
OUT = ROOT / "out" / "bench.json"
ALONE = ("tests.perf.redraw", "tests.perf.commands", "tests.perf.searching")
"""Modules that measure ours alone and print their figures as JSON: rows without goals."""
EMPTY = "empty QMainWindow"
ANEW = f"{OURS}, nothing known of the view"


def child_figures(module: str) -> list[Figure]:
    """Run one of the measuring modules in a process of its own and return its figures."""
    done = subprocess.run(
        [sys.executable, "-m", module], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{module} failed:\n{done.stderr}")
    return [from_json(row) for row in json.loads(done.stdout)]


def machine() -> dict[str, Any]:
    return {
        "system": platform.platform(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "qt": PySide6.__version__,
        "display": os.environ.get("QT_QPA_PLATFORM") or os.environ.get("DISPLAY") or "native",
        "load_before": load(),
    }


def load() -> float | None:
    """Return how many processes wanted a core in the last minute, where the system tells."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None


def start_task(present: dict[str, bool], runs: int) -> Task:
    """Measure processes from their beginning to their end, right after the first whole map."""
    commands: dict[str, Any] = {
        OURS: (sys.executable, *FIRST_MAP),
        ANEW: (sys.executable, *FIRST_MAP),
        EMPTY: (sys.executable, "-c", EMPTY_WINDOW),
    }
    commands |= {
        peer.name: (*peer.command, "--once", "window")
        for peer in PEERS_ALL
        if present.get(peer.name)
    }
    taken = starts(commands, ROOT, runs, qt=(OURS, ANEW, EMPTY), anew=(ANEW,))
    goals: dict[str, Goal] = {EMPTY: ("ratio", 1.5), "QGIS": ("ratio", 0.35)}
    rows = []
    for name in (OURS, ANEW, EMPTY, *(peer.name for peer in PEERS_ALL)):
        goal = goals.get(name)
        row = Row(name, goals=(goal,) if goal else (), unlike=BARE if name == "QGIS" else "")
        row.rivals = name != ANEW
        row.samples = [run.seconds * 1000 for run in taken.get(name, ())]
        row.cpu = [run.cpu_seconds * 1000 for run in taken.get(name, ())]
        row.missing = next((p.comes_by for p in PEERS_ALL if p.name == name), "")
        rows.append(row)
    return Task("start to first complete map, and out again", rows)


def contested(present: dict[str, bool], rounds: int) -> list[Task]:
    """Let ours and the peers take turns at everything but starting."""
    with ExitStack() as stack:

        def started(one: Contestant) -> Contestant:
            stack.callback(one.close)
            return one

        window, painter = (started(ours(f"tests.perf.{m}")) for m in ("window_frames", "ours"))
        peers = {
            peer.name: started(Contestant(peer.name, peer.command))
            for peer in PEERS_ALL
            if present.get(peer.name)
        }
        absent = [peer for peer in PEERS_ALL if not present.get(peer.name)]
        contest = Contest(painter, window, peers, absent)
        screen, a3 = "whole map anew, 1920 x 1080", "whole map anew, A3 at 300 dots per inch"
        half: dict[str, Goal] = {"QGIS": ("ratio", 0.5)}
        page: dict[str, Goal] = {"QGIS, sequential": ("ratio", 0.75), "Mapnik": ("ratio", 1.0)}
        tasks = [
            contest.redraw(screen, "screen", half, rounds),
            contest.without_names(f"{screen}, without names", "screen", rounds),
            contest.redraw(a3, "a3", page, max(1, rounds // 2)),
            contest.scrub(max(1, rounds // 2)),
            *contest.gestures(max(1, rounds // 2)),
        ]
        stall = Task("longest stall of the window's thread in each of these gestures", [])
        stall.rows.append(contest.stalls)
        kept_pictures(painter, peers)
        return [*tasks, stall, contest.memory()]


def kept_pictures(painter: Contestant, peers: dict[str, Contestant]) -> None:
    """Keep what each of them drew, for the eye to compare."""
    for name, one in {"ours": painter, **peers}.items():
        picture = PLAN.with_name(f"{name.lower()}-screen.png")
        one.ask("redraw", sheet="screen", keep=str(picture))


def write_plan() -> None:
    """Write the peers' data for the map as our window shows it."""
    window = ours("tests.perf.window_frames")
    view = window.ask("view")
    window.close()
    words = [str(PLAN.parent), *map(str, (*view["size_px"], *view["camera"]))]
    command = [sys.executable, "-m", "tests.perf.same_map", *words]
    subprocess.run(command, cwd=ROOT, check=True)


def alone_task() -> Task:
    rows = [
        Row(found.name, found.unit, known=found, rivals=False)
        for module in ALONE
        for found in child_figures(module)
    ]
    return Task("ours alone", rows)


def words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=9, help="starts of each kind (9)")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each at a task (5)")
    parser.add_argument("--short", action="store_true", help="no exports, searches, commands")
    parser.add_argument("--no-peers", action="store_true", help="ours and the empty window only")
    parser.add_argument(
        "--profile", metavar="WHAT", help="scrub, pan, zoom, wheel or panels: where time goes"
    )
    return parser.parse_args()


def main() -> int:
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    asked = words()
    if asked.profile:
        command = [sys.executable, "-m", "tests.perf.window_frames", "--profile", asked.profile]
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    began, about = time.monotonic(), machine()
    heavy = brought_in(ROOT)
    present = {peer.name: not asked.no_peers and is_there(peer) for peer in PEERS_ALL}
    if any(present.values()):
        write_plan()
    tasks = [start_task(present, asked.runs), *contested(present, asked.rounds)]
    tasks += [] if asked.short else [alone_task(), exports_task()]
    about |= {"load_after": load(), "seconds": round(time.monotonic() - began)}
    report = {"machine": about, "rows": as_json(tasks), "heavy_modules_after_first_map": heavy}
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    lines = [f"{key}: {value}" for key, value in about.items()]
    lines += ["", table(tasks), ""]
    lines.append(f"imported by the first map: {', '.join(heavy) or 'nothing heavy'}")
    sys.stdout.write("\n".join([*lines, f"kept in {OUT.relative_to(ROOT)}", ""]))
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main())
