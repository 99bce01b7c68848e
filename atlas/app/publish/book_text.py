"""A section of the story as paragraphs: text with raised numbers, and the notes they lead to.

Floor: app; neighbours: book (what is said), text_flow (how it is set), booklet (the pages).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from atlas.app.publish.book import MarkNote, Section, Work
from atlas.app.publish.text_flow import Kind, Paragraph, Words
from atlas.core.model import Claim, Source
from atlas.core.panel_markup import Block, Run
from atlas.core.typesetting import typeset
from atlas.core.verdicts import NOT_CHECKED, is_to_be_marked, is_web_link, sentence_on, verdict_of
from atlas.core.words import day_in_words, days_in_words

BODY: Final = Kind("body", 12.6, 17.6, 7.0)
QUOTE: Final = Kind("body_italic", 12.6, 17.6, 7.0, indent_px=14)
HEADING: Final = Kind("title", 13.5, 19.0, 12.0, keeps_next=True)
NOTES_HEADING: Final = Kind("label_bold", 9.6, 14.0, 17.0, ink="accent", keeps_next=True)
NOTE: Final = Kind("label", 9.6, 13.0, 5.0, indent_px=13)
WORK: Final = Kind("label", 9.4, 12.6, 4.2, indent_px=13)
_CLINGING: Final = ".,;:!?)]’”"
"""What stands before a raised number, as before a footnote's."""
_GAP: Final = "\u2060\u202f"


def section_paragraphs(section: Section) -> Iterator[Paragraph]:
    """Yield a section's text, then its claims, the marks it names, and its sources."""
    for block in section.text:
        yield Paragraph(tuple(_words(block, section)), _kind_of(block))
    if section.claims:
        yield _heading("Claims of the article, and what became of them")
        for number, claim in enumerate(section.claims, 1):
            yield _claim(claim, number, section)
    if section.marks:
        yield _heading("Marks on the map named in the text")
        for mark in section.marks:
            yield _mark(mark, section)
    if section.sources:
        yield _heading("Sources of this section")
        for block in section.sources:
            yield Paragraph((Words(block.text),), WORK)


def claim_letter(number: int) -> str:
    """Return the letter of the claim of that number in its section: a, b, … z, aa, ab."""
    before = claim_letter((number - 1) // 26) if number > 26 else ""
    return before + chr(ord("a") + (number - 1) % 26)


def span_of(section: Section) -> str:
    """Return the stretch of time a section tells of, in words; empty if it has none."""
    span = section.panel.span
    if span is None:
        return ""
    if section.is_last_word:
        return f"from {day_in_words(span.earliest_start_day)}"
    return days_in_words(span.earliest_start_day, span.latest_end_day - 1)


def work_paragraphs(works: Iterable[Work]) -> Iterator[Paragraph]:
    """Yield the bibliography, a paragraph a work."""
    for work in works:
        link = (Words(" "), Words(_bare(work.url), ink="focus", href=work.url)) if work.url else ()
        yield Paragraph((Words(work.words), *link), WORK)


def _bare(url: str) -> str:
    return url.partition("://")[2].rstrip("/")


def _kind_of(block: Block) -> Kind:
    if block.kind == "heading":
        return HEADING
    return QUOTE if block.kind == "quote" else BODY


def _heading(text: str) -> Paragraph:
    return Paragraph((Words(text),), NOTES_HEADING, rule=True)


def _words(block: Block, section: Section) -> Iterator[Words]:
    """Yield a block's runs, each link followed by its sign or number after the punctuation."""
    if block.kind == "item":
        yield Words(f"{block.mark} ")
    if block.kind == "rule":
        yield Words("–\u2009–\u2009–")
    taken = 0
    for index, run in enumerate(block.runs):
        after = block.runs[index + 1] if index + 1 < len(block.runs) else None
        yield _run(run, run.text[taken:])
        taken = 0
        if after is not None and after.link == run.link:
            continue
        mark = tuple(_mark_after(run, section))
        if mark and after is not None:
            taken = len(after.text) - len(after.text.lstrip(_CLINGING))
            yield _run(after, after.text[:taken])
        yield from mark


def _run(run: Run, text: str) -> Words:
    role = "title" if run.bold else "body_italic" if run.italic else ""
    href = run.link.target if run.link and run.link.kind == "web" else ""
    return Words(text, role, href=href, underlined=bool(run.link and run.link.kind == "claim"))


def _mark_after(run: Run, section: Section) -> Iterator[Words]:
    link = run.link
    if link is None:
        return
    if link.kind == "claim" and (number := section.claim_number(link.target)):
        claim = section.claims[number - 1]
        yield Words("", sign=claim.verdict)
        yield Words(
            claim_letter(number),
            "label_bold",
            href=f"#{section.claim_anchor(claim.id)}",
            raised=True,
        )
    elif link.kind == "feature" and (number := section.mark_number(link.target)):
        href = f"#{section.mark_anchor(number)}"
        yield Words(f"\u2060{number}", "label", href=href, raised=True)
    elif link.kind == "panel":
        yield Words(" (page)", "label", href=f"#panel-{link.target}", raised=True)


def _claim(claim: Claim, number: int, section: Section) -> Paragraph:
    verdict = verdict_of(claim.verdict)
    said = sentence_on(claim)
    provisional = f"{said} " if said.startswith("Provisional") else ""
    confidence = f" Confidence: {claim.confidence}." if claim.confidence else ""
    return Paragraph(
        (
            Words(f"{claim_letter(number)} ", "label_bold"),
            Words("", sign=claim.verdict),
            Words(f"\u202f{verdict.word}. ", "label_bold", verdict.ink),
            Words(f"{typeset(_stopped(claim.text))} ", "label_italic"),
            Words(f"{provisional}{typeset(_stopped(claim.annotation))}{confidence}"),
            *_sources(claim.sources),
        ),
        NOTE,
        section.claim_anchor(claim.id),
    )


def _mark(mark: MarkNote, section: Section) -> Paragraph:
    told = [mark.kind, mark.when, mark.where, f"Disputed: {mark.disputes}" if mark.disputes else ""]
    return Paragraph(
        (
            Words(f"{mark.number} ", "label_bold"),
            Words(f"{typeset(_stopped(mark.feature.name))} ", "label_bold"),
            Words(typeset(" ".join(_stopped(part) for part in told if part))),
            *_sources(mark.sources, mark.feature.name),
        ),
        NOTE,
        section.mark_anchor(mark.number),
    )


def _sources(sources: tuple[Source, ...], about: str = "") -> Iterator[Words]:
    """Yield the works cited, those nobody read marked; what they say unless that is the thing."""
    if not sources:
        return
    yield Words(" Sources: " if len(sources) > 1 else " Source: ", ink="text_soft")
    for index, source in enumerate(sources):
        text = typeset(source.citation)
        if source.supports and source.supports != about:
            text += f", for: {typeset(source.supports)}"
        if is_to_be_marked(source.seen, source.citation):
            text += f" ({NOT_CHECKED})"
        end = "; " if index + 1 < len(sources) else "."
        href = source.url if is_web_link(source.url) else ""
        yield Words(text, ink="text_soft", href=href)
        yield Words(end if not text.endswith(".") or end != "." else "", ink="text_soft")


def _stopped(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".?!…”" else f"{text}."
