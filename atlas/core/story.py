"""Story text files read into records: ``story.toml``, panels with front matter, ``claims.json``.

Floor: core; neighbours: model, edtf, problems. Reads texts, not files: whoever has the folder
passes their contents. What is good is returned; what is not comes back as problems.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from atlas.core.edtf import EdtfError, parse_edtf
from atlas.core.model import Claim, Layer, Panel, Source, Story
from atlas.core.problems import Problem, Severity
from atlas.core.when import Span

FENCE: Final = "+++"
MAX_TEXT: Final = 200_000
ANCHOR: Final = re.compile(r"\[([^\[\]]+)\]\((feature|date|place|claim|panel):([^()\s]+)\)")


class StoryError(ValueError):
    """A story cannot be opened at all; `problems` holds every reason found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.line() for problem in problems))
        self.problems = problems


def read_story(
    story_toml: str, panels: Mapping[str, str], claims_json: str
) -> tuple[Story, list[Problem]]:
    """Read a story from its texts; `panels` maps file names to contents.

    Raises
    ------
    StoryError
        If the description or every panel is unreadable, so that there is nothing to show.
    """
    problems: list[Problem] = []
    head = _toml(story_toml, "story.toml", problems)
    read = [p for name, text in sorted(panels.items()) if (p := _panel(name, text, problems))]
    read.sort(key=lambda panel: panel.order)
    problems += _duplicates(read)
    if not read:
        problems.append(_error("panels", "", "", "no panel could be read"))
        raise StoryError(problems)
    first_day, last_day = _era(head, problems)
    story = Story(
        id=str(head.get("id", "story")),
        title=str(head.get("title", "Untitled story")),
        subtitle=str(head.get("subtitle", "")),
        first_day=first_day,
        last_day=last_day,
        layers=tuple(_layers(head, problems)),
        panels=tuple(read),
        claims=tuple(_claims(claims_json, problems)),
        credits=tuple(str(line) for line in _rows(head, "credits", problems)),
        default_panel=str(head.get("default_panel", read[0].id)),
    )
    return story, problems + _unknown_default(story)


def anchors(body: str) -> Iterable[tuple[str, str, str]]:
    """Yield (text, kind, target) of every anchor in a panel's body."""
    for match in ANCHOR.finditer(body):
        yield match[1], match[2], match[3]


def _error(file: str, where: str, field: str, message: str, hint: str = "") -> Problem:
    return Problem(Severity.ERROR, file, where, field, message, hint)


def _toml(text: str, file: str, problems: list[Problem]) -> dict[str, Any]:
    try:
        return tomllib.loads(text[:MAX_TEXT])
    except tomllib.TOMLDecodeError as error:
        problems.append(_error(file, "", "", f"not readable as TOML: {error}"))
        return {}


def _era(head: Mapping[str, Any], problems: list[Problem]) -> tuple[int, int]:
    text = str(head.get("span", "1930/2026"))
    try:
        date = parse_edtf(text)
    except EdtfError as error:
        problems.append(_error("story.toml", "", "span", str(error)))
        date = parse_edtf("1930/2026")
    return date.start_day, date.end_day - 1


def _rows(head: Mapping[str, Any], field: str, problems: list[Problem]) -> list[Any]:
    rows = head.get(field, [])
    if isinstance(rows, list):
        return rows
    problems.append(_error("story.toml", "", field, "is not a list"))
    return []


def _layers(head: Mapping[str, Any], problems: list[Problem]) -> Iterable[Layer]:
    for index, row in enumerate(_rows(head, "layers", problems)):
        if not isinstance(row, dict) or not row.get("id"):
            problems.append(_error("story.toml", f"layer {index + 1}", "id", "is missing"))
            continue
        yield Layer(
            id=str(row["id"]),
            title=str(row.get("title", row["id"])),
            group=str(row.get("group", "overlay")),
            description=str(row.get("description", "")),
            default=bool(row.get("default", True)),
        )


def _panel(file: str, text: str, problems: list[Problem]) -> Panel | None:
    parts = text[:MAX_TEXT].split(f"{FENCE}\n", 2)
    if len(parts) != 3 or parts[0].strip():
        hint = f"begin the file with {FENCE}, the fields, {FENCE}"
        problems.append(_error(file, "line 1", "", "has no front matter", hint))
        return None
    head = _toml(parts[1], file, problems)
    try:
        return _panel_from(head, parts[2].strip())
    except (KeyError, ValueError, TypeError, OverflowError) as error:
        field = error.args[0] if isinstance(error, KeyError) else ""
        message = "is missing" if isinstance(error, KeyError) else str(error)
        problems.append(_error(file, "front matter", str(field), message))
        return None


def _panel_from(head: Mapping[str, Any], body: str) -> Panel:
    west, south, east, north = (float(value) for value in head["bbox"])
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise ValueError("bbox is not west, south, east, north in degrees")
    date = parse_edtf(str(head["date"]))
    return Panel(
        id=str(head["id"]),
        order=int(head["order"]),
        title=str(head["title"]),
        short_title=str(head.get("short_title", head["title"])),
        span=_span(str(head.get("span", ""))),
        day=date.start_day,
        bbox_deg=(west, south, east, north),
        layers=frozenset(str(layer) for layer in head.get("layers", ())),
        body=body,
        claims=tuple(str(claim) for claim in head.get("claims", ())),
    )


def _span(text: str) -> Span | None:
    if not text:
        return None
    date = parse_edtf(text)
    return Span(date.start_day, date.start_day, date.end_day, date.end_day)


def _duplicates(panels: list[Panel]) -> list[Problem]:
    seen: set[str] = set()
    found = []
    for panel in panels:
        if panel.id in seen:
            found.append(_error("panels", panel.id, "id", "is used by two panels"))
        seen.add(panel.id)
    return found


def _unknown_default(story: Story) -> list[Problem]:
    if story.default_panel in {panel.id for panel in story.panels}:
        return []
    message = f"names no panel: “{story.default_panel}”"
    return [_error("story.toml", "", "default_panel", message)]


def _claims(text: str, problems: list[Problem]) -> Iterable[Claim]:
    try:
        rows = json.loads(text or "[]")
    except json.JSONDecodeError as error:
        problems.append(_error("claims.json", f"line {error.lineno}", "", error.msg))
        return
    if not isinstance(rows, list):
        problems.append(_error("claims.json", "", "", "is not a list of claims"))
        return
    for row in rows:
        try:
            yield _claim(row)
        except (KeyError, TypeError, AttributeError) as error:
            message = f"is not a claim: {error}"
            problems.append(_error("claims.json", str(row)[:40], "", message))


def _claim(row: Mapping[str, Any]) -> Claim:
    return Claim(
        id=row["id"],
        panel=row["panel"],
        text=row["claim"],
        verdict=row["verdict"],
        annotation=row.get("annotation", ""),
        confidence=row.get("confidence", ""),
        sources=sources_from(row.get("sources", ())),
    )


def sources_from(rows: Iterable[Mapping[str, Any]]) -> tuple[Source, ...]:
    """Read a list of source entries; a missing url stays missing."""
    return tuple(
        Source(
            citation=str(row.get("citation", "")),
            supports=str(row.get("claim", "")),
            seen=bool(row.get("seen", False)),
            url=str(row.get("url", "") or ""),
        )
        for row in rows
    )
