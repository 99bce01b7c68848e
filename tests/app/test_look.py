"""The next look is made ahead on the thread: names planned and lettered, another theme whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from atlas.app.library import Library
from atlas.app.picture import MapPicture
from atlas.core.scene import Scene
from atlas.core.wishes import NO_WISHES
from atlas.render.name_plan import name_plan
from atlas.render.style import load_style
from tests.app.shown import shown
from tests.records import replace
from tests.render.scenes import CAMBODIA, differing, scene_at

SIZE = (320, 240)


@pytest.fixture
def scene(library: Library) -> Scene:
    return scene_at(library.atlas, "1979-01-07", CAMBODIA, SIZE)


def test_a_theme_changes_everything(
    make: Callable[[bool], MapPicture], scene: Scene, qtbot: QtBot
) -> None:
    picture = make(True)
    day = shown(picture, scene)
    with qtbot.wait_signal(picture.updated):
        picture.set_style(load_style("night"))
    night = shown(picture, replace(scene, theme="night"))
    assert picture.style.theme == "night"
    assert differing(day, night, by_more_than=40) > 0.9 * SIZE[0] * SIZE[1]


def test_the_map_keeps_its_look_until_another_is_whole(
    make: Callable[[bool], MapPicture], scene: Scene
) -> None:
    picture, night = make(False), replace(scene, theme="night")
    day = shown(picture, scene)
    picture.set_style(load_style("night"))
    planned = name_plan.cache_info().misses
    assert shown(picture, night) == day
    assert not picture.is_sharp
    assert name_plan.cache_info().misses == planned, "the window made no plan"
    assert picture.wait_idle()
    fresh = make(True)
    fresh.set_style(load_style("night"))
    assert shown(picture, night) == shown(fresh, night)
    assert picture.is_sharp


def test_a_theme_taken_back_leaves_the_map_as_it_was(
    make: Callable[[bool], MapPicture], scene: Scene
) -> None:
    picture = make(False)
    day_style, day = picture.style, shown(picture, scene)
    picture.set_style(load_style("night"))
    shown(picture, replace(scene, theme="night"))
    picture.set_style(day_style)
    assert shown(picture, scene) == day
    assert picture.wait_idle()
    assert shown(picture, scene) == day
    assert picture.is_sharp


def test_the_window_plans_no_names_after_a_leap(
    library: Library, make: Callable[[bool], MapPicture]
) -> None:
    """The thread has plan and letters ready with the ground."""
    picture = make(False)
    shown(picture, scene_at(library.atlas, "1979-01-07", CAMBODIA, SIZE))
    closer = scene_at(library.atlas, "1979-01-07", (104.0, 11.0, 106.0, 12.5), SIZE)
    shown(picture, closer)
    assert picture.wait_idle()
    planned = name_plan.cache_info().misses
    with_names = shown(picture, closer)
    assert picture.is_sharp
    assert name_plan.cache_info().misses == planned
    assert with_names != shown(make(False), replace(closer, wishes=NO_WISHES))


def test_names_of_other_layers_are_planned_on_the_thread(
    library: Library, make: Callable[[bool], MapPicture]
) -> None:
    full = scene_at(library.atlas, "1979-01-07", CAMBODIA, SIZE)
    fewer = scene_at(library.atlas, "1979-01-07", CAMBODIA, SIZE, ["polities", "rivers"])
    assert fewer.wishes is not full.wishes
    picture = make(False)
    shown(picture, full)
    planned = name_plan.cache_info().misses
    shown(picture, fewer)
    assert name_plan.cache_info().misses == planned, "the window made no plan"
    assert picture.wait_idle()
    assert name_plan.cache_info().misses == planned + 1
    assert shown(picture, fewer) == shown(make(True), fewer)
