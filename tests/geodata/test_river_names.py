"""River names stand on straight stretches of their own river, upright and as long as said."""

from __future__ import annotations

from math import cos, hypot, radians, sin

import numpy as np
import shapely

from geodata.river_names import WINDOWS_M, river_name_records
from geodata.waters import Waters


def rivers(*lines: tuple[str, int, list[tuple[float, float]]]) -> Waters:
    shapes = np.array([shapely.LineString(points) for _, _, points in lines], dtype=object)
    return Waters(shapes, tuple({"name": n, "scalerank": r} for n, r, _ in lines))


def test_names_lie_on_the_river_and_run_with_it() -> None:
    line = [(0.0, 0.0), (300_000.0, 300_000.0)]
    rows = river_name_records(rivers(("Hong (Red)", 6, line)))
    assert rows
    for row in rows:
        assert row["name"] == "Red River"
        assert row["angle_deg"] == 45.0
        assert abs(row["x_m"] - row["y_m"]) <= 1
        assert row["length_m"] in [round(w) for w in WINDOWS_M]


def test_names_read_from_left_to_right_whichever_way_the_water_runs() -> None:
    rows = river_name_records(rivers(("Mekong", 2, [(400_000.0, 0.0), (0.0, 90_000.0)])))
    assert rows
    assert all(-90 <= row["angle_deg"] <= 90 for row in rows)


def test_bends_and_nameless_or_minor_rivers_carry_no_name() -> None:
    bend = [(cos(radians(t)) * 7_000, sin(radians(t)) * 7_000) for t in range(0, 360, 5)]
    assert hypot(*bend[0]) > 0
    straight = [(0.0, 0.0), (90_000.0, 0.0)]
    none = rivers(("Loop", 2, bend), ("", 1, straight), ("Brook", 11, straight))
    assert river_name_records(none) == []
