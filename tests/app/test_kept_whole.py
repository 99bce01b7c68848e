"""Files kept between runs, under fire: killed at any moment, they are whole, old or new."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from atlas.app.bookmarks import Bookmarks
from atlas.app.files import write_whole
from atlas.app.kept_file import KeptFileError, cannot_keep, read_kept, write_kept
from atlas.core.actions import initial_state
from atlas.core.link import link_to
from tests.app.fake_library import STORY

if sys.platform != "linux":
    pytest.skip("processes are forked and killed as on Linux", allow_module_level=True)

ROUNDS = 60
FILLING = "x" * 40_000


def endless_keeping(path: Path) -> None:
    number = 0
    while True:
        number += 1
        write_kept(path, {"version": 1, "number": number, "filling": FILLING, "end": number})


def endless_marking(path: Path) -> None:
    link = link_to(initial_state(STORY, (900, 600)), STORY)
    while True:
        marks = Bookmarks(path, "small")
        assert not marks.notice
        marks.add("A view", link)
        for number in range(len(marks.marks) - 1, 5, -1):
            marks.remove(number)


def endless_exporting(path: Path) -> None:
    number = 0
    while True:
        number += 1
        write_whole(path, b"%d\n" % number * 50_000)


def kept_whole(path: Path) -> bool:
    data = read_kept(path)
    return data is None or (data["number"] == data["end"] and data["filling"] == FILLING)


def marks_whole(path: Path) -> bool:
    return not Bookmarks(path, "small").notice


def export_whole(path: Path) -> bool:
    lines = path.read_bytes().split(b"\n") if path.exists() else [b""]
    return len(set(lines)) <= 2 and len(lines) in (1, 50_001)


def killed_soon(do: Callable[[Path], None], path: Path, after_s: float) -> None:
    """Do something without end in a process of its own, and kill that one."""
    pid = os.fork()
    if pid == 0:
        try:
            do(path)
        finally:
            os._exit(9)
    time.sleep(after_s)
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status), "it failed before it was killed"


@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
@pytest.mark.parametrize(
    ("name", "do", "is_whole"),
    [
        ("session.json", endless_keeping, kept_whole),
        ("bookmarks.json", endless_marking, marks_whole),
        ("map.png", endless_exporting, export_whole),
    ],
)
def test_killed_at_any_moment_the_file_is_whole(
    tmp_path: Path, name: str, do: Callable[[Path], None], is_whole: Callable[[Path], bool]
) -> None:
    path, chance = tmp_path / name, random.Random(name)
    longest_s = 0.03
    for _ in range(ROUNDS):
        killed_soon(do, path, chance.uniform(0.001, longest_s))
        assert is_whole(path)
        if not path.exists():
            # A busy machine: it was killed before it had written anything.
            longest_s = min(2 * longest_s, 2.0)
    assert path.exists(), "it was never killed while it wrote"
    left = {file.name for file in tmp_path.iterdir()} - {name}
    # Killed between naming the new file and putting it in its place, that name is left: rarely.
    assert len(left) < ROUNDS / 10
    assert not [file for file in left if file.endswith(".broken")]


def test_a_file_that_cannot_be_written_leaves_the_older_one(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "session.json"
    write_kept(path, {"number": 1})
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        code = 9
        try:
            assert cannot_keep(path) == "file too large"
            write_kept(path, {"filling": FILLING})
        except OSError:
            code = 7
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
    assert read_kept(path) == {"number": 1}
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_goes_on_pointing_where_it_did(tmp_path: Path) -> None:
    real = tmp_path / "real.json"
    write_kept(real, {"number": 1})
    (tmp_path / "session.json").symlink_to(real)
    write_kept(tmp_path / "session.json", {"number": 2})
    assert read_kept(real) == {"number": 2}
    assert (tmp_path / "session.json").is_symlink()


@pytest.mark.parametrize("content", [b"9" * 5000, b"[" * 100_000, b'{"a": "' + b"x" * 1_000_001])
def test_what_no_session_holds_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "session.json").write_bytes(content)
    with pytest.raises(KeptFileError):
        read_kept(tmp_path / "session.json")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "session.json")
    with pytest.raises(KeptFileError, match="is no file"):
        read_kept(tmp_path / "session.json")


def test_whether_something_can_be_kept_is_really_tried(tmp_path: Path) -> None:
    assert cannot_keep(tmp_path / "new" / "session.json") == ""
    assert list((tmp_path / "new").iterdir()) == []
    (tmp_path / "file").write_text(json.dumps({}))
    assert cannot_keep(tmp_path / "file" / "session.json") != ""
