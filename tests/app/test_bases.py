"""The kept bases of the map: never more than their share of memory, wherever they come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.app.bases import Bases, _keys
from atlas.app.ground_worker import Ground, GroundKey
from atlas.app.library import open_library
from atlas.core.scene import Scene
from atlas.core.viewport import panned
from atlas.render.basemap import BaseMap
from atlas.render.painter import MapPainter
from atlas.render.stamps import Stamps
from atlas.render.style import load_style
from tests.records import replace
from tests.render.scenes import CAMBODIA, blank, scene_at

SIZE_PX = (1400, 900)


@pytest.fixture(scope="module")
def scene(pack_path: Path) -> Scene:
    return scene_at(open_library(pack_file=pack_path).atlas, "1979-01-07", CAMBODIA, SIZE_PX)


@pytest.mark.usefixtures("qapp")
def test_what_comes_with_grounds_takes_no_more_room_than_what_is_painted_here(
    scene: Scene, pack_path: Path
) -> None:
    painter = MapPainter(BaseMap(open_library(pack_file=pack_path).pack), load_style("paper"))
    bases = Bases(painter)
    for step in range(1, 6):
        moved = replace(scene, camera=panned(scene.camera, 40.0 * step, 0.0))
        key = GroundKey(moved.camera, SIZE_PX, 0.0, moved.theme, 1.0)
        coming = {part: blank(SIZE_PX) for part in _keys(painter, key, moved)}
        ground = Ground(key, blank(SIZE_PX), moved, coming, Stamps(1.0))
        bases.of(ground, scene, leaving=True)
        assert not ground.bases
        assert sum(image.sizeInBytes() for image in bases._kept.values()) <= 15_000_000
