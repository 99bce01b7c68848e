"""An atlas's records moved into another projection, the same places at other map metres.

Floor: core; neighbours: model, which calls this when a view first asks for it; gazetteer. What
is far round the Earth is cut off where a projection tears or flies away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import pairwise
from math import atan2, ceil, cos, degrees, dist, hypot, radians, sin
from typing import Final, TypeVar

from atlas.core.gazetteer import Gazetteer, ReadLater, up_to_rank
from atlas.core.model import (
    Atlas,
    BoxM,
    Feature,
    Place,
    PointM,
    Polity,
    Province,
    RiverName,
    Sea,
)
from atlas.core.projection import ATLAS_PROJECTION, Projection

Record = TypeVar("Record")
_LONGEST_M: Final = 150_000.0
"""A straight piece of a relation's arc longer than this bends visibly in another projection."""
_MOST_LAT_DEG: Final = 80.0
_TORN_M: Final = 5_000_000.0
"""Neighbours farther apart than this lie on either side of where the map is cut open."""


def reprojected(atlas: Atlas, projection: Projection) -> Atlas:
    """Return the atlas as the map shows it in a projection; what is read later stays so."""
    move = Mover(projection)
    moved = replace(
        atlas,
        projection=projection,
        features=tuple(move.feature(feature) for feature in atlas.features),
        polities=tuple(move.polity(polity) for polity in atlas.polities),
        places=_Towns(atlas.places, move.place),
        seas=tuple(move.sea(sea) for sea in atlas.seas),
        provinces=ReadLater(_each(move.province, atlas.provinces)),
        river_names=ReadLater(_each(move.river_name, atlas.river_names)),
    )
    move.point.cache_clear()
    return moved


class Mover:
    """Moves records from the pack's projection into another one."""

    def __init__(self, projection: Projection) -> None:
        self._projection = projection
        # Units keep their anchors from row to row of the table, arcs share their ends. Not a
        # method: it would hold its mover, and both would wait for a look for garbage.
        self.point = lru_cache(maxsize=None)(partial(_moved, projection))

    def feature(self, feature: Feature) -> Feature:
        """Return a feature with its parts, its box and how much its place is stretched."""
        if feature.layer == "relations":
            parts = tuple(self._arc(part) for part in feature.parts_m)
        else:
            parts = tuple(tuple(self.point(p) for p in part) for part in feature.parts_m)
        stretch = self._projection.stretch_at(*self._projection.forward(*feature.lonlat_deg))
        rooms = tuple((*self.point((x, y)), r * stretch) for x, y, r in feature.rooms_m)
        return feature._replace(parts_m=parts, bbox_m=_box(parts), stretch=stretch, rooms_m=rooms)

    def polity(self, polity: Polity) -> Polity:
        """Return a territory with its anchors, their room and its area on the map."""
        anchors = []
        for x_m, y_m, room_m in polity.anchors_m:
            there = self.point((x_m, y_m))
            anchors.append((*there, room_m * self._projection.stretch_at(*there)))
        stretch = self._projection.stretch_at(*anchors[0][:2]) if anchors else 1.0
        return polity._replace(anchors_m=tuple(anchors), area_m2=polity.area_m2 * stretch**2)

    def place(self, place: Place) -> Place:
        """Return a town; its degrees are the better source."""
        x_m, y_m = self._projection.forward(place.lon_deg, place.lat_deg)
        return place._replace(x_m=x_m, y_m=y_m)

    def sea(self, sea: Sea) -> Sea:
        """Return a sea's name with the scales it suits."""
        x_m, y_m = self.point((sea.x_m, sea.y_m))
        stretch = self._projection.stretch_at(x_m, y_m)
        least, most = sea.min_m_per_px * stretch, sea.max_m_per_px * stretch
        return sea._replace(x_m=x_m, y_m=y_m, min_m_per_px=least, max_m_per_px=most)

    def province(self, province: Province) -> Province:
        """Return a province with the room for its name."""
        x_m, y_m = self.point((province.x_m, province.y_m))
        room_m = province.radius_m * self._projection.stretch_at(x_m, y_m)
        return province._replace(x_m=x_m, y_m=y_m, radius_m=room_m)

    def river_name(self, river: RiverName) -> RiverName:
        """Return a stretch of a river by where its ends come to lie."""
        turn = radians(river.angle_deg)
        dx, dy = cos(turn) * river.length_m / 2, sin(turn) * river.length_m / 2
        x_0, y_0 = _moved(self._projection, (river.x_m - dx, river.y_m - dy))
        x_1, y_1 = _moved(self._projection, (river.x_m + dx, river.y_m + dy))
        return river._replace(
            x_m=(x_0 + x_1) / 2,
            y_m=(y_0 + y_1) / 2,
            angle_deg=degrees(_slope(x_1 - x_0, y_1 - y_0)),
            length_m=hypot(x_1 - x_0, y_1 - y_0),
        )

    def _arc(self, arc_m: tuple[PointM, ...]) -> tuple[PointM, ...]:
        """Return the stretch of an arc about the map, as far as the projection carries it."""
        points = list(_dense(arc_m))
        nearest = min(points, key=lambda point: hypot(*point))
        about_the_map = max(
            self._runs(points), key=lambda run: (nearest in run and len(run) > 1, len(run))
        )
        return tuple(self.point(point) for point in about_the_map)

    def _runs(self, points_m: list[PointM]) -> Iterator[list[PointM]]:
        """Yield the stretches of a line off the poles and between the map's torn edges."""
        run: list[PointM] = []
        for point in points_m:
            polar = abs(ATLAS_PROJECTION.inverse(*point)[1]) > _MOST_LAT_DEG
            if polar or (run and dist(self.point(point), self.point(run[-1])) > _TORN_M):
                yield run
                run = []
            if not polar:
                run.append(point)
        yield run


class _Towns(Gazetteer):
    """The towns of another gazetteer, each moved when it is asked for."""

    def __init__(self, towns: Sequence[Place], move: Callable[[Place], Place]) -> None:
        super().__init__(_each(move, towns))
        self._towns = towns
        self._moved = lru_cache(maxsize=None)(move)

    def up_to(self, rank: int) -> Sequence[Place]:
        """Return the towns of a rank and below it."""
        return [self._moved(place) for place in up_to_rank(self._towns, rank)]


def _each(move: Callable[[Record], Record], records: Iterable[Record]) -> Iterator[Record]:
    """Yield records moved; a sequence that is read later is not looked into before."""
    for record in records:
        yield move(record)


def _box(parts_m: tuple[tuple[PointM, ...], ...]) -> BoxM:
    xs, ys = zip(*(point for part in parts_m for point in part), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _moved(projection: Projection, point_m: PointM) -> PointM:
    return projection.forward(*ATLAS_PROJECTION.inverse(*point_m))


def _slope(dx: float, dy: float) -> float:
    """Return the angle from east, kept such that letters along it stand upright."""
    return atan2(dy, dx) if dx > 0 else atan2(-dy, -dx)


def _dense(line_m: tuple[PointM, ...]) -> Iterator[PointM]:
    yield line_m[0]
    for (x_0, y_0), (x_1, y_1) in pairwise(line_m):
        count = max(1, ceil(hypot(x_1 - x_0, y_1 - y_0) / _LONGEST_M))
        for i in range(1, count + 1):
            yield x_0 + (x_1 - x_0) * i / count, y_0 + (y_1 - y_0) * i / count
