"""The status line: where the pointer is, at which scale, what the layers show.

Floor: ui; neighbours: window. Labels keep their width so that nothing jumps while moving.
"""

from __future__ import annotations

from collections.abc import Callable
from math import floor, log10
from typing import Final

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from atlas.core.panes import pane_camera
from atlas.core.state import BASE_LAYERS
from atlas.core.store import Change, Store
from atlas.core.viewport import SCHEMATIC_BELOW_DENOMINATOR
from atlas.core.words import days_in_words, lonlat_in_words
from atlas.ui.qss import sheet_font

NOTICE_MS: Final = 12_000
_WIDEST_POSITION: Final = "88.88° N  188.88° E"
_WIDEST_SCALE: Final = "1:50,000,000"
_TOLD: Final = {
    "camera", "comparison", "viewport_px", "day", "range_days", "layers", "furniture",
}  # fmt: skip
SCHEMATIC_WORDS: Final = "schematic: closer than the base map is drawn for"


class StatusLine(QStatusBar):
    """Shows position, scale and date; short notices come and go at its left."""

    def __init__(
        self,
        store: Store,
        parent: QWidget | None = None,
        left_out: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._left_out = left_out
        self.setSizeGripEnabled(False)
        self._hint = QLabel(objectName="status_hint")
        self._position = QLabel(objectName="status_position")
        self._scale = QLabel(objectName="status_scale")
        self._date = QLabel(objectName="status_date")
        self.addWidget(self._hint, 1)
        metrics = QFontMetrics(sheet_font())
        for label, widest in (
            (self._position, _WIDEST_POSITION),
            (self._scale, _WIDEST_SCALE),
            (self._date, "28 September 1978"),
        ):
            label.setMinimumWidth(metrics.horizontalAdvance(widest) + 24)
            self.addPermanentWidget(label)
        self._unsubscribe = store.subscribe(self._on_change)
        self._show_state()

    def close_down(self) -> None:
        """Stop listening to the store."""
        self._unsubscribe()

    def show_position(self, lon_deg: float, lat_deg: float) -> None:
        """Show where the pointer is."""
        self._position.setText(lonlat_in_words(lon_deg, lat_deg))

    def clear_position(self) -> None:
        """The pointer left the map."""
        self._position.clear()

    def notice(self, text: str) -> None:
        """Show a sentence for a while."""
        self.showMessage(text, NOTICE_MS)

    def _on_change(self, change: Change) -> None:
        if change.fields & _TOLD:
            self._show_state()

    def _show_state(self) -> None:
        state = self._store.state
        denominator = pane_camera(state, state.camera).scale_denominator
        self._scale.setText(scale_in_words(denominator))
        self._date.setText(days_in_words(state.first_day, state.day))
        hints = []
        if denominator < SCHEMATIC_BELOW_DENOMINATOR:
            hints.append(SCHEMATIC_WORDS.capitalize())
        if not state.shown_layers - frozenset((*BASE_LAYERS, *state.own)):
            hints.append("All story layers are off: turn one on under Layers")
        if state.furniture & {"legend", "overview"} and (missing := self._left_out()):
            tail = "; the layer list explains the signs" if "legend" in missing else ""
            hints.append(f"The map has no room for {' and '.join(sorted(missing))}{tail}")
        self._hint.setText("   ".join(hints))


def scale_in_words(denominator: float) -> str:
    """Return a scale as ``1:2,500,000``, rounded to what a reader can use."""
    digits = 2 if denominator < 10_000_000 else 3
    unit = 10 ** max(0, floor(log10(max(denominator, 1.0))) - digits + 1)
    return f"1:{round(denominator / unit) * unit:,}"
