from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from atlas.core.symbology import ACTOR_WORDS, SIGNS, actor_words, sign_for
from geodata.pack import Pack

LINES_AND_AREAS = {"arrow", "arrow-sea", "arrow-open", "route", "front", "zone"}


@pytest.fixture(scope="module")
def rows(pack_path: Path) -> list[dict[str, Any]]:
    with Pack.open(pack_path) as pack:
        found: list[dict[str, Any]] = pack.json("features.json")
    return found


def test_no_kind_of_the_atlas_falls_to_the_unknown_ring(rows: list[dict[str, Any]]) -> None:
    assert {row["kind"] for row in rows} - SIGNS.keys() == set()


def test_every_actor_of_the_atlas_has_words(rows: list[dict[str, Any]]) -> None:
    assert {row["actor"] for row in rows if row["actor"]} - ACTOR_WORDS.keys() == set()


def test_points_get_symbols_and_lines_get_lines(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        sign = sign_for(row["kind"])
        match row["geometry"]["type"]:
            case "point":
                assert (sign.spot_symbol or sign.symbol) not in LINES_AND_AREAS, row["id"]
            case "lines":
                assert sign.symbol in LINES_AND_AREAS, row["id"]


def test_signs_are_sound() -> None:
    for kind, sign in SIGNS.items():
        assert sign.words[:1].isupper(), kind
        assert sign.label_rank >= 1, kind
        assert sign.linger_days >= 0, kind


def test_words_tell_the_actors_apart() -> None:
    assert len(set(ACTOR_WORDS.values())) == len(ACTOR_WORDS)


def test_an_unknown_kind_is_a_plain_site_that_does_not_linger() -> None:
    sign = sign_for("never-heard-of")
    assert (sign.symbol, sign.linger_days) == ("ring", 0)
    assert sign.words == "Other site"


def test_an_unknown_actor_is_named_by_its_own_key() -> None:
    assert actor_words("dk") == "Khmer Rouge"
    assert actor_words("some_new_party") == "Some new party"
