"""How long a reader waits for whole commands, interpreter included; printed by `make bench`."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

RUNS = 3
COMMANDS = {
    "facts in the terminal": ["info", "--json"],
    "window to first map": ["--until", "first-map"],
    "one picture": ["export", "bench.png", "--panel", "deng", "--size", "1600x1000"],
}


@pytest.mark.bench
@pytest.mark.parametrize("what", COMMANDS)
def test_command(what: str, project_root: Path, pack_path: Path, tmp_path: Path) -> None:
    code = f"import sys; sys.path.insert(0, {str(project_root)!r}); import atlas.__main__ as m"
    command = [sys.executable, "-c", f"{code}; sys.exit(m.main())", *COMMANDS[what]]
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        seconds.append(time.perf_counter() - start)
        assert done.returncode == 0, done.stderr
    size_mb = pack_path.stat().st_size / 1e6
    sys.stdout.write(f"\n{what}: {min(seconds):.2f} s (best of {RUNS}; pack {size_mb:.0f} MB)\n")
