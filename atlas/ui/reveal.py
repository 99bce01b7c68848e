"""Shows a feature a reader asked for. Floor: ui; neighbours: panel_links, time_pointer.

What lies far outside the map (a congress in Paris) has no place to fly to: the map stays.
"""

from __future__ import annotations

from atlas.core import actions
from atlas.core.model import Atlas
from atlas.core.state import State
from atlas.core.store import Action


def shown(feature_id: str, atlas: Atlas) -> Action:
    """Select a feature, on a day it was there; the camera moves only if the map holds it.

    Raises
    ------
    KeyError
        If there is no such feature.
    """
    feature = atlas.feature_by_id[feature_id]
    reveal = actions.reveal(feature_id, atlas)
    if not feature.inset:
        return reveal

    def action(state: State) -> State:
        return actions.set_camera(state.camera)(reveal(state))

    return action
