"""Which column, property or field of a person's file holds what: by the names in common use.

Floor: geodata, standard library only; neighbours: the readers of this package.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

NAMES: Final[dict[str, tuple[str, ...]]] = {
    "lon": ("lon", "lng", "long", "longitude", "lon_deg", "x"),
    "lat": ("lat", "latitude", "lat_deg", "y"),
    "name": ("name", "title", "label", "place"),
    "start": ("start", "start_date", "from", "begin", "valid_from", "date_start"),
    "end": ("end", "end_date", "to", "until", "valid_to", "date_end"),
    "date": ("date", "when", "day", "datetime", "event_date"),
    "note": ("summary", "note", "notes", "description", "comment"),
    "source": ("source", "sources", "reference", "citation", "url"),
}
"""By what is meant: names a file may use for it, the likeliest first; case does not matter."""

DATES: Final = ("start", "end", "date")


def columns_of(header: Iterable[str]) -> dict[str, str]:
    """Return by what is meant the name that this file uses for it."""
    folded: dict[str, str] = {}
    for written in header:
        folded.setdefault(written.strip().casefold().replace(" ", "_"), written)
    return {
        meant: folded[known]
        for meant, names in NAMES.items()
        if (known := next((name for name in names if name in folded), ""))
    }


def missing(columns: dict[str, str], wanted: Sequence[str]) -> str:
    """Return what a file lacks, in words with a remedy; empty if nothing."""
    for meant in wanted:
        if meant not in columns:
            return f"has no column for {meant}: call one “{NAMES[meant][0]}”"
    if not any(date in columns for date in DATES):
        return "has no column of dates: call it “date”, or two of them “start” and “end”"
    return ""
