"""What a map shows of dated points, held against asking every point on its own."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.core.own import Asked, OwnCell, is_cell
from atlas.core.projection import ATLAS_PROJECTION
from atlas.core.projections import ALL
from atlas.core.viewport import to_px
from atlas.core.when import Presence
from geodata.own.points import DatedPoints
from tests.geodata.own.own_rows import (
    FIRST,
    LAST,
    SIZE_PX,
    Dated,
    asked,
    dated_points,
    days,
    points_of,
)

QUICK = settings(max_examples=40, deadline=None)


def brute(dated: list[Dated], wanted: Asked) -> tuple[int, int, int]:
    """Return how many are shown, in doubt and just past, asking each."""
    first, last = wanted.first_day, wanted.last_day
    found = [one.presence(first, last) for one in dated]
    past = sum(one.is_past(first, last) for one in dated)
    doubtful = found.count(Presence.POSSIBLE)
    shown = found.count(Presence.CERTAIN) + (0 if wanted.attested_only else doubtful)
    return shown + past, 0 if wanted.attested_only else doubtful, past


def summed(cells: tuple[OwnCell, ...]) -> tuple[int, int, int]:
    return (
        sum(cell.number for cell in cells),
        sum(cell.doubtful for cell in cells),
        sum(cell.past for cell in cells),
    )


@QUICK
@given(dated_points, st.lists(st.tuples(days, st.integers(0, 60), st.booleans()), max_size=6))
def test_every_point_is_counted_once_whatever_days_came_before(
    dated: list[Dated], walk: list[tuple[int, int, bool]]
) -> None:
    points = points_of(dated)
    for day, length, attested in walk:
        wanted = asked(day - length, day, attested=attested)
        assert summed(points.cells(wanted)) == brute(dated, wanted)


@QUICK
@given(dated_points, days, st.floats(200, 12_000), st.sampled_from(ALL))
def test_no_scale_and_no_projection_loses_a_point(dated, day, m_per_px, projection) -> None:
    points = points_of(dated)
    whole = asked(day, projection=projection, m_per_px=3000.0)
    # A window as wide as the world at any scale.
    wanted = asked(day, m_per_px=m_per_px, projection=projection)._replace(size_px=(200_000,) * 2)
    assert summed(points.cells(wanted)) == summed(points.cells(whole)) == brute(dated, whole)


@QUICK
@given(dated_points, days)
def test_a_cell_tells_what_it_counts(dated: list[Dated], day: int) -> None:
    points, wanted = points_of(dated), asked(day)
    for cell in points.cells(wanted):
        if not is_cell(cell.id):
            assert cell.number == 1
            continue
        told = points.gathered(cell.id, wanted)
        assert (told.number, told.doubtful, told.past) == (cell.number, cell.doubtful, cell.past)
        assert len(told.first) == min(cell.number, 12)
        x_min, y_min, x_max, y_max = told.box_m
        assert x_min - 1 <= cell.x_m <= x_max + 1
        assert y_min - 1 <= cell.y_m <= y_max + 1


def test_a_place_alone_stands_where_it_is() -> None:
    points = points_of([Dated(104.92, 11.56, "1975-04-17", "1979-01-07")])
    (cell,) = points.cells(asked(LAST))
    assert cell.id == f"{points.layer}#0"
    x_m, y_m = ATLAS_PROJECTION.forward(104.92, 11.56)
    assert abs(cell.x_m - x_m) < 0.01
    assert abs(cell.y_m - y_m) < 0.01
    feature = points.feature(cell.id, ATLAS_PROJECTION)
    assert feature is not None
    assert feature.name == "Point 0"
    assert feature.when.presence(LAST) is Presence.CERTAIN
    assert points.card(cell.id)["start"] == "1975-04-17"


def test_cells_stay_while_the_map_is_moved() -> None:
    dated = [Dated(104 + i / 40, 12 + i / 60, "1974", "1975") for i in range(60)]
    points = points_of(dated)
    here = {cell.id: cell for cell in points.cells(asked(LAST - 200))}
    there = {cell.id: cell for cell in points.cells(asked(LAST - 200, lonlat=(105.3, 12.7)))}
    assert here
    assert all(there.get(key, cell) == cell for key, cell in here.items())


def test_what_is_out_of_view_is_left_out() -> None:
    points = points_of([Dated(104, 12, "1974", "1975"), Dated(130, 50, "1974", "1975")])
    cells = points.cells(asked(LAST - 200, m_per_px=500.0, lonlat=(104.0, 12.0)))
    assert [cell.id for cell in cells] == [f"{points.layer}#0"]


def test_the_number_of_cells_is_bounded_by_the_window_and_not_by_the_points() -> None:
    dated = [Dated(100 + i % 90 / 9, 8 + i // 90 / 6, "1974", "1975") for i in range(90 * 90)]
    points = points_of(dated)
    wanted = asked(LAST - 200)
    cells = points.cells(wanted)
    assert len(cells) <= (SIZE_PX[0] / 46 + 2) * (SIZE_PX[1] / 46 + 2)
    for cell in cells:
        x, y = to_px(wanted.camera, SIZE_PX, cell.x_m, cell.y_m)
        assert -66 < x < SIZE_PX[0] + 66
        assert -66 < y < SIZE_PX[1] + 66


def test_unknown_ids_are_no_features() -> None:
    points: DatedPoints = points_of([Dated(104, 12, "1974", "1975")])
    for wrong in ("#1", "#-1", "#x", "#laea:3", "#laea:30/1/1", "#moon:30/1/1", "#laea:999/0/0"):
        assert points.feature(f"{points.layer}{wrong}", ATLAS_PROJECTION) is None


def test_a_days_step_looks_at_what_it_changes_and_not_at_all_points(monkeypatch) -> None:
    dated = [Dated(104, 12, f"1974-0{1 + i % 9}-11", "1975-12-01") for i in range(900)]
    points = points_of(dated)
    points.cells(asked(FIRST + 99))
    looked: list[int] = []
    from geodata.own.tally import Sums

    add = Sums.add
    monkeypatch.setattr(Sums, "add", lambda self, *a: (looked.append(len(a[2])), add(self, *a))[1])
    points.cells(asked(FIRST + 100))
    assert sum(looked) == 200  # the 100 of 11 April, as held and as sure
    assert dated[3].start == "1974-04-11"
