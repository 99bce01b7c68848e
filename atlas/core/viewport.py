"""Between map metres and pixels: the camera, its extent, and what fits in a window.

Floor: core; neighbours: projection. A camera is independent of the window's size: it fixes the
map point at the window's middle and the map metres a logical pixel covers. Map metres are those
of its projection; limits of scale hold for metres of ground.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

from atlas.core.projection import ATLAS_PROJECTION, Projection

PX_M: Final = 0.0254 / 96
"""Width of a logical pixel (1/96 inch) in metres: what a scale denominator is reckoned with."""
MIN_SCALE_DENOMINATOR: Final = 500_000
SCHEMATIC_BELOW_DENOMINATOR: Final = 1_000_000
MIN_M_PER_PX: Final = MIN_SCALE_DENOMINATOR * PX_M
MAX_M_PER_PX: Final = 12_000.0
REGION_DEG: Final = (72.0, -2.0, 136.0, 54.0)

SizePx = tuple[int, int]
BoxM = tuple[float, float, float, float]


class Camera(NamedTuple):
    """Where the map is seen from: middle of the window in map metres, and map metres a pixel."""

    x_m: float
    y_m: float
    m_per_px: float
    projection: Projection = ATLAS_PROJECTION

    @property
    def ground_m_per_px(self) -> float:
        """Metres of ground a pixel covers at the middle, on the mean of all directions."""
        return self.m_per_px / self.projection.stretch_at(self.x_m, self.y_m)

    @property
    def scale_denominator(self) -> float:
        """The N of 1:N at the middle of the map."""
        return self.ground_m_per_px / PX_M


def to_px(camera: Camera, size_px: SizePx, x_m: float, y_m: float) -> tuple[float, float]:
    """Return window pixels (x right, y down) of a map point."""
    k = 1 / camera.m_per_px
    return size_px[0] / 2 + (x_m - camera.x_m) * k, size_px[1] / 2 - (y_m - camera.y_m) * k


def to_m(camera: Camera, size_px: SizePx, x_px: float, y_px: float) -> tuple[float, float]:
    """Return the map point under a window pixel."""
    k = camera.m_per_px
    return camera.x_m + (x_px - size_px[0] / 2) * k, camera.y_m - (y_px - size_px[1] / 2) * k


def lonlat_at(camera: Camera, size_px: SizePx, x_px: float, y_px: float) -> tuple[float, float]:
    """Return longitude and latitude under a window pixel; ValueError if beyond the Earth."""
    return camera.projection.inverse(*to_m(camera, size_px, x_px, y_px))


def extent_m(camera: Camera, size_px: SizePx) -> BoxM:
    """Return the window's x_min, y_min, x_max, y_max in map metres."""
    half_w, half_h = size_px[0] / 2 * camera.m_per_px, size_px[1] / 2 * camera.m_per_px
    return camera.x_m - half_w, camera.y_m - half_h, camera.x_m + half_w, camera.y_m + half_h


def fit_bbox(
    bbox_deg: tuple[float, float, float, float],
    size_px: SizePx,
    projection: Projection = ATLAS_PROJECTION,
) -> Camera:
    """Return the camera that shows a west, south, east, north box whole in the window.

    Raises
    ------
    ValueError
        If the box is empty or not made of longitudes and latitudes.
    """
    west, south, east, north = bbox_deg
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise ValueError("a box is west,south,east,north in degrees, west < east, south < north")
    return fit_box_m(_box_m(bbox_deg, projection), size_px, projection)


def fit_box_m(box_m: BoxM, size_px: SizePx, projection: Projection = ATLAS_PROJECTION) -> Camera:
    """Return the camera that shows a box of map metres whole."""
    x_min, y_min, x_max, y_max = box_m
    m_per_px = max((x_max - x_min) / max(size_px[0], 1), (y_max - y_min) / max(size_px[1], 1))
    return clamped(Camera((x_min + x_max) / 2, (y_min + y_max) / 2, m_per_px, projection))


def _box_m(bbox_deg: tuple[float, float, float, float], projection: Projection) -> BoxM:
    xs, ys = zip(*_outline_m(*bbox_deg, projection), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _outline_m(
    west: float, south: float, east: float, north: float, projection: Projection
) -> Iterable[tuple[float, float]]:
    """Yield points along the box's edges: parallels and meridians may bend."""
    forward = projection.forward
    for i in range(17):
        lon = west + (east - west) * i / 16
        lat = south + (north - south) * i / 16
        yield forward(lon, south)
        yield forward(lon, north)
        yield forward(west, lat)
        yield forward(east, lat)


def clamped(camera: Camera) -> Camera:
    """Keep a camera over the region and within the scales its data carries."""
    x_min, y_min, x_max, y_max = region_m(camera.projection)
    x_m, y_m = min(max(camera.x_m, x_min), x_max), min(max(camera.y_m, y_min), y_max)
    stretch = camera.projection.stretch_at(x_m, y_m)
    m_per_px = min(max(camera.m_per_px, MIN_M_PER_PX * stretch), MAX_M_PER_PX * stretch)
    return Camera(x_m, y_m, m_per_px, camera.projection)


@cache
def region_m(projection: Projection) -> BoxM:
    """Return the bounding box of the mapped region in a projection's map metres."""
    return _box_m(REGION_DEG, projection)


def in_projection(camera: Camera, projection: Projection) -> Camera:
    """Return the camera that looks at the same place, from the same scale of ground."""
    if camera.projection == projection:
        return camera
    x_m, y_m = projection.forward(*camera.projection.inverse(camera.x_m, camera.y_m))
    m_per_px = camera.ground_m_per_px * projection.stretch_at(x_m, y_m)
    return clamped(Camera(x_m, y_m, m_per_px, projection))


def zoomed_at(camera: Camera, size_px: SizePx, x_px: float, y_px: float, factor: float) -> Camera:
    """Zoom by `factor` (over 1 comes closer), the map point under the pixel staying put."""
    m_per_px = clamped(camera._replace(m_per_px=camera.m_per_px / factor)).m_per_px
    x_m, y_m = to_m(camera, size_px, x_px, y_px)
    dx, dy = x_px - size_px[0] / 2, y_px - size_px[1] / 2
    return clamped(
        camera._replace(x_m=x_m - dx * m_per_px, y_m=y_m + dy * m_per_px, m_per_px=m_per_px)
    )


def panned(camera: Camera, dx_px: float, dy_px: float) -> Camera:
    """Move the map with the pointer by so many pixels."""
    k = camera.m_per_px
    return clamped(camera._replace(x_m=camera.x_m - dx_px * k, y_m=camera.y_m + dy_px * k))
