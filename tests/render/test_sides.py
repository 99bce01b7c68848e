"""Countries by side: told apart by every eye, or by pattern; unsure ones hatched."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from atlas.app.library import Library
from atlas.core import actions
from atlas.core.alignment import BLOC_WORDS
from atlas.core.resolve import resolve
from atlas.render.basemap import BaseMap
from atlas.render.painter import MapPainter
from atlas.render.sides import side_brush
from atlas.render.style import available_themes, load_style
from tests.records import replace
from tests.render.scenes import base_of, color_at, day, scene_at
from tests.render.test_colour_vision import EYES, difference

NEVER_TOGETHER = ({"asean", "japan"},)
"""Blocs of times that do not meet."""


def laid_over(ink: QColor, ground: QColor) -> QColor:
    share = ink.alphaF()
    channels = zip(ink.getRgbF()[:3], ground.getRgbF()[:3], strict=True)
    return QColor.fromRgbF(*(share * over + (1 - share) * under for over, under in channels))


@pytest.mark.parametrize("eye", [eye for eye in EYES if eye != "grey"])
@pytest.mark.parametrize("theme", available_themes())
def test_sides_stay_apart(theme: str, eye: str) -> None:
    style = load_style(theme)
    assert set(style.sides) == set(BLOC_WORDS)
    for one, other in combinations(BLOC_WORDS, 2):
        brushes = [side_brush(side, True, style) for side in (one, other)]
        if brushes[0].style() != brushes[1].style() or {one, other} in NEVER_TOGETHER:
            continue
        seen = [laid_over(brush.color(), style.color("land")) for brush in brushes]
        assert difference(seen[0], seen[1], EYES[eye]) >= 3.0, (one, other)


def test_black_and_white_uses_patterns_alone() -> None:
    style = load_style("print")
    patterns = [side_brush(side, True, style).style() for side in BLOC_WORDS]
    assert len(set(patterns)) == len(patterns)
    assert Qt.BrushStyle.SolidPattern not in patterns


@pytest.mark.parametrize("theme", ["paper", "night"])
def test_what_is_unsure_is_hatched(theme: str) -> None:
    style = load_style(theme)
    assert side_brush("china", True, style).style() == Qt.BrushStyle.SolidPattern
    assert side_brush("china", False, style).style() == Qt.BrushStyle.BDiagPattern


def test_a_country_changes_its_tint_with_its_side(library: Library) -> None:
    painter = MapPainter(BaseMap(library.pack), load_style("paper"))
    box, layers = (102.0, 10.0, 108.0, 15.0), {"polities"}

    def color_on(text: str) -> QColor:
        plain = scene_at(library.atlas, text, box, (120, 100), layers)
        assert plain.political.side_of_atom == ()
        view = replace(
            actions.initial_state(library.atlas.story, (120, 100)),
            day=day(text),
            camera=plain.camera,
            layers=frozenset(layers),
            furniture=frozenset(),
            by_alignment=True,
        )
        scene = resolve(view, library.atlas)
        return color_at(base_of(painter, scene), scene, 105.0, 13.2)

    republic, kampuchea = color_on("1971-01-01"), color_on("1977-01-01")
    assert republic.blue() > republic.red()
    assert kampuchea.red() > kampuchea.blue() + 20
