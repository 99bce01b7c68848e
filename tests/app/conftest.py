"""The real library and what draws it, for every test that has none of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from atlas.app.export import Exporter
from atlas.app.library import Library, open_library
from atlas.app.offscreen import start_drawing
from atlas.app.picture import MapPicture
from atlas.render.basemap import BaseMap
from atlas.render.fonts import load_fonts
from atlas.render.style import load_style


@pytest.fixture(scope="module")
def library(pack_path: Path) -> Library:
    return open_library(pack_file=pack_path)


@pytest.fixture(scope="module")
def exporter(library: Library, qapp: QGuiApplication) -> Exporter:
    assert start_drawing() is qapp
    return Exporter(library, "paper")


@pytest.fixture
def make(library: Library, qapp: object) -> Iterator[Callable[[bool], MapPicture]]:
    made: list[MapPicture] = []
    load_fonts()

    def picture(synchronous: bool) -> MapPicture:
        made.append(MapPicture(BaseMap(library.pack), load_style("paper"), synchronous))
        return made[-1]

    yield picture
    for one in made:
        one.close()
