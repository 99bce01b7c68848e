"""The handle between two swiped dates: dragged, or moved by keys once Tab is on it.

Floor: ui; neighbours: canvas, on which it lies; render.compared, which paints the line.
"""

from __future__ import annotations

from itertools import count
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QSignalBlocker, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSlider, QWidget

from atlas.core import actions
from atlas.core.panes import swipe_px
from atlas.core.store import Change, Store
from atlas.render.style import Style

CAUSE: Final = "swipe_handle"
WIDTH_PX: Final = 26
GRIP_PX: Final = 13.0
PARTS: Final = 1000
_drags = count(1)


class SwipeHandle(QSlider):
    """Stands where the two dates meet; its value is the first one's share, in thousandths."""

    def __init__(self, store: Store, style: Style, canvas: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, canvas)
        self._store, self._style, self._canvas = store, style, canvas
        self._gesture = ""
        self.setObjectName("swipe_handle")
        self.setAccessibleName("Handle between the two dates")
        self.setToolTip("Drag to show more of one date; by keys: Left and Right")
        self.setCursor(Qt.CursorShape.SplitHCursor)
        # A drag leaves the keyboard where it is.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setRange(0, PARTS)
        self.setSingleStep(PARTS // 50)
        self.setPageStep(PARTS // 8)
        self.valueChanged.connect(self._on_value)
        canvas.installEventFilter(self)
        self._unsubscribe = store.subscribe(self._on_change)
        self._place()

    def set_style(self, style: Style) -> None:
        """Take another theme."""
        self._style = style
        self.update()

    def close_down(self) -> None:
        """Stop listening to the store."""
        self._unsubscribe()

    def _on_change(self, change: Change) -> None:
        if change.fields & {"comparison", "viewport_px"}:
            self._place()

    def _place(self) -> None:
        state = self._store.state
        with QSignalBlocker(self):
            self.setValue(round(state.comparison.share * PARTS))
        left = round(swipe_px(state) - WIDTH_PX / 2)
        self.setGeometry(left, 0, WIDTH_PX, max(self._canvas.height(), 1))
        shown = state.comparison.mode == "swipe"
        if self.hasFocus() and not shown:
            # Qt would pass the keyboard on to the date field, and the next key into it.
            self._canvas.setFocus()
        self.setVisible(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep its place when the map changes size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _on_value(self, value: int) -> None:
        gesture = self._gesture or "swipe-by-keys"
        self._store.do(actions.swipe_to(value / PARTS), CAUSE, gesture)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._gesture = f"swipe-{next(_drags)}"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go with the pointer."""
        if self._gesture:
            x_px = self.mapTo(self._canvas, event.position()).x()
            self.setValue(round(PARTS * x_px / max(self._canvas.width(), 1)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._gesture = ""
            self._store.end_gesture()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the grip; the line belongs to the map."""
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(
            QPen(self._style.color("focus" if focused else "panel"), 3 if focused else 2)
        )
        painter.setBrush(self._style.color("accent"))
        painter.drawEllipse(middle, GRIP_PX - 2, GRIP_PX - 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._style.color("panel"))
        for side in (-1, 1):
            tip, back = middle.x() + side * 7.5, middle.x() + side * 2.5
            painter.drawPolygon(
                QPolygonF([QPointF(tip, middle.y()), QPointF(back, middle.y() - 4.5),
                           QPointF(back, middle.y() + 4.5)])
            )  # fmt: skip
        painter.end()
