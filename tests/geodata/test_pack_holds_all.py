"""What the sources say arrives in the pack: every id, date, source, name and row."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from geodata.bibliography import cell_sources, citation, read_works
from geodata.evidence import LAYERS, SOURCES_FOLDER, read_features, read_table
from geodata.pack import Pack
from geodata.spans import feature_spans, span_days

STORY = Path(__file__).parents[2] / "resources" / "story"

# What was gathered, by the research's own count: 62 features of Ratanakiri (14 of them the zones),
# 74 of the border camps and 10 areas, 77 of the fronts (58 of 1978-79, 8 of 1975-78, 11 later), 140
# events, 228 names, 41 relations, 87 claims; 112 rows of polities, to which three were added so
# that no atom is without an owner (docs/decisions/0008).
GATHERED = {
    "ratanakiri_bases": 62 - 14,
    "dk_zones": 14,
    "thai_border_camps": 74,
    "thai_border_areas": 10,
    "fronts": 77 - 8 - 11,
    "border_war": 8,
    "later_campaigns": 11,
    "events": 140,
}
GATHERED_ROWS = {"polities": 112 + 3, "placenames": 228, "relations": 41}
GATHERED_CLAIMS = 87

SOURCES = {f["id"]: (layer, f) for layer in LAYERS for f in read_features(SOURCES_FOLDER, layer)}
WORKS = read_works(SOURCES_FOLDER)


@pytest.fixture(scope="module")
def features(built_pack: Pack) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in built_pack.json("features.json")}


@pytest.fixture(scope="module")
def cards(built_pack: Pack) -> dict[str, dict[str, Any]]:
    return dict(built_pack.json("cards.json"))


def test_nothing_gathered_is_lost() -> None:
    assert Counter(layer for layer, _ in SOURCES.values()) == GATHERED
    for table, rows in GATHERED_ROWS.items():
        assert len(read_table(SOURCES_FOLDER, table)) == rows, table
    claims = json.loads((STORY / "claims.json").read_text(encoding="utf-8"))
    assert len({claim["id"] for claim in claims}) == GATHERED_CLAIMS


def test_every_feature_arrives_with_layer_and_dates(features: dict[str, dict[str, Any]]) -> None:
    assert set(features) == set(SOURCES)
    for name, (layer, feature) in SOURCES.items():
        assert features[name]["layer"] == layer
        assert features[name]["spans"] == feature_spans(feature), name


def test_the_texts_of_the_dates_arrive(cards: dict[str, dict[str, Any]]) -> None:
    for name, (_, feature) in SOURCES.items():
        texts = [
            [span["start"]["edtf"], span["end"]["edtf"]] for span in feature["when"]["timespans"]
        ]
        card = cards[name]
        assert card.get("intervals", [[card["start"], card["end"]]]) == texts, name


def test_every_source_arrives_in_words(cards: dict[str, dict[str, Any]]) -> None:
    for name, (_, feature) in SOURCES.items():
        wanted = feature["properties"]["sources"]
        told = cards[name]["sources"]
        assert [s["key"] for s in told] == [s["key"] for s in wanted], name
        for source, shown in zip(wanted, told, strict=True):
            assert shown["citation"] == citation(source, WORKS)
            assert shown["claim"] == source["supports"]
            assert shown["seen"] is source["seen"]
            assert shown.get("locator", "") == source.get("locator", "")
            assert shown.get("locator", "") in shown["citation"]
            assert shown.get("url", "").startswith("http") or "url" not in shown


def test_names_disputes_and_ways_arrive(
    features: dict[str, dict[str, Any]], cards: dict[str, dict[str, Any]]
) -> None:
    for name, (_, feature) in SOURCES.items():
        properties, card = feature["properties"], cards[name]
        assert card.get("alt_names", []) == feature.get("names", [])
        for field in ("disputes", "date_note", "summary", "country"):
            assert card.get(field, "") == properties.get(field, ""), (name, field)
        assert len(features[name]["waypoints"]) == len(properties.get("waypoints", []))


def test_every_row_of_the_tables_arrives(built_pack: Pack) -> None:
    polities = read_table(SOURCES_FOLDER, "polities")
    told = built_pack.json("polities.json")
    assert {row["row"] for row in told} == set(range(len(polities)))
    for row in told:
        source = polities[row["row"]]
        assert (row["from"], row["to"]) == (source["valid_from"], source["valid_to"])
        assert row["source_keys"] == [s["key"] for s in cell_sources(source["source"])]
    relations = {row["id"]: row for row in built_pack.json("relations.json")}
    for row in read_table(SOURCES_FOLDER, "relations"):
        assert relations[row["id"]]["span"] == span_days(row["valid_from"], row["valid_to"])
        keys = [source["key"] for source in relations[row["id"]]["sources"]]
        assert keys == [source["key"] for source in cell_sources(row["sources"])]


def test_every_name_of_the_table_arrives(built_pack: Pack) -> None:
    places = {row["id"]: row["names"] for row in built_pack.json("places.json")}
    for row in read_table(SOURCES_FOLDER, "placenames"):
        told = [(n["name"], n["lang"], n["from"], n["to"]) for n in places[row["place"]]]
        assert (row["name"], row["language"], row["valid_from"], row["valid_to"]) in told


def test_the_bibliography_arrives_and_every_work_is_cited(built_pack: Pack) -> None:
    assert built_pack.json("bibliography.json") == list(WORKS.values())
    cited = {"natural-earth"}  # names of towns
    for _, feature in SOURCES.values():
        waypoints = feature["properties"].get("waypoints", [])
        for source in [*feature["properties"]["sources"], *(w["source"] for w in waypoints)]:
            cited |= {source["key"], *source.get("also", ())}
    for table in GATHERED_ROWS:
        for row in read_table(SOURCES_FOLDER, table):
            cell = row.get("source") or row["sources"]
            cited |= {source["key"] for source in cell_sources(cell)}
    claims = json.loads((STORY / "claims.json").read_text(encoding="utf-8"))
    claimed = {source["key"] for claim in claims for source in claim["sources"]}
    assert claimed <= set(WORKS)
    assert cited - {"interpolated"} <= set(WORKS)
    # A review cited in the same breath as its book, in claims alone.
    assert set(WORKS) - cited - claimed <= {"storey-mertha-review", "zhai-cambodian-conflict"}
