"""The real library and what draws it, for every test that has none of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from atlas.app.export import Exporter
from atlas.app.library import Library, open_library
from atlas.app.offscreen import start_drawing


@pytest.fixture(scope="module")
def library(pack_path: Path) -> Library:
    return open_library(pack_file=pack_path)


@pytest.fixture(scope="module")
def exporter(library: Library, qapp: QGuiApplication) -> Exporter:
    assert start_drawing() is qapp
    return Exporter(library, "paper")
