"""What the card says of the selected thing: of a feature its evidence, of a cell how many it holds.

Floor: ui, but plain text only; neighbours: card_html, identify (which shows it). The places of a
cell are counted on the days shown; the first of them are named, each a link to its own card.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from atlas.app.library import Library
from atlas.core import viewport
from atlas.core.card_words import kind_and_side, when_in_words
from atlas.core.model import Feature
from atlas.core.own import asked_by, is_cell, layer_of, together_words
from atlas.core.state import State
from atlas.core.store import Action
from atlas.core.words import days_in_words
from atlas.ui.card_html import card_html, plain_text, said

PLACE_LINK: Final = "own-place:"
"""How a link to one place of a cell begins; its number in the file follows."""
Days = tuple[int | tuple[int, int], ...]


class Told(NamedTuple):
    """A card: its head, its text as HTML, and both in words for screen readers."""

    name: str
    html: str
    heard: str
    plain: str


def told_of(library: Library, feature: Feature, state: State) -> Told:
    """Return what the card says of a feature, or of a cell of an own overlay."""
    if is_cell(feature.id):
        return _cell_told(library, feature, state)
    card = library.card(feature.id)
    html = card_html(feature, card, *dates_shown(state))
    if layer := layer_of(feature.id):
        html = f'<p class="kicker">{said(_from(library, layer))}</p>{html}'
    heard = f"{feature.name}, {kind_and_side(feature, card)}"
    return Told(feature.name, html, heard, plain_text(feature, card))


def _cell_told(library: Library, feature: Feature, state: State) -> Told:
    points = library.atlas.own[feature.layer]
    found = points.gathered(feature.id, asked_by(state))
    days = days_in_words(state.first_day, state.day)
    name = together_words(found.number) if found.number else "No place"
    when = f"In this part of the map on {days}."
    doubts = []
    if found.doubtful:
        doubts.append(f"Of {found.doubtful:,} the dates are in doubt.")
    if found.past:
        doubts.append(f"{found.past:,} are just past.")
    more = found.number - len(found.first)
    parts = [
        f'<p class="kicker">{said(_from(library, feature.layer))}</p>',
        f"<p>{said(' '.join((when, *doubts)))}</p>",
        "<ul>",
        *(_item(library, feature_id) for feature_id in found.first),
        "</ul>",
        f"<p>{said(f'and {more:,} more: zoom in to see them apart.')}</p>" if more > 0 else "",
    ]
    return Told(name, "".join(parts), name, f"{name}. {when} {' '.join(doubts)}")


def _from(library: Library, layer: str) -> str:
    return f"Your overlay {library.atlas.own[layer].title}, not checked by the atlas"


def _item(library: Library, feature_id: str) -> str:
    feature = library.atlas.feature_by_id[feature_id]
    number = feature_id.rpartition("#")[2]
    when = when_in_words(library.card(feature_id))
    link = f'<a href="{PLACE_LINK}{number}">{said(feature.name)}</a>'
    return f'<li>{link} <span class="soft">{said(when)}</span></li>'


def place_linked(url: str, selection: str) -> str:
    """Return the place that a link in a cell's card leads to; empty for any other link."""
    layer, number = layer_of(selection), url.removeprefix(PLACE_LINK)
    return f"{layer}#{number}" if layer and number != url and number.isdecimal() else ""


def into_cell(library: Library, cell_id: str) -> Action:
    """Show a cell of an own overlay as large as the window allows."""

    def action(state: State) -> State:
        points = library.atlas.own[layer_of(cell_id)]
        box_m = points.gathered(cell_id, asked_by(state)).box_m
        key = cell_id.rpartition("#")[2].partition(":")[0]
        if key != state.camera.projection.key:
            return state
        camera = viewport.fit_box_m(box_m, state.viewport_px, state.camera.projection)
        return replace(state, camera=viewport.clamped(camera))

    return action


def dates_shown(state: State) -> Days:
    """Return what is shown: a day or a stretch of time, and the day compared with."""
    first = (state.first_day, state.day) if state.range_days else state.day
    other = state.other_day
    return (first,) if other in (None, first) else (first, other)
