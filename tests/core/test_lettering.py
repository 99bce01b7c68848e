from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.lettering import LINE_CHARS, MAX_CHARS, numbered_label, short_label, wrapped
from geodata.pack import Pack

words = st.lists(st.text("abcdefghiĐêKrm", min_size=1, max_size=14), min_size=1, max_size=14)
plain_names = words.map(" ".join)
any_names = st.text("ab Cd,;:([)]-–—.'", min_size=1, max_size=90).map(str.strip).filter(bool)


@given(plain_names)
def test_a_short_plain_name_is_never_cut(name: str) -> None:
    if len(name) <= MAX_CHARS:
        assert short_label(name) == name


@given(any_names)
def test_a_label_is_part_of_its_name(name: str) -> None:
    label = short_label(name)
    assert label
    assert len(label) <= MAX_CHARS + len(" …")
    rest = iter(name)
    assert all(char in rest for char in label.removesuffix("…").rstrip())


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Office 100 at Ta Not (first camp)", "Office 100 at Ta Not"),
        ("Battle of Snuol, 1971", "Battle of Snuol"),
        ("Corridor: Se Kong to Kratie", "Corridor"),
        ("Green Hill (Tatum) overrun", "Green Hill overrun"),
        ("Bokeo (Bar Kaev, Ba Kev) garrison", "Bokeo garrison"),
        ("Pol Pot - Nguyen Van Linh talks, November 1970", "Pol Pot - Nguyen Van Linh talks"),
        ("A camp (its bracket never closed", "A camp"),
        ("K-1", "K-1"),
        ("K1, by the river", "K1, by the river"),
        ("(unnamed camp)", "(unnamed camp)"),
        ("Phnom Penh", "Phnom Penh"),
    ],
)
def test_what_follows_the_name_is_left_out(name: str, label: str) -> None:
    assert short_label(name) == label


def test_a_very_long_name_is_cut_between_words_and_says_so() -> None:
    label = short_label("one two three " * 8)
    assert label.endswith(" …")
    assert set(label.removesuffix(" …").split()) == {"one", "two", "three"}


@given(plain_names, st.integers(8, 30))
def test_wrapping_loses_no_word_and_makes_no_empty_line(name: str, line_chars: int) -> None:
    lines = wrapped(name, line_chars)
    assert " ".join(lines) == name
    assert all(lines)
    assert len(lines) <= -(-len(name) // line_chars)


@given(plain_names)
def test_a_line_is_too_long_only_by_its_longest_word(name: str) -> None:
    lines = wrapped(name)
    longest_word = max(len(word) for word in name.split())
    # What every earlier line falls short of its share, at most half a word, ends in the last.
    most = LINE_CHARS + (len(lines) + 1) / 2 * (longest_word + 1)
    assert all(len(line) <= most for line in lines)


def test_lines_are_of_about_equal_length() -> None:
    assert wrapped("Central Committee meeting near Loc Ninh") == (
        "Central Committee",
        "meeting near Loc Ninh",
    )
    assert wrapped("DEMOCRATIC REPUBLIC OF VIETNAM", 13) == ("DEMOCRATIC", "REPUBLIC OF", "VIETNAM")
    assert wrapped("Phnom Penh") == ("Phnom Penh",)
    assert wrapped("Nakhonratchasimaprovince") == ("Nakhonratchasimaprovince",)


def test_no_label_of_the_atlas_is_lost_or_wide(pack_path: Path) -> None:
    with Pack.open(pack_path) as pack:
        rows = json.loads(bytes(pack.blob("features.json")))
    for name in [row["name"] for row in rows]:
        label = short_label(name)
        assert len(label) >= min(3, len(name)), name
        lines = wrapped(label)
        assert len(lines) <= 3, lines
        assert max(len(line) for line in lines) <= 26, lines


def test_what_is_known_by_a_number_has_it_alone_on_small_scales() -> None:
    assert numbered_label("Base Area 702") == "702"
    assert numbered_label("Base Area 353 (Breakfast)") == "353"
    assert numbered_label("Camp 180") == "Camp 180"
    assert numbered_label("Office 100 at Ta Not") == "Office 100 at Ta Not"
