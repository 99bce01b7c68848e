"""The worker that paints grounds: newest wins, stale ones are given up, closing ends its thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from threading import enumerate as threads

import pytest

from atlas.app.ground_worker import Ground, GroundKey, GroundWorker
from atlas.app.library import open_library
from atlas.app.picture import MapPicture
from atlas.core.scene import Scene
from atlas.core.viewport import panned
from atlas.render.basemap import BaseMap
from atlas.render.stamps import Stamps
from atlas.render.style import load_style
from tests.records import replace
from tests.render.scenes import CAMBODIA, blank, scene_at


@pytest.fixture(scope="module")
def scene(pack_path: Path) -> Scene:
    return scene_at(open_library(pack_file=pack_path).atlas, "1979-01-07", CAMBODIA, (320, 240))


def moved(scene: Scene, dx_px: float, dy_px: float) -> Scene:
    return replace(scene, camera=panned(scene.camera, dx_px, dy_px))


class SlowPainter:
    """Begins a ground, then waits until it is let go or finds itself stale."""

    def __init__(self) -> None:
        self.begun: list[object] = []
        self.given_up: list[object] = []
        self.started, self.go = Event(), Event()

    def __call__(
        self, _: Ground | None, key: GroundKey, scene: Scene, cancelled: Callable[[], bool]
    ) -> Ground | None:
        self.begun.append(scene.camera)
        self.started.set()
        while not self.go.wait(0.001):
            if cancelled():
                self.given_up.append(scene.camera)
                return None
        return Ground(key, blank((4, 4)), scene, {}, Stamps(1.0))


@pytest.fixture
def slow() -> SlowPainter:
    return SlowPainter()


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def worker(slow: SlowPainter, told: list[str]) -> Iterator[GroundWorker]:
    made = GroundWorker(slow, lambda: told.append("done"))
    yield made
    slow.go.set()
    made.close()


def key_of(scene: Scene) -> GroundKey:
    return GroundKey(scene.camera, scene.size_px, True, "paper", 1.0)


def ask(worker: GroundWorker, scene: Scene) -> None:
    worker.request(key_of(scene), scene)


def test_stale_requests_are_dropped_and_the_newest_wins(
    worker: GroundWorker, slow: SlowPainter, told: list[str], scene: Scene
) -> None:
    first, *_, last = scenes = [moved(scene, step, 0) for step in range(6)]
    ask(worker, first)
    assert slow.started.wait(20)
    for one in scenes[1:]:
        ask(worker, one)
    slow.go.set()
    assert worker.wait_idle(20_000)
    assert worker.newest is not None
    assert worker.newest.key == key_of(last)
    # The first may have been finished or given up; those between were never begun.
    assert slow.begun == [first.camera, last.camera]
    assert len(told) == len(slow.begun) - len(slow.given_up)


def test_a_ground_under_way_is_given_up_for_a_newer_one(
    worker: GroundWorker, slow: SlowPainter, scene: Scene
) -> None:
    ask(worker, scene)
    assert slow.started.wait(20)
    slow.started.clear()
    ask(worker, moved(scene, 5, 5))
    assert slow.started.wait(20)
    assert slow.given_up == [scene.camera]


def test_asking_twice_for_the_same_is_asking_once(
    worker: GroundWorker, slow: SlowPainter, scene: Scene
) -> None:
    ask(worker, scene)
    assert slow.started.wait(20)
    for _ in range(5):
        ask(worker, scene)
    slow.go.set()
    assert worker.wait_idle(20_000)
    assert slow.begun == [scene.camera]
    assert slow.given_up == []


def test_waiting_has_an_end(worker: GroundWorker, slow: SlowPainter, scene: Scene) -> None:
    assert worker.wait_idle(0)
    ask(worker, scene)
    assert slow.started.wait(20)
    assert not worker.wait_idle(1)
    slow.go.set()
    assert worker.wait_idle(20_000)


def test_closing_ends_the_thread_even_in_the_middle_of_a_ground(
    slow: SlowPainter, told: list[str], scene: Scene
) -> None:
    before = {thread.ident for thread in threads()}
    worker = GroundWorker(slow, lambda: told.append("done"))
    ask(worker, scene)
    assert slow.started.wait(20)
    assert {thread.ident for thread in threads()} - before
    worker.close()
    worker.close()
    assert not {thread.ident for thread in threads()} - before
    assert told == []


def test_a_picture_has_a_thread_once_it_needs_one_and_closed_none(
    pack_path: Path, qapp: object, scene: Scene
) -> None:
    before = {thread.ident for thread in threads()}
    library = open_library(pack_file=pack_path)
    picture = MapPicture(BaseMap(library.pack), load_style("paper"))
    assert not {thread.ident for thread in threads()} - before
    ask(picture._worker, scene)
    assert {thread.ident for thread in threads()} - before
    picture.close()
    assert not {thread.ident for thread in threads()} - before
