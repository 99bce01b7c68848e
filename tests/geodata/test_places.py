from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from atlas.core.projection import ATLAS_PROJECTION
from geodata.pack import Pack


@pytest.fixture(scope="module")
def places(built_pack: Pack) -> dict[str, dict[str, Any]]:
    rows = built_pack.json("places.json")
    assert len({row["id"] for row in rows}) == len(rows)
    return {row["id"]: row for row in rows}


def english(place: dict[str, Any], day: date) -> str:
    number = day.toordinal()
    names = [
        name["name"]
        for name in place["names"]
        if name["lang"] == "en" and name["span"][1] <= number < name["span"][2]
    ]
    assert len(names) == 1
    return str(names[0])


def test_names_of_the_day(places: dict[str, dict[str, Any]]) -> None:
    assert english(places["saigon"], date(1975, 4, 30)) == "Saigon"
    assert english(places["saigon"], date(1976, 7, 2)) == "Ho Chi Minh City"
    assert english(places["beijing"], date(1965, 1, 1)) == "Peking"
    assert places["saigon"]["name"] == "Ho Chi Minh City"


def test_local_names_of_other_towns_are_left_out(places: dict[str, dict[str, Any]]) -> None:
    languages = {name["lang"] for name in places["naypyidaw"]["names"]}
    assert languages == {"en"}
    assert any(name["lang"] == "km" for name in places["phnom-penh"]["names"])


def test_towns_of_after_the_war_are_not_on_earlier_maps(places: dict[str, dict[str, Any]]) -> None:
    naypyidaw = places["naypyidaw"]
    assert naypyidaw["first_day"] == date(2005, 11, 6).toordinal()
    assert all(name["span"][0] >= naypyidaw["first_day"] for name in naypyidaw["names"])
    assert places["shenzhen"]["first_day"] == date(1979, 1, 1).toordinal()
    assert places["hanoi"]["first_day"] < 0


def test_former_names_end_where_later_ones_begin(places: dict[str, dict[str, Any]]) -> None:
    assert english(places["mumbai"], date(1990, 1, 1)) == "Bombay"
    assert english(places["mumbai"], date(1996, 1, 1)) == "Mumbai"
    assert english(places["nanjing"], date(1950, 1, 1)) == "Nanking"
    for place in places.values():
        own = [name for name in place["names"] if name["lang"] == "en"]
        former = [name for name in own if name["to"] not in ("", "..")]
        if former and not place["story"]:
            assert former[-1]["span"][3] == own[-1]["span"][0], place["id"]


def test_every_name_says_where_it_comes_from(places: dict[str, dict[str, Any]]) -> None:
    assert all(name["sources"] for place in places.values() for name in place["names"])


@pytest.mark.parametrize(
    "slug",
    [
        "lang-son", "cao-bang", "lao-cai", "cam-duong", "kratie", "stung-treng", "banlung", "memot",
        "poipet", "pailin", "anlong-veng", "mong-cai", "dong-dang", "tasanh", "pleiku",
    ],
)  # fmt: skip
def test_towns_of_the_story_come_early(places: dict[str, dict[str, Any]], slug: str) -> None:
    assert places[slug]["story"]
    assert places[slug]["rank"] <= 5


@pytest.mark.parametrize("word", ["Krong ", "Play Ku", "Lao Chi", "?", "Khang Kaeut", "Ecopark"])
def test_no_mangled_names(places: dict[str, dict[str, Any]], word: str) -> None:
    assert not [place["name"] for place in places.values() if word in place["name"]]


def test_positions_are_those_of_geonames(places: dict[str, dict[str, Any]]) -> None:
    hechi = places["hechi"]
    assert (hechi["lon_deg"], hechi["lat_deg"]) == pytest.approx((108.084, 24.693), abs=0.01)
    assert places["lao-cai"]["lat_deg"] == pytest.approx(22.486, abs=0.01)


def test_metres_match_degrees(places: dict[str, dict[str, Any]]) -> None:
    for place in places.values():
        x_m, y_m = ATLAS_PROJECTION.forward(place["lon_deg"], place["lat_deg"])
        assert abs(x_m - place["x_m"]) < 2
        assert abs(y_m - place["y_m"]) < 2


def test_no_town_stands_twice(places: dict[str, dict[str, Any]]) -> None:
    spots = Counter(
        (place["name"], round(place["lon_deg"] * 5), round(place["lat_deg"] * 5))
        for place in places.values()
    )
    assert max(spots.values()) == 1


def test_numbers_are_as_planned(places: dict[str, dict[str, Any]]) -> None:
    assert 1_500 <= len(places) <= 2_500
    assert all(0 <= place["rank"] <= 10 for place in places.values())


def test_seats_of_government_have_their_time(places: dict[str, dict[str, Any]]) -> None:
    assert places["phnom-penh"]["capital"]
    assert places["saigon"]["capital_spans"][0][3] == date(1976, 7, 2).toordinal()
    assert not places["hue"]["capital"]
    assert places["hue"]["capital_spans"] == []


def test_provinces_bear_their_right_names(built_pack: Pack) -> None:
    names = {(row["country"], row["name"]) for row in built_pack.json("provinces.json")}
    for name in ("Bắc Kạn", "Đồng Nai", "Hưng Yên", "Quảng Nam", "Quảng Trị"):
        assert ("VN", name) in names
    for name in ("Ratanakiri", "Mondulkiri", "Stung Treng"):
        assert ("KH", name) in names
    wrong = {"Đông Bắc", "Đông Nam Bộ", "Đồng Bằng Sông Hồng", "Quàng Nam", "Rôtânôkiri"}
    assert not wrong & {name for _, name in names}
