"""The offline page's text as HTML: sections, notes, works. Everything that is said is escaped.

Floor: app, no Qt; neighbours: book (what is said), web_page (which puts it together).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Final, NamedTuple

from atlas.app.publish.book import MarkNote, Section, Work
from atlas.app.publish.book_text import claim_letter, span_of
from atlas.core.link_targets import day_of_link
from atlas.core.model import Claim, Panel, Source
from atlas.core.panel_markup import Block, Run
from atlas.core.typesetting import typeset
from atlas.core.verdicts import (
    NOT_CHECKED,
    VERDICTS,
    is_to_be_marked,
    is_web_link,
    sentence_on,
    verdict_of,
)
from atlas.core.words import day_in_words

SIGNS: Final = {
    "supported": "✓",
    "imprecise": "≈",
    "disputed": "⇄",
    "wrong": "✗",
    "unverifiable": "?",
}
_HEADINGS: Final = {1: "h3", 2: "h3", 3: "h4", 4: "h5"}
_CLINGING: Final = ".,;:!?)]’”"
_UNBROKEN: Final = "\u2060"


class MapPicture(NamedTuple):
    """A map of one day: its picture as a data address, and what it shows in words."""

    day: int
    src: str
    size_px: tuple[int, int]
    alt: str


def said(text: str) -> str:
    """Return words with printers' signs, and nothing of HTML in them."""
    return escape(typeset(text))


def section_html(
    section: Section, maps: Iterable[MapPicture], before: Panel | None, after: Panel | None
) -> str:
    """Return a section: heading, maps beside text, notes, the ways on."""
    name = escape(section.panel.id)
    kicker = "  ·  ".join(part for part in (f"Section {section.number}", span_of(section)) if part)
    pictures = tuple(maps)
    ways = {picture.day: _map_id(section, picture.day) for picture in pictures}
    return f"""
<article id="panel-{name}" aria-labelledby="head-{name}">
<p class="kicker">{escape(kicker)}</p>
<h2 id="head-{name}">{said(section.panel.title)}</h2>
<div class="spread">
{_maps(section, pictures)}
<div>
<div class="text">{"".join(_blocks(section, ways))}</div>
{_claims(section)}{_marks(section)}{_sources_list(section)}
</div>
</div>
{_turn(before, after)}
</article>"""


def _map_id(section: Section, day: int) -> str:
    return escape(f"map-{section.panel.id}-{day}")


def _maps(section: Section, maps: tuple[MapPicture, ...]) -> str:
    name = escape(section.panel.id)
    inputs, labels, figures = [], [], []
    for picture in maps:
        words, identity = escape(day_in_words(picture.day)), _map_id(section, picture.day)
        checked = " checked" if picture.day == section.panel.day else ""
        inputs.append(
            f'<input type="radio" name="day-{name}" id="{identity}" aria-label="{words}"{checked}>'
        )
        labels.append(f'<label for="{identity}">{words}</label>')
        width, height = picture.size_px
        figures.append(
            f'<figure><img src="{picture.src}" width="{width}" height="{height}" '
            f'alt="{escape(picture.alt)}"><figcaption>{words}</figcaption></figure>'
        )
    days = f'<div class="days" aria-hidden="true">{"".join(labels)}</div>'
    return (
        '<fieldset class="maps"><legend>Date of the map</legend>'
        f"{''.join(inputs)}{days}{''.join(figures)}</fieldset>"
    )


def _blocks(section: Section, ways: Mapping[int, str]) -> Iterator[str]:
    items = ""
    for block in section.text:
        html = "".join(_runs(block, section, ways))
        if block.kind == "item":
            items += f"<li>{html}</li>"
            continue
        if items:
            yield f"<ul>{items}</ul>"
            items = ""
        if block.kind == "heading":
            tag = _HEADINGS[block.level]
            yield f"<{tag}>{html}</{tag}>"
        elif block.kind == "rule":
            yield "<hr>"
        else:
            tag = "blockquote" if block.kind == "quote" else "p"
            yield f"<{tag}>{html}</{tag}>"
    if items:
        yield f"<ul>{items}</ul>"


def _runs(block: Block, section: Section, ways: Mapping[int, str]) -> Iterator[str]:
    taken = 0
    for index, run in enumerate(block.runs):
        after = block.runs[index + 1] if index + 1 < len(block.runs) else None
        yield _linked(run, _look(run, escape(run.text[taken:])), section, ways)
        taken = 0
        if after is not None and after.link == run.link:
            continue
        if (note := _note(run, section)) and after is not None:
            taken = len(after.text) - len(after.text.lstrip(_CLINGING))
            yield escape(after.text[:taken])
        yield note


def _look(run: Run, html: str) -> str:
    html = f"<em>{html}</em>" if run.italic else html
    return f"<strong>{html}</strong>" if run.bold else html


def _linked(run: Run, html: str, section: Section, ways: Mapping[int, str]) -> str:
    link = run.link
    match link.kind if link else "":
        case "claim":
            return f'<span class="claimed">{html}</span>'
        case "panel" if link:
            return f'<a href="#panel-{escape(link.target)}">{html}</a>'
        case "web" if link and is_web_link(link.target):
            return f'<a href="{escape(link.target)}" rel="noreferrer">{html}</a>'
        case "date" if link and (way := ways.get(day_of_link(link.target) or 0)):
            return f'<label for="{way}">{html}</label>'
        case _:
            return html


def _note(run: Run, section: Section) -> str:
    """Return the raised sign or number after a link: to a claim's verdict, or to a mark."""
    link = run.link
    if link is not None and link.kind == "claim" and (n := section.claim_number(link.target)):
        claim, letter = section.claims[n - 1], claim_letter(n)
        word = escape(verdict_of(claim.verdict).word.lower())
        return (
            f'{_UNBROKEN}<a class="note" href="#{escape(section.claim_anchor(claim.id))}" '
            f'aria-label="Claim {letter}: {word}">{_sign(claim.verdict)}{letter}</a>'
        )
    if link is not None and link.kind == "feature" and (n := section.mark_number(link.target)):
        href = f"#{escape(section.mark_anchor(n))}"
        return f'{_UNBROKEN}<a class="note" href="{href}" aria-label="Mark {n}">{n}</a>'
    return ""


def _sign(verdict: str) -> str:
    name = verdict if verdict in SIGNS else "unverifiable"
    return f'<span class="sign {name}" aria-hidden="true">{SIGNS[name]}</span>'


def verdict_key() -> str:
    """Return the list of verdicts with their signs."""
    items = (
        f"<li>{_sign(name)} <strong>{said(verdict.word)}.</strong> {said(verdict.sentence)}</li>"
        for name, verdict in VERDICTS.items()
    )
    return f'<ul class="key">{"".join(items)}</ul>'


def _claims(section: Section) -> str:
    if not section.claims:
        return ""
    items = "".join(_claim(claim, section) for claim in section.claims)
    head = "Claims of the article, and what became of them"
    return f'<section class="claims"><h3>{head}</h3><ol>{items}</ol></section>'


def _claim(claim: Claim, section: Section) -> str:
    verdict, sentence = verdict_of(claim.verdict), sentence_on(claim)
    provisional = f" {escape(sentence)}" if sentence.startswith("Provisional") else ""
    confidence = f" Confidence: {escape(claim.confidence)}." if claim.confidence else ""
    return (
        f'<li id="{escape(section.claim_anchor(claim.id))}">{_sign(claim.verdict)} '
        f"<strong>{escape(verdict.word)}.</strong> <em>{said(claim.text)}</em>{provisional} "
        f"{said(claim.annotation)}{confidence}{_cited(claim.sources)}</li>"
    )


def _marks(section: Section) -> str:
    if not section.marks:
        return ""
    items = "".join(_mark(mark, section) for mark in section.marks)
    head = "Marks on the map named in the text"
    return f'<section class="marks"><h3>{head}</h3><ol>{items}</ol></section>'


def _mark(mark: MarkNote, section: Section) -> str:
    told = [mark.kind, mark.when, mark.where, f"Disputed: {mark.disputes}" if mark.disputes else ""]
    words = " ".join(f"{said(part.rstrip('.'))}." for part in told if part)
    return (
        f'<li id="{escape(section.mark_anchor(mark.number))}">'
        f"<strong>{said(mark.feature.name)}.</strong> {words}"
        f"{_cited(mark.sources, mark.feature.name)}</li>"
    )


def _cited(sources: Iterable[Source], about: str = "") -> str:
    items = [_source(source, about) for source in sources]
    if not items:
        return ""
    word = "Sources" if len(items) > 1 else "Source"
    return f' <span class="cited">{word}: {"; ".join(items)}.</span>'


def _source(source: Source, about: str) -> str:
    html = said(source.citation.rstrip("."))
    if is_web_link(source.url):
        html = f'<a href="{escape(source.url)}" rel="noreferrer">{html}</a>'
    if source.supports and source.supports != about:
        html += f", for: {said(source.supports)}"
    if is_to_be_marked(source.seen, source.citation):
        html += f" ({NOT_CHECKED})"
    return html


def _sources_list(section: Section) -> str:
    if not section.sources:
        return ""
    items = "".join(f"<li>{escape(block.text)}</li>" for block in section.sources)
    return f'<section class="sources"><h3>Sources of this section</h3><ul>{items}</ul></section>'


def _turn(before: Panel | None, after: Panel | None) -> str:
    def way(panel: Panel | None, words: str) -> str:
        if panel is None:
            return '<a href="#top">Contents</a>'
        return f'<a href="#panel-{escape(panel.id)}">{words}: {said(panel.title)}</a>'

    return f'<p class="turn">{way(before, "Before")}{way(after, "Next")}</p>'


def works_html(works: Iterable[Work]) -> str:
    """Return the list of works cited; empty if there is none."""
    items = "".join(f"<li>{_work(work)}</li>" for work in works)
    if not items:
        return ""
    return f'<section class="end works" id="works"><h2>Works cited</h2><ul>{items}</ul></section>'


def _work(work: Work) -> str:
    if not work.url:
        return escape(work.words)
    return f'<a href="{escape(work.url)}" rel="noreferrer">{escape(work.words)}</a>'
