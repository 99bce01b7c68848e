"""Places for labels: the largest circles that fit into an area. Floor: geodata, build time only."""

from __future__ import annotations

from typing import Any, Final

import shapely

_SMALLEST_SHARE: Final = 0.25


def largest_circles(area: Any, count: int) -> list[list[float]]:
    """Return up to `count` circles [x_m, y_m, radius_m] that fit side by side, biggest first."""
    circles: list[list[float]] = []
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
