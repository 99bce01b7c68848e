"""A short soak in the ordinary tests; `make soak` is the long one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STEPS = 45


def python(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.slow
def test_a_random_reader_finds_nothing_wrong(pack_path: Path) -> None:
    """In a process of its own: it puts its own hooks where Qt and Python complain."""
    words = ["--seed", "short", "--steps", str(STEPS), "--size", "1280x800"]
    done = python("-X", "faulthandler", "-m", "tests.soak.run", *words)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert f"{STEPS} steps" in done.stdout


def test_what_is_wrong_is_told_with_the_steps_before_it(pack_path: Path) -> None:
    """A window made to lie is caught, and the soak can be done again from what is printed."""
    done = python("-c", LYING)
    assert done.returncode == 1, f"{done.stdout}\n{done.stderr}"
    assert "WRONG: status line: shows 'never'" in done.stdout
    assert "again: python -m tests.soak.run --seed lie --steps 1 " in done.stdout


LYING = """
import sys
from atlas.ui.status import StatusLine
from tests.soak import run
StatusLine._show_state = lambda self: self._date.setText("never")
sys.exit(run.main(["--seed", "lie", "--steps", "5", "--size", "1280x800"]))
"""
