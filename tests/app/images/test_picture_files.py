"""The formats of dots: what other programs read of them, bands that join, bounded memory."""

from __future__ import annotations

import struct
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyproj
import pytest
import rasterio
import rasterio.warp
from PIL import Image
from PySide6.QtGui import QImage

from atlas.app.export import Exporter, raster_of
from atlas.app.export_options import ExportOptions
from atlas.app.images.png_file import write_png
from atlas.app.images.raster import Raster, bands, whole_image
from atlas.app.images.tiff_file import write_tiff
from atlas.app.library import Library
from atlas.app.refusal import Refusal
from atlas.app.steps import Cancelled
from atlas.app.view import ViewWords, state_for
from atlas.core.state import State

SIZE = (421, 303)
PHNOM_PENH, BEIJING = (104.917, 11.55), (116.383, 39.917)


@pytest.fixture(scope="module")
def state(library: Library) -> State:
    return state_for(ViewWords(panel="deng"), library.atlas.story, SIZE)


@pytest.mark.parametrize("dpi", [96, 300])
@pytest.mark.parametrize("transparent", [False, True])
def test_bands_join_into_the_picture_drawn_whole(
    exporter: Exporter, library: Library, state: State, dpi: int, transparent: bool
) -> None:
    raster = raster_of(library, state, ExportOptions(dpi=dpi, transparent=transparent))
    width, height = raster.size
    whole = list(bands(exporter._painter, raster, dots=width * height))
    tiled = list(bands(exporter._painter, raster, dots=width * 37))
    assert len(whole) == 1
    assert len(tiled) > 5
    assert np.array_equal(np.concatenate(tiled), whole[0])
    if not transparent:
        image = whole_image(exporter._painter, raster).convertToFormat(QImage.Format.Format_RGB888)
        dots = np.frombuffer(image.constBits(), np.uint8).reshape(height, -1)
        assert np.array_equal(dots[:, : width * 3], whole[0])


@pytest.mark.parametrize("samples", [3, 4])
@pytest.mark.parametrize("write", [write_png, write_tiff])
def test_other_programs_read_the_very_dots(write: Callable[..., None], samples: int) -> None:
    size = (1201, 2003)
    some = np.random.default_rng(7).integers(0, 40, (size[1], size[0] * samples), np.uint8)
    file = BytesIO()
    cut = [0, 1, 777, 778, size[1]]
    pieces = [some[a:b] for a, b in pairwise(cut)]
    rest = (11811, {"Title": "1979 · ភ្នំពេញ"}) if write is write_png else (300,)
    write(file, size, pieces, *rest, alpha=samples == 4)
    with Image.open(file) as image:
        image.load()
        assert image.size == size
        assert round(image.info["dpi"][0]) == 300
        assert np.array_equal(np.asarray(image).reshape(some.shape), some)
        assert image.info.get("Title", "1979 · ភ្នំពេញ") == "1979 · ភ្នំពេញ"


@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.tiff", "a.jpg", "a.jpeg", "a.webp"])
def test_every_format_has_size_and_resolution(
    exporter: Exporter, state: State, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    exporter.write(state, path, ExportOptions(dpi=192))
    with Image.open(path) as image:
        image.load()
        assert image.size == (842, 606)
        if not name.endswith("webp"):
            assert round(image.info["dpi"][0]) == 192
    assert not QImage(str(path)).isNull()
    assert [one.name for one in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("ending", ["png", "tif", "webp"])
def test_a_picture_without_ground_can_be_laid_over_others(
    exporter: Exporter, state: State, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"a.{ending}"
    exporter.write(state, path, ExportOptions(furniture=frozenset(), transparent=True))
    with Image.open(path) as image:
        alpha = np.asarray(image.convert("RGBA"))[:, :, 3]
    assert (alpha == 0).mean() > 0.1, "the sea is not there"
    assert (alpha == 255).mean() > 0.3, "the land is"


def test_what_a_format_cannot_carry_is_refused(
    exporter: Exporter, state: State, tmp_path: Path
) -> None:
    clear, placed = ExportOptions(transparent=True), ExportOptions(georeference=True)
    with pytest.raises(Refusal, match="JPG has no transparency; choose PNG"):
        exporter.write(state, tmp_path / "a.jpg", clear)
    with pytest.raises(Refusal, match="SVG has no dots"):
        exporter.write(state, tmp_path / "a.svg", placed)
    large = ExportOptions(size_px=(11_000, 11_000))
    with pytest.raises(Refusal, match="at most 100 million pixels, or PNG or TIFF"):
        exporter.write(state, tmp_path / "a.webp", large)
    assert not list(tmp_path.iterdir())


def test_progress_may_stop_a_picture_without_a_trace(
    exporter: Exporter, state: State, tmp_path: Path
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"older")

    with pytest.raises(Cancelled):
        exporter.write(state, path, ExportOptions(), lambda done, total: False)
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path]


# Where it lies.


@pytest.mark.parametrize("projection", ["laea", "lcc", "mercator", "plate-carree"])
def test_a_geotiff_and_a_world_file_put_cities_where_they_are(
    exporter: Exporter, library: Library, tmp_path: Path, projection: str
) -> None:
    words = ViewWords(bbox="98,5,124,43", projection=projection)
    state = state_for(words, library.atlas.story, SIZE)
    options = ExportOptions(georeference=True)
    for ending in ("tif", "png"):
        exporter.write(state, tmp_path / f"a.{ending}", options)
    raster = raster_of(library, state, options)
    lines = [float(line) for line in (tmp_path / "a.pgw").read_text().split()]
    crs = pyproj.CRS.from_wkt((tmp_path / "a.prj").read_text())
    to_map = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    tags = doubles_of(tmp_path / "a.tif")
    for lon, lat in (PHNOM_PENH, BEIJING):
        x, y = to_map.transform(lon, lat)
        by_world = (x - lines[4]) / lines[0] + 0.5, (y - lines[5]) / lines[3] + 0.5
        by_tags = (x - tags[33922][3]) / tags[33550][0], (tags[33922][4] - y) / tags[33550][1]
        drawn = drawn_at(raster, lon, lat)
        assert by_world == pytest.approx(drawn, abs=0.5)
        assert by_tags == pytest.approx(drawn, abs=0.5)


def test_gdal_reads_projection_and_place_of_a_geotiff(
    exporter: Exporter, library: Library, tmp_path: Path
) -> None:
    for projection in ("laea", "lcc", "mercator", "plate-carree"):
        words = ViewWords(bbox="98,5,124,43", projection=projection)
        state = state_for(words, library.atlas.story, SIZE)
        options = ExportOptions(georeference=True)
        exporter.write(state, tmp_path / "a.tif", options)
        with rasterio.open(tmp_path / "a.tif") as read:
            for lon, lat in (PHNOM_PENH, BEIJING):
                (x,), (y,) = rasterio.warp.transform("EPSG:4326", read.crs, [lon], [lat])
                dots = read.transform
                column, row = (x - dots.c) / dots.a, (y - dots.f) / dots.e
                drawn = drawn_at(raster_of(library, state, options), lon, lat)
                assert (column, row) == pytest.approx(drawn, abs=0.5)


def drawn_at(raster: Raster, lon: float, lat: float) -> tuple[float, float]:
    """Return the dot at which the painter draws a place."""
    camera, k = raster.shown[0].scene.camera, raster.dots_per_px
    x_m, y_m = camera.projection.forward(lon, lat)
    width, height = raster.size_px
    x_px = width / 2 + (x_m - camera.x_m) / camera.m_per_px
    y_px = height / 2 - (y_m - camera.y_m) / camera.m_per_px
    return x_px * k, y_px * k


def doubles_of(path: Path) -> dict[int, tuple[float, ...]]:
    """Return a TIFF's fields of floating numbers."""
    data = path.read_bytes()
    (start,) = struct.unpack_from("<I", data, 4)
    found = {}
    for index in range(struct.unpack_from("<H", data, start)[0]):
        number, kind, count, at = struct.unpack_from("<HHII", data, start + 2 + 12 * index)
        if kind == 12:
            found[number] = struct.unpack_from(f"<{count}d", data, at)
    return found
