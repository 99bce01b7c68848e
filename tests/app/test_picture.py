"""The window's picture of the map: sharp at last, never stale, never painting more than it must."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from atlas.app.library import Library
from atlas.app.picture import LAYER_SYMBOLS, MapPicture
from atlas.core.legend import LegendEntry
from atlas.core.projection import Projection
from atlas.core.projections import ALL
from atlas.core.scene import Scene
from atlas.core.viewport import in_projection, panned
from atlas.core.wishes import NO_WISHES
from atlas.render.basemap import BaseMap
from atlas.render.painter import MapPainter
from atlas.render.style import load_style
from atlas.render.zones import zones_key
from tests.app.shown import shown
from tests.records import replace
from tests.render.scenes import CAMBODIA, differing, scene_at

SIZE = (320, 240)
Calls = list[str]


@pytest.fixture
def scene(library: Library) -> Scene:
    """Cambodia at the fall of its capital, without names: those have their own tests."""
    full = scene_at(library.atlas, "1979-01-07", CAMBODIA, SIZE)
    return replace(full, wishes=NO_WISHES)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """What pictures ask of their painter from now on, in order."""
    seen: Calls = []

    class Counting(MapPainter):
        def ground_image(self, *more: object) -> QImage | None:
            seen.append("ground")
            return super().ground_image(*more)

        def with_politics(self, *more: object) -> QImage:
            seen.append("politics")
            return super().with_politics(*more)

        def with_zones(self, *more: object) -> QImage:
            seen.append("zones")
            return super().with_zones(*more)

    monkeypatch.setattr("atlas.app.look.MapPainter", Counting)
    return seen


@pytest.fixture
def released(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Grounds of other cameras than the scene's are not finished before this is set."""
    event = Event()

    class Waiting(MapPainter):
        def ground_image(self, wanted: Scene, *more: object) -> QImage | None:
            if wanted.camera != scene.camera:
                event.wait(20)
            return super().ground_image(wanted, *more)

    monkeypatch.setattr("atlas.app.look.MapPainter", Waiting)
    yield event
    event.set()


def moved(scene: Scene, dx_px: float, dy_px: float) -> Scene:
    return replace(scene, camera=panned(scene.camera, dx_px, dy_px))


def at_day(library: Library, on: str) -> Scene:
    return replace(scene_at(library.atlas, on, CAMBODIA, SIZE), wishes=NO_WISHES)


# The picture itself.


def test_a_synchronous_picture_is_sharp_at_once(
    make: Callable[[bool], MapPicture], scene: Scene
) -> None:
    picture = make(True)
    assert not picture.is_sharp
    shown(picture, scene)
    assert picture.is_sharp
    shown(picture, moved(scene, 40, 10))
    assert picture.is_sharp
    assert picture.wait_idle(0)


def test_a_picture_is_never_empty_even_before_its_first_ground(
    make: Callable[[bool], MapPicture], scene: Scene
) -> None:
    image = shown(make(False), scene)
    assert image.pixelColor(3, 3).name() != "#ff00ff"


def test_after_a_drag_it_ends_sharp_on_the_last_scene(
    make: Callable[[bool], MapPicture], scene: Scene, qtbot: QtBot
) -> None:
    picture = make(False)
    wanted = [scene]
    picture.updated.connect(lambda: shown(picture, wanted[0]))
    for step in range(12):
        wanted[0] = moved(scene, 9.0 * step, 4.0 * step)
        shown(picture, wanted[0])
    # Back to where the first ground, given up since, was asked for.
    wanted[0] = scene
    shown(picture, scene)
    qtbot.wait_until(lambda: picture.is_sharp, timeout=20_000)
    assert picture.wait_idle(20_000)
    assert picture.is_sharp
    # Qt's kept letters may differ by a shade from one drawing of a halo to the next.
    assert differing(shown(picture, scene), shown(make(True), scene), by_more_than=20) == 0


def test_the_signal_says_that_a_sharper_picture_is_there(
    make: Callable[[bool], MapPicture], scene: Scene, qtbot: QtBot
) -> None:
    picture = make(False)
    shown(picture, scene)
    with qtbot.wait_signal(picture.updated, timeout=20_000):
        shown(picture, moved(scene, 40, 0))
    shown(picture, moved(scene, 40, 0))
    assert picture.is_sharp


def test_the_first_picture_is_whole_at_once(
    make: Callable[[bool], MapPicture], scene: Scene, qtbot: QtBot
) -> None:
    picture = make(False)
    with qtbot.wait_signal(picture.shown, timeout=0):
        first = shown(picture, scene)
    assert picture.is_sharp
    with qtbot.assert_not_emitted(picture.shown), qtbot.assert_not_emitted(picture.updated):
        assert shown(picture, scene) == first


def test_while_a_ground_is_awaited_the_old_one_moves_along(
    library: Library, scene: Scene, released: Event
) -> None:
    picture = MapPicture(BaseMap(library.pack), load_style("paper"))
    bare = replace(scene, marks=(), arrows=(), areas=(), furniture=frozenset())
    sharp = shown(picture, bare)
    dragged = shown(picture, moved(bare, 40, 0))
    assert not picture.is_sharp
    assert dragged.copy(40, 0, 280, 240) == sharp.copy(0, 0, 280, 240)
    closer = replace(bare, camera=replace(bare.camera, m_per_px=bare.camera.m_per_px / 2))
    zoomed = shown(picture, closer)
    assert differing(zoomed, sharp, by_more_than=20) > 2000
    assert not picture.wait_idle(1)
    released.set()
    picture.close()


@pytest.mark.parametrize("projection", ALL[1:], ids=lambda p: p.key)
def test_while_another_projection_is_awaited_the_old_picture_bends_into_place(
    library: Library, scene: Scene, released: Event, projection: Projection
) -> None:
    picture = MapPicture(BaseMap(library.pack), load_style("paper"))
    bare = replace(scene, marks=(), arrows=(), areas=(), furniture=frozenset())
    shown(picture, bare)
    other = replace(bare, camera=in_projection(bare.camera, projection))
    awaited = shown(picture, other)
    assert not picture.is_sharp
    released.set()
    assert picture.wait_idle()
    sharp = shown(picture, other)
    assert picture.is_sharp
    # Cambodia is small: its straight-lined picture is hardly to be told from the true one.
    inner = (20, 20, SIZE[0] - 40, SIZE[1] - 40)
    count = (SIZE[0] - 40) * (SIZE[1] - 40)
    assert differing(awaited.copy(*inner), sharp.copy(*inner), by_more_than=30) < count / 12
    picture.close()


# What is painted anew, and what is kept.


def test_a_step_in_time_repaints_no_ground_and_no_countries(
    make: Callable[[bool], MapPicture], library: Library, calls: Calls
) -> None:
    picture = make(True)
    for on in range(1, 8):
        shown(picture, at_day(library, f"1979-01-{on:02}"))
    assert calls.count("ground") == 1
    # On 7 January the state changed its name, and its tint may with it.
    assert calls.count("politics") <= 2
    shown(picture, at_day(library, "1979-01-08"))
    shown(picture, at_day(library, "1979-01-09"))
    assert calls.count("ground") == 1
    assert calls.count("politics") <= 2


def test_countries_are_painted_anew_when_a_border_changes(
    make: Callable[[bool], MapPicture], library: Library, calls: Calls
) -> None:
    picture = make(True)
    for on in ("1976-07-01", "1976-07-02", "1976-07-03"):
        shown(picture, at_day(library, on))
    assert (calls.count("ground"), calls.count("politics")) == (1, 2)
    # Back over the border of time: both pictures are still there.
    for on in ("1976-07-01", "1976-07-02"):
        shown(picture, at_day(library, on))
    assert (calls.count("ground"), calls.count("politics")) == (1, 2)


def test_the_same_scene_again_paints_nothing_anew(
    make: Callable[[bool], MapPicture], scene: Scene, calls: Calls
) -> None:
    picture = make(True)
    first = shown(picture, scene)
    once = list(calls)
    assert shown(picture, scene) == first
    assert calls == once


def test_a_map_in_motion_paints_zones_with_a_new_ground_only(
    make: Callable[[bool], MapPicture], library: Library, calls: Calls
) -> None:
    picture = make(False)
    west, south, east, north = CAMBODIA
    zones = set()
    for step in range(6):
        box = (west + step / 2, south, east + step / 2, north)
        scene = replace(scene_at(library.atlas, "1977-01-01", box, SIZE), wishes=NO_WISHES)
        zones.add(zones_key(scene))
        shown(picture, scene)
    assert len(zones) > 2, "zones leave the view and come into it"
    assert picture.wait_idle(20_000)
    # Now and then a new ground, with its own unless a newer one is wanted: never zones alone.
    assert calls.count("zones") <= calls.count("ground")


def test_a_new_ground_comes_with_its_countries_and_zones(
    make: Callable[[bool], MapPicture], scene: Scene, calls: Calls
) -> None:
    picture = make(False)
    shown(picture, scene)
    there = moved(scene, 40, 0)
    shown(picture, there)
    assert picture.wait_idle(20_000)
    assert calls == ["ground", "politics", "zones"] * 2
    shown(picture, there)
    assert picture.is_sharp
    assert calls == ["ground", "politics", "zones"] * 2


def test_a_view_left_for_far_away_is_not_brought_up_to_date(
    make: Callable[[bool], MapPicture], library: Library, calls: Calls
) -> None:
    picture = make(False)
    shown(picture, at_day(library, "1976-07-01"))
    calls.clear()
    west, south, east, north = CAMBODIA
    box = (west - 6, south - 4, east + 6, north + 4)
    far = replace(scene_at(library.atlas, "1979-02-20", box, SIZE), wishes=NO_WISHES)
    shown(picture, far)
    assert picture.wait_idle(20_000)
    assert shown(picture, far) == shown(make(True), far)
    assert calls == ["ground", "politics", "zones"] * 2, "by the worker, and by the fresh picture"


def test_a_zone_that_comes_while_the_map_moves_is_there_at_once(
    make: Callable[[bool], MapPicture], scene: Scene, calls: Calls
) -> None:
    picture = make(False)
    shown(picture, replace(scene, areas=()))
    before = shown(picture, moved(replace(scene, areas=()), 3, 0))
    assert scene.areas
    assert differing(shown(picture, moved(scene, 3, 0)), before, by_more_than=8) > 50


@pytest.mark.parametrize("change", ["camera", "size", "theme", "relief", "ratio"])
def test_the_ground_is_painted_anew_for_what_it_depends_on(
    make: Callable[[bool], MapPicture], scene: Scene, calls: Calls, change: str
) -> None:
    picture = make(True)
    shown(picture, scene)
    match change:
        case "camera":
            shown(picture, moved(scene, 1, 0))
        case "size":
            shown(picture, replace(scene, size_px=(330, 240)))
        case "theme":
            picture.set_style(load_style("night"))
            shown(picture, replace(scene, theme="night"))
        case "relief":
            shown(picture, replace(scene, base_layers=scene.base_layers - {"relief"}))
        case "ratio":
            shown(picture, scene, 2.0)
    assert calls.count("ground") == 2


def test_what_the_picture_keeps_is_what_a_fresh_one_paints(
    make: Callable[[bool], MapPicture], library: Library
) -> None:
    """After a wild ride through time every date looks as if it had been gone to at once."""
    picture = make(True)
    dates = ("1979-01-07", "1942-01-01", "1960-09-30", "1976-07-02", "1985-02-15", "1979-01-07")
    for on in dates:
        scene = at_day(library, on)
        assert shown(picture, scene) == shown(make(True), scene), on


# What else the window asks of it.


def test_hits_are_those_of_the_last_scene_painted(
    make: Callable[[bool], MapPicture], scene: Scene
) -> None:
    picture = make(True)
    assert picture.hit(100, 100) == ()
    shown(picture, scene)
    mark = next(mark for mark in scene.marks if not mark.hatched)
    k = scene.camera.m_per_px
    x_px = SIZE[0] / 2 + (mark.x_m - scene.camera.x_m) / k
    y_px = SIZE[1] / 2 - (mark.y_m - scene.camera.y_m) / k
    assert mark.feature_id in picture.hit(x_px, y_px)
    shown(picture, moved(scene, 50, 0))
    assert mark.feature_id in picture.hit(x_px + 50, y_px)


def test_every_layer_has_a_symbol_of_its_own(
    make: Callable[[bool], MapPicture], library: Library
) -> None:
    picture = make(True)
    overlays = [layer.id for layer in library.atlas.story.layers if layer.group == "overlay"]
    assert set(overlays) <= LAYER_SYMBOLS.keys()
    images = {layer: picture.symbol_image(layer, 24) for layer in overlays}
    for layer, image in images.items():
        assert image.size().width() == 24
        opaque = sum(image.pixelColor(x, 12).alpha() > 60 for x in range(24))
        assert opaque > 0, layer
    assert picture.symbol_image("no-such-layer", 24, 2.0).size().width() == 48


def test_a_legend_line_has_a_picture(make: Callable[[bool], MapPicture]) -> None:
    image = make(True).legend_image(LegendEntry("star", "dk", "Party"), 20, 1.5)
    assert image.size().width() == 30
