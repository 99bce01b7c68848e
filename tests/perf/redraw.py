"""How long the painter takes by itself at 1920 x 1080: whole maps, and the slider's days.

A process of its own that prints its figures as JSON.
"""

from __future__ import annotations

import json
import sys
import time

from PySide6.QtGui import QGuiApplication, QImage, QPainter

from atlas.app.library import Library, open_library
from atlas.app.picture import MapPicture
from atlas.core import actions
from atlas.core.day import day_from_ymd
from atlas.core.resolve import resolve
from atlas.core.scene import Scene
from atlas.core.state import FURNITURE, State
from atlas.render.basemap import BaseMap
from atlas.render.fonts import load_fonts
from atlas.render.painter import MapPainter
from atlas.render.style import load_style
from tests.perf.draw_calls import Watch
from tests.perf.figures import Figure, figure
from tests.records import replace

SIZE_PX = (1920, 1080)
DAYS = range(day_from_ymd(1978, 12, 20), day_from_ymd(1979, 3, 20) + 1)


def blank() -> QImage:
    return QImage(*SIZE_PX, QImage.Format.Format_RGB32)


def whole_ms(painter: MapPainter, scene: Scene, image: QImage) -> float:
    """Return what painting everything takes, as for a file."""
    start = time.perf_counter()
    with QPainter(image) as device:
        painter.paint(device, scene)
    return (time.perf_counter() - start) * 1000


def redraws(library: Library, states: list[State], image: QImage) -> list[Figure]:
    first, later, scenes = [], [], [resolve(state, library.atlas) for state in states]
    for scene in scenes[:5]:
        fresh = MapPainter(BaseMap(library.pack), load_style("paper"))
        first.append(whole_ms(fresh, scene, image))
    painter = MapPainter(BaseMap(library.pack), load_style("paper"))
    for _ in range(4):
        later.append([whole_ms(painter, scene, image) for scene in scenes])
    return [
        figure("whole map from the pack, five panels", first),
        figure("whole map again, all panels", [one for turn in later[1:] for one in turn]),
    ]


def region(library: Library, state: State, image: QImage) -> Figure:
    """Measure the opening view with all layers and furniture."""
    painter = MapPainter(BaseMap(library.pack), load_style("paper"))
    scene = resolve(state, library.atlas)
    times = [whole_ms(painter, scene, image) for _ in range(13)]
    return figure("whole region, all layers", times[1:])


def draw_calls(library: Library, states: list[State], image: QImage) -> list[Figure]:
    """Measure single draw calls in the pictures of all panels, the longest of each picture."""
    painter = MapPainter(BaseMap(library.pack), load_style("paper"))
    scenes = [resolve(state, library.atlas) for state in states]
    watch = Watch()
    longest: list[list[float]] = [[] for _ in scenes]
    for _ in range(3):
        for index, scene in enumerate(scenes):
            watch.times_ms.clear()
            whole_ms(painter, scene, image)
            # The least of its turns: what the picture takes, not what else the machine did.
            longest[index].append(max(watch.times_ms))
    return [figure("the longest draw call of a panel", [min(one) for one in longest])]


def steps(library: Library, state: State, image: QImage) -> list[Figure]:
    """Measure the slider's days on the map alone: the scene, and its pixels."""
    picture = MapPicture(BaseMap(library.pack), load_style("paper"), synchronous=True)
    resolving, painting = [], []
    for turn in range(3):
        for day in DAYS:
            start = time.perf_counter()
            scene = resolve(replace(state, day=day), library.atlas)
            resolved = time.perf_counter()
            with QPainter(image) as device:
                picture.paint(device, scene)
            if turn:
                resolving.append((resolved - start) * 1000)
                painting.append((time.perf_counter() - resolved) * 1000)
    picture.close()
    return [
        figure("map alone, a day: the scene", resolving),
        figure("map alone, a day: its pixels", painting),
    ]


def main() -> int:
    app = QGuiApplication(sys.argv[:1])
    load_fonts()
    library = open_library()
    story = library.atlas.story
    start = actions.initial_state(story, SIZE_PX)
    states = [
        replace(actions.open_panel(panel)(start), furniture=frozenset(FURNITURE))
        for panel in story.panels
    ]
    every = frozenset(layer.id for layer in story.layers)
    full = [replace(state, layers=state.layers | every) for state in states]
    image = blank()
    figures = redraws(library, states, image)
    figures.append(region(library, full[0], image))
    figures += steps(library, actions.open_panel(story.panel("deng"))(start), image)
    figures += draw_calls(library, full, image)
    sys.stdout.write(json.dumps([one.as_json() for one in figures]) + "\n")
    del app
    return 0


if __name__ == "__main__":
    sys.exit(main())
