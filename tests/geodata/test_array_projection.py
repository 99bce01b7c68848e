from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pyproj import Transformer

from atlas.core.projection import ATLAS_PROJECTION, Projection
from atlas.core.projections import ALL
from geodata.array_projection import mapping

ROOT = Path(__file__).parents[2]
each = pytest.mark.parametrize("projection", ALL, ids=lambda p: p.key)
LON_DEG, LAT_DEG = np.meshgrid(np.linspace(30, 178, 75), np.linspace(-45, 80, 51))


def metres(projection: Projection) -> tuple[np.ndarray, np.ndarray]:
    """The grid of degrees in a projection, by PROJ."""
    to = Transformer.from_crs("EPSG:4326", projection.proj_text, always_xy=True)
    return to.transform(LON_DEG, LAT_DEG)


@each
def test_there_and_back_as_proj_has_it(projection: Projection) -> None:
    """Half the Earth around the map, within half a centimetre."""
    for source, target in ((ATLAS_PROJECTION, projection), (projection, ATLAS_PROJECTION)):
        found = mapping(source, target)(*metres(source))
        due = metres(target)
        assert max(float(np.abs(a - b).max()) for a, b in zip(found, due, strict=True)) < 0.005


@each
def test_one_point_goes_where_core_has_it(projection: Projection) -> None:
    x_m, y_m = ATLAS_PROJECTION.forward(104.9, 11.56)
    found = mapping(ATLAS_PROJECTION, projection)(np.array([x_m]), np.array([y_m]))
    assert [float(side[0]) for side in found] == pytest.approx(
        projection.forward(104.9, 11.56), abs=0.005
    )


@pytest.mark.parametrize(
    ("projection", "point_m"),
    [(ATLAS_PROJECTION, (1.3e7, 0.0)), (ALL[1], (1.0, 3e7)), (ALL[2], (0.0, 9e7))],
    ids=lambda p: getattr(p, "key", ""),
)
def test_beyond_the_edge_there_is_nothing(
    projection: Projection, point_m: tuple[float, float]
) -> None:
    with pytest.raises(ValueError, match="beyond"):
        projection.inverse(*point_m)
    x_m, y_m = (np.array([side]) for side in point_m)
    found = mapping(projection, ALL[3])(x_m, y_m)
    assert not np.isfinite(found).any()


def test_a_map_is_moved_without_what_takes_long_to_import() -> None:
    code = "import sys, geodata.reproject; sys.exit('pyproj' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
