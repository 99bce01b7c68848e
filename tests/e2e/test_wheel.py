"""The wheel holds all the atlas needs: built, installed elsewhere, run from an empty folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

import atlas

pytestmark = pytest.mark.slow
PANELS = 14


def run(*command: str | Path, **options: object) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return str(done.stdout)


@pytest.fixture(scope="module")
def wheel(project_root: Path, pack_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    dist = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(dist)]
    run(*build, cwd=project_root)
    return next(dist.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel in a folder of its own; its libraries are those of this environment."""
    target = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    run(*pip, "--target", str(target), str(wheel))
    return target


@pytest.fixture
def atlas_command(installed: Path, tmp_path: Path) -> tuple[list[str], dict[str, object]]:
    environ = os.environ | {"PYTHONPATH": str(installed), "QT_QPA_PLATFORM": "offscreen"}
    return [str(installed / "bin" / "indochina-atlas")], {"cwd": tmp_path, "env": environ}


def test_wheel_carries_resources_and_evidence_but_no_base_data(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    assert "atlas/resources/pack/atlas.pack" in names
    assert "atlas/resources/fonts/OFL.txt" in names
    assert "atlas/resources/story/story.toml" in names
    assert "atlas/resources/story/inventory.txt" in names
    assert "geodata/sources/polities.csv" in names
    assert "geodata/sources/inventory.txt" in names
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"atlas", "geodata"}
    assert not [name for name in names if name.startswith("geodata/base/")]
    assert "geodata/hatch_hook.py" not in names


def test_installed_atlas_knows_itself(
    atlas_command: tuple[list[str], dict[str, object]], installed: Path
) -> None:
    command, options = atlas_command
    info = json.loads(run(*command, "info", "--json", **options))
    assert info["version"] == atlas.__version__
    assert info["data_version"]
    assert len(info["panels"]) == PANELS
    assert info["features"] > 0
    assert Path(info["pack"]).is_relative_to(installed)


def test_installed_atlas_exports_a_picture(
    atlas_command: tuple[list[str], dict[str, object]], tmp_path: Path
) -> None:
    command, options = atlas_command
    words = ["export", "out.png", "--panel", "deng", "--date", "1979-01-07", "--size", "800x600"]
    run(*command, *words, **options)
    header = (tmp_path / "out.png").read_bytes()[:24]
    assert header.startswith(b"\x89PNG")
    assert [int.from_bytes(header[at : at + 4], "big") for at in (16, 20)] == [800, 600]


def test_installed_evidence_passes_its_check(
    atlas_command: tuple[list[str], dict[str, object]],
) -> None:
    command, options = atlas_command
    assert "no problems" in run(*command, "check", **options)
