"""The time track's picture: lays out once per window, keeps the still part as a pixmap.

Floor: ui; neighbours: time_track, which owns the window of days; time_paint and time_overlay,
which draw. The pixmap is made anew only if window, size, pixel ratio or theme change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap

from atlas.app.library import Library
from atlas.core.density import profile, smoothed
from atlas.core.model import Feature
from atlas.core.state import State
from atlas.core.timescale import TimeScale
from atlas.core.words import days_in_words
from atlas.render.style import Style
from atlas.ui import time_overlay as overlay
from atlas.ui.next_change import features_in_view
from atlas.ui.time_hover import HoverPlate, TrackHover, event_words, row_at
from atlas.ui.time_layout import AXIS_PX, OVERVIEW_PX, TrackMark, brackets, track_marks
from atlas.ui.time_paint import NAME_PX, StillPart, measured, paint_overview, paint_still

BIN_PX: Final = 3.0
NEVER_FITS_PX: Final = 1e9
ERA_FROM_PX: Final = round((AXIS_PX[1] + OVERVIEW_PX[0]) / 2)
Paint = Callable[[QPainter, StillPart, Style], None]
EVENTS: Final = "events"


class TrackView:
    """Paints the track on its widget. `style` may be changed at any time."""

    def __init__(self, library: Library, style: Style) -> None:
        self._library = library
        self._atlas = library.atlas
        self._events = tuple(f for f in self._atlas.features if f.layer == EVENTS)
        self.style = style
        self._key: tuple[object, ...] = ()
        self._era_key: tuple[object, ...] = ()
        self._pixmap = self._era_pixmap = QPixmap()
        self.part = StillPart(TimeScale(0, 1, 0, 1), TimeScale(0, 1, 0, 1), (), (), (), ())
        self._counted: tuple[Feature, ...] = ()
        self._over_era: tuple[tuple[TrackMark, ...], tuple[float, ...]] = ((), ())
        self._event_words = lru_cache(maxsize=256)(self._words_of)

    def count(self, state: State) -> bool:
        """Let the strip of the era tell of what is in view; tell whether that is something new."""
        counted = tuple(features_in_view(state, self._atlas))
        if counted == self._counted:
            return False
        self._counted, self._key, self._era_key = counted, (), ()
        self.part = replace(self.part, overview=TimeScale(0, 1, 0, 1))
        return True

    def refresh(
        self, detail: TimeScale, overview: TimeScale, size: QSize, pixel_ratio: float
    ) -> None:
        """Lay out and paint the still part anew if anything it depends on changed."""
        key = (detail, overview, size.width(), size.height(), pixel_ratio, self.style.theme)
        if key == self._key:
            return
        self._key = key
        self.part = self._lay_out(detail, overview)
        if key[1:] != self._era_key:
            self._era_key = key[1:]
            self._era_pixmap = self._painted(size, pixel_ratio, paint_overview)
        self._pixmap = self._painted(size, pixel_ratio, paint_still)

    def _painted(self, size: QSize, pixel_ratio: float, paint: Paint) -> QPixmap:
        pixmap = QPixmap(size * pixel_ratio)
        pixmap.setDevicePixelRatio(pixel_ratio)
        pixmap.fill(self.style.color("panel"))
        with QPainter(pixmap) as painter:
            paint(painter, self.part, self.style)
        return pixmap

    def paint(self, painter: QPainter, state: State) -> None:
        """Paint everything but focus and hover, as laid out by the last `refresh`."""
        detail, overview = self.part.detail, self.part.overview
        below = QPointF(0, ERA_FROM_PX)
        painter.drawPixmap(QPointF(0, 0), self._pixmap)
        ratio = self._pixmap.devicePixelRatio()
        source = QRectF(self._era_pixmap.rect()).adjusted(0, ERA_FROM_PX * ratio, 0, 0)
        painter.drawPixmap(below, self._era_pixmap, source)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        held = self._atlas.story.panel_at(state.day).id
        for bracket in self.part.brackets:
            if bracket.panel_id == state.panel:
                overlay.paint_open_chapter(painter, bracket, self.style)
            if bracket.panel_id == held:
                overlay.paint_chapter_in_force(painter, bracket, self.style)
        if feature := self._atlas.feature_by_id.get(state.selection):
            overlay.paint_spans(painter, detail, feature.when.spans, self.style)
        overlay.paint_brush(painter, overview, detail.start_day, detail.end_day, self.style)
        if state.range_days:
            overlay.paint_range(painter, detail, overview, (state.first_day, state.day), self.style)
        other = state.other_day
        if other is not None:
            overlay.paint_other(painter, detail, overview, other, self.style)
        overlay.paint_playhead(painter, detail, overview, state.day, self.style)
        words = days_in_words(state.first_day, state.day)
        box = overlay.paint_date_plate(painter, detail, state.day, words, self.style)
        if other is not None:
            overlay.paint_other_plate(painter, detail, other, box, self.style)

    def paint_focus(self, painter: QPainter, box: QRect) -> None:
        """Frame the track."""
        overlay.paint_focus(painter, QRectF(box), self.style)

    def paint_hover(self, painter: QPainter, width_px: int, plate: HoverPlate, at: QPointF) -> None:
        """Paint the hair and the plate under the pointer."""
        if row_at(at.y()) != "overview":
            overlay.paint_hover_line(painter, plate.mark.x_px if plate.mark else at.x(), self.style)
        bounds = (4.0, width_px - 4.0)
        overlay.paint_plate(painter, plate, self.style, bounds)

    def hover(self) -> TrackHover:
        """Return what finds the words for a pixel."""
        return TrackHover(
            self.part.detail,
            self.part.overview,
            self.part.brackets,
            self.part.marks,
            self._atlas.story.panel,
            self._event_words,
            measured("label_bold", NAME_PX),
        )

    def _words_of(self, feature_id: str) -> str:
        feature = self._atlas.feature_by_id[feature_id]
        return event_words(feature, dict(self._library.card(feature_id)))

    def _lay_out(self, detail: TimeScale, overview: TimeScale) -> StillPart:
        measure = measured("label", NAME_PX)
        if overview != self.part.overview:
            self._over_era = self._lay_out_era(overview)
        marks, values = self._over_era
        return StillPart(
            detail,
            overview,
            brackets(self._atlas.story.panels, detail, measure),
            track_marks(self._events, detail, measure),
            marks,
            values,
        )

    def _lay_out_era(self, overview: TimeScale) -> tuple[tuple[TrackMark, ...], tuple[float, ...]]:
        spans = (span for feature in self._counted for span in feature.when.spans)
        bins = max(int(overview.width_px / BIN_PX), 1)
        values = smoothed(profile(spans, overview.start_day, overview.end_day, bins), 1)
        return track_marks(self._events, overview, lambda text: NEVER_FITS_PX), values
