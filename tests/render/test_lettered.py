from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from atlas.app.library import Library
from atlas.core.labels import BoxPx
from atlas.core.lettering import short_label, wrapped
from atlas.core.scene import Mark, Scene
from atlas.render.furniture import boxes_of, furniture_pieces
from atlas.render.letters import Letterer, Lettering, measured, size_of
from atlas.render.marks import SYMBOL_PX
from atlas.render.painter import MapPainter
from atlas.render.style import Style
from tests.records import replace
from tests.render.scenes import (
    ALL_FURNITURE,
    CAMBODIA,
    DATES,
    INDOCHINA,
    blank,
    differing,
    panel_scenes,
    px_of,
    scene_at,
)

VIEWS = (INDOCHINA, CAMBODIA, (104.2, 11.0, 105.6, 12.1), (74.0, 2.0, 134.0, 50.0))
SIZES = ((1280, 800), (420, 300))


class WritingDown(Letterer):
    """Letters nothing and keeps what it was asked to letter, with the box it would fill."""

    def __init__(self) -> None:
        super().__init__(sprites=True)
        self.boxes: dict[tuple[str, ...], BoxPx] = {}
        self.found: list[tuple[Lettering, BoxPx]] = []

    def draw(self, painter: QPainter, letters: Lettering, x_px: float, y_px: float) -> None:
        width, height = size_of(letters)
        turned = painter.combinedTransform().mapRect(QRectF(x_px, y_px, width, height))
        box = (turned.left(), turned.top(), turned.right(), turned.bottom())
        self.found.append((letters, box))
        self.boxes[letters.lines] = box


def lettered(painter: MapPainter, scene: Scene) -> WritingDown:
    letterer = WritingDown()
    image = blank(scene.size_px)
    device = QPainter(image)
    painter.paint_live(device, scene, letterer)
    device.end()
    return letterer


def _insists(letters: Lettering) -> bool:
    return letters.role == "country" or letters.size_px > 14


def overlap(a: BoxPx, b: BoxPx) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def texts(painter: MapPainter, scene: Scene) -> set[str]:
    return {" ".join(letters.lines) for letters, _ in lettered(painter, scene).found}


@pytest.mark.parametrize("size_px", SIZES)
@pytest.mark.parametrize("on", DATES)
def test_no_name_overlaps_another_a_symbol_or_furniture(
    painter: MapPainter, library: Library, on: str, size_px: tuple[int, int]
) -> None:
    r = SYMBOL_PX + 1
    for view in VIEWS:
        scene = scene_at(library.atlas, on, view, size_px, furniture=ALL_FURNITURE)
        frame = painter.frame(scene)
        letters = lettered(painter, scene).found
        found = [box for _, box in letters]
        assert found
        for one, other in combinations(found, 2):
            assert not overlap(one, other), (view, one, other)
        # Countries and capitals are named even where, at a small scale, a symbol must be crossed.
        small = [box for lettering, box in letters if not _insists(lettering)]
        taken = boxes_of(furniture_pieces(scene))
        for mark in scene.marks:
            faded = mark.ink < 0.45  # too far to be named itself, it hides no other name
            if not mark.hatched and not faded:
                x, y = frame.to_px(mark.x_m, mark.y_m)
                taken.append((x - r, y - r, x + r, y + r))
        for box in found:
            assert box[0] >= 0
            assert box[1] >= 0
            assert box[2] <= size_px[0]
            assert box[3] <= size_px[1]
        for box in small:
            assert not any(overlap(box, other) for other in taken), (view, box)


def test_names_are_those_of_the_day(painter: MapPainter, library: Library) -> None:
    def names(on: str) -> set[str]:
        return texts(painter, scene_at(library.atlas, on, size_px=(1280, 1100)))

    before, after = names("1974-06-01"), names("1980-06-01")
    assert "Saigon" in before
    assert "Ho Chi Minh City" not in before
    assert "Ho Chi Minh City" in after
    assert "Saigon" not in after


def test_capitals_are_named_in_every_panel_that_shows_them(
    painter: MapPainter, library: Library
) -> None:
    for scene in panel_scenes(library.atlas, (1280, 800)):
        named = texts(painter, scene)
        width, height = scene.size_px
        for wish in scene.wishes.items:
            x, y = painter.frame(scene).to_px(wish.x_m, wish.y_m)
            well_inside = 150 < x < width - 560 and 90 < y < height - 90
            holds = wish.first_day <= scene.day <= wish.last_day
            if wish.kind == "capital" and wish.rank == 0 and well_inside and holds:
                assert wish.text in named, (scene.title, wish.text)


def test_a_selected_feature_is_named_first(painter: MapPainter, library: Library) -> None:
    """Among the camps of the border, named or not at other times, each is when it is selected."""
    crowd = scene_at(library.atlas, "1985-02-15", CAMBODIA, (900, 700))
    marks = [mark for mark in crowd.marks if not mark.hatched]
    assert len(marks) >= 15
    before = texts(painter, crowd)
    unnamed = [mark for mark in marks if label_of(mark) not in before]
    assert unnamed
    found = [label_of(m) in texts(painter, replace(crowd, selection=m.feature_id)) for m in marks]
    assert sum(found) >= 0.9 * len(marks)


def label_of(mark: Mark) -> str:
    return " ".join(wrapped(short_label(mark.label)))


def test_a_name_stays_put_while_nothing_near_it_changes(
    painter: MapPainter, library: Library
) -> None:
    """Two days apart without a change of the map's marks, every name is where it was."""
    one = scene_at(library.atlas, "1988-03-01", size_px=(1000, 900))
    other = scene_at(library.atlas, "1988-03-02", size_px=(1000, 900))
    assert replace(one, day=0, date_text="") == replace(other, day=0, date_text="")
    assert lettered(painter, one).found == lettered(painter, other).found


def test_towns_keep_their_place_through_a_campaign(painter: MapPainter, library: Library) -> None:
    """Scrubbing over three weeks of war moves or hides few of the towns' names a day."""
    days = [f"1978-12-{n}" for n in range(20, 32)] + [f"1979-01-{n:02}" for n in range(1, 10)]
    boxes = [lettered(painter, scene_at(library.atlas, on)).boxes for on in days]
    for earlier, later in pairwise(boxes):
        kept = earlier.keys() & later.keys()
        moved = [name for name in kept if earlier[name] != later[name]]
        assert len(kept) >= 0.8 * len(earlier)
        assert len(moved) <= 0.15 * len(kept), moved


def test_names_stand_by_their_towns(painter: MapPainter, library: Library) -> None:
    scene = scene_at(library.atlas, "1960-09-30", CAMBODIA, (900, 700), ["places"])
    boxes = lettered(painter, scene).boxes
    for name, lon, lat in (("Phnom Penh", 104.92, 11.56), ("Battambang", 103.2, 13.1)):
        x, y = px_of(scene, lon, lat)
        x0, y0, x1, y1 = boxes[(name,)]
        assert x0 - 30 <= x <= x1 + 30
        assert y0 - 30 <= y <= y1 + 30


def test_nothing_is_lettered_where_the_layers_are_off(
    painter: MapPainter, library: Library
) -> None:
    scene = scene_at(library.atlas, "1979-01-07", layers=["relief"])
    assert lettered(painter, scene).found == []


def test_a_size_is_what_the_letters_need(paper: Style) -> None:
    letters = Lettering(("Phnom", "Penh"), "label_bold", 12.5, "#000", "#fff")
    width, height = size_of(letters)
    assert width == max(measured(line, "label_bold", 12.5, 0.0) for line in letters.lines)
    assert 20 < height < 40
    spaced = replace(letters, spacing_px=3.0)
    assert size_of(spaced)[0] == pytest.approx(width + 3 * 4, abs=3.5)


def written(letterer: Letterer, ratio: float = 1.0) -> QImage:
    image = QImage(round(160 * ratio), round(60 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill("white")
    device = QPainter(image)
    device.setRenderHint(QPainter.RenderHint.Antialiasing)
    letterer.draw(device, Lettering(("Phnom Penh",), "label", 14.0, "#443a31", "#f7f1e4"), 20, 20)
    device.end()
    return image


def test_kept_pictures_of_names_look_like_their_text(paper: Style) -> None:
    sprite, text = written(Letterer(sprites=True)), written(Letterer(sprites=False))
    assert differing(sprite, text, by_more_than=110) <= 40
    assert differing(sprite, blank((160, 60))) > 300


def test_a_name_is_lettered_the_same_each_time_and_in_each_density(paper: Style) -> None:
    letterer = Letterer(sprites=True)
    assert written(letterer) == written(letterer)
    dense = written(Letterer(sprites=True, device_pixel_ratio=2.0), 2.0)
    half = dense.scaled(160, 60)
    half.setDevicePixelRatio(1.0)
    assert differing(half, written(letterer), by_more_than=150) <= 60


def test_only_so_many_pictures_of_names_are_kept(
    paper: Style, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = 20_000
    monkeypatch.setattr("atlas.render.letters._MOST_BYTES", most)
    letterer = Letterer(sprites=True)
    image = blank((200, 60))
    device = QPainter(image)
    names = [
        Lettering((f"Name {index}",), "label", 11.5, "#000000", "#ffffff") for index in range(40)
    ]
    for letters in names:
        letterer.draw(device, names[0], 10, 10)
        letterer.draw(device, letters, 10, 10)
    device.end()
    kept = letterer._kept
    assert most * 0.6 < kept.bytes <= most
    assert kept.bytes == sum(image.sizeInBytes() for image in kept._kept.values())
    assert list(kept._kept)[-2:] == [names[0], names[-1]]
