"""Exports that cannot end well, for real: no room, no right to write, killed, interrupted."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("limits, mounts and signals as Linux has them", allow_module_level=True)

OLDER = b"an older picture"
LARGE = ("--size", "3000x3000", "--dpi", "300", "--panel", "deng")
KINDS = ("png", "tif", "jpg", "webp", "pdf", "svg")
LIMIT_BYTES = 20_000


@pytest.fixture
def folder(tmp_path: Path, pack_path: Path) -> Path:
    assert pack_path.exists()
    return tmp_path


def command(folder: Path, root: Path) -> tuple[list[str], dict[str, str]]:
    environment = os.environ | {"PYTHONPATH": str(root), "INDOCHINA_ATLAS_HOME": str(folder)}
    return [sys.executable, "-m", "atlas", "export"], environment


def export(
    folder: Path, root: Path, *words: str, limit: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    program, environment = command(folder, root)
    return subprocess.run(
        [*program, *words],
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


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_finds_no_room_leaves_the_older_one(
    folder: Path, project_root: Path, kind: str
) -> None:
    path = folder / f"out.{kind}"
    path.write_bytes(OLDER)
    done = export(folder, project_root, path.name, "--size", "640x400", limit=no_large_files)
    assert done.returncode == 1
    assert done.stderr == f"indochina-atlas: {path.name}: cannot be written: file too large\n"
    assert path.read_bytes() == OLDER
    assert list(folder.iterdir()) == [path]


@pytest.fixture
def mount(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[str]]:
    """What begins a command that has a small file system of its own mounted on a folder."""
    if shutil.which("unshare") is None:
        pytest.skip("there is no unshare here")
    place = tmp_path_factory.mktemp("small")
    allowed = subprocess.run(
        ["unshare", "-rm", "mount", "-t", "tmpfs", "none", str(place)],
        capture_output=True,
        check=False,
    )
    if allowed.returncode:
        pytest.skip("mounting is not allowed here")

    def begin(options: str) -> list[str]:
        script = (
            f'mount -t tmpfs -o size=40k none "{place}" && printf old > "{place}/out.png" && '
            f'mount -o remount,{options} "{place}" && cd "{place}" && "$@"; '
            f'echo "code $?"; cat "{place}/out.png"; echo; ls -A "{place}"'
        )
        return ["unshare", "-rm", "sh", "-c", script, "sh"]

    return begin


@pytest.mark.parametrize(
    ("options", "reason"),
    [("size=40k", "no space left on device"), ("ro", "read-only file system")],
)
def test_a_full_disk_and_one_that_is_read_only(
    folder: Path,
    project_root: Path,
    mount: Callable[[str], list[str]],
    options: str,
    reason: str,
) -> None:
    program, environment = command(folder, project_root)
    done = subprocess.run(
        [*mount(options), *program, "out.png", "--size", "640x400"],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.stderr == f"indochina-atlas: out.png: cannot be written: {reason}\n"
    assert done.stdout == "code 1\nold\nout.png\n"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("kind", ["png", "tif"])
def test_killed_in_the_middle_it_leaves_nothing_but_the_older_file(
    folder: Path, project_root: Path, kind: str, number: signal.Signals
) -> None:
    path = folder / f"out.{kind}"
    path.write_bytes(OLDER)
    program, environment = command(folder, project_root)
    process = subprocess.Popen(
        [*program, path.name, *LARGE],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=heeding_interrupts,
    )
    try:
        while process.poll() is None and written_bytes(process.pid, folder) < 100_000:
            time.sleep(0.01)
        assert process.poll() is None, "it was to be killed while it writes"
        process.send_signal(number)
        process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode not in (0, None)
    assert path.read_bytes() == OLDER
    assert list(folder.iterdir()) == [path]


def written_bytes(pid: int, folder: Path) -> int:
    """Return how much a process has written to files without a name, or with one, in a folder."""
    total = 0
    for handle in Path(f"/proc/{pid}/fd").glob("*"):
        try:
            target = os.readlink(handle)
            if target.startswith(str(folder)) and not target.endswith("/out.png"):
                total += handle.stat().st_size
        except OSError:
            continue
    return total
