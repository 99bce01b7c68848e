"""Places for labels: the largest circles that fit into an area, and a lattice of smaller ones.

Floor: geodata, build time only; no neighbours.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import shapely

_SMALLEST_SHARE: Final = 0.25
_LATTICE_M: Final = 300_000.0
_CLOSEST_LATTICE_M: Final = 60_000.0
_ACROSS: Final = 4.0
"""A country has about this many lattice points across, unless that puts them too close or far."""
_LEAST_RADIUS_M: Final = 8_000.0
_WIDER: Final = 1.15

Circle = list[float]


def label_circles(area: Any, side_by_side: int, most: int) -> list[Circle]:
    """Return circles [x_m, y_m, radius_m] inside an area, the largest first, at most `most`.

    The first choice is `side_by_side` circles that do not touch; between them stand the points of a
    lattice, so that a close view of any part still finds one.
    """
    if area.is_empty:
        return []
    circles = largest_circles(area, side_by_side)
    found = _lattice(area, circles, most - len(circles))
    return sorted([*circles, *found], key=lambda circle: -circle[2])


def _lattice(area: Any, taken: list[Circle], most: int) -> list[Circle]:
    """Return lattice points well inside the area and away from those taken, at most `most`."""
    step_m = float(np.clip(area.area**0.5 / _ACROSS, _CLOSEST_LATTICE_M, _LATTICE_M))
    shapely.prepare(area)
    while True:
        circles = _circles_at(area, _lattice_points(area.bounds, step_m), taken, step_m / 2)
        if len(circles) <= most:
            return circles
        step_m *= _WIDER


def _lattice_points(bounds: tuple[float, ...], step_m: float) -> Any:
    """Return points (n, 2) of rows set off by half a step, on whole multiples of the step."""
    west, south, east, north = (int(np.floor(bound / step_m)) for bound in bounds)
    return np.array(
        [
            [(column + 0.5 * (row % 2)) * step_m, row * step_m]
            for row in range(south, north + 2)
            for column in range(west - 1, east + 2)
        ]
    )


def _circles_at(area: Any, xy: Any, taken: list[Circle], apart_m: float) -> list[Circle]:
    points = shapely.points(xy[shapely.contains_xy(area, xy[:, 0], xy[:, 1])])
    radii = shapely.distance(points, area.boundary)
    circles = []
    for point, radius in zip(points, radii, strict=True):
        far = all(np.hypot(point.x - x, point.y - y) > apart_m for x, y, _ in taken)
        if far and radius >= _LEAST_RADIUS_M:
            circles.append([round(point.x), round(point.y), round(float(radius))])
    return circles


def largest_circles(area: Any, count: int) -> list[Circle]:
    """Return up to `count` circles [x_m, y_m, radius_m] that fit side by side, biggest first."""
    circles: list[Circle] = []
    parts = list(shapely.get_parts(area))
    while parts and len(circles) < count:
        parts.sort(key=lambda part: -part.area)
        found = [_largest(part) for part in parts[:4]]
        radius, x_m, y_m, index = max((r, x, y, i) for i, (r, x, y) in enumerate(found))
        if circles and radius < circles[0][2] * _SMALLEST_SHARE:
            break
        circles.append([round(x_m), round(y_m), round(radius)])
        rest = shapely.difference(parts.pop(index), shapely.Point(x_m, y_m).buffer(radius))
        parts.extend(p for p in shapely.get_parts(rest) if p.area > 1.0)
    # The search stops at a tolerance, so a later circle may come out a trifle larger.
    return sorted(circles, key=lambda circle: -circle[2])


def _largest(part: Any) -> tuple[float, float, float]:
    tolerance = max(part.area**0.5 / 100, 1.0)
    line = shapely.maximum_inscribed_circle(part, tolerance)
    x_m, y_m = shapely.get_coordinates(line)[0]
    return float(line.length), float(x_m), float(y_m)
