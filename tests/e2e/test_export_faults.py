"""Pictures and films that cannot end well, for real: no room, no right to write, killed."""

from __future__ import annotations

import signal
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("limits, mounts and signals as Linux has them", allow_module_level=True)

from tests.e2e.faults import OLDER, done, killed_while_it_writes, mounted, no_large_files

PICTURES = ("png", "tif", "jpg", "webp", "pdf", "svg")
FILMS = ("gif", "mp4", "webm")
KINDS = (*PICTURES, *FILMS)
SMALL = "--size 640x400"
FEW_DAYS = f"{SMALL} --from 1979-01-05 --to 1979-01-08 --panel deng"
MANY_DAYS = "--size 1280x720 --from 1978-01-01 --to 1979-12-31 --panel deng"
LARGE = "--size 3000x3000 --dpi 300 --panel deng"


def words(kind: str, large: bool = False) -> list[str]:
    """Return a command for a file ``out.<kind>``: one soon done, or one that takes long."""
    if kind in FILMS:
        if kind != "gif" and find_spec("av") is None:
            pytest.skip("PyAV is not installed")
        return ["film", f"out.{kind}", *(MANY_DAYS if large else FEW_DAYS).split()]
    return ["export", f"out.{kind}", *(LARGE if large else SMALL).split()]


@pytest.fixture
def folder(tmp_path: Path, pack_path: Path) -> Path:
    assert pack_path.exists()
    return tmp_path


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_finds_no_room_leaves_the_older_one(
    folder: Path, project_root: Path, kind: str
) -> None:
    path = folder / f"out.{kind}"
    path.write_bytes(OLDER)
    ended = done(folder, project_root, words(kind), limit=no_large_files)
    assert ended.stderr == f"indochina-atlas: {path.name}: cannot be written: file too large\n"
    assert ended.returncode == 1
    assert path.read_bytes() == OLDER
    assert list(folder.iterdir()) == [path]


@pytest.mark.parametrize("kind", ["png", "mp4"])
@pytest.mark.parametrize(
    ("options", "reason"),
    [("size=40k", "no space left on device"), ("ro", "read-only file system")],
)
def test_a_full_disk_and_one_that_is_read_only(
    folder: Path,
    project_root: Path,
    tmp_path_factory: pytest.TempPathFactory,
    options: str,
    reason: str,
    kind: str,
) -> None:
    name = f"out.{kind}"
    begin = mounted(tmp_path_factory.mktemp("small"), name, options)
    ended = done(folder, project_root, words(kind), begin=begin)
    assert ended.stderr == f"indochina-atlas: {name}: cannot be written: {reason}\n"
    assert ended.stdout == f"code 1\nold\n{name}\n"


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("png", signal.SIGKILL),
        ("png", signal.SIGTERM),
        ("png", signal.SIGINT),
        ("tif", signal.SIGKILL),
        ("mp4", signal.SIGKILL),
        ("mp4", signal.SIGINT),
    ],
)
def test_killed_in_the_middle_it_leaves_nothing_but_the_older_file(
    folder: Path, project_root: Path, kind: str, number: signal.Signals
) -> None:
    path = folder / f"out.{kind}"
    path.write_bytes(OLDER)
    ended = killed_while_it_writes(
        folder, project_root, words(kind, large=True), number, after_bytes=60_000
    )
    assert ended.returncode not in (0, None)
    assert "Traceback" not in ended.stderr
    assert "ignored" not in ended.stderr
    assert path.read_bytes() == OLDER
    assert list(folder.iterdir()) == [path]
