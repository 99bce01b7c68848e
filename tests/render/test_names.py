"""Names on the real map: none overlap, and none that stays visible moves while scrubbing."""

from __future__ import annotations

from itertools import combinations
from math import hypot
from random import Random

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPolygonF

from atlas.app.library import Library
from atlas.core.actions import initial_state, open_panel
from atlas.core.labels import Occupied
from atlas.core.lines import share_within
from atlas.core.projection import ATLAS_PROJECTION, Projection
from atlas.core.projections import ALL
from atlas.core.resolve import resolve
from atlas.core.scene import Mark, Scene
from atlas.core.viewport import Camera, fit_bbox, in_projection, to_px
from atlas.render.letters import size_of
from atlas.render.name_boxes import turned_size
from atlas.render.names import PlacedName, placed_names
from atlas.render.painter import MapPainter
from tests.records import replace
from tests.render.scenes import day

DATES = ("1941-12-08", "1960-01-01", "1970-05-01", "1979-01-07", "1985-02-15")
SIZE = (1100, 800)
CAMBODIA_DEG = ((102.4, 10.5), (107.5, 10.5), (107.5, 14.6), (102.4, 14.6))
DENG_DEG = (101.5, 9.0, 110.0, 24.0)


def cameras(count: int) -> list[Camera]:
    """Return views drawn by chance, always the same, from the whole region to one province."""
    chance = Random(1979)
    found = []
    for _ in range(count):
        lon, lat = chance.uniform(96, 112), chance.uniform(9, 26)
        found.append(Camera(*ATLAS_PROJECTION.forward(lon, lat), 150.0 * 60 ** chance.random()))
    return found


def at(library: Library, on: int, camera: Camera, language: str = "english") -> Scene:
    """All layers seen by a camera on a day, without furniture."""
    state = initial_state(library.atlas.story, SIZE)
    layers = frozenset(layer.id for layer in library.atlas.story.layers)
    seen = replace(state, day=on, camera=camera, layers=layers, furniture=frozenset())
    seen = replace(seen, name_language=language)
    return resolve(seen, library.atlas)


def shown(painter: MapPainter, scene: Scene) -> list[PlacedName]:
    return placed_names(scene, painter.style, painter.frame(scene), Occupied())


def box(name: PlacedName) -> tuple[float, float, float, float]:
    width, height = turned_size(name.wish, *size_of(name.letters))
    return name.x_px, name.y_px, name.x_px + width, name.y_px + height


@pytest.mark.parametrize("camera", cameras(50), ids=str)
def test_no_names_overlap(library: Library, painter: MapPainter, camera: Camera) -> None:
    for date in DATES:
        scene = at(library, day(date), camera)
        assert_apart(shown(painter, scene))


def assert_apart(names: list[PlacedName]) -> None:
    for a, b in combinations([box(name) for name in names], 2):
        assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])


@pytest.mark.parametrize("projection", ALL[1:], ids=lambda p: p.key)
@pytest.mark.parametrize("camera", cameras(5), ids=str)
def test_no_names_overlap_in_other_projections(
    library: Library, painter: MapPainter, camera: Camera, projection: Projection
) -> None:
    names = shown(painter, at(library, day("1979-01-07"), in_projection(camera, projection)))
    assert_apart(names)
    assert len(names) > 5


@pytest.mark.parametrize("camera", cameras(6), ids=str)
def test_names_in_two_languages_do_not_overlap_either(
    library: Library, painter: MapPainter, camera: Camera
) -> None:
    names = shown(painter, at(library, day("1979-01-07"), camera, "both"))
    assert_apart(names)
    assert any(len(name.letters.lines) > 1 for name in names if name.wish.kind != "mark")


def test_no_name_that_stays_moves_while_scrubbing(library: Library, painter: MapPainter) -> None:
    before: dict[str, tuple[float, float]] = {}
    camera = fit_bbox(DENG_DEG, SIZE)
    for on in range(day("1978-12-20"), day("1979-03-20") + 1):
        names = shown(painter, at(library, on, camera))
        places = {
            f"{n.wish.owner}/{n.wish.text}": (round(n.x_px, 3), round(n.y_px, 3)) for n in names
        }
        moved = {key for key in places.keys() & before.keys() if places[key] != before[key]}
        assert not moved
        before = places
    assert len(before) > 20


def test_arrows_carry_units_and_dates(library: Library, painter: MapPainter) -> None:
    camera = fit_bbox((102.0, 10.0, 108.5, 14.8), SIZE)
    state = initial_state(library.atlas.story, SIZE)
    layers = frozenset({"places", "polities", "fronts"})
    seen = replace(state, camera=camera, layers=layers, furniture=frozenset())

    def names_on(text: str) -> list[PlacedName]:
        return shown(painter, resolve(replace(seen, day=day(text)), library.atlas))

    names = names_on("1979-01-07")
    told = {kind: {n.wish.text for n in names if n.wish.kind == kind} for kind in ("unit", "stop")}
    assert {"3rd Corps", "4th Corps"} <= told["unit"]
    assert {"25 Dec", "7 Jan"} <= told["stop"]
    assert any(n.wish.text == "Front, 7 Jan" for n in names)
    later = {n.wish.text for n in names_on("1979-12-01")}
    assert not later & {"3rd Corps", "25 Dec", "Front, 7 Jan"}


def test_panning_moves_all_names_alike(library: Library, painter: MapPainter) -> None:
    scene = at(library, day("1979-01-07"), fit_bbox(DENG_DEG, SIZE))
    step_m = 7 * scene.camera.m_per_px
    panned = replace(scene, camera=replace(scene.camera, x_m=scene.camera.x_m + step_m))
    before = {n.wish: n.x_px for n in shown(painter, scene)}
    after = {n.wish: n.x_px for n in shown(painter, panned)}
    common = before.keys() & after.keys()
    assert len(common) > 20
    assert {round(before[wish] - after[wish], 6) for wish in common} == {7.0}


@pytest.mark.parametrize("camera", cameras(12), ids=str)
def test_no_name_covers_the_dot_of_another(
    library: Library, painter: MapPainter, camera: Camera
) -> None:
    for date in DATES:
        names = shown(painter, at(library, day(date), camera))
        dots = [name for name in names if name.dot_px]
        for name in names:
            if name.wish.angle_deg:
                continue
            x0, y0, x1, y1 = box(name)
            for town in dots:
                x, y = town.dot_px or (0.0, 0.0)
                assert not (x0 < x < x1 and y0 < y < y1), (name.wish.text, town.wish.text)


@pytest.mark.parametrize("camera", cameras(8), ids=str)
def test_no_hairline_runs_through_another_name(
    library: Library, painter: MapPainter, camera: Camera
) -> None:
    for date in DATES:
        names = shown(painter, at(library, day(date), camera))
        for tied in names:
            for name in names:
                if tied.leader and name is not tied:
                    first, last = share_within(*tied.leader, box(name))
                    assert not first < last, (tied.wish.text, name.wish.text)


def test_in_a_heap_names_are_tied_to_their_signs(library: Library, painter: MapPainter) -> None:
    scene = at(library, day("1979-01-07"), fit_bbox(DENG_DEG, SIZE))
    frame = painter.frame(scene)
    tied = [name for name in shown(painter, scene) if name.leader]
    assert len(tied) >= 3
    for name in tied:
        x, y = frame.to_px(name.wish.x_m, name.wish.y_m)
        (start_x, start_y), (end_x, end_y) = name.leader or ((0.0, 0.0), (0.0, 0.0))
        assert hypot(start_x - x, start_y - y) < 10
        x0, y0, x1, y1 = box(name)
        assert x0 - 4 <= end_x <= x1 + 4
        assert y0 - 4 <= end_y <= y1 + 4


def test_cambodia_is_named_wherever_a_panel_shows_it_whole(
    library: Library, painter: MapPainter
) -> None:
    for panel in library.atlas.story.panels:
        scene = resolve(open_panel(panel)(initial_state(library.atlas.story, SIZE)), library.atlas)
        frame = painter.frame(scene)
        places = (frame.to_px(*ATLAS_PROJECTION.forward(lon, lat)) for lon, lat in CAMBODIA_DEG)
        if all(0 < x < SIZE[0] and 0 < y < SIZE[1] for x, y in places):
            named = {n.wish.owner.split("/")[0] for n in shown(painter, scene)}
            assert "KH" in named, panel.id


def test_what_stands_at_the_rim_or_under_a_plate_is_not_named(
    library: Library, painter: MapPainter
) -> None:
    scene = at(library, day("1979-01-07"), fit_bbox(DENG_DEG, SIZE))
    frame = painter.frame(scene)
    towns = {name.wish.owner: name for name in shown(painter, scene) if name.dot_px}
    hidden = next(name for name in towns.values() if name.wish.kind == "town")
    x, y = hidden.dot_px or (0.0, 0.0)
    plate = Occupied()
    plate.add((x - 1, y - 1, x + 1, y + 1))
    left = {name.wish.owner for name in placed_names(scene, painter.style, frame, plate)}
    assert hidden.wish.owner not in left
    for camera in cameras(12):
        for name in shown(painter, at(library, day("1979-01-07"), camera)):
            x, y = name.dot_px or (10.0, 10.0)
            assert 3 <= x <= SIZE[0] - 3
            assert 3 <= y <= SIZE[1] - 3


def test_a_small_area_is_named_only_where_its_name_stays_with_it(
    library: Library, painter: MapPainter
) -> None:
    far = at(library, day("1976-09-09"), fit_bbox((92.0, 6.0, 128.0, 42.0), SIZE))
    near = at(library, day("1976-09-09"), fit_bbox((102.0, 10.0, 108.0, 15.0), SIZE))
    zones = {n.wish.text for n in shown(painter, near) if n.wish.kind == "area"}
    assert {"West Zone", "Northwest Zone"} <= zones
    assert not {n.wish.text for n in shown(painter, far)} & zones


def test_small_letters_of_a_country_give_way_to_symbols(
    library: Library, painter: MapPainter
) -> None:
    scene = at(library, day("1969-03-02"), fit_bbox((90.0, 6.0, 135.0, 50.0), SIZE))
    frame = painter.frame(scene)
    marks = [frame.to_px(mark.x_m, mark.y_m) for mark in scene.marks if not mark.hatched]
    small = [n for n in shown(painter, scene) if n.wish.kind == "country"]
    small = [n for n in small if n.letters.size_px <= 13]
    assert small
    for name in small:
        x0, y0, x1, y1 = box(name)
        assert not any(x0 < x < x1 and y0 < y < y1 for x, y in marks), name.wish.text


def test_what_a_panel_opens_with_is_named(library: Library, painter: MapPainter) -> None:
    """What happened where the story has just arrived is what its first picture shows."""
    atlas = library.atlas
    for panel in atlas.story.panels:
        scene = resolve(open_panel(panel)(initial_state(atlas.story, (1200, 800))), atlas)
        named = {name.wish.owner for name in shown(painter, scene)}
        opening = {
            f.id
            for f in atlas.features
            if f.geometry == "point" and f.when.first_day == panel.day and f.rank == 1
        }
        seen = {mark.feature_id for mark in scene.marks if is_in_picture(scene, mark)}
        assert opening & seen <= named, panel.id


def is_in_picture(scene: Scene, mark: Mark) -> bool:
    x_px, y_px = to_px(scene.camera, scene.size_px, mark.x_m, mark.y_m)
    width, height = scene.size_px
    return 20 < x_px < width - 20 and 20 < y_px < height - 20


def test_no_dot_shows_from_under_a_sign(library: Library, painter: MapPainter) -> None:
    """The congress met seven pixels from the middle of Phnom Penh."""
    atlas = library.atlas
    panel = atlas.story.panel("meeting-1960")
    scene = resolve(open_panel(panel)(initial_state(atlas.story, (1200, 800))), atlas)
    (capital,) = (name for name in shown(painter, scene) if name.wish.text == "Phnom Penh")
    assert capital.dot_px is None
    bare = replace(scene, marks=())
    (capital,) = (name for name in shown(painter, bare) if name.wish.text == "Phnom Penh")
    assert capital.dot_px is not None


@pytest.mark.parametrize(
    ("on", "box_deg"),
    [
        ("1978-12-25", (101.0, 8.0, 111.0, 24.0)),
        ("1979-01-07", (101.0, 8.0, 111.0, 24.0)),
        ("1979-02-17", (102.5, 20.5, 109.0, 24.0)),
        ("1979-03-16", (102.5, 20.5, 109.0, 24.0)),
    ],
)
def test_a_country_is_named_where_only_its_rim_is_in_the_picture(
    library: Library, painter: MapPainter, on: str, box_deg: tuple[float, float, float, float]
) -> None:
    story, size_px = library.atlas.story, (1200, 800)
    state = open_panel(story.panel("deng"))(initial_state(story, size_px))
    view = replace(state, day=day(on), camera=fit_bbox(box_deg, size_px))
    scene = resolve(view, library.atlas)
    assert "PR China" in {name.wish.text for name in shown(painter, scene)}


def test_a_slid_name_stays_while_the_date_moves(library: Library, painter: MapPainter) -> None:
    camera = fit_bbox((102.5, 20.5, 109.0, 24.0), (1200, 800))
    places = set()
    for on in range(day("1978-12-20"), day("1979-03-20"), 5):
        names = shown(painter, at(library, on, camera))
        places |= {(n.x_px, n.y_px) for n in names if n.wish.text == "PR China"}
    assert len(places) == 1


def test_names_of_zones_stand_in_them(library: Library, painter: MapPainter) -> None:
    """Lettered in the rooms they offer, not about the middle of their boxes."""
    scene = at(library, day("1975-04-17"), fit_bbox((102.0, 10.0, 108.0, 15.0), (1200, 800)))
    zones = {f.id: f for f in library.atlas.features if f.layer == "dk_zones"}
    names = [n for n in shown(painter, scene) if n.wish.owner in zones]
    assert len(names) >= 5
    frame = painter.frame(scene)
    for name in names:
        width, height = size_of(name.letters)
        middle = name.x_px + width / 2, name.y_px + height / 2
        rings = [
            QPolygonF([QPointF(*frame.to_px(*point)) for point in ring])
            for ring in zones[name.wish.owner].parts_m
        ]
        inside = [r.containsPoint(QPointF(*middle), Qt.FillRule.OddEvenFill) for r in rings]
        assert any(inside), name.wish.text
