from __future__ import annotations

import json
from pathlib import Path

import pytest

from atlas.app.key_choices import KeyChoices, plain_key

DEFAULTS = {"export": ("Ctrl+E",), "play": ("Space",), "zoom": ("+", "="), "about": ()}
FIXED = {"0": "era"}


def choices(path: Path) -> KeyChoices:
    return KeyChoices(path, DEFAULTS, FIXED)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "keys.json"


def test_nothing_chosen_is_the_table(path: Path) -> None:
    made = choices(path)
    assert {name: made.keys(name) for name in DEFAULTS} == DEFAULTS
    assert (made.holder("="), made.holder("0"), made.holder("Q")) == ("zoom", "era", "")
    assert not path.exists()


def test_a_key_is_chosen_kept_and_reset(path: Path) -> None:
    made = choices(path)
    made.choose("play", "Ctrl+Alt+P")
    assert choices(path).keys("play") == ("Ctrl+Alt+P",)
    assert made.is_chosen("play")
    made.reset("play")
    assert choices(path).keys("play") == ("Space",)
    made.choose("about", "A")
    made.reset_all()
    assert choices(path).keys("about") == ()


def test_a_key_taken_over_is_lost_by_who_had_it(path: Path) -> None:
    made = choices(path)
    made.choose("about", "=")
    assert (made.keys("about"), made.keys("zoom")) == (("=",), ("+",))
    made.reset("zoom")
    assert made.keys("zoom") == ("+",), "no key twice"
    made.reset("about")
    made.reset("zoom")
    assert made.keys("zoom") == ("+", "=")


@pytest.mark.parametrize("key", ["0", "Tab", "Esc", "", "Ctrl+K, Ctrl+C"])
def test_some_keys_cannot_be_given(path: Path, key: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        choices(path).choose("play", key)


@pytest.mark.parametrize(
    "content",
    ["", "[]", '{"version": 9}', '{"version": 1, "keys": []}',
     '{"version": 1, "keys": {"play": 1}}', '{"version": 1, "keys": {"play": [1]}}'],
)  # fmt: skip
def test_a_damaged_file_is_kept_aside(path: Path, content: str) -> None:
    path.parent.mkdir()
    path.write_text(content)
    made = choices(path)
    assert made.keys("play") == ("Space",)
    assert "keys.json.broken" in made.notice


def test_what_makes_no_sense_is_left_out(path: Path) -> None:
    path.parent.mkdir()
    keys = {"gone": ["G"], "play": ["0", "Tab", "Ctrl+E", "Y"], "about": ["Y", "nonsense key", "I"]}
    path.write_text(json.dumps({"version": 1, "keys": keys}))
    made = choices(path)
    assert made.keys("play") == ("Y",)
    assert made.keys("about") == ("I",)


def test_what_cannot_be_saved_is_not_in_force(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    made = choices(tmp_path / "file" / "keys.json")
    with pytest.raises(OSError):  # noqa: PT011
        made.choose("play", "Y")
    assert made.keys("play") == ("Space",)


def test_keys_are_one_chord_in_portable_text() -> None:
    assert plain_key("ctrl+shift+l") == "Ctrl+Shift+L"
    assert plain_key("Ctrl+K, Ctrl+C") == ""
    assert plain_key("x" * 500) == ""
