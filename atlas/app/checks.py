"""Looks for mistakes in a story and in the evidence: every link leads somewhere, every id exists.

Floor: app; neighbours: check_files, library, refusal; below: core.story, geodata.validate. Returns
problems; whoever asked prints them. A story is judged against the features and places of the pack.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from atlas.app.check_files import (
    check_claims,
    check_encoding,
    check_letters,
    lines_of_panels,
    story_counts,
)
from atlas.app.library import load_story, open_library
from atlas.app.paths import resources_dir
from atlas.app.refusal import Refusal
from atlas.core.edtf import EdtfError, parse_edtf
from atlas.core.model import Atlas, Panel, Story
from atlas.core.problems import Problem, Severity, near_misses
from atlas.core.story import StoryError, anchors
from geodata.evidence import SOURCES_FOLDER
from geodata.pack import PackError
from geodata.validate_inventory import check_story_inventory

Lines = dict[str, tuple[str, list[str]]]


def check_all(folder: Path | None = None) -> list[Problem]:
    """Return every problem of a story folder or an evidence folder, of both built-in ones if None.

    Raises
    ------
    Refusal, OSError
        If there is no such folder, or it cannot be read.
    """
    if folder is None:
        story_dir = resources_dir() / "story"
        return check_story(story_dir) + check_evidence(SOURCES_FOLDER, story_dir)
    if not folder.is_dir():
        raise Refusal(str(folder), "there is no such folder", "name a story or evidence folder")
    story, evidence = _kinds(folder)
    found = check_story(folder) if story else []
    return [*found, *(check_evidence(folder, None) if evidence else [])]


def summary(folder: Path | None, problems: list[Problem]) -> str:
    """Return the last line of a check: what was looked at, by theme, and how many problems."""
    from geodata.validate import counts_by_theme

    counts: dict[str, int] = {}
    if folder is None:
        counts = counts_by_theme(SOURCES_FOLDER) | story_counts(resources_dir() / "story")
    else:
        story, evidence = _kinds(folder)
        counts |= counts_by_theme(folder) if evidence else {}
        counts |= story_counts(folder) if story else {}
    looked_at = ", ".join(f"{theme} {count}" for theme, count in counts.items())
    number = len(problems)
    words = f"{number} problem{'s' * (number != 1)}" if number else "no problems"
    return f"{looked_at}: {words}"


def _kinds(folder: Path) -> tuple[bool, bool]:
    """Tell whether a folder is to be checked as a story, and whether as evidence."""
    is_evidence = any(folder.glob("*.geojson"))
    return (folder / "story.toml").exists() or not is_evidence, is_evidence


def check_evidence(folder: Path, story_dir: Path | None) -> list[Problem]:
    """Return the problems of an evidence folder, its panel ids held against a story's."""
    from geodata.validate import validate_sources

    panel_ids = None
    if story_dir is not None:
        try:
            story, _ = load_story(story_dir)
        except StoryError:
            story = None
        panel_ids = frozenset(panel.id for panel in story.panels) if story else None
    return list(validate_sources(folder, panel_ids, resources_dir() / "fonts"))


def check_story(folder: Path) -> list[Problem]:
    """Return the problems of a story folder."""
    if not (folder / "story.toml").is_file():
        hint = "a story folder holds story.toml and panels/*.md"
        return [_error("story.toml", "", "", f"is missing in {folder}", hint)]
    unreadable = check_encoding(folder)
    if unreadable:
        return unreadable
    found = _readable_story(folder)
    return [*found, *check_story_inventory(folder, found)]


def _readable_story(folder: Path) -> list[Problem]:
    alone = [*check_claims(folder), *check_letters(folder)]
    try:
        library = open_library(folder)
    except PackError as error:
        missing = Problem(Severity.WARNING, "atlas.pack", "", "", str(error))
        return [*_story_alone(folder), *alone, missing]
    except StoryError as error:
        return error.problems
    lines = lines_of_panels(folder)
    return [*library.problems, *_links(library.atlas.story, library.atlas, lines), *alone]


def _story_alone(folder: Path) -> list[Problem]:
    """Return what can be found without the pack: nothing is said of features and places."""
    try:
        story, problems = load_story(folder)
    except StoryError as error:
        return error.problems
    return [*problems, *_links(story, None, lines_of_panels(folder))]


def _links(story: Story, atlas: Atlas | None, lines: Lines) -> Iterable[Problem]:
    yield from _spans(story)
    for panel in story.panels:
        yield from _panel(panel, story)
        yield from _anchors(panel, story, atlas, lines)
    yield from _claims(story)


def _spans(story: Story) -> Iterable[Problem]:
    """Yield panels whose spans overlap, which a date could not choose between, and gaps."""
    spanned = [panel for panel in story.panels if panel.span]
    spanned.sort(key=lambda panel: panel.span.earliest_start_day if panel.span else 0)
    for before, after in pairwise(spanned):
        if not before.span or not after.span:
            continue
        if before.span.latest_end_day > after.span.earliest_start_day:
            yield _error(_file(after), "", "span", f"overlaps that of “{before.id}”")
        elif before.span.latest_end_day < after.span.earliest_start_day:
            message = f"leaves days between it and “{before.id}” without a panel"
            yield Problem(Severity.WARNING, _file(after), "", "span", message)


def _panel(panel: Panel, story: Story) -> Iterable[Problem]:
    file = _file(panel)
    yield from _unknown(file, "layers", panel.layers, [layer.id for layer in story.layers])
    yield from _unknown(file, "claims", panel.claims, [claim.id for claim in story.claims])
    anchored = {target for _, kind, target in anchors(panel.body) if kind == "claim"}
    for claim in panel.claims:
        if claim not in anchored:
            message = f"“{claim}” is listed, but no words of the text carry it"
            yield Problem(Severity.WARNING, file, "", "claims", message)


def _anchors(panel: Panel, story: Story, atlas: Atlas | None, lines: Lines) -> Iterable[Problem]:
    known = {
        "claim": [claim.id for claim in story.claims],
        "panel": [other.id for other in story.panels],
    }
    if atlas is not None:
        known |= {"feature": list(atlas.feature_by_id), "place": list(atlas.place_by_id)}
    for text, kind, target in anchors(panel.body):
        file, where = _place(panel, f"{kind}:{target}", lines)
        where = f"{where} “{text}”".strip()
        if kind == "date":
            try:
                parse_edtf(target)
            except EdtfError as error:
                yield _error(file, where, "date", str(error))
        elif kind in known and target not in known[kind]:
            hint = near_misses(target, known[kind])
            yield _error(file, where, kind, f"there is no “{target}”", hint)


def _place(panel: Panel, words: str, lines: Lines) -> tuple[str, str]:
    """Return the file and the line of a panel where an anchor stands."""
    file, rows = lines.get(panel.id, (_file(panel), []))
    number = next((n for n, row in enumerate(rows, start=1) if f"({words})" in row), None)
    return file, f"line {number}" if number else ""


def _claims(story: Story) -> Iterable[Problem]:
    panels = [panel.id for panel in story.panels]
    for claim, count in Counter(claim.id for claim in story.claims).items():
        if count > 1:
            yield _error("claims.json", claim, "id", f"is used by {count} claims")
    for claim_record in story.claims:
        if claim_record.panel not in panels:
            hint = near_misses(claim_record.panel, panels)
            message = f"names no panel: “{claim_record.panel}”"
            yield _error("claims.json", claim_record.id, "panel", message, hint)
        if not claim_record.sources:
            message = "names none: a claim without a source is not evidence"
            yield Problem(Severity.WARNING, "claims.json", claim_record.id, "sources", message)


def _unknown(file: str, field: str, wanted: Iterable[str], known: list[str]) -> Iterable[Problem]:
    for word in sorted(set(wanted) - set(known)):
        yield _error(file, "", field, f"there is no “{word}”", near_misses(word, known))


def _file(panel: Panel) -> str:
    return f"panel {panel.id}"


def _error(file: str, where: str, field: str, message: str, hint: str = "") -> Problem:
    return Problem(Severity.ERROR, file, where, field, message, hint)
