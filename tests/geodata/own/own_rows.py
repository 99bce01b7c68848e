"""Dated points for tests: rows as a file would give them, and the answer asked of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from atlas.core.day import day_from_ymd, iso_from_day
from atlas.core.own import Asked
from atlas.core.projection import ATLAS_PROJECTION, Projection
from atlas.core.viewport import Camera
from atlas.core.when import Presence, span_from_edtf
from geodata.own.counts import LINGER_DAYS
from geodata.own.points import DatedPoints
from geodata.own.rows import Row, Rows

FIRST, LAST = day_from_ymd(1974, 1, 1), day_from_ymd(1975, 12, 31)
LAYER = "own:test-000000"
SIZE_PX = (1200, 900)


class Dated(NamedTuple):
    """A point with its dates as texts; without an end it is a dated act."""

    lon: float
    lat: float
    start: str
    end: str = ""

    def presence(self, first: int, last: int) -> Presence:
        return self.span.presence_during(first, last)

    @property
    def span(self):
        return span_from_edtf(self.start, self.end or self.start)

    def is_past(self, first: int, last: int) -> bool:
        ended = self.span.latest_end_day
        return not self.end and first == last and ended <= first < ended + LINGER_DAYS


def points_of(dated: Sequence[Dated]) -> DatedPoints:
    rows = Rows(Path("test.csv"), lambda: False)
    for number, one in enumerate(dated):
        dates = {"start": one.start, "end": one.end} if one.end else {"date": one.start}
        rows.add(Row(one.lon, one.lat, f"Point {number}", **dates), f"line {number + 2}")
    assert not rows.problems
    return DatedPoints(Path("test.csv"), LAYER, rows)


def asked(
    first: int,
    last: int | None = None,
    m_per_px: float = 3000.0,
    lonlat: tuple[float, float] = (105.0, 13.0),
    projection: Projection = ATLAS_PROJECTION,
    attested: bool = False,
) -> Asked:
    camera = Camera(*projection.forward(*lonlat), m_per_px, projection)
    return Asked(camera, SIZE_PX, first, first if last is None else last, attested)


def _texts(days: tuple[int, int], form: int) -> tuple[str, str]:
    start, end = (iso_from_day(day) for day in sorted(days))
    forms = {
        0: (start, end), 1: (start[:7], end), 2: (start, end[:7]), 3: (f"{start}~", end),
        4: (start, ""), 5: (start[:7], ""), 6: ("..", end), 7: (start, ".."),
    }  # fmt: skip
    return forms[form]


days = st.integers(FIRST, LAST)
dated_points = st.lists(
    st.builds(
        lambda lon, lat, ends, form: Dated(lon, lat, *_texts(ends, form)),
        st.floats(103, 107),
        st.floats(11, 15),
        st.tuples(days, days),
        st.integers(0, 7),
    ),
    min_size=1,
    max_size=40,
)
