"""A picture is the window's own map, dot for dot; PDF and SVG look like it to other programs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from atlas.app.export import Exporter, panes_of
from atlas.app.export_options import ExportOptions
from atlas.app.library import Library
from atlas.app.offscreen import start_drawing
from atlas.app.picture import MapPicture
from atlas.app.view import ViewWords, state_for
from atlas.core.state import FURNITURE, State
from atlas.render.basemap import BaseMap
from atlas.render.style import load_style
from tests.records import replace

SIZE = (900, 600)
VIEWS = (
    ("intro", "", "paper"),
    ("origins", "", "night"),
    ("insurgency-split", "", "print"),
    ("insurgency-split", "1972-03-01", "paper"),
    ("support-1970-75", "", "night"),
    ("death-of-mao", "", "paper"),
    ("come-to-power", "1978-12-28", "print"),
    ("deng", "", "paper"),
    ("deng", "1979-02-20", "night"),
    ("deng", "1985-01-15", "print"),
)
PLAIN = ExportOptions(furniture=frozenset(FURNITURE) - {"credits"})
"""The credits name the picture, which no window shows."""
RASTERISERS = {
    "pdf": ("pdftoppm", "-png", "-r", "96", "-singlefile"),
    "svg": ("rsvg-convert", "--background-color=white", "-o"),
}


@pytest.fixture(scope="module")
def exporters(library: Library, qapp: QGuiApplication) -> dict[str, Exporter]:
    assert start_drawing() is qapp
    return {theme: Exporter(library, theme) for theme in ("paper", "night", "print")}


def state_of(library: Library, view: tuple[str, str, str]) -> State:
    panel, date, theme = view
    words = ViewWords(panel=panel, date=date, theme=theme)
    return state_for(words, library.atlas.story, SIZE)


def dots(image: QImage) -> NDArray[np.uint8]:
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return (
        np.frombuffer(plain.constBits(), np.uint8).reshape(image.height(), -1, 4)[:, :, :3].copy()
    )


@pytest.mark.parametrize("view", VIEWS, ids="-".join)
def test_a_png_is_the_window_s_picture_dot_for_dot(
    library: Library, exporters: dict[str, Exporter], tmp_path: Path, view: tuple[str, str, str]
) -> None:
    state = state_of(library, view)
    path = tmp_path / "a.png"
    exporters[state.theme].write(state, path, PLAIN)
    picture = MapPicture(BaseMap(library.pack), load_style(state.theme), synchronous=True)
    shown = QImage(*SIZE, QImage.Format.Format_RGB32)
    with QPainter(shown) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        picture.paint(painter, panes_of(library, state, PLAIN)[0].scene)
    picture.close()
    assert np.array_equal(dots(QImage(str(path))), dots(shown))


@pytest.mark.parametrize("kind", ["pdf", "svg"])
@pytest.mark.parametrize("view", VIEWS, ids="-".join)
def test_other_programs_see_the_same_map_in_pages_and_drawings(
    library: Library,
    exporters: dict[str, Exporter],
    tmp_path: Path,
    view: tuple[str, str, str],
    kind: str,
) -> None:
    program, *words = RASTERISERS[kind]
    if shutil.which(program) is None:
        pytest.skip(f"there is no {program} here")
    state = state_of(library, view)
    exporter = exporters[state.theme]
    path, seen = tmp_path / f"a.{kind}", tmp_path / "seen.png"
    exporter.write(state, path, PLAIN)
    last = [str(path), str(seen.with_suffix(""))] if kind == "pdf" else [str(seen), str(path)]
    subprocess.run([program, *words, *last], check=True, capture_output=True)
    theirs = dots(QImage(str(seen)))
    assert unlike(dots(exporter.image(state, PLAIN)), theirs) == ""
    later = replace(state, day=state.day + 3000)
    assert unlike(dots(exporter.image(later, PLAIN)), theirs), "another date is another map"


def unlike(ours: NDArray[np.uint8], theirs: NDArray[np.uint8]) -> str:
    """Return in what two pictures differ but for the edges of lines and letters.

    Programs smooth those each in their way; squares of ten dots have the same tone in all.
    """
    height, width = ours.shape[:2]
    assert 0 <= theirs.shape[0] - height <= 1
    assert 0 <= theirs.shape[1] - width <= 1
    squares = [
        image[:height, :width].reshape(height // 10, 10, width // 10, 10, 3).mean(axis=(1, 3))
        for image in (ours.astype(float), theirs.astype(float))
    ]
    off = np.abs(squares[0] - squares[1]).max(axis=2)
    told = (off.mean() > 3.0, np.percentile(off, 99.5) > 25, off.max() > 45)
    return f"{off.mean():.1f} {np.percentile(off, 99.5):.0f} {off.max():.0f}" if any(told) else ""
