from __future__ import annotations

from collections import Counter
from datetime import date
from math import hypot
from typing import Any

import pytest

from atlas.core.projection import ATLAS_PROJECTION
from geodata.pack import Pack

NOBODYS = {"XP", "SPRATLY", "SIACHEN", "MV", "PW"}


@pytest.fixture(scope="module")
def polities(built_pack: Pack) -> list[dict[str, Any]]:
    return list(built_pack.json("polities.json"))


def on(polities: list[dict[str, Any]], year: int, month: int, day: int) -> dict[str, Any]:
    """Return atom to fill polity on a day."""
    number = date(year, month, day).toordinal()
    held: dict[str, Any] = {}
    for polity in polities:
        if polity["kind"] == "fill" and polity["span"][0] <= number < polity["span"][3]:
            for atom in polity["atoms"]:
                assert atom not in held, (atom, polity["id"], held[atom]["id"])
                held[atom] = polity
    return held


def test_every_atom_has_one_owner_on_every_day_of_change(
    built_pack: Pack, polities: list[dict[str, Any]]
) -> None:
    atoms = {row["id"] for row in built_pack.json("base/atoms.json")}
    first, last = date(1930, 1, 1).toordinal(), date(2026, 1, 1).toordinal()
    days = {polity["span"][i] for polity in polities for i in (0, 3)} | {first, last}
    for number in sorted(day for day in days if first <= day <= last):
        day = date.fromordinal(number)
        assert set(on(polities, day.year, day.month, day.day)) == atoms - NOBODYS, day


def test_ids_are_unique(polities: list[dict[str, Any]]) -> None:
    assert max(Counter(polity["id"] for polity in polities).values()) == 1


@pytest.mark.parametrize(
    ("day", "atom", "label"),
    [
        ((1960, 1, 1), "VN-N", "North Vietnam"),
        ((1960, 1, 1), "VN-S", "South Vietnam"),
        ((1976, 7, 1), "VN-S", "South Vietnam"),
        ((1976, 7, 2), "VN-S", "Vietnam"),
        ((1970, 10, 9), "KH-REST", "Khmer Republic"),
        ((1979, 1, 6), "KH-NW", "Democratic Kampuchea"),
        ((1979, 1, 7), "KH-NW", "PR Kampuchea"),
        ((1942, 1, 1), "KH-NW", "Thai 1941-46"),
        ((1942, 1, 1), "KH-REST", "Cambodia (Fr.)"),
        ((1938, 1, 1), "CN-MANCH", "Manchukuo"),
        ((1938, 1, 1), "CN-GZW", "Kwangchowan"),
        ((1950, 1, 1), "CN-TB", "Tibet"),
        ((1951, 5, 23), "CN-TB", "PR China"),
        ((1970, 1, 1), "IN-SK", "Sikkim"),
        ((1975, 5, 16), "IN-SK", "India"),
        ((1989, 6, 17), "MM", "Burma"),
        ((1989, 6, 18), "MM", "Myanmar"),
        ((1963, 9, 16), "MY-E", "Malaysia"),
        ((1946, 1, 1), "BD", "India (Br.)"),
        ((1960, 1, 1), "BD", "East Pakistan"),
    ],
)
def test_names_of_the_day(
    polities: list[dict[str, Any]], day: tuple[int, int, int], atom: str, label: str
) -> None:
    assert on(polities, *day)[atom]["label"] == label


def test_one_state_one_label(polities: list[dict[str, Any]]) -> None:
    held = on(polities, 1950, 1, 1)
    soviet = [held[atom] for atom in ("RU", "KZ", "KG", "TJ", "UZ")]
    assert {polity["state"] for polity in soviet} == {"USSR"}
    assert sum(bool(polity["anchors"]) for polity in soviet) == 1
    assert held["KP"]["state"] != held["KR"]["state"]


def test_claims_are_not_fills(polities: list[dict[str, Any]]) -> None:
    kinds = {polity["unit"]: polity["kind"] for polity in polities}
    assert kinds["KH-DKclaim"] == "outline"
    assert kinds["KH-PGNU"] == "label"
    assert kinds["XP"] == "label"


def test_anchors_lie_inside_and_come_biggest_first(polities: list[dict[str, Any]]) -> None:
    for polity in polities:
        radii = [anchor[2] for anchor in polity["anchors"]]
        assert radii == sorted(radii, reverse=True)
        assert len(radii) <= 60


def test_a_close_view_of_any_part_of_a_country_finds_an_anchor(
    polities: list[dict[str, Any]],
) -> None:
    anchors = {polity["label"]: polity["anchors"] for polity in polities}
    assert len(anchors["PR China"]) >= 30
    assert len(anchors["Cambodia"]) >= 6
    china = [(x_m, y_m) for x_m, y_m, _ in anchors["PR China"]]
    for x_m, y_m in china:
        apart_m = sorted(hypot(x_m - x, y_m - y) for x, y in china)
        assert apart_m[1] < 700_000


def test_no_anchor_of_cambodia_lies_in_the_great_lake(polities: list[dict[str, Any]]) -> None:
    x_m, y_m = ATLAS_PROJECTION.forward(104.08, 12.87)
    cambodia = next(p for p in polities if p["label"] == "Cambodia" and p["span"][3] > 800_000)
    assert all(hypot(x_m - x, y_m - y) > 15_000 for x, y, _ in cambodia["anchors"])


def test_the_new_state_of_1979_says_when_it_was_proclaimed(polities: list[dict[str, Any]]) -> None:
    first = next(polity for polity in polities if polity["label"] == "PR Kampuchea")
    assert first["from"] == "1979-01-07"
    assert "10 Jan 1979" in first["note"]


def test_every_row_says_where_it_comes_from(polities: list[dict[str, Any]]) -> None:
    for polity in polities:
        assert polity["source"]
        assert polity["confidence"]
        assert polity["span"][0] < polity["span"][3]
