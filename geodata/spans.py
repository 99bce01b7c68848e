"""Spans of evidence as the pack holds them: lists of four day numbers.

Duty: from the EDTF texts of a record to ``[earliest start, latest start, earliest end, latest
end]``. Floor: geodata, standard library only; neighbours: atlas.core.edtf, atlas.core.when.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from atlas.core.edtf import EdtfError, parse_edtf
from atlas.core.when import Span, span_from_edtf

SpanDays = list[int]


def span_days(start: str, end: str) -> SpanDays:
    """Return the four day numbers of a pair of EDTF texts.

    A text that is one interval given for both start and end means: from its first to its last day.

    Raises
    ------
    EdtfError
        If a text cannot be read or the end lies before the start.
    """
    if start == end and "/" in start:
        first, _, last = start.partition("/")
        return as_days(span_from_edtf(first, last))
    return as_days(span_from_edtf(start, end))


def timespan_texts(feature: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the EDTF texts of every timespan of a feature's ``when``, start and end."""
    spans = feature["when"]["timespans"]
    return [(span["start"]["edtf"], span["end"]["edtf"]) for span in spans]


def feature_spans(feature: Mapping[str, Any]) -> list[SpanDays]:
    """Return all spans of a feature: one for every timespan of its ``when``."""
    return [span_days(start, end) for start, end in timespan_texts(feature)]


def as_days(span: Span) -> SpanDays:
    """Return a span as a list of its four day numbers."""
    return [
        span.earliest_start_day,
        span.latest_start_day,
        span.earliest_end_day,
        span.latest_end_day,
    ]


def first_day(text: str) -> int:
    """Return the first day an EDTF text may mean.

    Raises
    ------
    EdtfError
        If the text is no date or has no first day.
    """
    date = parse_edtf(text)
    if date.unit == "open":
        raise EdtfError(f"“{text}” has no first day")
    return date.start_day
