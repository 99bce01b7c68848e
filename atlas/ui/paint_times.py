"""View > Paint times: what each part of the last frame took, in a small table over the map.

Floor: ui; neighbours: canvas, which it lies on and whose painter it swaps for one that keeps
account; render.traced. For developers: it is no part of the view, so no session and no export has
it. Nothing of it is made before it is asked for, and ended it leaves plain painters behind.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from atlas.render.name_plan import name_plan
from atlas.render.style import font
from atlas.render.traced import PaintTrace
from atlas.ui.canvas import MapCanvas

HEADS: Final = ("part", "last ms", "median", "calls", "vertices", "largest", "painted", "kept")
WHOLE: Final = "whole frame"
PLANS: Final = "plans of names"
_REFRESH_MS: Final = 250
_PLACE_PX: Final = QPoint(14, 76)
_PAD_PX: Final = 8
_NUMBER_EM: Final = 4.6
_FONT: Final = ("label", 11.0)
Cells = tuple[str, ...]


class PaintTimes(QWidget):
    """The table; hidden, and without effect, until it is started."""

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._rows: tuple[Cells, ...] = ()
        self._plans_before = name_plan.cache_info()
        self._held_at: QPointF | None = None
        self._refresh = QTimer(self, interval=_REFRESH_MS)
        self._refresh.timeout.connect(self.refresh)
        self.trace: PaintTrace | None = None
        self.setObjectName("paint_times")
        self.setAccessibleName("Paint times")
        # Opaque, so that its own news never has the map under it painted again.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.move(_PLACE_PX)
        self.hide()

    @property
    def active(self) -> bool:
        """Whether painters keep account."""
        return self.trace is not None

    def start(self) -> None:
        """Begin anew: from the next frame on all is counted."""
        self.trace = PaintTrace()
        self._plans_before = name_plan.cache_info()
        self._canvas.paint_with(self.trace.painter)
        self.refresh()
        self.show()
        self._refresh.start()

    def end(self) -> None:
        """Give plain painters back and hide."""
        self._refresh.stop()
        self._canvas.paint_with(QPainter)
        self.trace = None
        self.hide()

    def refresh(self) -> None:
        """Take the figures of now."""
        rows = self._table()
        if rows != self._rows:
            self._rows = rows
            self.setAccessibleDescription("; ".join(" ".join(row) for row in rows))
            self.resize(round(self._width_px()), round(len(rows) * self._line_px()) + 2 * _PAD_PX)
            self.update()

    def _table(self) -> tuple[Cells, ...]:
        if self.trace is None:
            return (HEADS,)
        rows: list[Cells] = [HEADS]
        for name, found in self.trace.rows():
            last = f"{found.last.ms:.2f}" if found.in_last_frame else "–"
            counts = (found.last.calls, found.last.vertices, found.most, found.painted, found.kept)
            rows.append((name, last, f"{found.median_ms:.2f}", *map(str, counts)))
        now, before = name_plan.cache_info(), self._plans_before
        made, kept = now.misses - before.misses, now.hits - before.hits
        rows.append((PLANS, "", "", "", "", "", str(made), str(kept)))
        rows.append(self._whole(self.trace))
        return tuple(rows)

    @staticmethod
    def _whole(trace: PaintTrace) -> Cells:
        times = sorted(trace.frame_ms)
        last = f"{trace.frame_ms[-1]:.2f}" if times else "–"
        middle = f"{times[len(times) // 2]:.2f}" if times else "–"
        counts = (trace.frame.calls, trace.frame.vertices, trace.frame.most, trace.frames)
        return (WHOLE, last, middle, *map(str, counts), "")

    def _line_px(self) -> float:
        return QFontMetricsF(font(*_FONT)).height() + 1

    def _name_px(self) -> float:
        metrics = QFontMetricsF(font(*_FONT))
        return max(metrics.horizontalAdvance(row[0]) for row in self._rows)

    def _width_px(self) -> float:
        return self._name_px() + _NUMBER_EM * _FONT[1] * (len(HEADS) - 1) + 2 * _PAD_PX

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the table on paper of its own."""
        style = self._canvas.style_now
        line, column, name = self._line_px(), _NUMBER_EM * _FONT[1], self._name_px()
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), style.color("panel"))
            painter.setPen(style.color("plate_edge"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.setFont(font(*_FONT))
            for index, row in enumerate(self._rows):
                plain = 0 < index < len(self._rows) - 1
                painter.setPen(style.color("text" if plain else "accent"))
                top = _PAD_PX + index * line
                painter.drawText(QRectF(_PAD_PX, top, name, line), left, row[0])
                for place, cell in enumerate(row[1:]):
                    box = QRectF(_PAD_PX + name + place * column, top, column, line)
                    painter.drawText(box, right, cell)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it."""
        self._held_at = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Push it where it is in nobody's way."""
        if self._held_at is not None:
            self.move((self.mapToParent(event.position()) - self._held_at).toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        self._held_at = None
