"""Labels along arrows: units once they have come some way, dates where a source gives them."""

from __future__ import annotations

from atlas.core.arrow_wishes import arrow_wishes
from atlas.core.model import Feature, Waypoint
from atlas.core.wish import Wish
from tests.core.samples import axis, camp, day

M_PER_PX = 1.0


def dated(feature_id: str = "axis") -> Feature:
    stops = (
        Waypoint(0.0, day("1978-12-22"), "start", True, "22 Dec"),
        Waypoint(0.25, day("1978-12-26"), "corner", True, "c. 26 Dec"),
        Waypoint(1.0, day("1978-12-30"), "end", False, "30 Dec"),
    )
    return axis(feature_id)._replace(waypoints=stops, map_label="4th Corps")


def edge(start: str, end: str) -> Feature:
    line = (((0.0, 0.0), (0.0, 400.0)),)
    more = {"layer": "fronts", "kind": "front-line", "geometry": "lines", "parts_m": line}
    return camp("Limit of an advance, schematic", start, end, **more)


def wishes(*features: Feature, m_per_px: float = M_PER_PX) -> dict[str, list[Wish]]:
    found: dict[str, list[Wish]] = {"edge": [], "unit": [], "stop": []}
    for wish in arrow_wishes(features, m_per_px):
        found[wish.kind].append(wish)
    return found


def test_a_unit_is_lettered_once_it_has_come_some_way() -> None:
    (unit,) = wishes(dated())["unit"]
    assert unit.text == "4th Corps"
    assert unit.line == "axis"
    # A quarter stands on the 26th, all of it on the 30th.
    assert unit.first_day == day("1978-12-27")
    assert unit.last_day > day("1978-12-30")


def test_without_a_unit_the_front_is_named() -> None:
    (unit,) = wishes(dated()._replace(map_label="", name="Route 1: here to there"))["unit"]
    assert unit.text == "Route 1"


def test_only_dates_that_sources_give_are_lettered_each_from_its_day() -> None:
    stops = wishes(dated())["stop"]
    assert [(stop.text, stop.first_day) for stop in stops] == [
        ("c. 26 Dec", day("1978-12-26")),
        ("22 Dec", day("1978-12-22")),
    ]
    corner, start = stops
    assert (corner.x_m, corner.y_m) == (100.0, 0.0)
    assert (start.x_m, start.y_m) == (0.0, 0.0)


def test_one_date_of_two_columns_at_one_place_is_said_once() -> None:
    assert len(wishes(dated("one"), dated("two"))["stop"]) == 2
    assert len(wishes(dated(), m_per_px=8.0)["stop"]) == 1


def test_leading_edges_carry_their_day_and_longer_limits_their_name() -> None:
    (day_edge,) = wishes(edge("1979-01-07", "1979-01-07"))["edge"]
    assert day_edge.text == "Front, 7 Jan"
    (limit,) = wishes(edge("1970-04-30", "1970-06-30"))["edge"]
    assert limit.text == "Limit Of An Advance"


def test_on_small_scales_lines_carry_no_words() -> None:
    far = wishes(dated(), edge("1979-01-07", "1979-01-07"), m_per_px=5000.0)
    assert (far["edge"], far["unit"], far["stop"]) == ([], [], [])


def test_a_stop_is_dated_until_its_arrow_is_no_longer_fresh() -> None:
    (arrow,) = [f for f in (dated(),) if f.growth]
    for stop in wishes(arrow)["stop"]:
        assert stop.last_day == arrow.growth[-1][0] + 15


def test_spots_lie_on_the_line_with_a_vector_across_it() -> None:
    (unit,) = wishes(dated())["unit"]
    x, y, across_x, across_y = unit.spots[0]
    assert (x, round(y, 6)) == (100.0, 28.0)
    assert (abs(across_x), across_y) == (1.0, 0.0)
