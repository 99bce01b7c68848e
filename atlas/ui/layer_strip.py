"""What can be done with the layer stood on in the list: how strongly it shows, and it alone.

Floor: ui; neighbours: layers_dock, which says which layer that is.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from atlas.core import actions
from atlas.core.model import Layer
from atlas.core.state import LEAST_OPACITY
from atlas.core.store import Change, Store
from atlas.ui.plain_text import plain

CAUSE: Final = "layer_strip"
STEP: Final = 10
ALWAYS_FULL: Final = frozenset({"places"})
"""Names must be read: they show, or they do not."""

_drags = count(1)


class LayerStrip(QWidget):
    """A slider and a button under the list; a line tells while only one layer is shown."""

    def __init__(
        self, store: Store, layers: Iterable[Layer], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._layers = {layer.id: layer for layer in layers}
        self._layer: Layer | None = None
        self._gesture = ""
        self.setObjectName("layer_strip")
        self._title = QLabel(objectName="layer_strip_title", wordWrap=True)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setObjectName("layer_opacity")
        self._slider.setRange(LEAST_OPACITY, 100)
        self._slider.setSingleStep(STEP)
        self._slider.setPageStep(2 * STEP)
        self._words = QLabel(objectName="layer_opacity_words")
        self._alone = QToolButton()
        self._alone.setObjectName("layer_alone")
        self._alone.setCheckable(True)
        self._close = QToolButton()
        self._close.setObjectName("layer_close")
        self._close.setText("Close this overlay")
        self._lay_out()
        self._slider.valueChanged.connect(self._on_slid)
        self._slider.sliderPressed.connect(self._begin)
        self._slider.sliderReleased.connect(store.end_gesture)
        self._alone.clicked.connect(self._on_alone)
        self._close.clicked.connect(self._on_close)
        self._unsubscribe = store.subscribe(self._on_change)
        self._show()

    def set_layers(self, layers: Iterable[Layer]) -> None:
        """Take other layers; nothing is stood on then."""
        self._layers = {layer.id: layer for layer in layers}
        self.show_layer("")

    def show_layer(self, layer_id: str) -> None:
        """Offer what can be done with a layer, none with an empty id."""
        self._layer = self._layers.get(layer_id)
        self._show()

    def close_down(self) -> None:
        """Stop listening to the store."""
        self._unsubscribe()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._slider, 1)
        row.addWidget(self._words)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 6)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addLayout(row)
        column.addWidget(self._alone)
        column.addWidget(self._close)
        self._words.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %"))

    def _on_change(self, change: Change) -> None:
        if change.fields & {"solo", "opacity", "layers"}:
            self._show()

    def _show(self) -> None:
        """Show the layer stood on, or the one that is alone."""
        state = self._store.state
        layer = self._layer or self._layers.get(state.solo)
        self.setVisible(layer is not None)
        if layer is None:
            return
        percent = state.opacity_of(layer.id)
        self._title.setText(plain(layer.title))
        with QSignalBlocker(self._slider):
            self._slider.setValue(percent)
        self._slider.setEnabled(layer.id not in ALWAYS_FULL)
        self._slider.setAccessibleName(f"Opacity of {layer.title}")
        self._slider.setToolTip("How strongly this layer shows")
        self._words.setText(f"{percent} %")
        self._alone.setVisible(layer.group != "base" or bool(state.solo))
        self._close.setVisible(layer.group == "own")
        self._alone.setChecked(bool(state.solo))
        alone = self._layers.get(state.solo)
        words = f"Only “{alone.title}” is shown: show the others" if alone else "Only this layer"
        self._alone.setText("Show the others again" if alone else words)
        self._alone.setToolTip(plain(words))
        self._alone.setAccessibleName(words)

    def _begin(self) -> None:
        self._gesture = f"opacity-{next(_drags)}"

    def _on_slid(self, percent: int) -> None:
        layer = self._layer or self._layers.get(self._store.state.solo)
        if layer is not None:
            gesture = self._gesture if self._slider.isSliderDown() else ""
            rounded = round(percent / 5) * 5
            self._store.do(actions.set_opacity(layer.id, rounded), CAUSE, gesture)

    def _on_close(self) -> None:
        layer = self._layer or self._layers.get(self._store.state.solo)
        if layer is not None:
            self._store.do(actions.close_own(layer.id), cause=CAUSE)

    def _on_alone(self) -> None:
        state = self._store.state
        wanted = "" if state.solo else self._layer.id if self._layer else ""
        self._store.do(actions.show_alone(wanted), CAUSE)
        self._show()
