"""The black-and-white theme: no colour at all, and shape and pattern for what colour told."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from atlas.app.library import Library
from atlas.core.legend import LegendEntry
from atlas.core.resources import resources_dir
from atlas.render.basemap import BaseMap
from atlas.render.legend_box import entry_image
from atlas.render.painter import MapPainter
from atlas.render.style import Style, StyleError, load_style
from tests.render.scenes import panel_scenes, picture_of, pixels_of

# Allies whose arrows nowhere need telling apart.
ALLIED = ({"vietnam", "kufns"}, {"dk", "cgdk"})


@pytest.fixture
def style(paper: Style) -> Style:
    return load_style("print")


def test_no_picture_holds_a_colour(library: Library, basemap: BaseMap, style: Style) -> None:
    painter = MapPainter(basemap, style)
    for scene in panel_scenes(library.atlas, (480, 400)):
        seen = pixels_of(picture_of(painter, scene))
        assert int((seen.max(axis=2) - seen.min(axis=2)).max()) <= 2, scene.title


def test_arrows_of_different_sides_have_different_patterns(library: Library, style: Style) -> None:
    sides = {
        feature.actor
        for feature in library.atlas.features
        if feature.kind in ("advance-axis", "landing", "incursion") and feature.geometry == "lines"
    }
    assert len(sides) >= 4
    for one, other in combinations(sorted(sides), 2):
        if {one, other} not in ALLIED:
            assert style.pattern(one) != style.pattern(other), (one, other)


def test_the_legend_shows_the_patterns(style: Style) -> None:
    images = [
        entry_image(LegendEntry("arrow", actor, ""), style, 60)
        for actor in ("vietnam", "china", "dk", "south_vietnam", "us_south_vietnam")
    ]
    for one, other in combinations(images, 2):
        assert one != other


def test_themes_in_colour_need_no_patterns(paper: Style) -> None:
    assert {paper.pattern(actor) for actor in paper.actors} == {Qt.BrushStyle.SolidPattern}


def test_a_pattern_nobody_knows_is_told(style: Style, tmp_path: Path) -> None:
    text = (resources_dir() / "styles" / "print.toml").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(
        text.replace('china = "hatch"', 'china = "tartan"'), encoding="utf-8"
    )
    with pytest.raises(StyleError, match="pattern of china = “tartan” is none of solid, hatch"):
        load_style("mine", tmp_path)
