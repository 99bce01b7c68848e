"""How long a reader waits for whole commands, interpreter included. Prints figures as JSON."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.perf.figures import Figure, figure

ROOT = Path(__file__).parents[2]
RUNS = 3
COMMANDS = {
    "command: facts in the terminal": ["info", "--json"],
    "command: one picture": ["export", "bench.png", "--panel", "deng", "--size", "1600x1000"],
}


def measured(name: str, words: list[str], folder: str) -> Figure:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import atlas.__main__ as m"
    command = [sys.executable, "-c", f"{code}; sys.exit(m.main())", *words]
    samples = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, cwd=folder, capture_output=True, check=True)
        samples.append((time.perf_counter() - start) * 1000)
    return figure(name, samples)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        found = [measured(name, words, folder) for name, words in COMMANDS.items()]
    sys.stdout.write(json.dumps([one.as_json() for one in found]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
