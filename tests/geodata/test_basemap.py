from __future__ import annotations

import struct
from typing import Any

import numpy as np
import pytest
import shapely

from atlas.core.projection import ATLAS_PROJECTION
from geodata.arcs import Arcs, arcs_of, load_border_classes
from geodata.coverage import (
    CoverageError,
    Units,
    atom_areas,
    load_atom_rules,
    load_units,
    simplified,
)
from geodata.evidence import BASE_FOLDER
from geodata.levels import LEVELS, Level, levels_json
from geodata.pack import Pack
from geodata.projection import region_ring_deg, xy_from_lonlat
from geodata.waters import load_lakes, load_rivers


@pytest.fixture(scope="module")
def units() -> Units:
    return load_units(BASE_FOLDER, load_atom_rules(BASE_FOLDER))


@pytest.fixture(scope="module")
def classes() -> Any:
    return load_border_classes(BASE_FOLDER)


def area_of(units: Units, *atoms: str) -> Any:
    areas = atom_areas(units)
    return shapely.union_all([areas[units.atom_ids.index(atom)] for atom in atoms])


def at(lon: float, lat: float) -> Any:
    return shapely.Point(ATLAS_PROJECTION.forward(lon, lat))


def test_array_and_point_projection_agree() -> None:
    ring = region_ring_deg()
    one_by_one = [ATLAS_PROJECTION.forward(lon, lat) for lon, lat in ring]
    assert np.abs(xy_from_lonlat(ring) - np.array(one_by_one)).max() < 0.06


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.name)
def test_atoms_leave_no_gap_and_no_overlap(units: Units, level: Level) -> None:
    coarse = simplified(units, level)
    areas = atom_areas(coarse)
    assert shapely.coverage_is_valid(coarse.areas)
    assert shapely.coverage_is_valid(areas)
    assert (shapely.area(areas) > 0).all()


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.name)
def test_lines_are_the_edges_of_the_fills(units: Units, classes: Any, level: Level) -> None:
    coarse = simplified(units, level)
    arcs: Arcs = arcs_of(coarse, classes)
    areas = atom_areas(coarse)
    around = sum(shapely.length(areas))
    borders = sum(shapely.length(border.lines).sum() for border in arcs.borders)
    edge = np.array(sorted(coarse.edge_points))
    coast = shapely.length(arcs.coast).sum()
    assert len(edge) > 100
    assert 0 < around - 2 * borders - coast < 0.15 * around
    for border in arcs.borders:
        assert border.left != border.right
        boundary = areas[border.left].boundary
        middles = shapely.line_interpolate_point(border.lines, 0.5, normalized=True)
        assert shapely.distance(boundary, middles).max() < 0.01


def test_history_is_cut_where_it_should_be(units: Units) -> None:
    assert area_of(units, "VN-N").contains(at(105.85, 21.03))
    assert area_of(units, "VN-S").contains(at(107.2, 16.75))
    assert area_of(units, "VN-N").contains(at(106.98, 17.07))
    assert area_of(units, "VN-S").contains(at(106.98, 16.9))
    assert area_of(units, "KH-NW").contains(at(103.2, 13.1))
    assert area_of(units, "KH-REST").contains(at(104.92, 11.56))
    assert area_of(units, "CN-TB").contains(at(91.1, 29.65))
    assert area_of(units, "CN-MANCH").contains(at(126.6, 45.75))
    assert area_of(units, "CN-REST").contains(at(116.0, 39.5))
    assert area_of(units, "CN-GZW").contains(at(110.30, 21.25))


def test_the_two_vietnams_share_the_river(units: Units) -> None:
    north, south = area_of(units, "VN-N"), area_of(units, "VN-S")
    line = shapely.intersection(north.boundary, south.boundary)
    assert 60_000 < line.length < 130_000
    reach = [w for w in load_rivers(BASE_FOLDER).records if w["name"] == "Ben Hai"]
    assert len(reach) == 1
    assert line.distance(at(107.05, 16.997)) < 2_000


def test_borders_carry_their_class(built_pack: Pack) -> None:
    borders = {(b["left"], b["right"], b["cls"]) for b in built_pack.json("base/borders.json")}
    assert ("KP", "KR", "line-of-control") in borders
    assert ("IN-REST", "PK", "line-of-control") in borders
    assert ("CN-TB", "IN-REST", "disputed") in borders
    assert ("KH-REST", "VN-S", "international") in borders
    assert {cls for a, b, cls in borders if a[:2] == b[:2] == "VN"} == {"historical"}


def test_a_rule_for_an_unknown_province_is_refused() -> None:
    rules = load_atom_rules(BASE_FOLDER)
    rules["split"][0]["part"][0]["units"].append("Atlantis")
    with pytest.raises(CoverageError, match="no province KHM Atlantis"):
        load_units(BASE_FOLDER, rules)


def test_small_islands_go_but_no_atom_is_lost(units: Units) -> None:
    coarse = simplified(units, LEVELS[0])
    assert len(shapely.get_parts(coarse.areas)) < len(shapely.get_parts(units.areas)) / 1.5
    assert area_of(coarse, "MO").area > 0
    assert area_of(coarse, "SG").area > 0


def test_rivers_have_no_lost_letters() -> None:
    rivers = load_rivers(BASE_FOLDER)
    names = {record["name"] for record in rivers.records}
    assert not [name for name in names if "?" in name]
    assert {"Mekong", "Se San", "Ben Hai", "Sekong", "Srepok", "Godavari"} <= names
    se_san = rivers.shapes[[r["name"] for r in rivers.records].index("Se San")]
    assert se_san.distance(at(106.8114, 13.9760)) < 1_000
    assert se_san.distance(at(107.1118, 14.0528)) < 1_000


def test_reservoirs_come_with_their_dams() -> None:
    lakes = {record["name"]: record for record in load_lakes(BASE_FOLDER).records}
    assert lakes["Bhumibol Reservoir"]["shown_from_year"] == 1964
    assert lakes["Nam Ngum Reservoir"]["year"] == 1972
    assert lakes["Danjiangkou Shuiku"]["year"] is None
    assert lakes["Danjiangkou Shuiku"]["shown_from_year"] == 1999
    assert lakes["Tonle Sap"]["shown_from_year"] is None


def test_levels_are_coarsest_first_and_meet() -> None:
    rows = levels_json()
    assert [row["name"] for row in rows] == ["l0", "l1", "l2", "l3"]
    assert rows[0]["max_m_per_px"] is None
    assert rows[1]["max_m_per_px"] == pytest.approx(5000 / 0.95, abs=0.1)
    assert rows[-1]["tolerance_m"] == 0.0


def test_relief_is_flat_at_sea_and_rough_in_the_himalaya(built_pack: Pack) -> None:
    extent = built_pack.json("meta.json")["relief_extent_m"]
    blob = built_pack.blob("relief/shade.grey")
    width, height = struct.unpack_from("<II", blob)
    shade = np.frombuffer(blob, np.uint8, offset=8).reshape(height, width)
    step = (extent[2] - extent[0]) / shade.shape[1]
    assert step == pytest.approx(3200)
    assert (extent[3] - extent[1]) / shade.shape[0] == pytest.approx(3200)

    def window(lon: float, lat: float) -> Any:
        x_m, y_m = ATLAS_PROJECTION.forward(lon, lat)
        row, column = int((extent[3] - y_m) / step), int((x_m - extent[0]) / step)
        return shade[row - 10 : row + 10, column - 10 : column + 10].astype(float)

    assert (window(112.0, 14.0) == 128).all()
    assert window(85.0, 28.3).std() > 15
    assert (shade[0] == 128).all()
