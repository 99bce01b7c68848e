"""Relations become arcs whose ends and facts are those of the table."""

from __future__ import annotations

from math import hypot
from pathlib import Path

import pytest

from atlas.core.projection import ATLAS_PROJECTION
from geodata.cards import relation_records
from geodata.relation_lines import relation_cards, relation_features

SOURCES = Path(__file__).parents[2] / "geodata" / "sources"


@pytest.fixture(scope="module")
def records() -> list[dict[str, object]]:
    return relation_records(SOURCES)


def test_every_relation_has_a_line_and_a_card(records: list[dict[str, object]]) -> None:
    rows, cards = relation_features(records), relation_cards(records)
    assert len(rows) == len(records) == 41
    assert [row["id"] for row in rows] == list(cards)
    for record, row in zip(records, rows, strict=True):
        card = cards[row["id"]]
        assert row["spans"] == [record["span"]]
        assert row["weight"] == record["weight"]
        assert (row["kind"] == "support") == (record["sign"] == "+")
        assert card["sources"] == record["sources"]
        assert str(record["amount"]) in card["summary"]


def test_lines_run_from_end_to_end_and_within_their_box(records: list[dict[str, object]]) -> None:
    for record, row in zip(records, relation_features(records), strict=True):
        line = row["geometry"]["parts"][0]
        for point, end in ((line[0], "from"), (line[-1], "to")):
            x, y = ATLAS_PROJECTION.forward(*record[end]["lonlat"])
            assert hypot(point[0] - x, point[1] - y) < 2
        x_min, y_min, x_max, y_max = row["bbox_m"]
        assert all(x_min <= x <= x_max and y_min <= y <= y_max for x, y in line)


def test_lines_between_the_same_ends_bend_apart(records: list[dict[str, object]]) -> None:
    rows = {row["id"]: row for row in relation_features(records)}
    one = rows["relation-drv-cpk"]["geometry"]["parts"][0]
    other = rows["relation-drv-cpk-strain"]["geometry"]["parts"][0]
    assert one[0] == other[0]
    assert hypot(one[12][0] - other[12][0], one[12][1] - other[12][1]) > 50_000


def test_only_far_ends_are_named_at_the_edge(records: list[dict[str, object]]) -> None:
    far = {row["id"]: row["far"] for row in relation_features(records)}
    assert far["relation-ussr-drv"].startswith("USSR, 6,7")
    assert far["relation-prc-drv"] == ""


def test_names_spell_out_who(records: list[dict[str, object]]) -> None:
    names = {row["id"]: row["name"] for row in relation_features(records)}
    assert names["relation-prc-drv"] == "China to North Vietnam"
    assert names["relation-ussr-srv"] == "Soviet Union to Vietnam"
    shortened = {"PRC", "USSR", "DRV", "SRV", "RVN", "USA", "UK", "NLF"}
    assert not [name for name in names.values() if shortened & set(str(name).split())]
