"""The layer list and, below it, what the signs on the map mean now.

Floor: ui; neighbours: legend_view, window. Overlays come first, the base map below; a group's
box shows or hides all of it in one step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Protocol

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QTreeWidgetItem, QVBoxLayout, QWidget

from atlas.app.library import Library
from atlas.core import actions
from atlas.core.model import Layer
from atlas.core.scene import Scene
from atlas.core.state import State
from atlas.core.store import Action, Change, Store
from atlas.render.style import Style
from atlas.ui.layer_strip import LayerStrip
from atlas.ui.layer_tree import SYMBOL_PX, LayerTree
from atlas.ui.legend_view import LegendView
from atlas.ui.own_layers import GROUP, own_layers
from atlas.ui.plain_text import plain

CAUSE: Final = "layer_tree"
GROUPS: Final = (("overlay", "The story"), (GROUP, "Your overlays"), ("base", "The base map"))
_ID: Final = Qt.ItemDataRole.UserRole
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class SymbolSource(Protocol):
    """What the list asks of the map's picture."""

    def symbol_image(self, layer_id: str, size_px: int, ratio: float = 1.0) -> QImage:
        """Return the symbol that stands for a layer."""


class LayersPanel(QScrollArea):
    """A tree of layers with check boxes, and the legend."""

    def __init__(
        self,
        store: Store,
        library: Library,
        symbols: SymbolSource,
        style: Style,
        scene_now: Callable[[], Scene],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._atlas, self._symbols = store, library.atlas, symbols
        self._layers = self._all_layers()
        self._tree = LayerTree()
        self._style = style
        self._strip = LayerStrip(store, self._layers)
        self._legend = LegendView(store, style, scene_now)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._groups: dict[str, QTreeWidgetItem] = {}
        self._build()
        self._show_symbols()
        self._show_state()
        self._tree.itemChanged.connect(self._on_checked)
        self._tree.currentItemChanged.connect(
            lambda item, _: self._strip.show_layer((item and item.data(0, _ID)) or "")
        )
        self._unsubscribe = store.subscribe(self._on_change)

    def _build(self) -> None:
        self._fill_tree()
        head = QLabel("Signs on the map now", objectName="section_head")
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(14, 2, 10, 10)
        column.addWidget(self._tree)
        column.addWidget(self._strip)
        column.addWidget(head)
        column.addWidget(self._legend)
        column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        # The tree in it takes the keyboard; a stop of its own would be a stop nobody sees.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _all_layers(self) -> tuple[Layer, ...]:
        return (*self._atlas.story.layers, *own_layers(self._atlas, self._store.state))

    def look_again(self) -> None:
        """List the layers anew, if others are open now or were read again."""
        layers = self._all_layers()
        if layers == self._layers:
            return
        self._layers = layers
        with QSignalBlocker(self._tree):
            self._tree.clear()
            self._items.clear()
            self._groups.clear()
            self._fill_tree()
        self._strip.set_layers(layers)
        self._show_symbols()
        self._show_state()

    def _fill_tree(self) -> None:
        for group, title in GROUPS:
            self._add_group(group, title)
        self._tree.expandAll()

    def _add_group(self, group: str, title: str) -> None:
        layers = [layer for layer in self._layers if layer.group == group]
        if not layers:
            return
        head = QTreeWidgetItem(self._tree, [title])
        head.setFlags(head.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        head.setToolTip(0, "All or none of these layers")
        font = head.font(0)
        font.setBold(True)
        head.setFont(0, font)
        self._groups[group] = head
        for layer in layers:
            self._items[layer.id] = _layer_item(head, layer)

    def set_style(self, style: Style) -> None:
        """Redraw the symbols in a theme's colours."""
        self._style = style
        self._show_symbols()
        self._show_state()
        self._legend.set_style(style)

    def close_down(self) -> None:
        """Stop listening to the store."""
        self._legend.close_down()
        self._strip.close_down()
        self._unsubscribe()

    def sizeHint(self) -> QSize:
        """Ask for a narrow column."""
        return QSize(264, 560)

    def _on_change(self, change: Change) -> None:
        if "own" in change.fields:
            self.look_again()
        if change.fields & {"layers", "solo", "opacity"}:
            self._show_state()

    def _show_state(self) -> None:
        state = self._store.state
        with QSignalBlocker(self._tree):
            titles = {layer.id: layer.title for layer in self._layers}
            for layer_id, item in self._items.items():
                item.setCheckState(0, _CHECKED if layer_id in state.layers else _UNCHECKED)
                percent, title = state.opacity_of(layer_id), titles[layer_id]
                item.setText(0, title if percent == 100 else f"{title} ({percent}\u202f%)")
                hidden = bool(state.solo) and layer_id not in state.shown_layers
                item.setForeground(0, self._style.color("text_soft" if hidden else "text"))
            for group, head in self._groups.items():
                head.setCheckState(0, _group_state(self._ids(group), state))
        # A longer title may need another line.
        self._tree.scheduleDelayedItemsLayout()
        self._tree.updateGeometry()

    def _show_symbols(self) -> None:
        with QSignalBlocker(self._tree):
            for layer in self._layers:
                if layer.group != "base" and layer.id in self._items:
                    ratio = self.devicePixelRatioF()
                    image = self._symbols.symbol_image(layer.id, SYMBOL_PX, ratio)
                    self._items[layer.id].setIcon(0, QIcon(QPixmap.fromImage(image)))

    def _ids(self, group: str) -> tuple[str, ...]:
        return tuple(layer.id for layer in self._layers if layer.group == group)

    def _on_checked(self, item: QTreeWidgetItem) -> None:
        visible = item.checkState(0) != _UNCHECKED
        layer_id = item.data(0, _ID)
        if layer_id:
            self._store.do(actions.show_layer(layer_id, visible), cause=CAUSE)
            return
        group = next(name for name, head in self._groups.items() if head is item)
        self._store.do(show_layers(self._ids(group), visible), cause=CAUSE)


def _layer_item(head: QTreeWidgetItem, layer: Layer) -> QTreeWidgetItem:
    item = QTreeWidgetItem(head, [layer.title])
    item.setData(0, _ID, layer.id)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setToolTip(0, plain(layer.description))
    return item


def _group_state(ids: Iterable[str], state: State) -> Qt.CheckState:
    shown = [layer_id in state.layers for layer_id in ids]
    if all(shown):
        return _CHECKED
    return Qt.CheckState.PartiallyChecked if any(shown) else _UNCHECKED


def show_layers(layer_ids: Iterable[str], visible: bool) -> Action:
    """Show or hide several layers in one step."""
    steps = [actions.show_layer(layer_id, visible) for layer_id in layer_ids]

    def action(state: State) -> State:
        for step in steps:
            state = step(state)
        return state

    return action
