"""Who takes part: ours and the peers, each a process that is asked in turn.

A peer that is not there has no process, only the words that say how to install it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
PEERS = Path("tests/perf/peers")
PLAN = Path("out/bench/plan.json")
SYSTEM_PYTHON = os.environ.get("SYSTEM_PYTHON", "/usr/bin/python3")
"""Debian's own, which has the packages of QGIS and Mapnik."""
PLOT_PYTHON = os.environ.get("PEERS_PYTHON", str(ROOT / ".venv-peers" / "bin" / "python"))
"""That of an environment with cartopy, geopandas and matplotlib (`make peers`)."""


class Peer(NamedTuple):
    """A program to compare with: its words on the command line, its module, where it comes from."""

    name: str
    command: tuple[str, ...]
    module: str
    comes_by: str


PEERS_ALL = (
    Peer("QGIS", (SYSTEM_PYTHON, f"{PEERS}/qgis_peer.py", str(PLAN)), "qgis.core",
         "apt: python3-qgis"),
    Peer("Mapnik", (SYSTEM_PYTHON, f"{PEERS}/mapnik_peer.py", str(PLAN)), "mapnik",
         "apt: python3-mapnik"),
    Peer("cartopy", (PLOT_PYTHON, f"{PEERS}/plot_peer.py", str(PLAN), "cartopy"),
         "cartopy, geopandas", "make peers"),
    Peer("geopandas", (PLOT_PYTHON, f"{PEERS}/plot_peer.py", str(PLAN), "geopandas"),
         "geopandas, matplotlib", "make peers"),
)  # fmt: skip


def is_there(peer: Peer) -> bool:
    """Tell whether the peer's Python knows its modules."""
    try:
        done = subprocess.run(
            [peer.command[0], "-c", f"import {peer.module}"],
            capture_output=True,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0


class Contestant:
    """One process that answers tasks."""

    def __init__(self, name: str, command: tuple[str, ...]) -> None:
        self.name = name
        # A file, since a pipe that nobody reads fills up.
        self._complaints = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self._child = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            text=True,
        )

    def ask(self, task: str, **more: Any) -> dict[str, Any]:
        """Return the answer to a task.

        Raises
        ------
        RuntimeError
            If the process ended instead; the message holds what it complained of.
        """
        child = self._child
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            child.stdin.write(json.dumps({"task": task, **more}) + "\n")
            child.stdin.flush()
            line = child.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            self._complaints.seek(0)
            raise RuntimeError(f"{self.name} gave up on {task}:\n{self._complaints.read()}")
        told: dict[str, Any] = json.loads(line)
        return told

    def close(self) -> None:
        """Let it end."""
        assert self._child.stdin is not None
        self._child.stdin.close()
        self._child.wait()
        assert self._child.stdout is not None
        self._child.stdout.close()
        self._complaints.close()


def ours(module: str) -> Contestant:
    """Return one of our own processes."""
    return Contestant(module, (sys.executable, "-m", module))
