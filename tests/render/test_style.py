from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from atlas.app.library import Library
from atlas.core.resources import resources_dir
from atlas.core.symbology import ACTOR_WORDS
from atlas.render.style import StyleError, available_themes, load_style
from tests.render.scenes import apart

THEMES = ("paper", "night")
ALL_THEMES = (*THEMES, "print")
PAPER = (resources_dir() / "styles" / "paper.toml").read_text(encoding="utf-8")


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2 contrast of two opaque colours, 1 to 21."""
    lights = []
    for color in (one, other):
        channels = (color.redF(), color.greenF(), color.blueF())
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        lights.append(0.2126 * r + 0.7152 * g + 0.0722 * b)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def written(folder: Path, text: str, name: str = "mine") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_atlas_brings_its_themes_paper_first() -> None:
    assert available_themes()[0] == "paper"
    assert set(ALL_THEMES) <= set(available_themes())


def test_a_theme_is_a_text_file_anyone_can_copy(tmp_path: Path) -> None:
    style = load_style("mine", written(tmp_path, PAPER.replace('name = "Paper"', 'name = "Mine"')))
    assert (style.theme, style.title) == ("mine", "Mine")
    assert available_themes(tmp_path) == ("mine",)


def test_all_themes_answer_to_the_same_names() -> None:
    paper = load_style("paper")
    for theme in available_themes():
        style = load_style(theme)
        assert style.colors.keys() == paper.colors.keys(), theme
        assert style.actors.keys() == paper.actors.keys(), theme
        assert style.widths.keys() == paper.widths.keys(), theme


def test_a_missing_theme_names_those_there_are() -> None:
    with pytest.raises(StyleError, match=r"no theme “sepia”; choose one of paper, .*night"):
        load_style("sepia")


@pytest.mark.parametrize("name", ["../mine", "..", "", "/etc/passwd", "mine.toml", "Mine", "a/b"])
def test_a_theme_is_a_name_and_never_a_path(tmp_path: Path, name: str) -> None:
    written(tmp_path, PAPER)
    styles = written(tmp_path / "styles", PAPER)
    with pytest.raises(StyleError, match="there is no theme"):
        load_style(name, styles)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (r'^sea = ".*"$', 'sea = "seablue-ish"', "sea = “seablue-ish” is not a colour"),
        (r'^sea = ".*"$', "sea = 12", "sea = “12” is not a colour"),
        (r"^\[color\]$", "[colour]", "color"),
        (r"^\[color\]$", "[color", "not a style"),
        (r"^strength = .*$", 'strength = "much"', "much"),
        (r'^name = ".*"$', "", "name"),
        (r"^\[tint\][^\[]*", 'tint = "red"\n', "not a style"),
    ],
)
def test_a_file_that_is_no_style_says_what_is_wrong(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    if "tint" in new:
        # A key of the whole file stands before its first table.
        text = f"{new}{re.sub(old, '', PAPER, flags=re.MULTILINE)}"
    else:
        text = re.sub(old, new, PAPER, count=1, flags=re.MULTILINE)
    assert text != PAPER
    with pytest.raises(StyleError, match=said) as caught:
        load_style("mine", written(tmp_path, text))
    assert "mine.toml" in str(caught.value)


def test_a_file_that_is_not_text_is_no_style(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b"\xff\xfe\x00name")
    with pytest.raises(StyleError, match=r"mine\.toml: not a style"):
        load_style("mine", tmp_path)


@pytest.mark.parametrize("theme", THEMES)
def test_every_actor_has_an_ink_of_its_own(library: Library, theme: str) -> None:
    style = load_style(theme)
    actors = ({feature.actor for feature in library.atlas.features} | ACTOR_WORDS.keys()) - {""}
    assert actors - style.actors.keys() == set()
    inks = {actor: style.actor(actor) for actor in [*sorted(actors), "other"]}
    for one, other in combinations(inks, 2):
        assert apart(inks[one], inks[other]) >= 4, (one, other)


def test_an_unknown_actor_gets_the_neutral_ink() -> None:
    style = load_style("paper")
    assert style.actor("nobody-knows") == style.actors["other"]
    assert style.color("actor.dk") == style.actors["dk"]
    with pytest.raises(KeyError):
        style.color("no-such-colour")


def test_part_of_a_country_falls_back_to_the_country_s_tint() -> None:
    style = load_style("paper")
    assert style.tint("KH-NOWHERE") == style.tints["KH"]
    assert style.tint("KH-NW") == style.tints["KH-NW"] != style.tints["KH"]
    assert style.tint("XX") is None


@pytest.mark.parametrize("theme", ALL_THEMES)
def test_reading_text_stands_out_from_what_it_is_set_on(theme: str) -> None:
    style = load_style(theme)
    for ink in ("text", "text_soft", "accent"):
        for ground in ("panel", "paper"):
            assert contrast(style.color(ink), style.color(ground)) >= 4.5, (ink, ground)
    for ink in ("place_text", "country_text"):
        assert contrast(style.color(ink), style.color("halo")) >= 4.5, ink


@pytest.mark.parametrize("theme", ALL_THEMES)
def test_symbols_and_bold_labels_stand_out_from_their_halo(theme: str) -> None:
    """Graphics and bold words need 3 (WCAG 2.2, 1.4.11); the shape says the kind in any case."""
    style = load_style(theme)
    for actor, ink in style.actors.items():
        assert contrast(ink, style.color("halo")) >= 3.0, actor
