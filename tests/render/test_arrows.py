from __future__ import annotations

from math import dist

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from atlas.app.library import Library
from atlas.core.scene import Arrow, Scene, Stretch
from atlas.render.arrows import arrow_scale, arrow_shape_of, paint_arrow
from atlas.render.painter import MapPainter
from atlas.render.style import Style
from tests.records import replace
from tests.render.scenes import blank, count_near, px_of, scene_at

PHNOM_PENH = (104.92, 11.56)
FRONT = (101.5, 9.5, 108.5, 15.0)
KINDS = ("advance-axis", "landing", "incursion", "withdrawal", "front-line", "supply-route")


def fronts(library: Library, on: str) -> Scene:
    """The arrows of a day alone."""
    scene = scene_at(library.atlas, on, FRONT, (700, 600), ["fronts"])
    return replace(scene, marks=(), areas=())


def drawn(scene: Scene, painter: MapPainter, style: Style, chosen: bool = False) -> QImage:
    image = blank(scene.size_px)
    device = QPainter(image)
    device.setRenderHint(QPainter.RenderHint.Antialiasing)
    for arrow in scene.arrows:
        paint_arrow(device, arrow, style, painter.frame(scene), chosen)
    device.end()
    return image


def straight(library: Library, kind: str, *stretches: Stretch) -> Scene:
    """One arrow of a kind across the picture, made up."""
    scene = fronts(library, "1970-01-01")
    x_m, y_m = scene.camera.x_m, scene.camera.y_m
    half_m = 250 * scene.camera.m_per_px
    line = ((x_m - half_m, y_m), (x_m, y_m), (x_m + half_m, y_m))
    cut = stretches or (Stretch(0.0, 1.0, True),)
    return replace(scene, arrows=(Arrow("a", kind, "vietnam", (line,), cut, 1.0, False, 1.0),))


def test_the_advance_reaches_phnom_penh_when_it_did(
    library: Library, painter: MapPainter, paper: Style
) -> None:
    counts = []
    for on in ("1978-12-26", "1979-01-07"):
        scene = fronts(library, on)
        x, y = px_of(scene, *PHNOM_PENH)
        image = drawn(scene, painter, paper)
        around = QRect(x - 14, y - 14, 29, 29)
        counts.append(count_near(image, paper.actor("vietnam"), around, within=40))
    assert counts[0] == 0
    assert counts[1] >= 20


def test_arrows_grow_from_day_to_day(library: Library, painter: MapPainter, paper: Style) -> None:
    dates = ("1978-12-24", "1978-12-27", "1978-12-30", "1979-01-02", "1979-01-05", "1979-01-07")
    inked = [
        count_near(drawn(fronts(library, on), painter, paper), paper.actor("vietnam"), within=40)
        for on in dates
    ]
    assert inked == sorted(inked)
    assert inked[-1] > 3 * inked[0]


def test_each_tip_is_where_the_axis_stands(library: Library, painter: MapPainter) -> None:
    scene = fronts(library, "1979-01-04")
    frame = painter.frame(scene)
    tapered = [a for a in scene.arrows if a.kind in ("advance-axis", "landing", "withdrawal")]
    assert len(tapered) > 5
    for arrow in tapered:
        shape, origin = arrow_shape_of(arrow, frame)
        if shape is None:
            continue
        tip = (origin.x() + shape.head[1][0], origin.y() + shape.head[1][1])
        assert dist(tip, frame.to_px(*arrow.lines_m[0][-1])) <= 0.6, arrow.feature_id


def test_a_stretch_without_a_source_is_pale_and_only_it(
    library: Library, painter: MapPainter, paper: Style
) -> None:
    ink = paper.actor("vietnam")
    half = straight(library, "advance-axis", Stretch(0.0, 0.5, True), Stretch(0.5, 1.0, False))
    image = drawn(half, painter, paper)
    left, right = QRect(100, 280, 240, 40), QRect(360, 280, 180, 40)
    assert count_near(image, ink, left) > 200
    assert count_near(image, ink, right) == 0


def test_a_stretch_too_short_to_see_lends_no_other_its_ink(
    library: Library, painter: MapPainter, paper: Style
) -> None:
    scene = straight(
        library, "advance-axis", Stretch(0.0, 0.0001, True), Stretch(0.0001, 1.0, False)
    )
    body = QRect(100, 280, 430, 40)
    assert count_near(drawn(scene, painter, paper), paper.actor("vietnam"), body) == 0


def test_a_withdrawal_is_hollow(library: Library, painter: MapPainter, paper: Style) -> None:
    ink = paper.actor("vietnam")
    full = count_near(drawn(straight(library, "advance-axis"), painter, paper), ink)
    hollow = count_near(drawn(straight(library, "withdrawal"), painter, paper), ink)
    assert 0 < hollow < 0.6 * full


def test_kinds_of_lines_look_different(library: Library, painter: MapPainter, paper: Style) -> None:
    images = [drawn(straight(library, kind), painter, paper) for kind in KINDS]
    for index, one in enumerate(images):
        assert one != blank((700, 600)), KINDS[index]
        assert all(one != other for other in images[index + 1 :]), KINDS[index]


def test_the_selected_arrow_is_edged_in_the_colour_of_focus(
    library: Library, painter: MapPainter, paper: Style
) -> None:
    scene, focus = straight(library, "advance-axis"), paper.color("focus")
    assert count_near(drawn(scene, painter, paper), focus) == 0
    assert count_near(drawn(scene, painter, paper, chosen=True), focus) > 50


def test_fading_is_fainter(library: Library, painter: MapPainter, paper: Style) -> None:
    scene = straight(library, "advance-axis")
    faded = replace(scene, arrows=(replace(scene.arrows[0], ink=0.25),))
    assert count_near(drawn(faded, painter, paper), paper.actor("vietnam")) == 0
    assert drawn(faded, painter, paper) != blank(scene.size_px)


@pytest.mark.parametrize("m_per_px", [140.0, 900.0, 2000.0, 12_000.0])
def test_arrows_are_smaller_on_small_scales_but_never_tiny(m_per_px: float) -> None:
    assert 0.55 <= arrow_scale(m_per_px) <= 1.15
    assert arrow_scale(m_per_px) >= arrow_scale(m_per_px * 1.5)


def test_the_shape_does_not_depend_on_where_the_map_is(
    library: Library, painter: MapPainter
) -> None:
    scene = fronts(library, "1979-01-05")
    east = replace(scene, camera=replace(scene.camera, x_m=scene.camera.x_m + 12_345.6))
    for arrow in scene.arrows:
        here, at_here = arrow_shape_of(arrow, painter.frame(scene))
        there, at_there = arrow_shape_of(arrow, painter.frame(east))
        assert here is there
        moved_px = 12_345.6 / scene.camera.m_per_px
        assert at_here.x() - at_there.x() == pytest.approx(moved_px)
