"""The tree of layers itself: rows whose titles wrap, as tall as all its rows together.

Floor: ui; neighbours: layers_dock, which fills it and scrolls it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

SYMBOL_PX: Final = 25
INDENT_PX: Final = 14
_BESIDE_TEXT_PX: Final = 34
_WRAP: Final = int(Qt.TextFlag.TextWordWrap)
_ROW_GAP_PX: Final = 9
_ROW_PX: Final = 27


class LayerTree(QTreeWidget):
    """A tree without scroll bars: it asks for the height of its rows."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("layer_tree")
        self.setAccessibleName("Layers")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(INDENT_PX)
        self.setIconSize(QSize(SYMBOL_PX, SYMBOL_PX))
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setItemDelegate(_WrappingRows(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the titles to the new width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Ask for the height of all rows at the width there is."""
        delegate = self.itemDelegate()
        height_px = 4
        for row in self._rows(self.invisibleRootItem()):
            index = self.indexFromItem(row)
            height_px += delegate.sizeHint(QStyleOptionViewItem(), index).height()
        return QSize(200, height_px)

    def _rows(self, above: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
        # Not by a QTreeWidgetItemIterator: PySide never lets go of one.
        for at in range(above.childCount()):
            row = above.child(at)
            if row is not None:
                yield row
                yield from self._rows(row)

    def minimumSizeHint(self) -> QSize:
        """Never be cut off: the panel scrolls instead."""
        return QSize(120, self.sizeHint().height())


class _WrappingRows(QStyledItemDelegate):
    """Makes rows as high as their wrapped title."""

    def __init__(self, tree: LayerTree) -> None:
        super().__init__(tree)
        self._tree = tree

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Let a click on a row's words do what one on its box does."""
        if super().editorEvent(event, model, option, index):
            return True
        released = event.type() == QEvent.Type.MouseButtonRelease
        if not (released and isinstance(event, QMouseEvent)):
            return False
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        role = Qt.ItemDataRole.CheckStateRole
        ticked = Qt.CheckState(index.data(role)) == Qt.CheckState.Checked
        return model.setData(
            index, Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked, role
        )

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        beside = _BESIDE_TEXT_PX
        if index.parent().isValid():
            beside += INDENT_PX
        if index.data(Qt.ItemDataRole.DecorationRole) is not None:
            beside += SYMBOL_PX + 4
        room = max(60, self._tree.viewport().width() - beside)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        words = self._tree.fontMetrics().boundingRect(QRect(0, 0, room, 400), _WRAP, text)
        return QSize(60, max(words.height() + _ROW_GAP_PX, _ROW_PX))
