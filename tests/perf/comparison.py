"""The table of the comparison: who took how long at what, against which goal.

A ratio is ours divided by the other's, of medians. Goals stand beside the row they are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
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
    head = f"{'':44} {'runs':>5} {'median':>9} {'p95':>9} {'max':>9} {'ours/it':>8}"
    lines = [f"{head}   {'goal':34} result"]
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
        return f"{name:44} {f'not installed ({row.missing})' if row.missing else 'not measured'}"
    ratio = task.ratio(row)
    shown = f"{ratio:8.2f}" if ratio is not None else " " * 8
    values = " ".join(f"{value:9.4g}" for value in (found.p50, found.p95, found.most))
    said = f"{goal_words(row):34} {task.verdict(row)}"
    return f"{name:44} {found.runs:5} {values} {shown}   {said}".rstrip()


def as_json(tasks: Sequence[Task]) -> list[dict[str, Any]]:
    rows = []
    for task in tasks:
        for row in task.rows:
            found = row.figure
            told: dict[str, Any] = {"task": task.title.strip(), "who": row.who}
            told |= {"unlike": row.unlike, "not_installed": row.missing}
            if found is not None:
                told |= found.as_json() | {"ratio": task.ratio(row)}
                told["goals"] = [{"of": what, "most": most} for what, most in row.goals]
                told["result"] = task.verdict(row)
            rows.append(told)
    return rows
