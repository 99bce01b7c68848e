"""The list of panels that folds out over the text: the open one bold, a dot at the date's.

Floor: ui; neighbours: panel_dock.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from atlas.core.model import Story
from atlas.ui.plain_text import plain

ROW_PX: Final = 27
DOT_PX: Final = 10
SIDE_PX: Final = 12
PANEL_ID: Final = Qt.ItemDataRole.UserRole
SHARE: Final = Qt.ItemDataRole.UserRole + 1
"""How much of the panel was read, in words."""
MARKED: Final = Qt.ItemDataRole.UserRole + 2
SHARE_PX: Final = 62


class ContentsList(QListWidget):
    """The story's panels by number and title. `chosen` carries a panel's id."""

    chosen = Signal(str)
    dismissed = Signal()

    def __init__(self, story: Story, parent: QWidget) -> None:
        super().__init__(parent)
        self._story, self._over = story, parent
        self._marked = ("", "", "")
        self.setObjectName("contents_list")
        self.setAccessibleName("Contents")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIconSize(QSize(DOT_PX, DOT_PX))
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Rows(self))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for number, panel in enumerate(story.panels, 1):
            item = QListWidgetItem(f"{number}  {panel.title}")
            item.setData(PANEL_ID, panel.id)
            item.setToolTip(plain(panel.title))
            item.setSizeHint(QSize(0, ROW_PX))
            self.addItem(item)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    def mark(self, open_panel: str, dated_panel: str, ink: QColor) -> None:
        """Mark the open panel and the one whose span holds the date."""
        key = (open_panel, dated_panel, ink.name())
        if key == self._marked:
            return
        self._marked = key
        for index, panel in enumerate(self._story.panels):
            item = self.item(index)
            font = self.font()
            font.setBold(panel.id == open_panel)
            item.setFont(font)
            item.setIcon(_dot(ink if panel.id == dated_panel else None, self.devicePixelRatioF()))
            said = [panel.title]
            if panel.id == open_panel:
                said.append("open")
                self.setCurrentItem(item)
            if panel.id == dated_panel:
                said.append("holds the date shown")
            item.setData(MARKED, ", ".join(said))
            self._say(item)

    def show_shares(self, share_of: Callable[[str], float]) -> None:
        """Show beside each title how much of the panel was read."""
        for index, panel in enumerate(self._story.panels):
            words = share_in_words(share_of(panel.id))
            item = self.item(index)
            if item.data(SHARE) != words:
                item.setData(SHARE, words)
                self._say(item)

    def _say(self, item: QListWidgetItem) -> None:
        said = (item.data(MARKED), item.data(SHARE))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in said if part))

    def spread(self, top_px: int) -> None:
        """Lie over title and text: in a low window there is no room beside them.

        The list ends where its rows do or the parent does; the rest scrolls.
        """
        room = self._over.rect().adjusted(SIDE_PX, top_px, -SIDE_PX, -SIDE_PX)
        room.setHeight(min(room.height(), ROW_PX * len(self._story.panels) + 4))
        self.setGeometry(room)
        self.scrollToItem(self.currentItem())
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape folds the list up."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(PANEL_ID))


def share_in_words(share: float) -> str:
    """Return a share of a panel read as words; nothing for one never opened."""
    if share >= 0.99:
        return "read"
    return f"{share:.0%} read" if share > 0 else ""


class _Rows(QStyledItemDelegate):
    """Paints a row with what was read of the panel at its end."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Leave room for the share, then write it."""
        # PySide tells the attributes of style options only at run time.
        rect: QRect = option.rect
        words = index.data(SHARE) or ""
        super().paint(painter, option, index)
        if not words:
            return
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        box = rect.adjusted(rect.width() - SHARE_PX, 0, -6, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
        painter.restore()

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Cut the title where the share begins."""
        super().initStyleOption(option, index)
        if index.data(SHARE):
            icon_px = DOT_PX + 12
            room_px = option.rect.width() - SHARE_PX - icon_px
            mode = Qt.TextElideMode.ElideRight
            option.text = option.fontMetrics.elidedText(option.text, mode, room_px)


def _dot(ink: QColor | None, pixel_ratio: float) -> QIcon:
    """Return a dot, or as much empty room."""
    pixmap = QPixmap(round(DOT_PX * pixel_ratio), round(DOT_PX * pixel_ratio))
    pixmap.setDevicePixelRatio(pixel_ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    if ink is not None:
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(DOT_PX / 2, DOT_PX / 2), 3.4, 3.4)
        painter.end()
    icon = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected, QIcon.Mode.Active):
        icon.addPixmap(pixmap, mode)
    return icon
