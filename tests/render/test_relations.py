"""Relations on the map: drawn while they held, named at the edge where an end lies far off."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtGui import QImage, QPainter

from atlas.app.library import Library
from atlas.core.gaps import NO_GAPS, Gaps
from atlas.core.labels import BoxPx, Occupied
from atlas.core.lines import share_within
from atlas.render.arrows import paint_arrow
from atlas.render.letters import Letterer, Lettering, size_of
from atlas.render.painter import MapPainter
from atlas.render.relations import letter_far_ends, relation_width_px
from atlas.render.style import Style
from tests.records import replace
from tests.render.scenes import blank, picture_of, scene_at

CHINA = (92.0, 6.0, 125.0, 46.0)
SIZE = (900, 800)


class WritingDown(Letterer):
    """Keeps what it was asked to letter."""

    def __init__(self) -> None:
        super().__init__(sprites=True)
        self.found: list[tuple[str, float, float]] = []
        self.boxes: list[BoxPx] = []

    def draw(self, painter: QPainter, letters: Lettering, x_px: float, y_px: float) -> None:
        self.found.append((letters.lines[0], x_px, y_px))
        width, height = size_of(letters)
        self.boxes.append((x_px, y_px, x_px + width, y_px + height))


def relations_on(library: Library, on: str) -> set[str]:
    scene = scene_at(library.atlas, on, CHINA, SIZE, ["relations"])
    return {arrow.feature_id for arrow in scene.arrows}


def test_relations_begin_and_end_on_their_days(library: Library) -> None:
    assert "relation-prc-dk" not in relations_on(library, "1975-04-16")
    assert "relation-prc-dk" in relations_on(library, "1977-06-01")
    assert "relation-prc-dk" not in relations_on(library, "1979-01-08")


def test_a_relation_puts_its_ink_on_the_map(library: Library, painter: MapPainter) -> None:
    scene = scene_at(library.atlas, "1977-06-01", CHINA, SIZE, ["relations"])
    bare = picture_of(painter, replace(scene, arrows=()))
    assert picture_of(painter, scene) != bare


def test_far_ends_are_named_inside_the_picture(library: Library, painter: MapPainter) -> None:
    scene = scene_at(library.atlas, "1964-10-16", CHINA, SIZE, ["relations"])
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    letterer = WritingDown()
    with QPainter(image) as device:
        letter_far_ends(
            device,
            scene.arrows,
            painter.style,
            painter.frame(scene),
            letterer,
            Occupied(),
            Occupied(),
        )
    assert any(text.startswith("USSR") for text, _, _ in letterer.found)
    assert all(0 <= x < SIZE[0] and 0 <= y < SIZE[1] for _, x, y in letterer.found)
    texts = [text for text, _, _ in letterer.found]
    assert not any(text.startswith("PRC") for text in texts)


@pytest.mark.parametrize("on", ["1964-10-16", "1970-05-05", "1976-09-09"])
def test_far_ends_are_lettered_beside_every_arc(
    library: Library, painter: MapPainter, on: str
) -> None:
    scene = scene_at(library.atlas, on, CHINA, SIZE, ["relations"])
    frame, letterer = painter.frame(scene), WritingDown()
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    with QPainter(image) as device:
        everything = (scene.arrows, painter.style, frame, letterer, Occupied(), Occupied())
        letter_far_ends(device, *everything)
    assert letterer.boxes
    for arrow in scene.arrows:
        points = [frame.to_px(x, y) for x, y in arrow.lines_m[0]]
        for box in letterer.boxes:
            shares = [share_within(*ends, box) for ends in pairwise(points)]
            assert all(first >= last for first, last in shares), (arrow.feature_id, box)


@pytest.mark.parametrize("weight", range(1, 5))
def test_weightier_relations_are_broader(weight: int) -> None:
    assert relation_width_px(weight + 1) > relation_width_px(weight)


def test_an_arc_is_open_behind_a_word(paper: Style, library: Library, painter: MapPainter) -> None:
    scene = scene_at(library.atlas, "1977-06-01", CHINA, SIZE, ["relations"])
    arc = next(arrow for arrow in scene.arrows if arrow.feature_id == "relation-prc-dk")
    frame = painter.frame(scene)
    points = [frame.to_px(x, y) for x, y in arc.lines_m[0]]
    x, y = points[len(points) // 2]
    word = (x - 24.0, y - 12.0, x + 24.0, y + 12.0)

    def drawn(gaps: Gaps) -> QImage:
        image = blank(SIZE)
        with QPainter(image) as device:
            paint_arrow(device, arc, paper, frame, chosen=False, gaps=gaps)
        return image.copy(round(x) - 18, round(y) - 6, 36, 12)

    assert drawn(NO_GAPS) != blank((36, 12))
    assert drawn(Gaps([word])) == blank((36, 12))
