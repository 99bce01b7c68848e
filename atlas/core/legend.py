"""The legend of what is visible now. Floor: core; neighbours: scene, symbology, viewport.

Only what shows in the picture is explained: its kinds with their actors, and the signs of doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from atlas.core.alignment import BLOC_WORDS, UNSURE_WORDS
from atlas.core.scene import LEAST_DISC_PX, Area, Arrow, Mark, Scene
from atlas.core.symbology import SIGNS, actor_words
from atlas.core.viewport import extent_m

if TYPE_CHECKING:
    from atlas.core.own import OwnCell

MAX_ENTRIES: Final = 20
_LEAST_ENTRIES: Final = 12
_PX_PER_ENTRY: Final = 36.0
"""A low picture has a short legend: the map is more than half of it."""
_SYMBOL_PX: Final = 6.5
"""How far a symbol reaches from its place: cut by the picture's rim it is not drawn."""
_NOBODY: Final = ("", "other")
_BoxM = tuple[float, float, float, float]


class LegendEntry(NamedTuple):
    """One line: a symbol in an actor's ink and its words; `doubt` draws it hollow."""

    symbol: str
    actor: str
    words: str
    doubt: bool = False
    ink: float = 1.0

    @property
    def part(self) -> str:
        """Which part of the legend the line stands in: `lines`, `signs` or `doubts`."""
        if self.words in _DOUBT_WORDS or self.symbol == "side":
            return "doubts"
        return "lines" if self.symbol.startswith(_LINES) else "signs"


HATCHED: Final = LegendEntry("hatch", "other", "Claimed or likely, not located")
ZONE: Final = LegendEntry("zone", "other", "Zone, limits schematic")
HOLLOW: Final = LegendEntry("diamond", "other", "Hollow or ringed: date in doubt", doubt=True)
DISC: Final = LegendEntry("disc", "other", "Disc: place known only to within this")
PALE: Final = LegendEntry("arrow-pale", "other", "Pale stretch: date interpolated")
FADING: Final = LegendEntry("diamond", "other", "Fading: just past", ink=0.35)
DOUBTS: Final = (HATCHED, ZONE, HOLLOW, DISC, PALE, FADING)
"""Every sign of doubt there is, for a key to all maps."""

_DOUBT_WORDS: Final = frozenset(entry.words for entry in DOUBTS)
_LINES: Final = ("arrow", "tie", "route", "front")
_WORDS: Final = {sign.symbol: sign.words for sign in reversed(SIGNS.values())}


def legend_of(scene: Scene) -> tuple[LegendEntry, ...]:
    """Return the legend's lines: arrows by actor, marks by symbol and actor, areas, doubt.

    Of a long list of arrows and marks those shown most are kept; areas and doubt are always
    explained.
    """
    seen = _in_view(_together(scene))
    entries = [*_arrow_entries(seen), *_mark_entries(seen)]
    rest = (*_area_entries(seen), *_side_entries(seen), *_doubt_entries(seen))
    most = min(MAX_ENTRIES, max(_LEAST_ENTRIES, int(scene.size_px[1] / _PX_PER_ENTRY)))
    return (*_most_shown(entries, most), *_own_entries(seen), *rest)


def _together(scene: Scene) -> Scene:
    """Return the scene with what the other date in the picture shows."""
    other = scene.beside
    if other is None:
        return scene
    return scene._replace(
        areas=scene.areas + other.areas,
        arrows=scene.arrows + other.arrows,
        marks=scene.marks + other.marks,
        own=scene.own + other.own,
    )


def _in_view(scene: Scene) -> Scene:
    """Return the scene without arrows and marks that lie outside the picture, or at its rim.

    An arrow belongs to the scene by the whole of its course, and may not have come this far.
    """
    box = extent_m(scene.camera, scene.size_px)
    symbol_m = _SYMBOL_PX * scene.camera.m_per_px
    return scene._replace(
        areas=tuple(area for area in scene.areas if _covers(area, box)),
        arrows=tuple(arrow for arrow in scene.arrows if _crosses(arrow, box)),
        marks=tuple(mark for mark in scene.marks if _stands_in(mark, box, symbol_m)),
    )


def _covers(area: Area, box: _BoxM) -> bool:
    x_m = [x for ring in area.rings_m for x, _ in ring]
    y_m = [y for ring in area.rings_m for _, y in ring]
    meets_x = min(x_m) <= box[2] and max(x_m) >= box[0]
    return meets_x and min(y_m) <= box[3] and max(y_m) >= box[1]


def _crosses(arrow: Arrow, box: _BoxM) -> bool:
    x_min, y_min, x_max, y_max = box
    return any(
        min(one[0], other[0]) <= x_max
        and max(one[0], other[0]) >= x_min
        and min(one[1], other[1]) <= y_max
        and max(one[1], other[1]) >= y_min
        for line in arrow.lines_m
        for one, other in pairwise(line)
    )


def _stands_in(mark: Mark, box: _BoxM, symbol_m: float) -> bool:
    reach_m = max(-symbol_m, mark.disc_m or -symbol_m)
    return (
        box[0] - reach_m <= mark.x_m <= box[2] + reach_m
        and box[1] - reach_m <= mark.y_m <= box[3] + reach_m
    )


def _most_shown(entries: list[tuple[LegendEntry, int]], most: int) -> list[LegendEntry]:
    """Return at most so many entries in their order: those with the most signs in the picture."""
    order = sorted(range(len(entries)), key=lambda i: (-entries[i][1], i))
    return [entries[i][0] for i in sorted(order[:most])]


def _arrow_entries(scene: Scene) -> Iterator[tuple[LegendEntry, int]]:
    """Yield what arrows and lines mean, with how many of each are shown."""
    found = Counter((arrow.kind, arrow.actor) for arrow in scene.arrows if arrow.kind in SIGNS)
    named = {kind for kind, actor in found if actor not in _NOBODY}
    for kind, actor in sorted(found):
        words = SIGNS[kind].words
        others = actor in _NOBODY and kind in named
        told = f"{words}: others" if others else _with_actor(words, actor)
        yield LegendEntry(SIGNS[kind].symbol, actor, told), found[kind, actor]


def _mark_entries(scene: Scene) -> Iterator[tuple[LegendEntry, int]]:
    """Yield what signs mean, with how many of each are shown."""
    marks = (mark for mark in scene.marks if not mark.hatched)
    found = Counter((mark.symbol, mark.actor, mark.kind_words) for mark in marks)
    for symbol, actor, words in sorted(found, key=lambda key: (key[2], key[1])):
        told = _with_actor(words or _WORDS.get(symbol, symbol), actor)
        yield LegendEntry(symbol, actor, told), found[symbol, actor, words]


def _area_entries(scene: Scene) -> tuple[LegendEntry, ...]:
    entries = []
    if any(a.hatched for a in scene.areas) or any(m.hatched for m in scene.marks):
        entries.append(HATCHED)
    if any(not area.hatched for area in scene.areas):
        entries.append(ZONE)
    return tuple(entries)


def _side_entries(scene: Scene) -> tuple[LegendEntry, ...]:
    """Return the sides countries are tinted by: all on the date, in view or not."""
    if "polities" not in scene.base_layers:
        return ()
    sides = scene.political.side_of_atom
    found = {bloc for _, bloc, _ in sides}
    entries = [
        LegendEntry("side", bloc, words) for bloc, words in BLOC_WORDS.items() if bloc in found
    ]
    if any(not sure for _, _, sure in sides):
        entries.append(LegendEntry("side", "neutral", UNSURE_WORDS, doubt=True))
    return tuple(entries)


def _own_entries(scene: Scene) -> tuple[LegendEntry, ...]:
    """Return what the signs of the reader's own overlays mean, each overlay once."""
    many = {own.title for own in scene.own if any(cell.number > 1 for cell in own.cells)}
    alone = {own.title for own in scene.own if any(cell.number == 1 for cell in own.cells)}
    return (
        *(
            LegendEntry("own-many", "own", f"{title}: so many places together")
            for title in sorted(many)
        ),
        *(LegendEntry("own-one", "own", f"{title}: a place") for title in sorted(alone)),
    )


def _own_cells(scene: Scene) -> Iterator[OwnCell]:
    for own in scene.own:
        yield from own.cells


def _doubt_entries(scene: Scene) -> tuple[LegendEntry, ...]:
    entries = []
    if any(mark.doubt for mark in scene.marks) or any(c.doubtful for c in _own_cells(scene)):
        entries.append(HOLLOW)
    least_m = LEAST_DISC_PX * scene.camera.m_per_px
    if any(mark.disc_m >= least_m and not mark.hatched for mark in scene.marks):
        entries.append(DISC)
    if any(not s.sourced for arrow in scene.arrows for s in arrow.stretches):
        entries.append(PALE)
    inks = [mark.ink for mark in scene.marks] + [arrow.ink for arrow in scene.arrows]
    if any(ink < 0.7 for ink in inks) or any(cell.past for cell in _own_cells(scene)):
        entries.append(FADING)
    return tuple(entries)


def _with_actor(words: str, actor: str) -> str:
    if actor in _NOBODY or (actor == "refugees" and "efugee" in words):
        return words
    return f"{words}: {actor_words(actor)}"
