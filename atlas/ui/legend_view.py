"""The legend in the layer dock: every sign on the map now with its words, wrapped.

Floor: ui; neighbours: layers_dock. Its lines follow the date a moment later, once it rests, so
that scrubbing costs nothing here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from atlas.core.legend import LegendEntry, legend_of
from atlas.core.scene import Scene
from atlas.core.store import Change, Store
from atlas.render.legend_box import paint_entry
from atlas.render.style import Style
from atlas.ui.caught import told_at_once

REST_MS: Final = 120
SYMBOL_WIDTH_PX: Final = 38
TEXT_PX: Final = 13.0
LINE_PX: Final = 18
ROW_GAP_PX: Final = 5
_WRAP: Final = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
NOTHING: Final = "No marks at this date in these layers."


class LegendView(QWidget):
    """Paints symbol and words a line for the scene now; as tall as its lines need."""

    def __init__(self, store: Store, style: Style, scene_now: Callable[[], Scene]) -> None:
        super().__init__()
        self.setObjectName("legend_view")
        self.setAccessibleName("Legend")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._style, self._scene_now = style, scene_now
        self.entries: tuple[LegendEntry, ...] = ()
        self._boxes: list[QRect] = []
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.refresh)
        self._unsubscribe = store.subscribe(self._on_change)
        self._rest.start()

    def set_style(self, style: Style) -> None:
        """Take another theme's inks."""
        self._style = style
        self.update()

    def close_down(self) -> None:
        """Stop listening to the store."""
        self._rest.stop()
        self._unsubscribe()

    def refresh(self) -> None:
        """Show the lines of the scene now."""
        entries = legend_of(self._scene_now())
        if entries == self.entries and self._boxes:
            return
        self.entries = entries
        words = "; ".join(entry.words for entry in entries) or NOTHING
        self.setAccessibleDescription(words)
        self._lay_out()

    def sizeHint(self) -> QSize:
        """Ask for the height of the lines."""
        bottom = self._boxes[-1].bottom() if self._boxes else LINE_PX
        return QSize(200, bottom + ROW_GAP_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words to the new width."""
        if event.oldSize().width() != event.size().width():
            self._lay_out()

    def _on_change(self, change: Change) -> None:
        if change.fields - {"step", "selection", "panel"}:
            self._rest.start()

    def _lay_out(self) -> None:
        self.setFont(self._style.font("label", TEXT_PX))
        metrics = self.fontMetrics()
        left = SYMBOL_WIDTH_PX if self.entries else 0
        room = max(40, self.width() - left - 4)
        self._boxes, top = [], 2
        for text in [entry.words for entry in self.entries] or [NOTHING]:
            needed = metrics.boundingRect(QRect(0, 0, room, 500), _WRAP, text).height()
            self._boxes.append(QRect(left, top, room, max(needed, LINE_PX)))
            top += max(needed, LINE_PX) + ROW_GAP_PX
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines."""
        with told_at_once(), QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self.font())
            if not self.entries and self._boxes:
                painter.setPen(self._style.color("text_soft"))
                painter.drawText(self._boxes[0], _WRAP, NOTHING)
            for entry, box in zip(self.entries, self._boxes, strict=False):
                self._paint_row(painter, entry, box)

    def _paint_row(self, painter: QPainter, entry: LegendEntry, box: QRect) -> None:
        painter.save()
        painter.translate(SYMBOL_WIDTH_PX / 2 - 3, box.top() + LINE_PX / 2)
        paint_entry(painter, entry, self._style)
        painter.restore()
        painter.setPen(self._style.color("text"))
        painter.drawText(box, _WRAP, entry.words)
