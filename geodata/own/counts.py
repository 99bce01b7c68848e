"""How many points hold in each cell of the map, at any level and on any days.

Floor: geodata (numpy; pyproj for the projections). Neighbours: rows (what was read), grid (cells
of the map), tally (counts kept from day to day), points, which turns counts into cells to draw.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from atlas.core.own import Asked
from atlas.core.projection import Projection
from geodata.own.grid import Grid, Squares
from geodata.own.rows import Rows
from geodata.own.tally import Floats, Ints, Sums, Tally, Windows, no_sums

LINGER_DAYS: Final = 60
"""So long a dated act is shown as just past, as the atlas's own events are."""
_KEPT_GRIDS: Final = 6
_Bools = NDArray[np.bool_]


class Counted(NamedTuple):
    """One grid with its tallies: of what holds, of what surely does, of what is just past."""

    grid: Grid
    held: Tally
    sure: Tally
    past: Tally


class Shown(NamedTuple):
    """By cell: all that is shown, and how much of it is sure or just past."""

    all: Sums
    doubtful: Floats
    past: Floats


class Counts:
    """Places and days of all points, and their counts by cell."""

    def __init__(self, rows: Rows) -> None:
        self.lon_deg, self.lat_deg = np.frombuffer(rows.lon_deg), np.frombuffer(rows.lat_deg)
        columns = [np.frombuffer(column, dtype=np.int32) for column in rows.days]
        self.earliest, self._sure_from, self._sure_to, self.latest = columns
        self.days: tuple[Ints, ...] = tuple(columns)
        self._acts = np.frombuffer(rows.acts, dtype=np.uint8).astype(bool)
        self._placed: dict[Projection, tuple[Floats, Floats]] = {}
        self._rounded: dict[Projection, tuple[Floats, Floats]] = {}
        self._squared: dict[Projection, Squares] = {}
        self._counted: dict[tuple[Projection, int], Counted] = {}

    def __len__(self) -> int:
        return len(self._acts)

    def shown(self, counted: Counted, asked: Asked) -> Shown:
        """Return what is shown on the days asked for, in every cell of a grid."""
        days = asked.first_day, asked.last_day
        held, sure = counted.held.during(*days), counted.sure.during(*days)
        if asked.is_range:
            sure = _plus(sure, self._vague_but_within(counted.grid, asked))
        shown = sure if asked.attested_only else held
        doubtful = shown.n - sure.n
        if asked.is_range or not self._has_acts:
            return Shown(shown, doubtful, np.zeros_like(doubtful))
        past = counted.past.during(*days)
        return Shown(_plus(shown, past), doubtful, past.n)

    def _vague_but_within(self, grid: Grid, asked: Asked) -> Sums:
        """Return the sums of what is sure on no single day, but is in a stretch that holds it."""
        rows = self._vague
        sure = self._sure_from[rows] <= asked.last_day
        sure &= asked.first_day < self._sure_to[rows]
        sums = no_sums(len(grid))
        sums.add(grid.cells, self._whole_m(asked.camera.projection), rows[sure], 1)
        return sums

    def presence(self, rows: NDArray[np.int64], asked: Asked) -> tuple[_Bools, _Bools, _Bools]:
        """Return which rows hold, surely hold, and are just past, asking each."""
        first, last = asked.first_day, asked.last_day
        held = (self.earliest[rows] <= last) & (first < self.latest[rows])
        sure = (self._sure_from[rows] <= last) & (first < self._sure_to[rows])
        ended = self.latest[rows]
        past = self._acts[rows] & (ended <= first) & (first < ended + LINGER_DAYS)
        return held, sure, past & (not asked.is_range)

    @cached_property
    def _has_acts(self) -> bool:
        return bool(self._acts.any())

    @cached_property
    def _vague(self) -> Ints:
        """The rows that are sure on no single day."""
        return np.flatnonzero(self._sure_from >= self._sure_to).astype(np.int32)

    @cached_property
    def _windows(self) -> tuple[Windows, Windows, Windows]:
        """Stretches in which rows hold, surely hold, and are just past."""
        every = np.arange(len(self), dtype=np.int32)
        sure = np.flatnonzero(self._sure_from < self._sure_to).astype(np.int32)
        acts = np.flatnonzero(self._acts).astype(np.int32)
        return (
            Windows(every, self.earliest, self.latest),
            Windows(sure, self._sure_from, self._sure_to),
            Windows(acts, self.latest, self.latest + np.int32(LINGER_DAYS)),
        )

    def at(self, projection: Projection, level: int) -> Counted:
        """Return a level's grid and tallies, the last few kept."""
        key = projection, level
        counted = self._counted.pop(key, None)
        if counted is None:
            grid = Grid(self._squares(projection), level)
            whole_m = self._whole_m(projection)
            held, sure, past = (
                Tally(windows, grid.cells, len(grid), whole_m) for windows in self._windows
            )
            counted = Counted(grid, held, sure, past)
        self._counted[key] = counted
        while len(self._counted) > _KEPT_GRIDS:
            self._counted.pop(next(iter(self._counted)))
        return counted

    def places_m(self, projection: Projection) -> tuple[Floats, Floats]:
        """Return x and y of every point in a projection's map metres."""
        if projection not in self._placed:
            from pyproj import Transformer

            move = Transformer.from_crs("EPSG:4326", projection.proj_text, always_xy=True)
            self._placed = {projection: move.transform(self.lon_deg, self.lat_deg)}
        return self._placed[projection]

    def _whole_m(self, projection: Projection) -> tuple[Floats, Floats]:
        """Return x and y in whole metres, whose sums are exact."""
        if projection not in self._rounded:
            x_m, y_m = self.places_m(projection)
            self._rounded = {projection: (np.rint(x_m), np.rint(y_m))}
        return self._rounded[projection]

    def _squares(self, projection: Projection) -> Squares:
        if projection not in self._squared:
            self._squared = {projection: Squares(*self.places_m(projection))}
        return self._squared[projection]


def _plus(one: Sums, other: Sums) -> Sums:
    return Sums(*(a + b for a, b in zip(one, other, strict=True)))
