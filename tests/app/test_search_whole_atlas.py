"""The search over the whole atlas: everything is found by what it is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.app.library import Library, open_library
from atlas.core.search import SearchIndex, find_all
from atlas.core.search_entries import search_entries


@pytest.fixture(scope="module")
def whole(pack_path: Path) -> Library:
    return open_library(pack_file=pack_path)


@pytest.fixture(scope="module")
def index(whole: Library) -> SearchIndex:
    return SearchIndex(search_entries(whole.atlas, whole.alternative_names()))


def test_every_town_is_found_by_every_name(whole: Library, index: SearchIndex) -> None:
    missed = [
        name
        for place in whole.atlas.places
        for name in {place.name, *(dated.name for dated in place.names)}
        if place.id not in {hit.entry.id for hit in index.find(name)}
    ]
    assert not missed


def test_every_feature_is_found_by_its_name(whole: Library, index: SearchIndex) -> None:
    features = whole.atlas.features
    found = {f.id: {hit.entry.id for hit in index.find(f.name)} for f in features}
    assert not [feature.name for feature in features if feature.id not in found[feature.id]]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Saigon", "Ho Chi Minh City"),
        ("Sài Gòn", "Ho Chi Minh City"),
        ("Thành phố Hồ Chí Minh", "Ho Chi Minh City"),
        ("sagon", "Ho Chi Minh City"),
        ("ភ្នំពេញ", "Phnom Penh"),
        ("金边", "Phnom Penh"),
        ("battanbang", "Battambang"),
        ("democratic kampuchea", "Democratic Kampuchea"),
        ("7 January 1979", "Go to 7 January 1979"),
    ],
)
def test_what_a_reader_means(whole: Library, index: SearchIndex, typed: str, title: str) -> None:
    assert find_all(index, whole.atlas.story, typed)[0].title == title


def test_a_misspelt_office_and_a_sum_of_money(whole: Library, index: SearchIndex) -> None:
    assert index.find("ofice 102")[0].entry.id == "office-102-kang-leng"
    money = index.find("316")[0]
    assert (money.entry.kind, money.entry.id) == ("text", "support-1970-75")
    assert "316 million" in money.title
