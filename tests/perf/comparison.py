"""The table of the comparison: who took how long at what, against which goal.

A ratio is ours divided by the other's, of medians. Goals stand beside the row they are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from tests.perf.figures import Figure, figure

OURS = "Indochina Atlas"
Goal = tuple[str, float]
"""What is limited (p50, p95, most, or the ratio to ours) and the most it may be."""
_SAID = {"p50": "median", "p95": "p95", "most": "max", "ratio": "ratio"}


@dataclass(slots=True)
class Row:
    """One contestant at one task, its samples so far, and what holds of it."""

    who: str
    unit: str = "ms"
    goals: tuple[Goal, ...] = ()
    unlike: str = ""
    """What this one draws otherwise than ours."""
    missing: str = ""
    """How to install it, if it is not there."""
    samples: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    """The same by the process's own clock, all cores together: waiting is left out of it."""
    rivals: bool = True
    """Whether ours is divided by this; not so for more of ours."""
    known: Figure | None = None
    """A figure measured elsewhere, instead of samples."""

    @property
    def figure(self) -> Figure | None:
        if self.known is not None:
            return self.known
        return figure(self.who, self.samples, self.unit) if self.samples else None


@dataclass(slots=True)
class Task:
    """One thing all of them do; the first row is ours."""

    title: str
    rows: list[Row]

    def ratio(self, row: Row) -> float | None:
        """Return our median over the row's; None for ourselves and for who is not there."""
        ours, theirs = self.rows[0].figure, row.figure
        if row is self.rows[0] or not row.rivals or not ours or not theirs:
            return None
        return ours.p50 / theirs.p50

    def cpu_ratio(self, row: Row) -> float | None:
        """Return our processor time over the row's: what the machine else did hardly counts."""
        if self.ratio(row) is None or not self.rows[0].cpu or not row.cpu:
            return None
        return median(self.rows[0].cpu) / median(row.cpu)

    def verdict(self, row: Row) -> str:
        """Return `met` or what is missed, nothing without a goal or a figure."""
        found = row.figure
        if not row.goals or found is None:
            return ""
        values = {"p50": found.p50, "p95": found.p95, "most": found.most, "ratio": self.ratio(row)}
        missed = [what for what, most in row.goals if (values[what] or 0.0) > most]
        return f"MISSED ({', '.join(_SAID[what] for what in missed)})" if missed else "met"


def goal_words(row: Row) -> str:
    def limit(what: str, most: float) -> str:
        unit = " x" if what == "ratio" else f" {row.unit}"
        return f"{_SAID[what]} <= {most:g}{unit}"

    return ", ".join(limit(*goal) for goal in row.goals)


def table(tasks: Iterable[Task]) -> str:
    """Return the one table, with notes below it on what is not alike."""
    notes: list[str] = []
    head = f"{'':42} {'runs':>5} {'median':>8} {'p95':>8} {'max':>8} {'ours/it':>8}"
    lines = [f"{head} {'cores':>8} {'ours/it':>8}   {'goal':34} result"]
    for task in tasks:
        lines.append(task.title)
        lines += [_line(task, row, notes) for row in task.rows]
    lines += ["", "Not alike:"]
    return "\n".join([*lines, *(f"[{i}] {note}" for i, note in enumerate(notes, 1))])


def _line(task: Task, row: Row, notes: list[str]) -> str:
    mark = ""
    if row.unlike:
        if row.unlike not in notes:
            notes.append(row.unlike)
        mark = f" [{notes.index(row.unlike) + 1}]"
    name = f"  {row.who}{mark}"
    found = row.figure
    if found is None:
        return f"{name:42} {f'not installed ({row.missing})' if row.missing else 'not measured'}"
    cpu = median(row.cpu) if row.cpu else None
    values = [_cell(value) for value in (found.p50, found.p95, found.most)]
    values += [_cell(task.ratio(row), 2), _cell(cpu), _cell(task.cpu_ratio(row), 2)]
    said = f"{goal_words(row):34} {task.verdict(row)}"
    return f"{name:42} {found.runs:5} {' '.join(values)}   {said}".rstrip()


def _cell(value: float | None, places: int | None = None) -> str:
    if value is None:
        return " " * 8
    if places is None:
        places = 0 if value >= 1000 else 1 if value >= 100 else 2
    return f"{value:8.{places}f}"


def as_json(tasks: Sequence[Task]) -> list[dict[str, Any]]:
    rows = []
    for task in tasks:
        for row in task.rows:
            found = row.figure
            told: dict[str, Any] = {"task": task.title.strip(), "who": row.who}
            told |= {"unlike": row.unlike, "not_installed": row.missing}
            if found is not None:
                told |= found.as_json() | {"ratio": task.ratio(row)}
                told["cpu"] = figure(row.who, row.cpu, row.unit).as_json() if row.cpu else None
                told |= {"cpu_ratio": task.cpu_ratio(row)}
                told["goals"] = [{"of": what, "most": most} for what, most in row.goals]
                told["result"] = task.verdict(row)
            rows.append(told)
    return rows
