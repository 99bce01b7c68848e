"""A home that takes no files, for real: the window works, says so once, and loses nothing older."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("mounts as Linux has them", allow_module_level=True)

HELD = "indochina-atlas/session.json"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    if shutil.which("unshare") is None:
        pytest.skip("there is no unshare here")
    place = tmp_path / "home"
    place.mkdir()
    mount = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    return place


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("mount -o remount,ro .", "read-only file system"),
        ("cat /dev/zero > filling 2> /dev/null", "no space left on device"),
    ],
    ids=["read-only", "full"],
)
def test_the_window_starts_works_and_says_once_that_nothing_is_remembered(
    home: Path, tmp_path: Path, project_root: Path, end: str, reason: str
) -> None:
    script = (
        f'mount -t tmpfs -o size=200k none "{home}" && cd "{home}" && mkdir -p '
        f'.config/indochina-atlas && printf old > .config/{HELD}; {end}; cd "{project_root}"; '
        f'"$@"; echo "code $?"; ls -A "{home}/.config/indochina-atlas"'
    )
    environment = os.environ | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    for name in ("INDOCHINA_ATLAS_HOME", "XDG_CONFIG_HOME"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "tests.e2e.forgetful_window", str(tmp_path)]
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", *command],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    told, bookmark, view, *rest = done.stdout.splitlines()
    assert f"Nothing can be remembered in {home}/.config/indochina-atlas ({reason})" in told
    assert "session could not be read" in told, "and the damaged session is told as well"
    assert reason in bookmark
    assert view == "view: war"
    assert rest[0] == "code 0", "no dialog stood in the way of the end"
    assert done.stderr.count("could not be saved") == 1
    assert "session.json" in rest[1], "what was there is there, under its name or put aside"
    assert not [name for name in rest[1:] if not name.startswith("session.json")]
