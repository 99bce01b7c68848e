"""The legend of what is visible now. Floor: core; neighbours: scene, symbology.

Only what the scene holds is explained: its kinds with their actors, and the signs of doubt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from atlas.core.scene import Scene
from atlas.core.symbology import SIGNS, actor_words

MAX_ENTRIES: Final = 14


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line: a symbol in an actor's ink and its words; `doubt` draws it hollow."""

    symbol: str
    actor: str
    words: str
    doubt: bool = False
    ink: float = 1.0


_WORDS: Final = {sign.symbol: sign.words for sign in reversed(SIGNS.values())}


def legend_of(scene: Scene) -> tuple[LegendEntry, ...]:
    """Return the legend's lines: arrows by actor, marks by symbol and actor, areas, doubt.

    A long list of arrows and marks is cut; areas and doubt are always explained.
    """
    entries = (*_arrow_entries(scene), *_mark_entries(scene))
    return (*entries[:MAX_ENTRIES], *_area_entries(scene), *_doubt_entries(scene))


def _arrow_entries(scene: Scene) -> tuple[LegendEntry, ...]:
    found = {(arrow.kind, arrow.actor): None for arrow in scene.arrows}
    return tuple(
        LegendEntry(SIGNS[kind].symbol, actor, _with_actor(SIGNS[kind].words, actor))
        for kind, actor in sorted(found)
        if kind in SIGNS
    )


def _mark_entries(scene: Scene) -> tuple[LegendEntry, ...]:
    found: dict[tuple[str, str, str], None] = {}
    for mark in scene.marks:
        if not mark.hatched:
            found[mark.symbol, mark.actor, mark.kind_words] = None
    return tuple(
        LegendEntry(symbol, actor, _with_actor(words or _WORDS.get(symbol, symbol), actor))
        for symbol, actor, words in sorted(found, key=lambda key: (key[2], key[1]))
    )


def _area_entries(scene: Scene) -> tuple[LegendEntry, ...]:
    entries = []
    if any(a.hatched for a in scene.areas) or any(m.hatched for m in scene.marks):
        entries.append(LegendEntry("hatch", "other", "Claimed or likely, not located"))
    if any(not area.hatched for area in scene.areas):
        entries.append(LegendEntry("zone", "other", "Zone, limits schematic"))
    return tuple(entries)


def _doubt_entries(scene: Scene) -> tuple[LegendEntry, ...]:
    entries = []
    if any(mark.doubt for mark in scene.marks):
        entries.append(
            LegendEntry("diamond", "other", "Hollow or ringed: date in doubt", doubt=True)
        )
    if any(mark.disc_m > 0 for mark in scene.marks):
        entries.append(LegendEntry("disc", "other", "Disc: place known only to within this"))
    if any(not s.sourced for arrow in scene.arrows for s in arrow.stretches):
        entries.append(LegendEntry("arrow-pale", "other", "Pale stretch: date interpolated"))
    inks = [mark.ink for mark in scene.marks] + [arrow.ink for arrow in scene.arrows]
    if any(ink < 0.7 for ink in inks):
        entries.append(LegendEntry("diamond", "other", "Fading: just past", ink=0.35))
    return tuple(entries)


def _with_actor(words: str, actor: str) -> str:
    if not actor or actor == "other" or (actor == "refugees" and "efugee" in words):
        return words
    return f"{words}: {actor_words(actor)}"
