"""What the links in a panel's text do and say, and which of them lead anywhere.

Floor: ui; neighbours: panel_dock. All but claims and web pages, which open a card or ask, are one
action on the store.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from atlas.core import actions
from atlas.core.link_targets import day_of_link, leads_anywhere
from atlas.core.model import Atlas, Panel, Place, Story
from atlas.core.panel_markup import Link
from atlas.core.state import State
from atlas.core.store import Action, Store
from atlas.core.typesetting import typeset
from atlas.core.verdicts import sentence_on, verdict_of
from atlas.core.when import Presence
from atlas.core.words import edtf_in_words
from atlas.ui.reveal import shown

CAUSE: Final = "panel_dock"


class PanelLinks:
    """Knows the atlas a text speaks of."""

    def __init__(self, store: Store, atlas: Atlas) -> None:
        self._store, self._atlas = store, atlas
        self._panels = {panel.id: panel for panel in atlas.story.panels}

    def is_known(self, link: Link) -> bool:
        """Tell whether a link leads anywhere."""
        return leads_anywhere(link, self._atlas)

    def verdict(self, claim_id: str) -> str:
        """Return the verdict on a claim, empty for an unknown one."""
        claim = self._atlas.claim_by_id.get(claim_id)
        return claim.verdict if claim else ""

    def words(self, link: Link) -> str:
        """Return what a link will do, for the tip at the pointer."""
        match link.kind:
            case "feature":
                return f"Show on the map: {typeset(self._atlas.feature_by_id[link.target].name)}"
            case "place":
                return f"Show on the map: {self._names(self._atlas.place_by_id[link.target])}"
            case "date":
                return f"Go to {edtf_in_words(link.target)}"
            case "claim":
                claim = self._atlas.claim_by_id[link.target]
                word = verdict_of(claim.verdict).word
                return f"{word}. {sentence_on(claim)} Click for the sources."
            case "panel":
                return f"Open: {self._panels[link.target].title}"
            case _:
                return link.target

    def _names(self, place: Place) -> str:
        """Return a place's name of today, and the one it has on the map if that is another."""
        day = self._store.state.day
        for name in place.names:
            if name.lang == "en" and name.span.presence(day) is not Presence.ABSENT:
                return place.name if name.name == place.name else f"{place.name}, then {name.name}"
        return place.name

    def follow(self, link: Link) -> None:
        """Do what a link to a date, a feature, a place or a panel asks for."""
        if not self.is_known(link):
            return
        match link.kind:
            case "date":
                day = day_of_link(link.target)
                day = 0 if day is None else day
                action = actions.set_range(day, day, self._atlas.story)
            case "feature":
                action = shown(link.target, self._atlas)
            case "place":
                place = self._atlas.place_by_id[link.target]
                action = actions.bring_in(place.lon_deg, place.lat_deg)
            case "panel":
                action = actions.open_panel(self._panels[link.target])
            case _:
                return
        self._store.do(action, CAUSE)


def turned_to(panel: Panel, story: Story) -> Action:
    """Turn the text to a panel; the date and the view of the map stay."""

    def action(state: State) -> State:
        opened = replace(actions.open_panel(panel)(state), comparison=state.comparison)
        return actions.set_camera(state.camera)(actions.set_day(state.day, story)(opened))

    return action
