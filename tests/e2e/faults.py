"""What makes exports fail for real: no room, no right to write, a signal at the wrong moment."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

OLDER = b"an older picture"
LIMIT_BYTES = 20_000


def command(folder: Path, root: Path, *words: str) -> tuple[list[str], dict[str, str]]:
    environment = os.environ | {"PYTHONPATH": str(root), "INDOCHINA_ATLAS_HOME": str(folder)}
    return [sys.executable, "-m", "atlas", *words], environment


def done(
    folder: Path,
    root: Path,
    words: Sequence[str],
    limit: Callable[[], None] | None = None,
    begin: Sequence[str] = (),
) -> subprocess.CompletedProcess[str]:
    """Run the atlas in a folder until it ends; `begin` is what starts it, if it is not alone."""
    program, environment = command(folder, root, *words)
    return subprocess.run(
        [*begin, *program],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        preexec_fn=limit,
    )


def heeding_interrupts() -> None:
    """Heed Ctrl+C even where the tests themselves run in the background, which ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def no_large_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT_BYTES, LIMIT_BYTES))


def mounted(place: Path, name: str, options: str) -> list[str]:
    """Return what begins a command in a small file system of its own that holds an older file."""
    if shutil.which("unshare") is None:
        pytest.skip("there is no unshare here")
    allowed = subprocess.run(
        ["unshare", "-rm", "mount", "-t", "tmpfs", "none", str(place)],
        capture_output=True,
        check=False,
    )
    if allowed.returncode:
        pytest.skip("mounting is not allowed here")
    script = (
        f'mount -t tmpfs -o size=40k none "{place}" && printf old > "{place}/{name}" && '
        f'mount -o remount,{options} "{place}" && cd "{place}" && "$@"; '
        f'echo "code $?"; cat "{place}/{name}"; echo; ls -A "{place}"'
    )
    return ["unshare", "-rm", "sh", "-c", script, "sh"]


def killed_while_it_writes(
    folder: Path, root: Path, words: Sequence[str], number: signal.Signals, after_bytes: int
) -> subprocess.CompletedProcess[str]:
    """Run the atlas and send it a signal once it wrote so much."""
    program, environment = command(folder, root, *words)
    process = subprocess.Popen(
        program,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=heeding_interrupts,
    )
    try:
        while process.poll() is None and written_bytes(process.pid, folder) < after_bytes:
            time.sleep(0.01)
        assert process.poll() is None, "it was to be killed while it writes"
        process.send_signal(number)
        out, complaints = process.communicate(timeout=60)
    finally:
        process.kill()
    return subprocess.CompletedProcess(program, process.returncode, out, complaints)


def written_bytes(pid: int, folder: Path) -> int:
    """Return how much a process has written to files without a name, or with one, in a folder."""
    total = 0
    for handle in Path(f"/proc/{pid}/fd").glob("*"):
        try:
            target = os.readlink(handle)
            if target.startswith(str(folder)) and not target.startswith(f"{folder}/out."):
                total += handle.stat().st_size
        except OSError:
            continue
    return total
