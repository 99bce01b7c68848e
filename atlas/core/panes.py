"""The pictures a window or an export is put together from: one, or one for each date compared.

Floor: core; neighbours: resolve, state. Both dates have one camera. Swiped, they lie over each
other and each shows on its side of the handle; side by side, each shows all that one would.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from atlas.core import viewport
from atlas.core.model import Atlas
from atlas.core.resolve import resolve
from atlas.core.scene import Scene
from atlas.core.state import State
from atlas.core.viewport import Camera, SizePx

_ONCE_IS_ENOUGH = frozenset({"title", "credits", "scale_bar", "overview"})
"""Furniture that the second of two maps side by side goes without."""


_NARROW_PX = 500
"""A window with two swiped dates needs this width for both plates and a north arrow."""


class Pane(NamedTuple):
    """One scene and its place: where its picture begins, and from where to where it shows."""

    scene: Scene
    left_px: float
    clip_px: tuple[float, float]

    def holds(self, x_px: float) -> bool:
        """Tell whether a pixel of the window shows this pane."""
        return self.clip_px[0] <= x_px < self.clip_px[1]

    def to_m(self, x_px: float, y_px: float) -> tuple[float, float]:
        """Return the map point under a pixel of the window."""
        scene = self.scene
        return viewport.to_m(scene.camera, scene.size_px, x_px - self.left_px, y_px)


def panes(state: State, atlas: Atlas) -> tuple[Pane, ...]:
    """Return what a state shows, the first date first."""
    day = state.other_day
    width = state.viewport_px[0]
    if day is None:
        return (Pane(resolve(state, atlas), 0.0, (0.0, width)),)
    size_px = _pane_size(state)
    state = replace(state, camera=pane_camera(state, state.camera), viewport_px=size_px)
    first = resolve(state, atlas)
    second = resolve(replace(state, day=day, range_days=0), atlas)
    if state.comparison.mode == "swipe":
        if width < _NARROW_PX:
            first = first._replace(furniture=first.furniture - {"north_arrow"})
            second = second._replace(furniture=second.furniture - {"north_arrow"})
        cut = swipe_px(state)
        over = second._replace(plate_on_right=True, furniture=second.furniture - {"title"})
        return (
            Pane(first._replace(beside=second), 0.0, (0.0, cut)),
            Pane(over._replace(beside=first), 0.0, (cut, width)),
        )
    apart = width - size_px[0]
    return (
        Pane(first._replace(furniture=first.furniture - {"north_arrow"}), 0.0, (0.0, apart)),
        Pane(
            second._replace(furniture=second.furniture - _ONCE_IS_ENOUGH),
            apart,
            (apart, width),
        ),
    )


def swipe_px(state: State) -> float:
    """Return where the handle between two swiped dates stands."""
    return float(round(state.viewport_px[0] * state.comparison.share))


def pane_camera(state: State, camera: Camera) -> Camera:
    """Return the camera of each pane for one of the window: it shows at least as much."""
    size_px = _pane_size(state)
    if size_px == state.viewport_px:
        return camera
    return viewport.fit_box_m(
        viewport.extent_m(camera, state.viewport_px), size_px, camera.projection
    )


def alone_px(state: State, pane: Pane, x_px: float, y_px: float) -> tuple[float, float]:
    """Return where a pane's pixel would be if the window showed one map alone."""
    scale = pane_camera(state, state.camera).m_per_px / state.camera.m_per_px
    (width, height), pane_width = state.viewport_px, pane.scene.size_px[0]
    aside_px = x_px - pane.left_px - pane_width / 2
    return width / 2 + aside_px * scale, height / 2 + (y_px - height / 2) * scale


def place_px(state: State, x_m: float, y_m: float) -> tuple[float, float]:
    """Return the pixel of the window where a map point is seen, in the first pane of several."""
    return viewport.to_px(pane_camera(state, state.camera), _pane_size(state), x_m, y_m)


def _pane_size(state: State) -> SizePx:
    width, height = state.viewport_px
    return (max(1, width // 2), height) if state.comparison.mode == "side" else (width, height)
