"""Every way a State may change: functions that make actions. Floor: core.

An action maps a State to a State and touches nothing else; all rules about what changes
together (a panel brings its date, camera and layers) stand here.
"""

from __future__ import annotations

from dataclasses import replace

from atlas.core import viewport
from atlas.core.day import shift_months
from atlas.core.model import Atlas, Panel, Story
from atlas.core.naming import NAME_LANGUAGES
from atlas.core.projection import ATLAS_PROJECTION, Projection
from atlas.core.second_dates import comparison_in, first_other
from atlas.core.state import (
    BASE_LAYERS,
    COMPARE_MODES,
    LEAST_OPACITY,
    LEAST_SHARE,
    STEPS,
    State,
)
from atlas.core.store import Action
from atlas.core.viewport import Camera, SizePx


def initial_state(story: Story, size_px: SizePx) -> State:
    """Return the state of a first start: the story's default panel, opened."""
    panel = story.panel(story.default_panel) if story.default_panel else story.panels[0]
    blank = State(
        panel.day,
        viewport.fit_bbox(panel.bbox_deg, size_px, ATLAS_PROJECTION),
        size_px,
        frozenset(),
        panel.id,
    )
    return open_panel(panel)(blank)


def set_day(day: int, story: Story) -> Action:
    """Go to a day, kept inside the story's era; a stretch of time comes along, as long as it is."""

    def action(state: State) -> State:
        return replace(state, day=min(max(day, story.first_day + state.range_days), story.last_day))

    return action


def set_range(one_day: int, other_day: int, story: Story) -> Action:
    """Look at all days between two, both included, kept inside the era; at one if they agree."""
    first = min(max(min(one_day, other_day), story.first_day), story.last_day)
    last = min(max(one_day, other_day, story.first_day), story.last_day)
    return lambda state: replace(state, day=last, range_days=last - first)


def compare(mode: str, story: Story) -> Action:
    """Compare with a second date, or stop; the first time it is one that differs."""
    if mode not in COMPARE_MODES:
        raise ValueError(f"dates are compared in one of {', '.join(COMPARE_MODES)}, not “{mode}”")

    def action(state: State) -> State:
        kept = state.comparison
        day = first_other(state, story) if kept.day is None else kept.day
        return replace(state, comparison=kept._replace(mode=mode, day=day))

    return action


def compare_next(story: Story) -> Action:
    """Go from one map to two under a handle, to two side by side, and back."""

    def action(state: State) -> State:
        at = COMPARE_MODES.index(state.comparison.mode)
        return compare(COMPARE_MODES[(at + 1) % len(COMPARE_MODES)], story)(state)

    return action


def set_other_day(day: int, story: Story) -> Action:
    """Compare with another day, kept inside the era."""
    wanted = min(max(day, story.first_day), story.last_day)
    return lambda state: replace(state, comparison=state.comparison._replace(day=wanted))


def step_other(count: int, story: Story) -> Action:
    """Move the day compared with by steps, if any is."""

    def action(state: State) -> State:
        day = state.other_day
        if day is None:
            return state
        return set_other_day(stepped_day(day, state.step, count), story)(state)

    return action


def swipe_to(share: float) -> Action:
    """Give the first of two swiped dates a share of the window."""
    kept = min(max(share, LEAST_SHARE), 1 - LEAST_SHARE)
    return lambda state: replace(state, comparison=state.comparison._replace(share=kept))


def month_or_day(story: Story) -> Action:
    """Look at the month up to the date, or at the one day again."""

    def action(state: State) -> State:
        first = state.day if state.range_days else shift_months(state.day, -1)
        return set_range(first, state.day, story)(state)

    return action


def move_start(count: int, story: Story, step: str | None = None) -> Action:
    """Move the first day looked at by steps, never past the last."""

    def action(state: State) -> State:
        first = stepped_day(state.first_day, step or state.step, count)
        return set_range(min(first, state.day), state.day, story)(state)

    return action


def move_end(count: int, story: Story, step: str | None = None) -> Action:
    """Move the last day looked at by steps, never before the first."""

    def action(state: State) -> State:
        last = stepped_day(state.day, step or state.step, count)
        return set_range(state.first_day, max(last, state.first_day), story)(state)

    return action


def stepped_day(day: int, step: str, count: int) -> int:
    """Return the day `count` steps away (negative: earlier)."""
    match step:
        case "day":
            return day + count
        case "week":
            return day + 7 * count
        case "month":
            return shift_months(day, count)
        case "year":
            return shift_months(day, 12 * count)
        case _:
            raise ValueError(f"a step is one of {', '.join(STEPS)}, not “{step}”")


def step_by(count: int, story: Story, step: str | None = None) -> Action:
    """Move the date by steps of the chosen size."""
    return lambda state: set_day(stepped_day(state.day, step or state.step, count), story)(state)


def set_step(step: str) -> Action:
    """Choose how far one step goes."""
    if step not in STEPS:
        raise ValueError(f"a step is one of {', '.join(STEPS)}, not “{step}”")
    return lambda state: replace(state, step=step)


def open_panel(panel: Panel) -> Action:
    """Open a panel: its date, camera and layers together; base layers switched off stay off.

    Who compares goes on comparing, with the end of what the panel tells of, or its beginning; a
    panel without a span has no second date to offer and ends it.
    """

    def action(state: State) -> State:
        first = not state.layers
        kept = frozenset(BASE_LAYERS) if first else state.readers_layers
        return replace(
            state,
            panel=panel.id,
            day=panel.day,
            range_days=0,
            camera=_fitting(panel.bbox_deg, state),
            layers=kept | overlays_of(panel),
            solo="",
            selection="",
            comparison=comparison_in(panel, state.comparison),
        )

    return action


def overlays_of(panel: Panel) -> frozenset[str]:
    """Return the overlays a panel shows; the base map is the reader's own choice."""
    return panel.layers - frozenset(BASE_LAYERS)


def neighbour_panel(story: Story, panel_id: str, offset: int) -> Panel | None:
    """Return the panel `offset` places on, None past either end."""
    index = story.panels.index(story.panel(panel_id)) + offset
    return story.panels[index] if 0 <= index < len(story.panels) else None


def follow_date(story: Story) -> Action:
    """Turn to the panel whose span holds the date; the camera stays.

    Its overlays take the place of the last panel's, or are added to those the reader chose. A panel
    without a span (the introduction) gives way to the one that tells of the date.
    """

    def action(state: State) -> State:
        current = story.panel(state.panel)
        span = current.span
        if span and span.earliest_start_day <= state.day < span.latest_end_day:
            return state
        panel = story.panel_at(state.day)
        base = state.readers_layers
        untouched = state.layers - base == overlays_of(current)
        layers = (base if untouched else state.layers) | overlays_of(panel)
        return replace(state, panel=panel.id, layers=layers)

    return action


def set_camera(camera: Camera) -> Action:
    """Look from `camera`, kept inside the region and its scales."""
    return lambda state: replace(state, camera=viewport.clamped(camera))


def pan(dx_px: float, dy_px: float) -> Action:
    """Move the map with the pointer."""
    return lambda state: replace(state, camera=viewport.panned(state.camera, dx_px, dy_px))


def zoom(factor: float, at_px: tuple[float, float] | None = None) -> Action:
    """Zoom by a factor, at a pixel of the window or at its middle."""

    def action(state: State) -> State:
        x_px, y_px = at_px or (state.viewport_px[0] / 2, state.viewport_px[1] / 2)
        camera = viewport.zoomed_at(state.camera, state.viewport_px, x_px, y_px, factor)
        return replace(state, camera=camera)

    return action


def fit(bbox_deg: tuple[float, float, float, float]) -> Action:
    """Show a west, south, east, north box whole."""
    return lambda state: replace(state, camera=_fitting(bbox_deg, state))


def _fitting(bbox_deg: tuple[float, float, float, float], state: State) -> Camera:
    return viewport.fit_bbox(bbox_deg, state.viewport_px, state.camera.projection)


def choose_projection(projection: Projection) -> Action:
    """Draw the map in another projection; its middle stays, and the scale of the ground there."""
    return lambda state: replace(state, camera=viewport.in_projection(state.camera, projection))


def resize(size_px: SizePx) -> Action:
    """Take a new window size; the map's middle stays, and what its shorter side shows."""

    def action(state: State) -> State:
        old = state.viewport_px
        if old == size_px or min(*size_px, *old) < 1:
            return replace(state, viewport_px=size_px)
        k = min(old) / min(size_px)
        camera = state.camera._replace(m_per_px=state.camera.m_per_px * k)
        return replace(state, viewport_px=size_px, camera=viewport.clamped(camera))

    return action


def show_layer(layer: str, visible: bool) -> Action:
    """Show or hide one layer; an overlay shown alone has the others beside it again."""
    change = frozenset({layer})
    if visible:
        return lambda state: replace(state, layers=state.layers | change, solo="")
    return lambda state: replace(state, layers=state.layers - change, solo="")


def show_alone(layer: str) -> Action:
    """Show one overlay without the others; with an empty id the others come back."""
    return lambda state: replace(state, solo=layer)


def open_own(layer: str) -> Action:
    """Add a reader's own overlay to what is open, and show it."""

    def action(state: State) -> State:
        own = state.own if layer in state.own else (*state.own, layer)
        return replace(state, own=own, layers=state.layers | {layer}, solo="")

    return action


def close_own(layer: str) -> Action:
    """Take a reader's own overlay away, with all that was chosen of it."""
    from atlas.core.own import layer_of  # no start needs it

    def action(state: State) -> State:
        return replace(
            state,
            own=tuple(other for other in state.own if other != layer),
            layers=state.layers - {layer},
            solo="" if state.solo == layer else state.solo,
            opacity=tuple(pair for pair in state.opacity if pair[0] != layer),
            selection="" if layer_of(state.selection) == layer else state.selection,
        )

    return action


def set_opacity(layer: str, percent: int) -> Action:
    """Show a layer so strongly, in per cent from `LEAST_OPACITY` to 100."""
    percent = min(max(percent, LEAST_OPACITY), 100)

    def action(state: State) -> State:
        others = {name: share for name, share in state.opacity if name != layer}
        if percent < 100:
            others[layer] = percent
        return replace(state, opacity=tuple(sorted(others.items())))

    return action


def show_furniture(item: str, visible: bool) -> Action:
    """Show or hide a piece of map furniture."""
    if visible:
        return lambda state: replace(state, furniture=state.furniture | {item})
    return lambda state: replace(state, furniture=state.furniture - {item})


def show_attested_only(attested_only: bool) -> Action:
    """Leave out all that is in doubt, or show it again."""
    return lambda state: replace(state, attested_only=attested_only)


def tint_by_alignment(by_alignment: bool) -> Action:
    """Tint countries by the side they stood on, or each by itself."""
    return lambda state: replace(state, by_alignment=by_alignment)


def set_name_language(language: str) -> Action:
    """Choose in which language places and countries are named."""
    if language not in NAME_LANGUAGES:
        raise ValueError(f"names are {', '.join(NAME_LANGUAGES)}, not “{language}”")
    return lambda state: replace(state, name_language=language)


def select(feature_id: str) -> Action:
    """Select a feature, or nothing with an empty id."""
    return lambda state: replace(state, selection=feature_id)


def set_theme(theme: str) -> Action:
    """Choose the map's theme by name."""
    return lambda state: replace(state, theme=theme)


def reveal(feature_id: str, atlas: Atlas) -> Action:
    """Select a feature and make it visible: its layer, its day and, if off screen, the camera."""
    feature = atlas.feature_by_id[feature_id]

    def action(state: State) -> State:
        day = state.day
        if not feature.when.presence_during(state.first_day, day):
            day = set_day(feature.when.shown_day, atlas.story)(state).day
        seen = atlas.seen_in(state.camera.projection).feature_by_id[feature_id]
        camera = _brought_in(state, *seen.anchor_m)
        layers = state.layers | {feature.layer}
        solo = state.solo if state.solo == feature.layer else ""
        shown = replace(state, layers=layers, solo=solo, selection=feature_id)
        return replace(shown, day=day, camera=camera)

    return action


def bring_in(lon_deg: float, lat_deg: float) -> Action:
    """Move the camera only if a place lies outside the view."""
    return lambda state: replace(
        state, camera=_brought_in(state, *state.camera.projection.forward(lon_deg, lat_deg))
    )


def _brought_in(state: State, x_m: float, y_m: float) -> Camera:
    x_px, y_px = viewport.to_px(state.camera, state.viewport_px, x_m, y_m)
    width, height = state.viewport_px
    if 0.06 * width < x_px < 0.94 * width and 0.06 * height < y_px < 0.94 * height:
        return state.camera
    return viewport.clamped(state.camera._replace(x_m=x_m, y_m=y_m))
