"""The real pack opened once for all drawing tests, with fonts registered."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.app.library import Library, open_library
from atlas.render.basemap import BaseMap
from atlas.render.fonts import load_fonts
from atlas.render.painter import MapPainter
from atlas.render.style import Style, load_style


@pytest.fixture(scope="session")
def library(pack_path: Path) -> Library:
    return open_library(pack_file=pack_path)


@pytest.fixture(scope="session")
def basemap(library: Library) -> BaseMap:
    return BaseMap(library.pack)


@pytest.fixture
def paper(qapp: object) -> Style:
    load_fonts()
    return load_style("paper")


@pytest.fixture
def painter(basemap: BaseMap, paper: Style) -> MapPainter:
    return MapPainter(basemap, paper)
