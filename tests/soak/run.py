"""Soaks the atlas: a random reader for half an hour, or as long as asked.

    python -m tests.soak.run [--seed 7] [--minutes 30] [--steps 500] [--size 1920x1080]

Prints what went wrong with the last steps before it, the memory held and the longest stalls; exit
code 1 if something went wrong or the memory grew. With the same seed the same steps are done again.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.soak.soak import Soak

GROWTH: Final = 1.10
"""Memory at the end against after the warm-up, at most."""
WARM_UP: Final = 0.25
"""The share of a soak after which all caches should be full."""
LONG_MINUTES: Final = 5.0
"""Shorter soaks are all warm-up: their memory is told, not judged."""


def main(arguments: Sequence[str]) -> int:
    asked = words(arguments)
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        # Nothing of the one who runs it is read or written.
        os.environ |= {"HOME": home, "XDG_CONFIG_HOME": home, "INDOCHINA_ATLAS_HOME": home}
        soak = soaked(asked, Path(home))
    report = told(soak, asked)
    sys.stdout.write(report)
    if asked.report:
        asked.report.write_text(json.dumps(as_json(soak, asked), indent=1) + "\n", "utf-8")
    return 1 if soak.faults else 0


def words(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", default="7", help="which random reader (7)")
    parser.add_argument("--minutes", type=float, default=30.0, help="how long (30)")
    parser.add_argument("--steps", type=int, default=0, help="no more steps than that")
    parser.add_argument("--size", default="1920x1080", help="of the window (1920x1080)")
    parser.add_argument("--report", type=Path, help="a JSON file for the figures")
    return parser.parse_args(arguments)


def soaked(asked: argparse.Namespace, home: Path) -> Soak:
    """Open the window, let it be used, close it."""
    from atlas.app.qt_code import kept_code

    with kept_code():
        import PySide6.QtCore  # noqa: F401 - as at a start
    from atlas.app.library import open_library
    from atlas.render.fonts import load_fonts
    from atlas.ui.application import (
        close_window,
        keep_memory_low,
        make_application,
        make_window,
    )
    from tests.soak.soak import Soak

    app = make_application()
    load_fonts()
    window, store, picture = make_window(open_library(), None)
    window.arrange(*(int(side) for side in asked.size.split("x")))
    window.show()
    keep_memory_low(window, store)
    gc.collect()
    gc.freeze()
    soak = Soak(window, store, picture, asked.seed, home)
    soak.run(lambda s: s.minutes >= asked.minutes or s.steps == (asked.steps or -1))
    window.close()
    close_window(window, picture)
    judge_memory(soak, asked)
    del app
    return soak


def judge_memory(soak: Soak, asked: argparse.Namespace) -> None:
    if soak.minutes < LONG_MINUTES or soak.faults:
        return
    warm, end = warm_and_end_mb(soak)
    if end > warm * GROWTH:
        soak.faults.append(f"the memory grew from {warm:.0f} to {end:.0f} MB")


def warm_and_end_mb(soak: Soak) -> tuple[float, float]:
    """Return the medians of what was resident after the warm-up, and at the end."""
    held = [one.all_mb for _, one in soak.held]
    tenth = max(len(held) // 10, 1)
    at = int(len(held) * WARM_UP)
    return median(held[at : at + tenth]), median(held[-tenth:])


def told(soak: Soak, asked: argparse.Namespace) -> str:
    from tests.soak.stalls import table

    lines = [f"seed {asked.seed}: {soak.steps} steps in {soak.minutes:.1f} minutes"]
    if soak.held:
        warm, end = warm_and_end_mb(soak)
        most = max(one.all_mb for _, one in soak.held)
        own = soak.held[-1][1].own_mb
        lines.append(
            f"resident memory (VmRSS): {warm:.0f} MB after the warm-up, {end:.0f} MB at the end "
            f"({own:.0f} MB of it the process's own), {most:.0f} MB at most"
        )
    lines.append(
        f"the window answered nobody for more than 50 ms {len(soak.watch.stalls)} times; "
        f"longest {soak.watch.longest_ms:.0f} ms"
    )
    if soak.watch.stalls:
        lines.append(table(soak.watch.stalls))
    if soak.faults:
        lines += ["", *(f"WRONG: {fault}" for fault in soak.faults), "the last steps:"]
        lines += [f"  {step}" for step in soak.log]
        again = f"python -m tests.soak.run --seed {asked.seed} --steps {soak.steps}"
        lines.append(f"again: {again} --size {asked.size}")
    return "\n".join([*lines, ""])


def as_json(soak: Soak, asked: argparse.Namespace) -> dict[str, object]:
    return {
        "seed": asked.seed,
        "steps": soak.steps,
        "minutes": soak.minutes,
        "held_mb": [(round(at, 2), *one) for at, one in soak.held],
        "stalls": [(s.ms, s.own_ms, s.step, s.where) for s in soak.watch.stalls],
        "faults": soak.faults,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
