"""Which panel's text speaks of a feature. Floor: ui; neighbours: identify, window."""

from __future__ import annotations

from dataclasses import replace

from atlas.core import actions
from atlas.core.model import Atlas, Feature, Panel, Story
from atlas.core.state import State
from atlas.core.store import Action
from atlas.core.story import anchors


def panel_telling_of(feature: Feature, story: Story, open_panel: str) -> Panel | None:
    """Return the panel whose text links the feature: the open one first, else the earliest."""
    telling = [panel for panel in story.panels if _links(panel, feature.id)]
    for wanted in (open_panel, feature.panel):
        for panel in telling:
            if panel.id == wanted:
                return panel
    return telling[0] if telling else None


def _links(panel: Panel, feature_id: str) -> bool:
    return any(kind == "feature" and to == feature_id for _, kind, to in anchors(panel.body))


def read_about(feature: Feature, panel: Panel, atlas: Atlas) -> Action:
    """Turn the text to a panel and select the feature; date and camera stay as they are."""

    def action(state: State) -> State:
        turned = state
        if state.panel != panel.id:
            turned = replace(actions.open_panel(panel)(state), comparison=state.comparison)
        for step in (
            actions.set_day(state.day, atlas.story),
            actions.set_camera(state.camera),
            actions.show_layer(feature.layer, True),
            actions.select(feature.id),
        ):
            turned = step(turned)
        return turned

    return action
