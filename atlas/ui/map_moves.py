"""What keys and a new window size do to the camera: functions that make actions.

Floor: ui; neighbours: canvas and window, which both take keys for the map.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from atlas.core import actions, viewport
from atlas.core.model import Story
from atlas.core.state import State
from atlas.core.store import Action

ZOOM_STEP: Final = 1.5
PAN_SHARE: Final = 0.15


def map_key_action(event: QKeyEvent, width_px: int, height_px: int) -> Action | None:
    """Return what a key does to the camera, None if nothing."""
    key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
    if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) and not control:
        return actions.zoom(ZOOM_STEP)
    if key == Qt.Key.Key_Minus and not control:
        return actions.zoom(1 / ZOOM_STEP)
    arrows = {Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0)}
    arrows |= {Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
    if control and key in arrows:
        return pan_by_share(*arrows[Qt.Key(key)], (width_px, height_px))
    return None


def pan_by_share(right: int, down: int, size_px: tuple[int, int]) -> Action:
    """Move the map by a share of the window's shorter side."""
    step_px = PAN_SHARE * min(size_px)
    return actions.pan(right * step_px, down * step_px)


def resized(state: State, size_px: viewport.SizePx, story: Story, *, first: bool) -> Action:
    """Return the action that takes a new canvas size.

    A camera that fits the open panel is fitted again; the first size of a window shows all that
    the state showed; later ones keep the middle and the scale.
    """
    panel, projection = story.panel(state.panel), state.camera.projection
    fitting = viewport.fit_bbox(panel.bbox_deg, state.viewport_px, projection) == state.camera
    if fitting:
        camera = viewport.fit_bbox(panel.bbox_deg, size_px, projection)
    elif first:
        seen_m = viewport.extent_m(state.camera, state.viewport_px)
        camera = viewport.fit_box_m(seen_m, size_px, projection)
    else:
        return actions.resize(size_px)
    resize, look = actions.resize(size_px), actions.set_camera(camera)
    return lambda now: look(resize(now))
