"""The alignment of a polity as dated blocs, read out of the words of the table.

Duty: turn clauses such as ``leaning PRC 1963~/1970-03-17`` into bloc, certainty and time. Every
phrase is listed here; one that is not stops the build, so that none is guessed. Floor: geodata,
standard library only; neighbours: polities, spans.
"""

from __future__ import annotations

import re
from typing import Any, Final

from geodata.spans import SpanDays, span_days

_NONE: Final = ("", False)
_PHRASES: Final = {
    "USA": ("west", False),
    "UK": ("west", False),
    "USA and UK": ("west", False),
    "UK and USA": ("west", False),
    "France and USA": ("west", False),
    "Allies": ("west", False),
    "leaning West": ("west", True),
    "USSR": ("soviet", False),
    "SRV and USSR": ("soviet", False),
    "leaning USSR": ("soviet", True),
    "treaty with USSR": ("soviet", True),
    "DRV": ("soviet", True),
    "PRC and USSR": ("both", False),
    "USSR and PRC": ("both", False),
    "PRC": ("china", False),
    "own bloc": ("china", False),
    "leaning PRC": ("china", True),
    "close to PRC": ("china", True),
    "non-aligned": ("neutral", False),
    "neutral": ("neutral", False),
    "neutral by treaty": ("neutral", False),
    "independent": ("neutral", False),
    "guided by India": ("neutral", True),
    "ASEAN": ("asean", False),
    "British empire": ("colonial", False),
    "French empire": ("colonial", False),
    "French Union": ("colonial", False),
    "Netherlands": ("colonial", False),
    "Portugal": ("colonial", False),
    "India": ("neutral", True),
    "Japan": ("japan", False),
    "Axis": ("japan", False),
    # Of these no side follows for the country as a whole.
    "tacit with USA": _NONE,
    "de facto with PRC on Cambodia": _NONE,
    "PRC relations": _NONE,
    "DRV zones": _NONE,
    "divided": _NONE,
    "PRC, ASEAN, USA": _NONE,
    "Indonesia": _NONE,
    "as Malaysia": _NONE,
    "CIS": _NONE,
    "UN": _NONE,
    "UN transition": _NONE,
    "contested": _NONE,
    "disputed": _NONE,
    "none": _NONE,
    "none recognised": _NONE,
    "not given here": _NONE,
}
_SELVES: Final = {"CN": "china"}
"""Units that are a bloc of their own where the table names no other for a time after 1949."""
_ASIDE: Final = re.compile(r"\([^)]*\)")
_SPAN: Final = re.compile(r"(.*?)\s+(\d[\d~s-]*)/(\.\.|\d[\d~-]*)")
_UNTIL: Final = re.compile(r"(.*?)\s+to\s+(?:Aug\s+)?(\d{4})")
_SINCE: Final = re.compile(r"(.*?)\s+(\d{4}-\d\d-\d\d)")


class AlignmentError(ValueError):
    """A clause of the column ``alignment`` is not understood; the message quotes it."""


def bloc_records(unit: str, alignment: str, start: str, end: str) -> list[dict[str, Any]]:
    """Return rows {bloc, leaning, dated, span}, those named later last; none for no side.

    Raises
    ------
    AlignmentError
        If a phrase is not listed.
    """
    rows = []
    for clause in _ASIDE.sub("", alignment).split(";"):
        text = clause.strip()
        if not text or ":" in text:
            continue
        phrase, span = _phrase_and_span(text)
        if phrase not in _PHRASES:
            raise AlignmentError(f"polities.csv, alignment of {unit}: “{phrase}” is not listed")
        bloc, leaning = _PHRASES[phrase]
        if bloc:
            own = span or span_days(start, end)
            rows.append(_row(bloc, leaning, span is not None, own))
    if unit in _SELVES and any(row["bloc"] == _SELVES[unit] for row in rows):
        rows.insert(0, _row(_SELVES[unit], False, False, span_days(start, end)))
    return rows


def _row(bloc: str, leaning: bool, dated: bool, span: SpanDays) -> dict[str, Any]:
    return {"bloc": bloc, "leaning": leaning, "dated": dated, "span": span}


def _phrase_and_span(text: str) -> tuple[str, SpanDays | None]:
    """Return a clause's words and its time, None for the whole of its row's."""
    if match := _SPAN.fullmatch(text):
        return match[1], span_days(re.sub(r"(\d{3}0)s", r"\1~", match[2]), match[3])
    if match := _UNTIL.fullmatch(text):
        return match[1], span_days("", match[2])
    if match := _SINCE.fullmatch(text):
        return match[1], span_days(match[2], "..")
    return text, None
