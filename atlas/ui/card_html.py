"""What the identify card says, as escaped HTML made of the feature and its card.

Floor: ui, but plain text only; neighbours: identify, which shows it. Nothing is said that the
evidence does not say: an unread source is marked, an unlocated thing is called so.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any, Final
from urllib.parse import urlsplit

from atlas.core.card_words import Card, kind_and_side, when_in_words, where_in_words
from atlas.core.model import Feature
from atlas.core.typesetting import typeset
from atlas.core.verdicts import NOT_CHECKED, is_to_be_marked, is_web_link
from atlas.core.when import Presence
from atlas.core.words import day_in_words, days_in_words, edtf_in_words
from atlas.ui.progress import IN_PROGRESS, progress_words, time_in_words

_PRESENCE_WORDS: Final = {
    Presence.CERTAIN: "On {day}: within its dates.",
    Presence.POSSIBLE: "On {day}: perhaps; its dates are in doubt.",
}
_EVIDENCE_WORDS: Final = {
    "partly general knowledge": "Rests partly on general knowledge, not on a source read.",
    "general knowledge only": "Rests on general knowledge only; no source was read.",
}


def card_html(feature: Feature, card: Card, *dates: int | tuple[int, int]) -> str:
    """Return the card's text for a date, without the name, which heads the card."""
    parts = [
        f'<p class="kicker">{said(kind_and_side(feature, card))}</p>',
        _paragraph(card.get("summary")),
        _row(
            "When",
            when_in_words(card),
            card.get("date_note"),
            *(_on(feature, date) for date in dates),
        ),
        _row("Where", card.get("place"), where_in_words(feature, card), card.get("basis")),
        _row("Units", card.get("units")),
        _row("Route", card.get("road")),
        _row("Front", card.get("front")),
        _row("Outcome", card.get("result")),
        _stages(card.get("waypoints", ())),
        _row("Also called", "; ".join(_names(card.get("alt_names", ())))),
        _row("What each side calls the war", *_war_names(card.get("war_names", ()))),
        _row("Confidence", _confidence(feature, card)),
        _row("Disputed", card.get("disputes")),
        _sources(card.get("sources", ()), feature.name),
    ]
    return "".join(parts)


def said(text: object) -> str:
    """Return words as they are set in a card: printers' signs, and nothing of HTML in them."""
    return escape(typeset(str(text)))


def plain_text(feature: Feature, card: Card) -> str:
    """Return one sentence for screen readers: name, kind and dates."""
    return f"{feature.name}. {kind_and_side(feature, card)}. {when_in_words(card)}."


def _on(feature: Feature, date: int | tuple[int, int]) -> str:
    """Return how a feature stands to a day, or to a stretch of time by its first and last."""
    if isinstance(date, int):
        return _on_date(feature, date)
    first_day, last_day = date
    presence, days = feature.when.presence_during(*date), days_in_words(*date)
    if presence is Presence.CERTAIN:
        return f"In the time shown, {days}."
    if presence is Presence.POSSIBLE:
        return f"Perhaps in the time shown, {days}; its dates are in doubt."
    return _on_date(feature, first_day if feature.when.last_day < first_day else last_day)


def _on_date(feature: Feature, day: int) -> str:
    presence = feature.when.presence(day)
    if progress_words(feature, day) == IN_PROGRESS:
        return f"On {day_in_words(day)}: in progress."
    if presence is not Presence.ABSENT:
        return _PRESENCE_WORDS[presence].format(day=day_in_words(day))
    if feature.when.last_day < day:
        since = time_in_words(day - feature.when.last_day)
        return f"Past: it ended {since} before {day_in_words(day)}."
    if feature.when.first_day > day:
        until = time_in_words(feature.when.first_day - day)
        return f"Still to come: it begins {until} after {day_in_words(day)}."
    return f"Not on {day_in_words(day)}, the date shown."


def _confidence(feature: Feature, card: Card) -> str:
    stated = str(card.get("confidence") or feature.confidence)
    basis = _EVIDENCE_WORDS.get(str(card.get("evidence", "")), "")
    return " ".join(part for part in (f"{stated.capitalize()}." if stated else "", basis) if part)


def _names(alt_names: Iterable[Any]) -> Iterable[str]:
    for item in alt_names:
        yield str(item.get("name", "")) if isinstance(item, dict) else str(item)


def _war_names(war_names: Iterable[Card]) -> Iterable[str]:
    for side in war_names:
        yield f"{side.get('by', '')}: “{side.get('name', '')}”"


def _paragraph(text: Any) -> str:
    return f"<p>{said(text)}</p>" if text else ""


def _row(head: str, *lines: Any) -> str:
    """Return a headed paragraph of the lines that say something; the first is the main one."""
    told = [said(line) for line in lines if line]
    if not told:
        return ""
    first, rest = told[0], told[1:]
    more = "".join(f'<br/><span class="soft">{line}</span>' for line in rest)
    return f'<p><span class="head">{head}</span><br/>{first}{more}</p>'


def _stages(waypoints: Iterable[Card]) -> str:
    items = [f"<li>{said(_stage(point))}{_note(point)}</li>" for point in waypoints]
    if not items:
        return ""
    return f'<p><span class="head">Stages</span></p><ul>{"".join(items)}</ul>'


def _stage(point: Card) -> str:
    date = edtf_in_words(str(point["date"])) if point.get("date") else "no date given"
    return f"{date}: {point.get('place', '')}"


def _note(point: Card) -> str:
    notes = [str(point["note"])] if point.get("note") else []
    if point.get("date") and not point.get("source"):
        notes.append("no source for the date")
    return f' <span class="soft">({said("; ".join(notes))})</span>' if notes else ""


def _sources(sources: Iterable[Card], name: str) -> str:
    items = "".join(f"<li>{_source(source, name)}</li>" for source in sources)
    return f'<p><span class="head">Sources</span></p><ul>{items}</ul>' if items else ""


def _source(source: Card, name: str) -> str:
    """Return a work, and what it is cited for unless that is the thing itself."""
    text = said(source.get("citation", ""))
    if source.get("claim") and source["claim"] != name:
        text += f' <span class="soft">for: {said(source["claim"])}</span>'
    if is_to_be_marked(bool(source.get("seen")), str(source.get("citation", ""))):
        text += f' <span class="mark">{NOT_CHECKED}</span>'
    return text + _link(str(source.get("url") or ""))


def _link(url: str) -> str:
    if not is_web_link(url):
        return ""
    return f' <a href="{escape(url)}">{escape(urlsplit(url).netloc)}</a>'
