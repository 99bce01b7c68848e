"""A line over the map that says how a presentation goes on. Floor: ui; neighbours: present."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

GREETING: Final = "Space or arrows: next panel     Up and Down: the text     P: tour     Esc: end"
GREETING_MS: Final = 7_000
FROM_BELOW_PX: Final = 14


class PresentHint(QLabel):
    """Lies over the bottom of the map and never takes the mouse."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("present_hint")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._rest = QTimer(self, singleShot=True, interval=GREETING_MS)
        self._rest.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def close_down(self) -> None:
        """Go, and watch the map no longer."""
        self._over.removeEventFilter(self)
        self.deleteLater()

    def greet(self, *, touring: bool) -> None:
        """Say which keys there are, for a while."""
        if touring:
            self._rest.stop()
        else:
            self._say(GREETING)
            self._rest.start()

    def say_left(self, left_ms: int) -> None:
        """Say how long the tour stays at this panel."""
        seconds = -(-left_ms // 1000)
        self._say(f"Tour: next panel in {seconds} s     P: pause     Esc: end")

    def say_paused(self) -> None:
        """Say that the tour is paused."""
        self._say("Tour paused     P: go on     Space or arrows: next panel     Esc: end")

    def say_ended(self) -> None:
        """Say that the tour is over."""
        self._say("The tour ends here     Home: first panel     Esc: end")

    def _say(self, words: str) -> None:
        self._rest.stop()
        if words != self.text() or self.isHidden():
            self.setText(words)
            self._place()
            self.show()
            self.raise_()

    def _place(self) -> None:
        self.adjustSize()
        over = self._over
        self.move((over.width() - self.width()) // 2, over.height() - self.height() - FROM_BELOW_PX)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom of a map that changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False
