"""Story text files read into records: ``story.toml``, panels with front matter, ``claims.json``.

Floor: core; neighbours: model, edtf, problems. Reads texts, not files: whoever has the folder
passes their contents. What is good is returned; what is not comes back as problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from atlas.core.bounded import ID, BoundsError, line_of, read_json, read_toml, tamed
from atlas.core.day import FAR_FUTURE_DAY, FAR_PAST_DAY
from atlas.core.edtf import EdtfError, parse_edtf
from atlas.core.model import Claim, Layer, Panel, Source, Story
from atlas.core.problems import Problem, Severity
from atlas.core.when import Span

FENCE: Final = "+++"
MAX_TEXT: Final = 200_000
MAX_PANEL: Final = 30_000
"""Characters of a panel's file; the atlas's own have up to six thousand. Of more, laid out as lists
and links only, the window would stand still for seconds."""
MAX_CLAIMS_TEXT: Final = 4_000_000
MOST_PANELS: Final = 400
MOST_CLAIMS: Final = 5_000
LONGEST_TITLE: Final = 200
ERA: Final = "1930/2026"
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
    era = _era(head, problems)
    read = _panels(panels, era, problems)
    if not read:
        problems.append(_error("panels", "", "", "no panel could be read"))
        raise StoryError(problems)
    story = Story(
        id=_story_id(head, problems),
        title=_line(head, "title", "Untitled story"),
        subtitle=_line(head, "subtitle"),
        first_day=era[0],
        last_day=era[1],
        layers=tuple(_layers(head, problems)),
        panels=tuple(read),
        claims=tuple(_claims(claims_json, problems)),
        credits=tuple(tamed(str(line)) for line in _rows(head, "credits", problems)),
        default_panel=_line(head, "default_panel", read[0].id),
    )
    if all(panel.id != story.default_panel for panel in read):
        message = f"names no panel: “{story.default_panel}”"
        problems.append(_error("story.toml", "", "default_panel", message))
        story = story._replace(default_panel=read[0].id)
    return story, problems


def anchors(body: str) -> Iterable[tuple[str, str, str]]:
    """Yield (text, kind, target) of every anchor in a panel's body."""
    for match in ANCHOR.finditer(body):
        yield match[1], match[2], match[3]


def _error(file: str, where: str, field: str, message: str, hint: str = "") -> Problem:
    return Problem(Severity.ERROR, file, where, field, message, hint)


def _line(head: Mapping[str, Any], field: str, otherwise: str = "") -> str:
    return line_of(str(head.get(field, otherwise)), LONGEST_TITLE)


def _id(value: Any) -> str:
    """Return an id; ValueError if it cannot stand in a link or in the name of a file."""
    if not ID.fullmatch(str(value)):
        raise ValueError(f"“{line_of(str(value), 40)}” is no id: letters, digits, - and _ make one")
    return str(value)


def _story_id(head: Mapping[str, Any], problems: list[Problem]) -> str:
    try:
        return _id(head.get("id", "story"))
    except ValueError as error:
        problems.append(_error("story.toml", "", "id", str(error)))
        return "story"


def _toml(text: str, file: str, problems: list[Problem]) -> dict[str, Any]:
    try:
        return read_toml(text, MAX_TEXT)
    except BoundsError as error:
        problems.append(_error(file, "", "", f"not readable as TOML: {error}"))
        return {}


def _era(head: Mapping[str, Any], problems: list[Problem]) -> tuple[int, int]:
    text = str(head.get("span", ERA))
    try:
        date = parse_edtf(text)
    except EdtfError as error:
        problems.append(_error("story.toml", "", "span", str(error)))
        date = parse_edtf(ERA)
    if date.start_day == FAR_PAST_DAY or date.end_day == FAR_FUTURE_DAY:
        message = "is open: a story begins and ends"
        problems.append(_error("story.toml", "", "span", message, f"write two dates, as {ERA}"))
        date = parse_edtf(ERA)
    return date.start_day, date.end_day - 1


def _rows(head: Mapping[str, Any], field: str, problems: list[Problem]) -> list[Any]:
    rows = head.get(field, [])
    if isinstance(rows, list):
        return rows
    problems.append(_error("story.toml", "", field, "is not a list"))
    return []


def _layers(head: Mapping[str, Any], problems: list[Problem]) -> Iterable[Layer]:
    seen: set[str] = set()
    for index, row in enumerate(_rows(head, "layers", problems)):
        name = str(row.get("id") or "") if isinstance(row, dict) else ""
        fault = "is used by two layers" if name in seen else "" if name else "is missing"
        if fault or not ID.fullmatch(name):
            message = fault or f"“{line_of(name, 40)}” is no id: letters, digits, - and _ make one"
            problems.append(_error("story.toml", f"layer {index + 1}", "id", message))
            continue
        seen.add(name)
        yield Layer(
            id=name,
            title=_line(row, "title", name),
            group=str(row.get("group", "overlay")),
            description=tamed(str(row.get("description", ""))),
            default=bool(row.get("default", True)),
        )


def _panels(texts: Mapping[str, str], era: tuple[int, int], problems: list[Problem]) -> list[Panel]:
    """Return the panels in their order: each id once, each date within the era."""
    if len(texts) > MOST_PANELS:
        message = f"are {len(texts):,}; only the first {MOST_PANELS} are read"
        problems.append(_error("panels", "", "", message))
    names = sorted(texts)[:MOST_PANELS]
    read = [(name, p) for name in names if (p := _panel(name, texts[name], problems))]
    read.sort(key=lambda pair: pair[1].order)
    kept: dict[str, Panel] = {}
    for name, panel in read:
        day = min(max(panel.day, era[0]), era[1])
        if panel.id in kept:
            hint = f"{name} is left out; give it an id of its own"
            problems.append(_error("panels", panel.id, "id", "is used by two panels", hint))
        elif day != panel.day:
            message = "lies outside the story's span"
            problems.append(_error(f"panel {panel.id}", "", "date", message))
        kept.setdefault(panel.id, panel._replace(day=day))
    return list(kept.values())


def _panel(file: str, text: str, problems: list[Problem]) -> Panel | None:
    if len(text) > MAX_PANEL:
        message = f"has more than {MAX_PANEL:,} characters"
        problems.append(_error(file, "", "", message, "make two panels of it"))
        return None
    parts = text.split(f"{FENCE}\n", 2)
    if len(parts) != 3 or parts[0].strip():
        hint = f"begin the file with {FENCE}, the fields, {FENCE}"
        problems.append(_error(file, "line 1", "", "has no front matter", hint))
        return None
    before = len(problems)
    head = _toml(parts[1], file, problems)
    if len(problems) > before:
        return None
    try:
        return _panel_from(head, tamed(parts[2]).strip())
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
    title = line_of(str(head["title"]), LONGEST_TITLE)
    return Panel(
        id=_id(head["id"]),
        order=int(head["order"]),
        title=title,
        short_title=_line(head, "short_title", title),
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


def _claims(text: str, problems: list[Problem]) -> Iterable[Claim]:
    if len(text) > MAX_CLAIMS_TEXT:
        message = f"has more than {MAX_CLAIMS_TEXT:,} characters"
        problems.append(_error("claims.json", "", "", message))
        return
    try:
        rows = read_json(text or "[]")
    except BoundsError as error:
        problems.append(_error("claims.json", "", "", f"is no JSON: {error}"))
        return
    if not isinstance(rows, list):
        problems.append(_error("claims.json", "", "", "is not a list of claims"))
        return
    if len(rows) > MOST_CLAIMS:
        message = f"holds {len(rows):,} claims; only the first {MOST_CLAIMS:,} are read"
        problems.append(_error("claims.json", "", "", message))
    for row in rows[:MOST_CLAIMS]:
        try:
            yield _claim(row)
        except (KeyError, TypeError, AttributeError) as error:
            message = f"is not a claim: {error}"
            problems.append(_error("claims.json", line_of(str(row)[:80], 40), "", message))


def _claim(row: Mapping[str, Any]) -> Claim:
    return Claim(
        id=_said(row["id"]),
        panel=_said(row["panel"]),
        text=_said(row["claim"]),
        verdict=_said(row["verdict"]),
        annotation=_said(row.get("annotation", "")),
        confidence=_said(row.get("confidence", "")),
        sources=sources_from(row.get("sources", ())),
    )


def _said(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"“{line_of(str(value)[:80], 40)}” is no text")
    return tamed(value)


def sources_from(rows: Iterable[Mapping[str, Any]]) -> tuple[Source, ...]:
    """Read a list of source entries; a missing url stays missing."""
    return tuple(
        Source(
            citation=tamed(str(row.get("citation", ""))),
            supports=tamed(str(row.get("claim", ""))),
            seen=bool(row.get("seen", False)),
            url=str(row.get("url", "") or ""),
        )
        for row in rows
    )
