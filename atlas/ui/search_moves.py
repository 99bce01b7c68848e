"""What choosing something found does, as one action. Floor: ui; neighbours: search_box, reveal."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import Final

from atlas.core import actions, viewport
from atlas.core.link import LinkError, is_link, read_link
from atlas.core.model import Atlas, Place, PointDeg, Polity
from atlas.core.projection import ATLAS_PROJECTION
from atlas.core.search import Entry, Hit
from atlas.core.state import State
from atlas.core.store import Action
from atlas.core.viewport import Camera
from atlas.core.wishes import deepest_rank
from atlas.core.words import day_in_words
from atlas.ui.reveal import shown

PLACE_SCALES: Final = (1500.0, 1000.0, 650.0, 400.0, 250.0)
"""Metres a pixel to see a town from, the widest first."""
COUNTRY_SHARE: Final = 0.6
"""How much of the window's shorter side a country may take up."""


def going_to(entry: Entry, atlas: Atlas) -> Action:
    """Return the action that shows what was found."""
    match entry.kind:
        case "place":
            return _at_place(atlas.place_by_id[entry.id])
        case "state":
            return _at_territory([row for row in atlas.polities if row.label == entry.id], atlas)
        case "feature":
            return shown(entry.id, atlas)
        case "link":
            return lambda state: read_link(entry.id, atlas, state).on(state)
        case "date":
            day = int(entry.id)
            return actions.set_range(day, day, atlas.story)
        case _:
            return actions.open_panel(atlas.story.panel(entry.id))


def link_hits(typed: str, atlas: Atlas, now: State) -> tuple[Hit, ...]:
    """Return the way to the view a pasted link leads to; nothing for any other text.

    A link that cannot be read is listed with the reason, as an entry of kind ``refusal``.
    """
    if not is_link(typed):
        return ()
    try:
        linked = read_link(typed, atlas, now)
    except LinkError as error:
        return (_listed("refusal", typed, "This link cannot be opened", str(error)),)
    panel = atlas.story.panel(linked.state.panel)
    detail = "  ".join(linked.remarks) or "a link to a view"
    title = f"{panel.title}, {day_in_words(linked.state.day)}"
    return (_listed("link", typed, title, detail),)


def _listed(kind: str, text: str, title: str, detail: str) -> Hit:
    return Hit(Entry(kind, text, title, detail, ()), title, detail)


def spot_of(entry: Entry, atlas: Atlas) -> PointDeg | None:
    """Return the place to ring for a moment: a town's, since a town cannot be selected."""
    if entry.kind != "place":
        return None
    place = atlas.place_by_id[entry.id]
    return place.lon_deg, place.lat_deg


def _at_place(place: Place) -> Action:
    def action(state: State) -> State:
        enough = next((s for s in PLACE_SCALES if place.rank <= deepest_rank(s)), PLACE_SCALES[-1])
        camera = _over(state, place.lon_deg, place.lat_deg)
        camera = camera._replace(m_per_px=min(state.camera.m_per_px, enough))
        seen = actions.show_layer("places", True)(state)
        return replace(seen, camera=viewport.clamped(camera), selection="")

    return action


def _over(state: State, lon_deg: float, lat_deg: float) -> Camera:
    """Return the camera moved over a place."""
    x_m, y_m = state.camera.projection.forward(lon_deg, lat_deg)
    return state.camera._replace(x_m=x_m, y_m=y_m)


def _at_territory(rows: list[Polity], atlas: Atlas) -> Action:
    """Show a territory on a day it had that name; the date stays if it has it now."""
    rows = [row for row in rows if row.anchors_m]

    def action(state: State) -> State:
        now = [row for row in rows if row.span.presence(state.day)]
        row = now[0] if now else rows[0]
        day = state.day if now else row.span.earliest_start_day
        x_m, y_m, _ = row.anchors_m[0]
        camera = _over(state, *ATLAS_PROJECTION.inverse(x_m, y_m))
        across_m = sqrt(row.area_m2) / (min(state.viewport_px) * COUNTRY_SHARE)
        camera = camera._replace(m_per_px=max(across_m, PLACE_SCALES[1]))
        dated = actions.set_day(day, atlas.story)(actions.show_layer("polities", True)(state))
        return replace(dated, camera=viewport.clamped(camera), selection="")

    return action
