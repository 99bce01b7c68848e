"""What all tests share: Qt without a display, and the path of a current pack."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The checkout: the folder that holds pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def pack_path() -> Path:
    """The atlas's own pack, built first if its inputs changed."""
    build = [sys.executable, "-m", "geodata", "build"]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"{' '.join(build)} failed:\n{done.stdout}{done.stderr}")
    return ROOT / "resources" / "pack" / "atlas.pack"
