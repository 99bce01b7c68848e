"""The story as a book has it: sections of text with numbered notes, claims, sources, works.

Floor: app, but no Qt; neighbours: library, booklet and web_page, which set it. Nothing is said here
that panels, claims and cards do not say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from atlas.app.library import Library
from atlas.core.card_words import kind_and_side, when_in_words, where_in_words
from atlas.core.edtf import parse_edtf
from atlas.core.link_targets import leads_anywhere
from atlas.core.model import Claim, Feature, Panel, Source, Story
from atlas.core.panel_markup import Block, Link, known_only, read_blocks, typeset_blocks
from atlas.core.story import sources_from
from atlas.core.typesetting import typeset
from atlas.core.verdicts import is_web_link
from geodata.bibliography import GENERAL_KNOWLEDGE, work_in_words

SOURCES: Final = "sources"


@dataclass(frozen=True, slots=True)
class MarkNote:
    """What a link to a mark leads to, as a note of that number."""

    number: int
    feature: Feature
    kind: str
    when: str
    where: str
    disputes: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One panel; `number` counts from 1. Text and sources are typeset, dead links plain text."""

    number: int
    panel: Panel
    text: tuple[Block, ...]
    marks: tuple[MarkNote, ...]
    claims: tuple[Claim, ...]
    sources: tuple[Block, ...]
    key_days: tuple[int, ...]
    """The panel's own day and those its text names, in order of time."""
    linked_days: frozenset[int] = frozenset()
    """Those of the key days that are links to a date in the text."""
    is_last_word: bool = False
    """Whether it tells of the time up to the end of the story's era."""

    def mark_number(self, feature_id: str) -> int:
        """Return the number of the note on a feature, 0 if there is none."""
        return next((m.number for m in self.marks if m.feature.id == feature_id), 0)

    def claim_anchor(self, claim_id: str) -> str:
        """Return the name of the note on a claim: sections may tell of the same one."""
        return f"claim-{self.panel.id}-{claim_id}"

    def mark_anchor(self, number: int) -> str:
        """Return the name of the note on a mark."""
        return f"mark-{self.panel.id}-{number}"

    def claim_number(self, claim_id: str) -> int:
        """Return the number of a claim in its section, 0 if it is not among them."""
        return next((n for n, claim in enumerate(self.claims, 1) if claim.id == claim_id), 0)


@dataclass(frozen=True, slots=True)
class Work:
    """A work of the bibliography: one line, and where it stands on the web."""

    words: str
    url: str


def sections_of(library: Library) -> tuple[Section, ...]:
    """Return the story's panels as sections."""
    panels = library.atlas.story.panels
    return tuple(_section(library, number, panel) for number, panel in enumerate(panels, 1))


def works_of(library: Library) -> tuple[Work, ...]:
    """Return the bibliography in the order of its words; empty if the pack has none."""
    if "bibliography.json" not in library.pack.names():
        return ()
    rows = [r for r in library.pack.json("bibliography.json") if r["id"] != GENERAL_KNOWLEDGE]
    works = (Work(typeset(work_in_words(row)), _web(str(row.get("URL", "")))) for row in rows)
    return tuple(sorted(works, key=lambda work: work.words.lstrip("“[‘").casefold()))


def _web(url: str) -> str:
    return url if is_web_link(url) else ""


def _section(library: Library, number: int, panel: Panel) -> Section:
    atlas = library.atlas
    blocks = typeset_blocks(
        known_only(read_blocks(panel.body), lambda link: leads_anywhere(link, atlas))
    )
    cut = next((i for i, b in enumerate(blocks) if _heads_sources(b)), len(blocks))
    text = blocks[:cut]
    links = list(_links(text))
    claim_ids = dict.fromkeys([*(x.target for x in links if x.kind == "claim"), *panel.claims])
    return Section(
        number,
        panel,
        text,
        tuple(_mark_notes(library, links)),
        tuple(atlas.claim_by_id[c] for c in claim_ids if c in atlas.claim_by_id),
        blocks[cut + 1 :],
        _key_days(library, panel, links),
        frozenset(_linked_days(links, library.atlas.story)),
        bool(panel.span and panel.span.latest_end_day > atlas.story.last_day),
    )


def _heads_sources(block: Block) -> bool:
    return block.kind == "heading" and block.text.strip().lower() == SOURCES


def _links(blocks: tuple[Block, ...]) -> Iterator[Link]:
    return (run.link for block in blocks for run in block.runs if run.link is not None)


def _mark_notes(library: Library, links: list[Link]) -> Iterator[MarkNote]:
    ids = dict.fromkeys(link.target for link in links if link.kind == "feature")
    for number, feature_id in enumerate(ids, 1):
        feature, card = library.atlas.feature_by_id[feature_id], library.card(feature_id)
        yield MarkNote(
            number,
            feature,
            kind_and_side(feature, card),
            when_in_words(card),
            where_in_words(feature, card),
            str(card.get("disputes") or ""),
            sources_from(_rows(card)),
        )


def _rows(card: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [row for row in card.get("sources", ()) if isinstance(row, dict)]


def _linked_days(links: list[Link], story: Story) -> Iterator[int]:
    for link in links:
        day = _exact_day(link.target) if link.kind == "date" else None
        if day is not None and story.first_day <= day <= story.last_day:
            yield day


def _key_days(library: Library, panel: Panel, links: list[Link]) -> tuple[int, ...]:
    """Return the days worth a map: the panel's, those linked, those of the marks it names.

    Only dates known to the day count: a map of 30 June must not stand for “1964”.
    """
    story = library.atlas.story
    days = {panel.day, *_linked_days(links, story)}
    for link in links:
        if link.kind != "feature":
            continue
        day = _sure_day(library.atlas.feature_by_id[link.target])
        if day is not None and story.first_day <= day <= story.last_day:
            days.add(day)
    return tuple(sorted(days))


def _exact_day(text: str) -> int | None:
    date = parse_edtf(text)
    is_exact = date.unit == "day" and not date.approximate and not date.uncertain
    return date.start_day if is_exact else None


def _sure_day(feature: Feature) -> int | None:
    """Return the first day of a mark if it is known to the day."""
    first = min(feature.when.spans, default=None)
    if first is None or first.earliest_start_day != first.latest_start_day:
        return None
    return first.earliest_start_day
