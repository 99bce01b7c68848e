"""The list under the search field: what was found, a line and a quiet second line each.

Floor: ui; neighbours: search_box, which has the keyboard all the while.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from atlas.core.search import Hit
from atlas.render.style import Style
from atlas.ui.qss import mixed

NOTHING_FOUND: Final = "Nothing found"
HINT: Final = "Try a name, a date such as 7 Jan 1979, or a word of the text."
ROW_PX: Final = 40
PADDING_PX: Final = 10
TITLE_FONT_PX: Final = 13
DETAIL_FONT_PX: Final = 12
_DETAIL: Final = Qt.ItemDataRole.UserRole


class SearchList(QListWidget):
    """Shows hits and marks one. `chosen` carries the number of the row clicked."""

    chosen = Signal(int)

    def __init__(self, style: Style, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = _Rows(style, self)
        self.setObjectName("search_list")
        self.setAccessibleName("Found")
        self.setItemDelegate(self._rows)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.itemEntered.connect(self.setCurrentItem)
        self.itemClicked.connect(lambda item: self.chosen.emit(self.row(item)))
        self.set_style(style)
        self.hide()

    def set_style(self, style: Style) -> None:
        """Take the colours of a theme."""
        self._rows.theme = style
        panel, edge = style.color("panel").name(), style.color("plate_edge").name()
        self.setStyleSheet(f"#search_list {{ background: {panel}; border: 1px solid {edge}; }}")
        self.viewport().update()

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """List hits, the first one marked; say so if there are none."""
        self.clear()
        for hit in hits:
            self._add(hit.title, hit.detail)
        if hits:
            self.setCurrentRow(0)
        else:
            self._add(NOTHING_FOUND, HINT).setFlags(Qt.ItemFlag.ItemIsEnabled)

    def _add(self, title: str, detail: str) -> QListWidgetItem:
        item = QListWidgetItem(title)
        item.setData(_DETAIL, detail)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {detail}")
        item.setSizeHint(QSize(0, ROW_PX))
        self.addItem(item)
        return item

    def place_under(self, field: QWidget, window: QWidget, width_px: int) -> None:
        """Hang under a field of the window, their right edges in line."""
        corner = field.mapTo(window, field.rect().bottomRight())
        width = min(width_px, window.width() - 16)
        height = min(self.count() * ROW_PX + 2, window.height() - corner.y() - 12)
        left = min(max(corner.x() + 1 - width, 8), window.width() - width - 8)
        self.setGeometry(QRect(left, corner.y() + 3, width, height))

    def said(self) -> str:
        """Return the marked row in words, for screen readers."""
        item = self.currentItem()
        if item is None:
            return NOTHING_FOUND
        words = item.data(Qt.ItemDataRole.AccessibleTextRole)
        return f"{self.currentRow() + 1} of {self.count()}: {words}"


class _Rows(QStyledItemDelegate):
    """Paints a row: the title, the detail below it in soft ink."""

    def __init__(self, theme: Style, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one row, its marking as a band and a bar at the left: not by colour alone."""
        painter.save()
        # PySide tells the attributes of style options only at run time.
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, mixed(self.theme, "panel", "accent", 0.14))
            painter.fillRect(rect.adjusted(0, 0, 3 - rect.width(), 0), self.theme.color("accent"))
        inner = rect.adjusted(PADDING_PX, 3, -PADDING_PX, -3)
        # The theme's fonts have letters for the scripts of names.
        title, detail = (self.theme.font("label", px) for px in (TITLE_FONT_PX, DETAIL_FONT_PX))
        painter.setPen(self.theme.color("text"))
        half = inner.height() // 2
        _line(painter, title, inner.adjusted(0, 0, 0, -half), str(index.data()))
        painter.setPen(self.theme.color("text_soft"))
        _line(painter, detail, inner.adjusted(0, half, 0, 0), str(index.data(_DETAIL)))
        painter.restore()


def _line(painter: QPainter, font: QFont, box: QRect, text: str) -> None:
    painter.setFont(font)
    cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
