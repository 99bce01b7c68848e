"""A plate above the date field that says, whole and wrapped, why a text was not taken.

Floor: ui; neighbours: time_bar, which owns it; date_edit. It lies over whatever is above the
field, so that a long sentence needs no room in the bar.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

WIDTH_PX: Final = 340
GAP_PX: Final = 6


class DatePlate(QLabel):
    """Shows words near a field, in the window that holds it; hidden while there are none."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self._field = field
        self.setObjectName("date_message")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMargin(8)
        self.hide()
        field.installEventFilter(self)

    def show_words(self, words: str) -> None:
        """Show a sentence above the field; nothing for an empty one."""
        self.setText(words)
        if not words:
            self.hide()
            return
        if self.parentWidget() is not self._field.window():
            self.setParent(self._field.window())
        self._place()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the field when it moves, go when it goes."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self.text():
            self._place()
        elif event.type() == QEvent.Type.Hide:
            self.hide()
        return False

    def _place(self) -> None:
        self.ensurePolished()
        window = self._field.window()
        width = min(WIDTH_PX, window.width() - 2 * GAP_PX)
        size = QSize(width, self.heightForWidth(width))
        field = QRect(self._field.mapTo(window, QPoint(0, 0)), self._field.size())
        self.setGeometry(plate_box(window.size(), size, field))


def plate_box(room: QSize, size: QSize, field: QRect) -> QRect:
    """Return where a plate stands: above the field, below it where there is no room above."""
    top = field.top() - GAP_PX - size.height()
    if top < 0:
        top = min(field.bottom() + GAP_PX, room.height() - size.height())
    left = max(min(field.left(), room.width() - size.width() - GAP_PX), GAP_PX)
    return QRect(QPoint(left, max(top, 0)), size)
