"""Lists everything in the atlas that can be searched for. Floor: core; neighbours: search.

Towns under all their names, states and their own names, features, panels, and the sentences of
the panels' text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from atlas.core.day import ymd_from_day
from atlas.core.model import Atlas, Feature, Panel, Place, Polity
from atlas.core.search import Entry
from atlas.core.symbology import sign_for
from atlas.core.words import day_in_words

_LINK: Final = re.compile(r"!?\[((?:[^\[\]\\]|\\.)+)\]\([^()\s]+\)")
_LINE_MARKS: Final = re.compile(r"^(?:#{1,4}\s+|[-*+]\s+|\d{1,3}[.)]\s+|>\s*)")
_EMPHASIS: Final = re.compile(r"(?<!\w)[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}(?!\w)|`|\\(?=\W)")
_SENTENCE_GAP: Final = re.compile(r"(?<=[.!?…])(?<!\b[A-Z]\.)([\"'”’)]*)\s+(?=[\"'“‘(]?[A-Z0-9])")

_SOURCES: Final = "sources"
_SOURCE_WEIGHT: Final = 6.0

AltNames = Mapping[str, tuple[str, ...]]
"""Further names by feature id."""


def search_entries(atlas: Atlas, alt_names: AltNames) -> Iterator[Entry]:
    """Yield every entry; `alt_names` are what features are called elsewhere."""
    countries = country_names(atlas)
    yield from (_place(place, countries) for place in atlas.places)
    yield from _states(atlas)
    for feature in atlas.features:
        yield _feature(feature, alt_names.get(feature.id, ()))
    for number, panel in enumerate(atlas.story.panels, 1):
        names = tuple(dict.fromkeys((panel.title, panel.short_title)))
        yield Entry("panel", panel.id, panel.title, f"panel {number}", names, 1)
        yield from _texts(panel, f"panel {number}: {panel.title}", number / 100)


def country_names(atlas: Atlas) -> dict[str, str]:
    """Return the last name of each territorial unit."""
    rows = sorted(atlas.polities, key=lambda row: row.span.earliest_start_day)
    return {row.unit: row.label for row in rows if row.label}


def _place(place: Place, countries: dict[str, str]) -> Entry:
    country = countries.get(place.country, "")
    weight = 0 if place.rank == 0 else 1 if place.story else 2 + place.rank / 2
    names = (place.name, *(dated.name for dated in place.names))
    return Entry(
        kind="place",
        id=place.id,
        title=place.name,
        detail=f"town, {country}" if country and country != place.name else "town",
        keys=tuple(dict.fromkeys(names)),
        weight=weight,
        aside=country,
    )


def _states(atlas: Atlas) -> Iterator[Entry]:
    """Yield one entry a label: ``Cambodia`` has several rows."""
    rows: dict[str, list[Polity]] = {}
    for polity in atlas.polities:
        if polity.label and polity.anchors_m:
            rows.setdefault(polity.label, []).append(polity)
    for label, named in rows.items():
        names = [label]
        for polity in named:
            names += [name for name in (polity.official_name, polity.endonym) if name]
        yield Entry("state", label, label, "territory", tuple(dict.fromkeys(names)), 1)


def _feature(feature: Feature, alt_names: tuple[str, ...]) -> Entry:
    event = feature.layer == "events"
    kind = "event" if event else _plain_kind(feature)
    first, last = feature.when.first_day, feature.when.last_day
    years = range(ymd_from_day(first)[0], ymd_from_day(last)[0] + 1)
    return Entry(
        kind="feature",
        id=feature.id,
        title=feature.name,
        detail=f"{kind}, {_when(feature)}",
        keys=tuple(dict.fromkeys((feature.name, *alt_names))),
        weight=2 if event and feature.rank == 1 else 3,
        aside=" ".join((kind, *map(str, years[:100]))),
    )


def _plain_kind(feature: Feature) -> str:
    words = sign_for(feature.kind).words.partition(" (")[0]
    return words[:1].lower() + words[1:]


def _when(feature: Feature) -> str:
    """Return the day of what took one, else the years; doubt is told on the card."""
    spans = feature.when.spans
    bounds = {day for s in spans for day in (s.earliest_start_day, s.latest_end_day - 1)}
    if len(bounds) == 1:
        return day_in_words(bounds.pop())
    first, last = (ymd_from_day(day)[0] for day in (min(bounds), max(bounds)))
    return str(first) if first == last else f"{first} to {last}"


def _texts(panel: Panel, where: str, weight: float) -> Iterator[Entry]:
    """Yield a panel's sentences, then its sources, which are found last."""
    text, sources = _parted(panel.body)
    for sentence in sentences(text):
        yield Entry("text", panel.id, sentence, f"text, {where}", (sentence,), weight)
    for line in paragraphs(sources):
        told = f"sources, {where}"
        yield Entry("text", panel.id, line, told, (line,), weight + _SOURCE_WEIGHT)


def _parted(body: str) -> tuple[str, str]:
    lines = body.splitlines()
    heads = [line.strip().lstrip("# ").lower() if line.startswith("#") else "" for line in lines]
    at = heads.index(_SOURCES) if _SOURCES in heads else len(lines)
    return "\n".join(lines[:at]), "\n".join(lines[at + 1 :])


def sentences(body: str) -> Iterator[str]:
    """Yield the sentences of a panel's Markdown as plain words."""
    for paragraph in paragraphs(body):
        yield from _SENTENCE_GAP.sub("\\1\n", paragraph).split("\n")


def paragraphs(body: str) -> Iterator[str]:
    """Yield the paragraphs, headings and list items of a panel's Markdown as plain words."""
    lines: list[str] = []
    for line in (*body.splitlines(), ""):
        text = line.strip()
        if lines and (not text or _LINE_MARKS.match(text)):
            if plain := _plain(" ".join(lines)):
                yield plain
            lines.clear()
        if text:
            lines.append(_LINE_MARKS.sub("", text))


def _plain(markdown: str) -> str:
    return _EMPHASIS.sub("", _LINK.sub(r"\1", markdown)).strip()
