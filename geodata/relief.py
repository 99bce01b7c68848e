"""The relief: a neutral hillshade warped from degrees into map metres, as bare grey pixels.

Duty: read the committed picture, warp it, fade it to neutral at the coast, write the pixels. Floor:
geodata, build time only. Grey 128 is flat; darker is shade, lighter is light.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter
from pyproj import Transformer

from geodata.projection import PROJ_TEXT, REGION_DEG, region_ring_deg, xy_from_lonlat

_STEP_M: Final = 3_200.0
_FLAT: Final = 128.0
_FADE_PX: Final = 2.0


def relief_blobs(base: Path, land: Any) -> tuple[dict[str, bytes], list[float]]:
    """Return the two grey blobs and the relief's extent [x_min, y_min, x_max, y_max] in metres."""
    edge = xy_from_lonlat(region_ring_deg())
    low = np.floor(edge.min(axis=0) / (2 * _STEP_M)) * 2 * _STEP_M
    high = np.ceil(edge.max(axis=0) / (2 * _STEP_M)) * 2 * _STEP_M
    extent = [float(v) for v in (*low, *high)]
    shade = _warped(base / "hillshade_neutral.webp", extent)
    weight = _land_weight(land, extent)
    grey = np.clip(np.round(_FLAT + (shade - _FLAT) * weight), 0, 255).astype(np.uint8)
    picture = Image.fromarray(grey)
    small = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX)
    blobs = {"relief/shade.grey": grey_blob(picture), "relief/shade_small.grey": grey_blob(small)}
    return blobs, extent


def _size_px(extent: list[float]) -> tuple[int, int]:
    width = round((extent[2] - extent[0]) / _STEP_M)
    height = round((extent[3] - extent[1]) / _STEP_M)
    return width, height


def _warped(path: Path, extent: list[float]) -> NDArray[np.float64]:
    """Return the shade sampled at the centre of every map pixel; flat outside the region."""
    with Image.open(path) as image:
        source = np.asarray(image.convert("L"), dtype=np.float64)
    width, height = _size_px(extent)
    x_m = extent[0] + (np.arange(width) + 0.5) * _STEP_M
    y_m = extent[3] - (np.arange(height) + 0.5) * _STEP_M
    grid_x, grid_y = np.meshgrid(x_m, y_m)
    inverse = Transformer.from_crs(PROJ_TEXT, "EPSG:4326", always_xy=True)
    lon, lat = inverse.transform(grid_x, grid_y)
    west, south, east, north = REGION_DEG
    per_deg = source.shape[1] / (east - west)
    column, row = (lon - west) * per_deg - 0.5, (north - lat) * per_deg - 0.5
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return np.where(inside, _bilinear(source, row, column), _FLAT)


def _bilinear(
    source: NDArray[np.float64], row: NDArray[np.float64], column: NDArray[np.float64]
) -> NDArray[np.float64]:
    row = np.nan_to_num(np.clip(row, 0, source.shape[0] - 1.001))
    column = np.nan_to_num(np.clip(column, 0, source.shape[1] - 1.001))
    r, c = row.astype(np.intp), column.astype(np.intp)
    down, across = row - r, column - c
    top = source[r, c] * (1 - across) + source[r, c + 1] * across
    bottom = source[r + 1, c] * (1 - across) + source[r + 1, c + 1] * across
    return np.asarray(top * (1 - down) + bottom * down)


def _land_weight(land: Any, extent: list[float]) -> NDArray[np.float64]:
    """Return 1 inside the land, 0 at sea, easing to 0 at the coast from the land's side."""
    mask = Image.new("L", _size_px(extent), 0)
    draw = ImageDraw.Draw(mask)
    for part in shapely.get_parts(land):
        xy = shapely.get_coordinates(part.exterior)
        px = (xy - (extent[0], extent[3])) / (_STEP_M, -_STEP_M)
        draw.polygon([tuple(p) for p in px.tolist()], fill=255)
    soft = np.asarray(mask.filter(ImageFilter.GaussianBlur(_FADE_PX)), dtype=np.float64) / 255
    return np.asarray(np.clip(soft * 2 - 1, 0, 1) * (np.asarray(mask) > 0))


def grey_blob(image: Image.Image) -> bytes:
    """Return width and height (uint32, little-endian) and one byte a pixel, row by row.

    Unpacked: the first map shows it, and unpacking a PNG takes longer than all the rest of it.
    """
    return struct.pack("<II", *image.size) + image.tobytes()
