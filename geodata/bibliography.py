"""The works the evidence cites: one list in CSL-JSON, and citations put into words for a reader.

Duty: read ``bibliography.json``, turn a source record (key, locator, ...) or a table's source cell
into the citation a reader sees. Floor: geodata, standard library only; neighbour: evidence.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

BIBLIOGRAPHY: Final = "bibliography"
GENERAL_KNOWLEDGE: Final = "general-knowledge"
"""Key of the entry that is no work: what was taken as known and not checked."""
INTERPOLATED: Final = "interpolated"
"""Key of a waypoint whose date was put between its dated neighbours."""
_INTERPOLATED_TEXT: Final = "interpolated between dated neighbours for animation; no source"
_MONTHS: Final = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())  # noqa: SIM905
_BARE: Final = frozenset({"book", "legal_case", "document", "dataset"})
"""Types whose title stands bare; others quote it, but for a description in square brackets."""

Works = Mapping[str, Mapping[str, Any]]
Source = dict[str, Any]


def read_works(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the works by key, in the order of the file.

    Raises
    ------
    OSError, json.JSONDecodeError, KeyError
        If the file is missing or no CSL-JSON list; `validate_sources` says so in words.
    """
    text = (folder / f"{BIBLIOGRAPHY}.json").read_text(encoding="utf-8")
    return {work["id"]: work for work in json.loads(text)}


def work_in_words(work: Mapping[str, Any]) -> str:
    """Return author, title, container and date of a work as one line."""
    if work["id"] == GENERAL_KNOWLEDGE:
        return "general knowledge, no source checked"
    title = str(work.get("title", ""))
    if title and not title.startswith("[") and work["type"] not in _BARE:
        title = f"“{title}”"
    place = " ".join(filter(None, [str(work.get("container-title", "")), _volume(work)]))
    made = ", ".join(filter(None, [str(work.get("publisher", "")), _date(work)]))
    head = ", ".join(filter(None, [_authors(work), title, place]))
    pages = [f"pp. {work['page']}"] if "page" in work else []
    tail = [str(work[name]) for name in ("number", "genre") if name in work]
    return ", ".join([f"{head} ({made})" if made else head, *pages, *tail])


def citation(source: Mapping[str, Any], works: Works) -> str:
    """Return the full citation of a source record.

    Raises
    ------
    KeyError
        If the bibliography has no such key.
    """
    if source["key"] == INTERPOLATED:
        return _INTERPOLATED_TEXT
    cited = [source["key"], *source.get("also", ())]
    text = "; ".join(work_in_words(works[key]) for key in cited)
    if source.get("locator"):
        text += f", {source['locator']}"
    if source.get("to_check"):
        text += f"; to check: {source['to_check']}"
    notes = [str(works[key]["note"]) for key in cited if _tells_note(works[key])]
    return f"{text} [{'; '.join(notes)}]" if notes else text


def reader_sources(sources: Iterable[Mapping[str, Any]], works: Works) -> list[Source]:
    """Return sources as a card tells them: citation, claim, seen, and key, locator, url if any."""
    return [_reader_source(source, works) for source in sources]


def _reader_source(source: Mapping[str, Any], works: Works) -> Source:
    told: Source = {
        "citation": citation(source, works),
        "claim": source["supports"],
        "seen": source["seen"],
        "key": source["key"],
    }
    told |= {name: source[name] for name in ("locator", "also", "to_check") if source.get(name)}
    url = url_of(source, works)
    return {**told, "url": url} if url else told


def url_of(source: Mapping[str, Any], works: Works) -> str:
    """Return the link of the first cited work that has one, else an empty text."""
    if source["key"] == INTERPOLATED:
        return ""
    cited = [source["key"], *source.get("also", ())]
    return next((str(works[key]["URL"]) for key in cited if "URL" in works[key]), "")


def cell_sources(cell: str) -> list[dict[str, str]]:
    """Return the sources of a table's cell: ``key, locator | key``."""
    sources = []
    for part in cell.split("|"):
        key, _, locator = part.strip().partition(",")
        sources.append({"key": key.strip(), "locator": locator.strip()})
    return sources


def cell_in_words(cell: str, works: Works) -> str:
    """Return the citations of a table's cell as one line."""
    return "; ".join(citation(source, works) for source in cell_sources(cell))


def _tells_note(work: Mapping[str, Any]) -> bool:
    return "note" in work and work["id"] != GENERAL_KNOWLEDGE


def _authors(work: Mapping[str, Any]) -> str:
    return ", ".join(_author(author) for author in work.get("author", ()))


def _author(author: Mapping[str, str]) -> str:
    if "literal" in author:
        return author["literal"]
    parts = (author.get("given", ""), author["family"], author.get("suffix", ""))
    return " ".join(part for part in parts if part)


def _volume(work: Mapping[str, Any]) -> str:
    return ":".join(str(work[name]) for name in ("volume", "issue") if name in work)


def _date(work: Mapping[str, Any]) -> str:
    """Return the date in words: 8 March 1985 as “8 Mar 1985”, a month, a year, or as printed."""
    issued = work.get("issued", {})
    if "literal" in issued:
        return str(issued["literal"])
    parts = list(issued.get("date-parts", [[]])[0])
    if len(parts) > 1:
        parts[1] = _MONTHS[parts[1] - 1]
    return " ".join(str(part) for part in reversed(parts))
