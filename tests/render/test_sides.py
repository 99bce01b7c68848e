"""Countries by side: told apart by every eye, or by pattern; unsure ones hatched."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from atlas.app.library import Library
from atlas.core import actions
from atlas.core.alignment import BLOC_WORDS
from atlas.core.resolve import resolve
from atlas.render.basemap import BaseMap
from atlas.render.painter import MapPainter
from atlas.render.sides import side_fill
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
        (ink, pattern), (other_ink, other_pattern) = (
            side_fill(side, True, style) for side in (one, other)
        )
        if pattern != other_pattern or {one, other} in NEVER_TOGETHER:
            continue
        seen = [laid_over(color, style.color("land")) for color in (ink, other_ink)]
        assert difference(seen[0], seen[1], EYES[eye]) >= 3.0, (one, other)


def test_black_and_white_uses_patterns_alone() -> None:
    style = load_style("print")
    patterns = [side_fill(side, True, style)[1] for side in BLOC_WORDS]
    assert len(set(patterns)) == len(patterns)
    assert Qt.BrushStyle.SolidPattern not in patterns


@pytest.mark.parametrize("theme", ["paper", "night"])
def test_what_is_unsure_is_hatched(theme: str) -> None:
    style = load_style(theme)
    assert side_fill("china", True, style)[1] == Qt.BrushStyle.SolidPattern
    assert side_fill("china", False, style)[1] == Qt.BrushStyle.BDiagPattern


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


def test_unsure_sides_are_hatched_as_wide_on_fine_devices(library: Library) -> None:
    box, size = (102.0, 10.0, 108.0, 15.0), (240, 200)
    plain = scene_at(library.atlas, "1971-01-01", box, size, {"polities"})
    painter = MapPainter(BaseMap(library.pack), load_style("paper"))
    atoms = {atom for atom, _ in plain.political.polity_of_atom}
    sides = tuple((atom, "china", False) for atom in sorted(atoms))
    scene = replace(plain, political=replace(plain.political, side_of_atom=sides))
    counts = []
    for ratio in (1.0, 2.0, 300 / 96):
        ground = painter.ground_image(scene, ratio)
        assert ground is not None
        image = painter.with_politics(ground, scene)
        row = image.height() // 2
        lights = [image.pixelColor(x, row).lightness() for x in range(image.width())]
        paper = max(lights)
        dark = [light < paper - 25 for light in lights]
        counts.append(sum(now and not before for before, now in pairwise(dark)))
    assert counts[0] > 15
    assert max(counts) - min(counts) <= counts[0] // 5
