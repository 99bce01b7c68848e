"""A notebook for faults: where we are reading, and the problems found so far.

Duty: spare every check the same five arguments. Floor: geodata, standard library only; neighbour:
atlas.core.problems.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from atlas.core.edtf import EdtfError, parse_edtf
from atlas.core.problems import Problem, Severity
from geodata.spans import span_days


@dataclass(frozen=True, slots=True)
class Faults:
    """Problems of one file; `at` gives the same notebook turned to another place in it."""

    file: str
    where: str = ""
    problems: list[Problem] = field(default_factory=list)

    def at(self, where: str) -> Faults:
        """Return this notebook, turned to `where`."""
        return replace(self, where=where)

    def of(self, file: str) -> Faults:
        """Return this notebook, opened for another file."""
        return replace(self, file=file, where="")

    def error(self, name: str, message: str, hint: str = "") -> None:
        """Note an error in the field `name`."""
        self.problems.append(Problem(Severity.ERROR, self.file, self.where, name, message, hint))

    def warning(self, name: str, message: str, hint: str = "") -> None:
        """Note a warning on the field `name`."""
        self.problems.append(Problem(Severity.WARNING, self.file, self.where, name, message, hint))

    def text(self, record: dict[str, Any], name: str) -> bool:
        """Tell whether `record` holds a text that is not empty under `name`; note it if not."""
        value = record.get(name)
        if isinstance(value, str) and value.strip():
            return True
        self.error(name, "is missing or empty" if not value else "is not a text")
        return False

    def date(self, name: str, value: Any) -> bool:
        """Tell whether `value` is an EDTF text; note it if not."""
        if not isinstance(value, str):
            self.error(name, "is not a date text", "quote it: “1979-01-07”")
            return False
        try:
            parse_edtf(value)
        except EdtfError as error:
            self.error(name, str(error), "dates are EDTF (ISO 8601-2)")
            return False
        return True

    def span(self, start_name: str, start: Any, end_name: str, end: Any) -> None:
        """Check that two EDTF texts make a span that does not end before it starts."""
        readable = [self.date(start_name, start), self.date(end_name, end)]
        if not all(readable):
            return
        try:
            span_days(start, end)
        except EdtfError as error:
            self.error(end_name, str(error), "swap them or mend the year")

    def number(self, name: str, value: Any, low: float, high: float) -> bool:
        """Tell whether `value` is, or spells, a number within bounds; note it if not."""
        try:
            number = float(value)
        except (TypeError, ValueError):
            self.error(name, f"“{value}” is not a number")
            return False
        if isinstance(value, bool) or not low <= number <= high:
            self.error(name, f"{value} is not between {low:g} and {high:g}")
            return False
        return True
