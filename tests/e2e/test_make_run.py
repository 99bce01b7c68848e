"""`make run` as a stranger meets it: on a good machine, and on machines that lack something."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed"),
    pytest.mark.skipif(os.name != "posix", reason="the Makefile is for Linux and macOS"),
]
PANELS = 14


def plain_environment(**extra: str) -> dict[str, str]:
    """Return this environment without a display, an active venv, or words for pip or Qt."""
    dropped = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "VIRTUAL_ENV", "PYTHONPATH")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "MAKE"))}
    return {key: value for key, value in kept.items() if key not in dropped} | extra


def make_venv(root: Path, folder: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", ".ci/venv", str(folder), "pack"],
        cwd=root,
        env=plain_environment(**extra),
        capture_output=True,
        text=True,
        check=False,
    )


def fake_python(folder: Path, script: str) -> str:
    file = folder / "python"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return str(file)


def test_an_old_python_is_named_with_the_remedy(project_root: Path, tmp_path: Path) -> None:
    old = fake_python(tmp_path, 'test "$1" = --version && echo "Python 3.9.2" && exit 0; exit 1')
    done = make_venv(project_root, tmp_path / "venv", PYTHON=old)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; found: Python 3.9.2" in done.stderr
    assert "make run PYTHON=" in done.stderr


def test_no_python_at_all(project_root: Path, tmp_path: Path) -> None:
    done = make_venv(project_root, tmp_path / "venv", PYTHON=str(tmp_path / "absent"))
    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stderr


def test_a_missing_venv_module_is_named_with_its_package(
    project_root: Path, tmp_path: Path
) -> None:
    bare = fake_python(
        tmp_path, f'case "$2" in *ensurepip*) exit 1;; esac\nexec "{sys.executable}" "$@"'
    )
    done = make_venv(project_root, tmp_path / "venv", PYTHON=bare)
    assert done.returncode == 1
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"apt-get install python{version}-venv" in done.stderr


def test_no_network_is_told_as_such(project_root: Path, tmp_path: Path) -> None:
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1"}
    isolated = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"}
    done = make_venv(project_root, tmp_path / "venv", PYTHON=sys.executable, **nowhere, **isolated)
    assert done.returncode == 1
    assert "package index cannot be reached" in done.stderr
    assert not (tmp_path / "venv" / "ready-pack").exists()


def test_fresh_checkout_without_display_writes_the_panels(
    project_root: Path, pack_path: Path, tmp_path: Path
) -> None:
    checkout = copy_checkout(project_root, pack_path, tmp_path / "checkout")
    # The libraries of this environment stand in for the package index.
    libraries = os.pathsep.join({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    done = subprocess.run(
        ["make", "run", f"PYTHON={sys.executable}"],
        cwd=checkout,
        env=plain_environment(PYTHONPATH=libraries, PIP_NO_INDEX="1"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pictures = sorted((checkout / "out").glob("*.png"))
    assert len(pictures) == PANELS
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)
    assert all(picture.name in done.stdout for picture in pictures)


def copy_checkout(root: Path, pack: Path, target: Path) -> Path:
    """Copy what git knows or would take, and the pack, which is not under test here."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout")
    names = {name for name in listing.stdout.split("\0") if (root / name).is_file()}
    for name in sorted(names | {pack.relative_to(root).as_posix()}):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / name, target / name)
    return target
