from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from geodata.actors import ACTORS, UnknownActorError, actor_of
from geodata.evidence import LAYERS, SOURCES_FOLDER, read_features
from geodata.features import feature_records
from geodata.pack import Pack
from geodata.spans import feature_spans


@pytest.fixture(scope="module")
def features() -> dict[str, dict[str, Any]]:
    records = feature_records(SOURCES_FOLDER)
    assert len({record["id"] for record in records}) == len(records)
    return {record["id"]: record for record in records}


@pytest.fixture(scope="module")
def cards(built_pack: Pack) -> dict[str, dict[str, Any]]:
    return dict(built_pack.json("cards.json"))


def test_every_feature_of_the_sources_is_there(features: dict[str, dict[str, Any]]) -> None:
    count = sum(len(read_features(SOURCES_FOLDER, layer)) for layer in LAYERS)
    assert count == len(features) == 363
    assert [r["layer"] for r in features.values()] == sorted(
        (r["layer"] for r in features.values()), key=LAYERS.index
    )


def test_geometry_fits_its_type(features: dict[str, dict[str, Any]]) -> None:
    for record in features.values():
        kind, parts = record["geometry"]["type"], record["geometry"]["parts"]
        if kind == "point":
            assert [len(part) for part in parts] == [1]
        elif kind == "lines":
            assert all(len(part) >= 2 for part in parts)
        else:
            assert all(part[0] == part[-1] for part in parts)
        xs = [x for part in parts for x, _ in part]
        assert record["bbox_m"][0] == min(xs)
        assert record["bbox_m"][2] == max(xs)


def test_spans_are_four_days_in_order(features: dict[str, dict[str, Any]]) -> None:
    for record in features.values():
        assert record["spans"]
        for first, sure_from, sure_to, last in record["spans"]:
            assert first <= sure_from
            assert first < last
            assert sure_to <= last


def test_arrows_grow_in_order(features: dict[str, dict[str, Any]]) -> None:
    arrows = [r for r in features.values() if r["growth"]]
    assert len(arrows) == 39
    for record in arrows:
        assert record["growth"] == sorted(record["growth"])
        assert record["growth"][-1][1] == 1.0
        fractions = record["fractions"]
        assert fractions == sorted(fractions)
        assert (fractions[0], fractions[-1]) == (0.0, 1.0)
        assert len(fractions) == len(record["geometry"]["parts"][0])
        for waypoint in record["waypoints"]:
            assert waypoint["fraction"] == pytest.approx(fractions[waypoint["vertex"]], abs=0.005)


def test_waypoints_say_how_they_are_known(features: dict[str, dict[str, Any]]) -> None:
    by_name = {w["name"]: w for w in features["A4"]["waypoints"]}
    assert by_name["Phnom Penh"]["sourced"]
    assert by_name["Kompong Trabek"]["basis"] == "interpolated"
    assert by_name["Svay Rieng"]["basis"] == "general knowledge"
    assert by_name["Phnom Penh"]["day"] == date(1979, 1, 7).toordinal()


def test_actors_are_of_the_table(features: dict[str, dict[str, Any]]) -> None:
    assert {record["actor"] for record in features.values()} <= set(ACTORS)
    assert features["A1"]["actor"] == "vietnam"
    assert features["B3"]["actor"] == "china"
    assert features["office-102-kang-leng"]["actor"] == "dk"
    assert features["menu"]["actor"] == "us"
    with pytest.raises(UnknownActorError, match="Ruritania"):
        actor_of({"id": "x", "belligerent": "Ruritania"})


def test_claimed_areas_are_hatched_in_place_of_dots(features: dict[str, dict[str, Any]]) -> None:
    areas = {r["id"] for r in features.values() if r["layer"] == "thai_border_areas"}
    refs = {r["area_ref"] for r in features.values() if r["area_ref"]}
    assert refs <= areas
    for record in features.values():
        if record["draw_as"].startswith("area-hatch") and record["geometry"]["type"] == "point":
            assert record["area_ref"] in areas or record["radius_m"] >= 15_000
        if record["draw_as"] == "not-drawn-by-default":
            assert not record["default_visible"]
    assert features["dk-side-cpt-camps-claimed"]["draw_as"] == "area-hatch-only"


def test_a_place_lost_and_retaken_has_two_spans(features: dict[str, dict[str, Any]]) -> None:
    spans = features["phnom-malai"]["spans"]
    assert len(spans) == 2
    assert spans[0][3] == date(1985, 2, 16).toordinal()
    assert len(features["anlong-veng"]["spans"]) == 2
    assert len(features["pailin"]["spans"]) == 2


def test_an_interval_is_held_throughout_and_a_choice_is_not() -> None:
    held = feature_spans(when(("1960-09-28", "1960-09-30")))[0]
    first = date(1960, 9, 28).toordinal()
    assert held == [first, first, first + 3, first + 3]
    doubtful = feature_spans(when(("[1979-01-10..1979-01-17]", "[1979-01-10..1979-01-17]")))
    assert doubtful[0][1] >= doubtful[0][2]


def when(*spans: tuple[str, str]) -> dict[str, Any]:
    points = [{"start": {"edtf": start}, "end": {"edtf": end}} for start, end in spans]
    return {"when": {"timespans": points}}


def test_what_two_layers_tell_is_paired_both_ways(features: dict[str, dict[str, Any]]) -> None:
    assert features["pol-pot-death"]["same_as"] == "polpot-dies"
    assert features["polpot-dies"]["same_as"] == "pol-pot-death"
    for record in features.values():
        if record["same_as"]:
            assert features[record["same_as"]]["same_as"] == record["id"]
            assert features[record["same_as"]]["layer"] != record["layer"]


def test_every_feature_has_a_card_with_sources(
    features: dict[str, dict[str, Any]], cards: dict[str, dict[str, Any]]
) -> None:
    assert set(cards) == set(features)
    for card in cards.values():
        assert card["sources"]
        assert all(isinstance(source["seen"], bool) for source in card["sources"])
        assert card["name"]
        assert "start" in card
        assert "end" in card


def test_cards_keep_disputes_and_doubt(cards: dict[str, dict[str, Any]]) -> None:
    assert "disputes" in cards["office-100-ta-not"]
    assert cards["office-100-ta-not"]["precision_km"] == 25
    assert any(not source["seen"] for card in cards.values() for source in card["sources"])


def test_relations_are_placed(built_pack: Pack) -> None:
    relations = {row["id"]: row for row in built_pack.json("relations.json")}
    assert len(relations) == 41
    assert relations["prc-dk"]["to"]["actor"] == "Democratic Kampuchea"
    assert relations["prc-dk"]["span"][0] == date(1975, 4, 17).toordinal()
    assert relations["prc-dk"]["from"]["xy_m"]
    assert relations["ussr-drv"]["sources"][0]["seen"] is False
