from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.folding import fold, words_of
from atlas.core.model import Atlas, DatedName, Place
from atlas.core.near_words import NearWords, slips_allowed, within
from atlas.core.search import MOST_HITS, Entry, SearchIndex, date_hit, find_all, snippet
from atlas.core.search_entries import paragraphs, search_entries, sentences
from tests.core import samples
from tests.records import replace

NAMES = {
    "saigon": (
        "Ho Chi Minh City", "Saigon", "Sài Gòn", "Thành phố Hồ Chí Minh", "西贡", "胡志明市",
    ),
    "phnom-penh": ("Phnom Penh", "ភ្នំពេញ", "金边"),
    "da-nang": ("Da Nang", "Đà Nẵng"),
    "xian": ("Xi'an",),
}  # fmt: skip
BODY = """
The article has [almost 316 million dollars](claim:c45). No source *for* this was found.
S. Heder doubts it.

- One item
- Another, on [7 January](date:1979-01-07)

## Sources

- J. Garver, China's Quest, p. 317. Second edition
"""


def town(place_id: str, names: tuple[str, ...]) -> Place:
    dated = tuple(DatedName(name, "", samples.FOREVER) for name in names)
    return samples.town(place_id, 5, name=names[0], names=dated, country="KH", story=True)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    base = samples.story()
    panels = (replace(base.panels[0], body=BODY), *base.panels[1:])
    office = "Office 102, headquarters (Kang Lêng)"
    fall = {"name": "Fall of Phnom Penh", "layer": "events", "rank": 1}
    features = (
        samples.camp("office-102", "1966", "1969", name=office),
        samples.camp("fall", "1979-01-07", "1979-01-07", **fall),
    )
    places = tuple(town(place_id, names) for place_id, names in NAMES.items())
    cambodia = replace(samples.polity("KH", ("KH",)), label="Cambodia", endonym="កម្ពុជា")
    return Atlas(replace(base, panels=panels), features, (cambodia,), places)


def test_an_event_named_wholly_comes_before_the_town_of_that_name(atlas: Atlas) -> None:
    seat = {"name": "Da Nang", "layer": "events"}
    features = (*atlas.features, samples.camp("landing", "1965-03-08", "1965-03-08", **seat))
    fuller = SearchIndex(search_entries(replace(atlas, features=features), {"fall": ("Saigon",)}))
    assert ids(fuller, "da nang")[:2] == ["landing", "da-nang"]
    assert ids(fuller, "da na")[0] == "da-nang"
    # What an event is called elsewhere is no reason to pass over the town.
    assert ids(fuller, "saigon")[0] == "saigon"


@pytest.fixture(scope="module")
def index(atlas: Atlas) -> SearchIndex:
    return SearchIndex(search_entries(atlas, {"office-102": ("Munti 102",)}))


def ids(index: SearchIndex, typed: str) -> list[str]:
    return [hit.entry.id for hit in index.find(typed)]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        *((name, place_id) for place_id, names in NAMES.items() for name in names),
        ("sagon", "saigon"),
        ("SAI GON", "saigon"),
        ("ho chi", "saigon"),
        ("hochiminhcity", "saigon"),
        ("phonm penh", "phnom-penh"),
        ("phnompenh", "phnom-penh"),
        ("ភ្នំ", "phnom-penh"),
        ("金", "phnom-penh"),
        ("da nang", "da-nang"),
        ("xian", "xian"),
        ("ofice 102", "office-102"),
        ("kang leng", "office-102"),
        ("munti", "office-102"),
        ("102", "office-102"),
        ("phnom penh 1979", "fall"),
        ("316", "intro"),
    ],
)
def test_the_first_hit_is_what_was_meant(index: SearchIndex, typed: str, wanted: str) -> None:
    assert ids(index, typed)[0] == wanted


def test_a_hit_tells_the_name_it_was_found_by(index: SearchIndex) -> None:
    hit = index.find("sagon")[0]
    assert (hit.title, hit.detail) == ("Ho Chi Minh City", "town, Cambodia; also Saigon")
    assert index.find("ho chi minh city")[0].detail == "town, Cambodia"


def test_text_is_found_without_its_marks_and_says_where_it_stands(index: SearchIndex) -> None:
    hit = index.find("316")[0]
    assert hit.title == "The article has almost 316 million dollars."
    assert (hit.entry.kind, hit.detail) == ("text", "text, panel 1: About intro")
    assert index.find("garver")[0].detail.startswith("sources, panel 1")


def test_every_word_typed_must_be_found(index: SearchIndex) -> None:
    assert ids(index, "phnom penh")[0] == "phnom-penh"
    assert "phnom-penh" not in ids(index, "phnom hanoi")
    assert ids(index, "zzzz") == ids(index, "  ") == ids(index, "?!") == []


def test_a_country_or_a_year_alone_names_nothing(index: SearchIndex) -> None:
    assert "fall" not in ids(index, "1979")
    assert ids(index, "cambodia") == ids(index, "កម្ពុជា") == ["Cambodia"]


def test_exact_comes_before_beginning_before_part_before_slip() -> None:
    names = ("Vinh", "Vinh Long", "Vinhlong", "Quangvinh", "Vimh")
    entries = [Entry("place", name, name, "", (name,), 5) for name in reversed(names)]
    assert ids(SearchIndex(entries), "vinh") == list(names[:4])
    assert ids(SearchIndex(entries), "vinx") == ["Vinh", "Vinh Long"]


def test_weightier_things_come_first_and_texts_keep_some_room() -> None:
    towns = [
        Entry("place", f"t{i:02}", f"Song {i:02}", "", (f"Song {i:02}",), 4) for i in range(40)
    ]
    song = Entry("feature", "song", "Song taken", "", ("Song taken",), 2)
    texts = [Entry("text", f"p{i}", "A song.", "", ("A song.",)) for i in range(9)]
    found = SearchIndex([*towns, song, *texts]).find("song")
    assert len(found) == MOST_HITS
    assert found[0].entry.id == "song"
    assert sum(hit.entry.kind == "text" for hit in found) == 4


def test_near_words_are_compared_only_where_it_may_help() -> None:
    words = [f"{a}{b}{c}ang" for a in "bcdfghkl" for b in "aeiou" for c in "mnprst"]
    near = NearWords(words)
    assert near.near("banang") == [word for word in words if within("banang", word, 1)]
    assert len(near.candidates("banang")) < len(words) / 5
    assert near.near("1979") == near.near("hue") == []


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("sagon", "saigon", 1), ("siagon", "saigon", 1), ("saigon", "saigon", 0), ("abc", "cab", 2)],
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert within(one, other, slips)
    assert within(other, one, slips)
    assert slips == 0 or not within(one, other, slips - 1)


def test_long_words_may_hold_two_slips() -> None:
    assert [slips_allowed(word) for word in ("hue", "vinh", "saigon", "haiphong", "k17a")] == [
        0, 1, 1, 2, 0,
    ]  # fmt: skip


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_any_text_can_be_searched_for(text: str) -> None:
    names = SearchIndex([Entry("place", "it", "It", "", ("It",))])
    names.find(text)
    assert date_hit(text, samples.story()) is None or any(char.isdigit() for char in text)


@given(st.lists(st.text(min_size=1, max_size=20).filter(words_of), min_size=1, max_size=12))
def test_every_place_is_found_by_its_own_name(names: list[str]) -> None:
    entries = [Entry("place", str(i), name, "", (name,)) for i, name in enumerate(names)]
    index = SearchIndex(entries)
    for name in names:
        best = index.find(name)[0].entry
        assert "".join(words_of(best.title)) == "".join(words_of(name))


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Sài Gòn", "sai gon"), ("Đà Nẵng", "da nang"), ("កម្ពុជា", "កម្ពុជា"), ("Øst", "ost"),
     ("Xi'an", "xian"), ("STRASSE", "strasse"), ("Straße", "strasse"), ("Йод", "йод")],
)  # fmt: skip
def test_folding_drops_marks_from_latin_letters_only(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_date_typed_leads_there(atlas: Atlas, index: SearchIndex) -> None:
    first = find_all(index, atlas.story, "7 Jan 1979")[0]
    assert first.title == "Go to 7 January 1979"
    assert first.entry.id == str(samples.day("1979-01-07"))
    assert date_hit("7 Jan 1879", atlas.story) is None
    assert date_hit("Saigon", atlas.story) is None


def test_sentences_are_cut_where_they_end() -> None:
    text = BODY.partition("## Sources")[0]
    assert list(sentences(text)) == [
        "The article has almost 316 million dollars.",
        "No source for this was found.",
        "S. Heder doubts it.",
        "One item",
        "Another, on 7 January",
    ]
    assert list(paragraphs("# Head\n> said\n\n`code` and __more__")) == [
        "Head", "said", "code and more",
    ]  # fmt: skip


def test_a_snippet_shows_the_word_found() -> None:
    text = " ".join(f"word{i}" for i in range(40))
    for wanted in ("word0", "word20", "word39"):
        cut = snippet(text, [wanted], 60)
        assert wanted in cut.split()
        assert len(cut) <= 64
    assert snippet("short", ["short"]) == "short"
