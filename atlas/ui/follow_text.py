"""Date and map follow the paragraph being read, while the reader wants that.

Floor: ui; neighbours: reading_place, which tells when the reader scrolled; panel_view. Only the
reader's own scrolling moves anything; what they then do with map or date stands until they scroll
on to another paragraph. A stretch of following undoes as one step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QTextBlock

from atlas.core import actions, viewport
from atlas.core.edtf import EdtfError, parse_edtf
from atlas.core.model import Atlas, Feature, PointM
from atlas.core.panel_markup import Link
from atlas.core.state import State
from atlas.core.store import Action, Change, Store
from atlas.core.viewport import Camera
from atlas.ui.panel_view import PanelView
from atlas.ui.reading_place import ReadingPlace
from atlas.ui.spoken_of import days_of_feature

CAUSE: Final = "follow"
REST_MS: Final = 250
"""The text is followed when it comes to rest, not while it runs by."""
MARGIN_SHARE: Final = 0.12


class FollowText(QObject):
    """Follows one text. Off until it is switched on."""

    def __init__(self, view: PanelView, place: ReadingPlace, store: Store, atlas: Atlas) -> None:
        super().__init__(view)
        self._view, self._store, self._atlas = view, store, atlas
        self._on = False
        self._paragraph = (-1, "")
        self._runs = 0
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._follow)
        place.moved.connect(self._on_moved)
        self._unsubscribe = store.subscribe(self._on_change)

    @property
    def on(self) -> bool:
        """Whether the text is followed."""
        return self._on

    def switch(self, on: bool) -> None:
        """Follow from the paragraph in view on, or no longer."""
        self._on = on
        self._rest.stop()
        self._store.end_gesture()
        self._runs += 1
        self._paragraph = (-1, "")
        if on:
            self._follow()

    def close_down(self) -> None:
        """Stop the clock, and listening."""
        self._rest.stop()
        self._unsubscribe()

    def _on_moved(self) -> None:
        if self._on:
            self._rest.start()

    def _on_change(self, change: Change) -> None:
        # Another panel brings its own view: that is followed only from the next scrolling on.
        if "panel" in change.fields:
            self._rest.stop()
            self._paragraph = (-1, "")

    def _follow(self) -> None:
        block = self._block_read()
        paragraph = (block.blockNumber(), self._store.state.panel)
        if paragraph == self._paragraph:
            return
        self._paragraph = paragraph
        first, end = block.position(), block.position() + block.length()
        links = [p.link for p in self._view.placed if first <= p.start < end]
        self._store.do(told_by(links, self._atlas), CAUSE, f"{CAUSE}-{self._runs}")

    def _block_read(self) -> QTextBlock:
        """Return the paragraph read: as far down the view as the text is scrolled of its whole.

        So the first and the last have their turn too, which never come to the middle.
        """
        bar, document = self._view.verticalScrollBar(), self._view.document()
        if bar.value() == 0 and self._view.placed:
            # Above the first links stand only the verdicts.
            return document.findBlock(self._view.placed[0].start)
        share = bar.value() / max(bar.maximum(), 1)
        at = QPoint(4, 4 + round(share * (self._view.viewport().height() - 8)))
        return self._view.cursorForPosition(at).block()


def told_by(links: Sequence[Link], atlas: Atlas) -> Action:
    """Return the action that shows when and where a paragraph's links are.

    The date stays if the paragraph speaks of it, the camera if all it names is in view.
    """
    features = [
        atlas.feature_by_id[link.target]
        for link in links
        if link.kind == "feature" and link.target in atlas.feature_by_id
    ]

    def action(state: State) -> State:
        day = _day_told(state, links, features)
        layers = state.layers | {feature.layer for feature in features}
        camera = _camera_over(state, _points(links, state, atlas))
        moved = replace(state, camera=camera, layers=layers)
        return actions.set_day(day, atlas.story)(moved)

    return action


def _day_told(state: State, links: Sequence[Link], features: Sequence[Feature]) -> int:
    dates = []
    for link in links:
        if link.kind == "date":
            try:
                dates.append(parse_edtf(link.target))
            except EdtfError:
                continue
    dates = [date for date in dates if date.unit != "open"]
    if dates:
        spans = [(date.start_day, date.end_day) for date in dates]
        # What happened within days counts as much as a date; what lasted for years does not.
        spans += [days for f in features for days in days_of_feature(f)]
        told = any(first <= state.day and state.first_day < end for first, end in spans)
        return state.day if told else dates[0].start_day
    shown = [f for f in features if f.when.presence_during(state.first_day, state.day)]
    return features[0].when.shown_day if features and not shown else state.day


def _points(links: Sequence[Link], state: State, atlas: Atlas) -> list[PointM]:
    projection = state.camera.projection
    features = atlas.seen_in(projection).feature_by_id
    points = []
    for link in links:
        if link.kind == "feature" and link.target in features:
            feature = features[link.target]
            points += [] if feature.inset else [feature.anchor_m]
        elif link.kind == "place" and link.target in atlas.place_by_id:
            place = atlas.place_by_id[link.target]
            points.append(projection.forward(place.lon_deg, place.lat_deg))
    return points


def _camera_over(state: State, points_m: Sequence[PointM]) -> Camera:
    """Return the camera, moved (and drawn back if need be) so that all points are in view."""
    width, height = state.viewport_px
    seen = [viewport.to_px(state.camera, state.viewport_px, *point) for point in points_m]
    side = MARGIN_SHARE
    if all(
        side * width < x < (1 - side) * width and side * height < y < (1 - side) * height
        for x, y in seen
    ):
        return state.camera
    xs, ys = zip(*points_m, strict=True)
    room = 1 - 2 * side - 0.02
    needed = max((max(xs) - min(xs)) / (width * room), (max(ys) - min(ys)) / (height * room))
    x_m, y_m = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    m_per_px = max(state.camera.m_per_px, needed)
    return viewport.clamped(state.camera._replace(x_m=x_m, y_m=y_m, m_per_px=m_per_px))
