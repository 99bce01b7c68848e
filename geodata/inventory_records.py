"""What must not go missing: every id, date and citation of the evidence and of a story, by record.

Duty: turn features, table rows, works, claims and panels into plain lists of what they hold. A
citation counts by work and page, not by the words around it, so that wording stays free. Tolerates
records of any shape; what is wrong with them is for the other checks. Floor: geodata, standard
library only; neighbour: inventory.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from atlas.core.story import FENCE, anchors

Item = tuple[str, str]
"""A field and what stands in it."""
Records = dict[str, Counter[Item]]
"""What each record of one file holds, by the name of the record; an item may stand there twice."""

_ROW_NAMES: Final = {
    "polities": ("unit", "official_name"),
    "placenames": ("place", "language", "name"),
    "relations": ("id",),
}
"""The columns that name a row to a person; rows of one name are one record."""
_SOURCES_HEADING: Final = "## Sources"


def plain(*parts: Any) -> str:
    """Return texts as one line with single spaces."""
    return " ".join(" ".join(map(str, parts)).split())


def dicts_in(value: Any) -> list[dict[str, Any]]:
    """Return the records of a list, or none if it is no list."""
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def feature_records(features: Iterable[Mapping[str, Any]]) -> Records:
    """Return what each feature that has an id holds."""
    return _records((feature.get("id"), _of_feature(feature)) for feature in features)


def row_records(table: str, rows: Iterable[Mapping[str, Any]]) -> Records:
    """Return what the rows of a table hold, by the columns that name a row."""
    names = _ROW_NAMES[table]
    return _records((plain(*(row.get(n) or "" for n in names)), _of_row(row)) for row in rows)


def work_records(works: Iterable[Mapping[str, Any]]) -> Records:
    """Return what each work of a bibliography holds: its date and its link."""
    return _records((work.get("id"), _of_work(work)) for work in works)


def claim_records(claims: Iterable[Mapping[str, Any]]) -> Records:
    """Return what each claim of a story holds."""
    return _records((claim.get("id"), _of_claim(claim)) for claim in claims)


def panel_records(text: str) -> Records:
    """Return what the one panel of a file holds: its dates, claims, links and listed sources.

    Raises
    ------
    ValueError
        If the file has no readable front matter.
    """
    _, front, body = text.split(f"{FENCE}\n", 2)
    head = tomllib.loads(front)
    return _records([(head.get("id"), _of_panel(head, body))])


def _records(pairs: Iterable[tuple[Any, Iterator[Item]]]) -> Records:
    found: Records = {}
    for name, items in pairs:
        if isinstance(name, str) and name.strip():
            kept = found.setdefault(plain(name), Counter())
            kept.update((field, value) for field, value in items if value)
    return found


def _of_feature(feature: Mapping[str, Any]) -> Iterator[Item]:
    for span in dicts_in(_dict_in(feature.get("when")).get("timespans")):
        yield "when", plain(_edtf(span, "start"), "/", _edtf(span, "end"))
    for name in dicts_in(feature.get("names")):
        yield "names", plain(name.get("lang", ""), name.get("name", ""))
    for pair in dicts_in(feature.get("relations")):
        yield "relations", plain(pair.get("type", ""), pair.get("to", ""))
    properties = feature["properties"]
    for field in ("panel", "menu_start"):
        yield field, plain(properties.get(field) or "")
    for source in dicts_in(properties.get("sources")):
        yield "sources", _citation(source)
    for point in dicts_in(properties.get("waypoints")):
        cited = _citation(_dict_in(point.get("source")))
        yield "waypoints", plain(f"{point.get('place')}, {point.get('date')}, {cited}")
    growth = properties.get("growth")
    for step in growth if isinstance(growth, list) else []:
        yield "growth", plain(step[0]) if isinstance(step, list) and step else ""


def _of_row(row: Mapping[str, Any]) -> Iterator[Item]:
    for field in ("valid_from", "valid_to", "panel"):
        yield field, plain(row.get(field) or "")
    for field in ("source", "sources"):
        for source in str(row.get(field) or "").split("|"):
            yield field, plain(source)


def _of_work(work: Mapping[str, Any]) -> Iterator[Item]:
    issued = _dict_in(work.get("issued"))
    dates = ["-".join(map(str, part)) for part in _lists(issued.get("date-parts"))]
    yield "issued", plain(issued.get("literal") or " / ".join(dates))
    yield "URL", plain(work.get("URL") or "")


def _of_claim(claim: Mapping[str, Any]) -> Iterator[Item]:
    yield "panel", plain(claim.get("panel") or "")
    for source in dicts_in(claim.get("sources")):
        yield "sources", plain(f"{source.get('key') or ''}:", source.get("citation") or "")
        yield "url", plain(source.get("url") or "")


def _of_panel(head: Mapping[str, Any], body: str) -> Iterator[Item]:
    for field in ("span", "date"):
        yield field, plain(head.get(field) or "")
    claims = head.get("claims")
    for claim in claims if isinstance(claims, list) else []:
        yield "claims", plain(claim)
    # A link may be written as often as the text wants it; only the last of its kind is missed.
    for link in dict.fromkeys(f"{kind}:{target}" for _, kind, target in anchors(body)):
        yield "link", link
    for line in body.partition(_SOURCES_HEADING)[2].splitlines():
        if line.startswith("- "):
            yield "source", plain(line[2:])


def _citation(source: Mapping[str, Any]) -> str:
    """Return the works and the page of a source: ``short-2004 + kiernan-1985, p. 12``."""
    also = source.get("also")
    works = [source.get("key") or "", *(also if isinstance(also, list) else [])]
    page = f", {source['locator']}" if source.get("locator") else ""
    to_check = f"; to check: {source['to_check']}" if source.get("to_check") else ""
    return plain(" + ".join(map(str, works)) + page + to_check)


def _edtf(span: Mapping[str, Any], side: str) -> str:
    return str(_dict_in(span.get(side)).get("edtf", ""))


def _dict_in(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _lists(value: Any) -> list[list[Any]]:
    return [part for part in value if isinstance(part, list)] if isinstance(value, list) else []
