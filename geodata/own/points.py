"""Up to two million dated points, and what of them a map shows on a day: cells with counts.

Floor: geodata (numpy): imported only once an overlay is opened. Neighbours: rows (what was read),
counts (how many hold where), grid (cells of the map). Used on one thread at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from atlas.core.model import Feature
from atlas.core.own import MOST_NAMES, Asked, Gathered, OwnCell, is_cell, together_words
from atlas.core.projection import PROJECTION_KEYS, Projection, projection_named
from atlas.core.viewport import BoxM, extent_m
from atlas.core.when import Span, When
from geodata.own.counts import Counts, Shown
from geodata.own.grid import Grid, cell_m, level_for
from geodata.own.rows import Rows

_FADED: Final = 0.5


class DatedPoints:
    """The points of one file; see `atlas.core.own.OwnPoints`."""

    def __init__(self, path: Path, layer: str, rows: Rows) -> None:
        self.path, self.layer, self.title = path, layer, path.name
        self.remarks, self.left_out = _remarks(rows), rows.left_out
        self._texts = rows.texts
        self._counts = Counts(rows)
        self._rows_in: dict[str, NDArray[np.int64]] = {}

    def __len__(self) -> int:
        return len(self._counts)

    # What a map shows

    def cells(self, asked: Asked) -> tuple[OwnCell, ...]:
        """Return what a map shows: every place in view is counted in exactly one cell."""
        projection = asked.camera.projection
        counted = self._counts.at(projection, level_for(asked.camera.m_per_px))
        shown = self._counts.shown(counted, asked)
        seen = counted.grid.within(extent_m(asked.camera, asked.size_px))
        seen = seen[shown.all.n[seen] > 0]
        return tuple(self._cells(counted.grid, seen, shown, projection))

    def _cells(
        self, grid: Grid, seen: NDArray[np.int64], shown: Shown, projection: Projection
    ) -> Iterator[OwnCell]:
        """Yield a cell for each of some numbers; one place alone stands where it is."""
        head = f"{self.layer}#{projection.key}:{grid.level}/"
        x_m, y_m = self._counts.places_m(projection)
        half_m = grid.cell_m / 2
        count = shown.all.n[seen]
        columns = (
            *grid.columns_and_rows(seen),
            *(column.astype(np.int64) for column in (count, shown.doubtful[seen])),
            *(column.astype(np.int64) for column in (shown.past[seen], shown.all.row[seen])),
            shown.all.x[seen] / count,
            shown.all.y[seen] / count,
        )
        for i, j, n, doubtful, past, row, x, y in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            ink = _FADED if past == n else 1.0
            if n == 1:
                place = float(x_m[row]), float(y_m[row])
                yield OwnCell(f"{self.layer}#{row}", *place, 1, doubtful, past, ink)
            else:
                yield OwnCell(f"{head}{i}/{j}", x, y, n, doubtful, past, ink, half_m)

    # What one cell or place is

    def gathered(self, cell_id: str, asked: Asked) -> Gathered:
        """Return what stands in a cell that `cells` once gave; its camera may be another."""
        _, level, column, row = _cell_of(cell_id)
        inside = self._inside(cell_id)
        held, sure, past = self._counts.presence(inside, asked)
        shown = (sure if asked.attested_only else held) | past
        rows = inside[shown]
        first = rows[np.argsort(self._counts.earliest[rows], kind="stable")[:MOST_NAMES]]
        doubtful = 0 if asked.attested_only else int((held & ~sure).sum())
        return Gathered(
            len(rows),
            doubtful,
            int(past.sum()),
            tuple(f"{self.layer}#{index}" for index in first.tolist()),
            _box_m(level, column, row),
        )

    def _inside(self, cell_id: str) -> NDArray[np.int64]:
        """Return the rows in a cell at any time; the card asks for the same ones every day."""
        rows = self._rows_in.get(cell_id)
        if rows is None:
            projection, level, column, row = _cell_of(cell_id)
            grid = self._counts.at(projection, level).grid
            number = grid.number(column, row)
            rows = np.flatnonzero(grid.cells == number) if number >= 0 else np.empty(0, np.int64)
            self._rows_in = {cell_id: rows}
        return rows

    def feature(self, feature_id: str, projection: Projection) -> Feature | None:
        """Return a place or a cell as a feature; None if there is none of that id."""
        try:
            if is_cell(feature_id):
                return self._cell_feature(feature_id, projection)
            row = int(feature_id.rpartition("#")[2])
        except ValueError:
            return None
        if not 0 <= row < len(self):
            return None
        lonlat = float(self._counts.lon_deg[row]), float(self._counts.lat_deg[row])
        span = Span(*(int(days[row]) for days in self._counts.days))
        name = self._texts[row].name or "A place without a name"
        return self._feature(feature_id, name, lonlat, projection, When((span,)))

    def _cell_feature(self, cell_id: str, projection: Projection) -> Feature | None:
        own_projection, level, column, row = _cell_of(cell_id)
        rows = self._inside(cell_id)
        if not len(rows):
            return None
        x_min, y_min, x_max, y_max = _box_m(level, column, row)
        lonlat = own_projection.inverse((x_min + x_max) / 2, (y_min + y_max) / 2)
        first, last = int(self._counts.earliest[rows].min()), int(self._counts.latest[rows].max())
        # From the first of them to the last, and on no day sure: which there are, the days tell.
        span = Span(first, last, first, last)
        return self._feature(cell_id, together_words(len(rows)), lonlat, projection, When((span,)))

    def _feature(
        self,
        feature_id: str,
        name: str,
        lonlat: tuple[float, float],
        projection: Projection,
        when: When,
    ) -> Feature:
        x_m, y_m = projection.forward(*lonlat)
        return Feature(
            id=feature_id,
            layer=self.layer,
            kind="own",
            actor="",
            name=name,
            geometry="point",
            parts_m=(((x_m, y_m),),),
            lonlat_deg=lonlat,
            bbox_m=(x_m, y_m, x_m, y_m),
            radius_m=0.0,
            when=when,
            confidence="",
        )

    def card(self, feature_id: str) -> dict[str, object]:
        """Return what the file tells of a place."""
        if is_cell(feature_id):
            return {}
        words = self._texts[int(feature_id.rpartition("#")[2])]
        sources = [{"citation": words.source, "seen": True}] if words.source else []
        return {
            "summary": words.note,
            "start": words.start or "..",
            "end": words.end or "..",
            "sources": sources,
        }


def _cell_of(cell_id: str) -> tuple[Projection, int, int, int]:
    """Return projection, level, column and row of a cell; ValueError if the id is none."""
    key, _, rest = cell_id.rpartition("#")[2].partition(":")
    level, column, row = (int(part) for part in rest.split("/"))
    if key not in PROJECTION_KEYS or not -40 <= level <= 80:
        raise ValueError(cell_id)
    return projection_named(key), level, column, row


def _box_m(level: int, column: int, row: int) -> BoxM:
    side_m = cell_m(level)
    return column * side_m, row * side_m, (column + 1) * side_m, (row + 1) * side_m


def _remarks(rows: Rows) -> tuple[str, ...]:
    """Return what was left out: the first faults one by one, the rest as a number."""
    told = tuple(problem.line() for problem in rows.problems)
    more = rows.left_out - len(told)
    return (*told, f"{more:,} more rows were left out") if more else told
