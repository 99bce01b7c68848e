"""The tasks of the comparison, their goals, and the rounds in which all take turns.

Whatever else the machine does in a round falls on all contestants alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from time import sleep
from typing import Any

from tests.perf.comparison import OURS, Goal, Row, Task
from tests.perf.contestants import Contestant, Peer

FRAME_MS = 16.7
_PAUSE_S = 0.15
"""Between turns: run with real-time priority, all of them together may not fill a core."""
READS = "QGIS, Mapnik: read their files at each drawing; ours and the plots have them in memory"
LOOK = (
    "all: the vertices, widths, colours and names of ours, but round symbols for ours, plain fills "
    "for hatching, one line for haloed arcs, level names along rivers"
)
SPRITES = "ours: names as kept pictures, placed before; QGIS, Mapnik and the plots letter anew"
BARE = "QGIS: PyQGIS without its window, docks and slider; ours with all of them"
CACHED = (
    "QGIS: the base in its cache, its countries those of the first day; the map alone, without "
    "window, slider and text; ours with them, its countries change on the way"
)
RICHER = "ours, as readers see it: with relief, depths, legend, scale bar, overview and the rest"
PAINTER = "memory: of each, the process that drew the whole maps, up to A3; our window is another"
IN_MEMORY = "QGIS: layers of its own in memory instead of a GeoPackage"


@dataclass(slots=True)
class Turn:
    """One row with who is asked for it, by what task."""

    row: Row
    who: Contestant | None
    task: str = "redraw"
    more: dict[str, Any] = field(default_factory=dict)


class Contest:
    """The rows to be measured, all contestants present."""

    def __init__(
        self,
        painter: Contestant,
        window: Contestant,
        peers: dict[str, Contestant],
        absent: Iterable[Peer],
    ) -> None:
        self.painter, self.window, self.peers = painter, window, peers
        self._absent = {peer.name: peer.comes_by for peer in absent}
        self.stalls = Row(OURS, goals=(("most", 50.0),))

    def redraw(self, title: str, sheet: str, goals: dict[str, Goal], rounds: int) -> Task:
        """Draw a whole map, everybody in turn; the first round is not counted."""
        turns = [
            Turn(Row(OURS, unlike=SPRITES), self.painter, more={"sheet": sheet}),
            self._richer(sheet),
            self._turn("QGIS", "sequential", goals, LOOK, sheet=sheet),
            self._turn("QGIS", "parallel", goals, READS, sheet=sheet, parallel=True),
            self._turn("QGIS", "in memory", {}, IN_MEMORY, sheet=sheet, in_memory=True),
            self._turn("Mapnik", "", goals, READS, sheet=sheet),
            self._turn("cartopy", "", {}, LOOK, sheet=sheet),
            self._turn("geopandas", "", {}, LOOK, sheet=sheet),
        ]
        return self._taken(title, turns, rounds, times=2)

    def without_names(self, title: str, sheet: str, rounds: int) -> Task:
        told: dict[str, Any] = {"sheet": sheet, "names": False}
        turns = [
            Turn(Row(OURS), self.painter, more=told),
            self._turn("QGIS", "sequential", {}, LOOK, **told),
            self._turn("QGIS", "in memory", {}, IN_MEMORY, **told, in_memory=True),
            self._turn("Mapnik", "", {}, READS, **told),
        ]
        return self._taken(title, turns, rounds, times=2)

    def scrub(self, rounds: int) -> Task:
        """Drag the slider through the campaign, day by day."""
        goals: tuple[Goal, ...] = (("p95", FRAME_MS), ("most", 33.0))
        turns = [
            self._gesture("scrub", goals),
            self._turn("QGIS", "cached base", {"QGIS": ("ratio", 0.25)}, CACHED, task="scrub"),
        ]
        return self._taken("slider, 20 Dec 1978 to 20 Mar 1979, event to pixels", turns, rounds)

    def gestures(self, rounds: int) -> list[Task]:
        """Pan, zoom and panels in the window; no peer has what could be compared."""
        smooth: tuple[Goal, ...] = (("p95", FRAME_MS),)
        told: tuple[tuple[str, str, tuple[Goal, ...]], ...] = (
            ("pan", "map dragged 10 px by mouse, event to pixels", smooth),
            ("zoom", "map zoomed 4 % by wheel, event to pixels", smooth),
            ("wheel", "a notch of the wheel, to the sharp map", ()),
            ("panels", "another panel, without the flight, to the sharp map", (("p95", 250.0),)),
        )
        return [
            self._taken(title, [self._gesture(what, goals)], rounds) for what, title, goals in told
        ]

    def memory(self) -> Task:
        """Ask everybody for the most memory they held, and our window what it holds."""
        window, mb = self.window.ask("memory"), "MB"
        rows = [Row(OURS, mb, unlike=PAINTER, samples=[self.painter.ask("memory")["peak_mb"]])]
        most = Row("its window after all these gestures", mb, rivals=False)
        most.samples = [window["peak_mb"]]
        rows.append(most)
        if window["resident_mb"]:
            held: tuple[Goal, ...] = (("p50", 220.0),)
            rows.append(Row("the same, held at the end", mb, held, rivals=False))
            rows[-1].samples = [window["resident_mb"]]
        for name in ("QGIS", "Mapnik", "cartopy", "geopandas"):
            row = Row(name, mb)
            row.missing = self._absent.get(name, "")
            if name in self.peers:
                row.samples = [self.peers[name].ask("memory")["peak_mb"]]
            rows.append(row)
        return Task("most memory held", rows)

    def _turn(
        self,
        peer: str,
        how: str,
        goals: dict[str, Goal],
        unlike: str,
        task: str = "redraw",
        **more: Any,
    ) -> Turn:
        row = Row(f"{peer}, {how}" if how else peer, unlike=unlike)
        row.missing = self._absent.get(peer, "")
        goal = goals.get(row.who) or goals.get(peer)
        row.goals = (goal,) if goal else ()
        return Turn(row, self.peers.get(peer), task, more)

    def _richer(self, sheet: str) -> Turn:
        row = Row("the same with all its relief", unlike=RICHER, rivals=False)
        return Turn(row, self.painter, more={"sheet": sheet, "everything": True})

    def _gesture(self, what: str, goals: tuple[Goal, ...]) -> Turn:
        return Turn(Row(OURS, goals=goals), self.window, "gesture", {"what": what})

    def _taken(self, title: str, turns: list[Turn], rounds: int, times: int = 1) -> Task:
        """Let all take their turns, the first round uncounted.

        With `times` each of a turn's works is done once uncounted, since all have been idle since
        their last turn and nothing of theirs is at hand, and then so many times counted.
        """
        for number in range(rounds + 1):
            for turn in turns:
                if turn.who is None:
                    continue
                sleep(_PAUSE_S)
                for again in range(times + 1 if times > 1 else 1):
                    told = turn.who.ask(turn.task, **turn.more)
                    if number and (again or times == 1):
                        self._note(turn.row, told)
        return Task(title, [turn.row for turn in turns])

    def _note(self, row: Row, told: dict[str, Any]) -> None:
        row.samples += told["ms"]
        row.cpu += told.get("cpu_ms", [])
        if "stall_ms" in told:
            self.stalls.samples.append(told["stall_ms"])
            self.stalls.cpu.append(told["stall_cpu_ms"])
