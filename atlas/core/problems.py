"""What is wrong with a file a person gave us: one record a fault, collected, never raised singly.

Floor: core; no neighbours. Readers return problems beside what they could read.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How bad a problem is; only errors fail a check."""

    ERROR = "error"
    WARNING = "warning"


class Problem(NamedTuple):
    """One fault: in which file, where in it, which field, what is wrong, what to do."""

    severity: Severity
    file: str
    where: str
    field: str
    message: str
    hint: str = ""

    def line(self) -> str:
        """Return the problem as one line of plain text."""
        place = " ".join(part for part in (self.where, self.field) if part)
        head = f"{self.file}: {place}: " if place else f"{self.file}: "
        tail = f" ({self.hint})" if self.hint else ""
        return f"{self.severity}: {head}{self.message}{tail}"


def near_misses(word: str, known: Iterable[str]) -> str:
    """Return a hint naming the known words most like `word`, or an empty text."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), n=3, cutoff=0.6)
    return f"did you mean {' or '.join(close)}?" if close else ""


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any problem is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)
