"""What a hand does to a window: real mouse, wheel, pinch and key events, answered one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

PLAIN = Qt.KeyboardModifier.NoModifier
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
Place = tuple[float, float]
"""A place in a widget: shares of its width and height."""


def part(window: QWidget, kind: type, name: str) -> Any:
    found = window.findChild(kind, name)
    if found is None:
        raise LookupError(f"there is no {name}")
    return found


class Hands:
    """Uses a window. `answered` is called after every event, to let the window answer."""

    def __init__(self, window: QWidget, answered: Callable[[], None]) -> None:
        self.window = window
        self._answered = answered

    def drag(
        self, widget: QWidget, places: Sequence[Place], keys: Qt.KeyboardModifier = PLAIN
    ) -> None:
        """Press at the first place, move over all, let go at the last."""
        self._mouse(QEvent.Type.MouseButtonPress, widget, places[0], LEFT, LEFT, keys)
        for place in places[1:]:
            self._mouse(QEvent.Type.MouseMove, widget, place, NONE, LEFT, keys)
        self._mouse(QEvent.Type.MouseButtonRelease, widget, places[-1], LEFT, NONE, keys)

    def click(self, widget: QWidget, place: Place, keys: Qt.KeyboardModifier = PLAIN) -> None:
        self.drag(widget, [place], keys)

    def double_click(self, widget: QWidget, place: Place, keys: Qt.KeyboardModifier) -> None:
        self.click(widget, place, keys)
        self._mouse(QEvent.Type.MouseButtonDblClick, widget, place, LEFT, LEFT, keys)
        self._mouse(QEvent.Type.MouseButtonRelease, widget, place, LEFT, NONE, keys)

    def hover(self, widget: QWidget, place: Place) -> None:
        self._mouse(QEvent.Type.MouseMove, widget, place, NONE, NONE, PLAIN)

    def wheel(
        self, widget: QWidget, place: Place, turn: QPoint, keys: Qt.KeyboardModifier = PLAIN
    ) -> None:
        at = _at(widget, place)
        everywhere = QPointF(widget.mapToGlobal(at))
        phase = Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(at, everywhere, QPoint(), turn, NONE, keys, phase, False)
        self._send(widget, event)

    def pinch(self, widget: QWidget, place: Place, value: float) -> None:
        at = _at(widget, place)
        everywhere = QPointF(widget.mapToGlobal(at))
        event = QNativeGestureEvent(
            Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2,
            at, at, everywhere, value, QPointF(),
        )  # fmt: skip
        self._send(widget, event)

    def key(self, keys: str, widget: QWidget | None = None) -> None:
        """Press keys given in portable text, where the keyboard is."""
        combination = QKeySequence(keys)[0]
        target = widget or self._has_keyboard()
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
        self._answered()

    def type(self, text: str) -> None:
        """Type a text letter by letter, over what is marked."""
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self._has_keyboard(), QKeyEvent(kind, 0, PLAIN, letter))
            self._answered()

    def rest(self) -> None:
        """Do nothing but let the window answer."""
        self._answered()

    def _has_keyboard(self) -> QWidget:
        over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        focus = QApplication.focusWidget()
        if over is not None and (focus is None or not over.isAncestorOf(focus)):
            return over
        return focus or self.window

    def _mouse(
        self,
        kind: QEvent.Type,
        widget: QWidget,
        place: Place,
        button: Qt.MouseButton,
        down: Qt.MouseButton,
        keys: Qt.KeyboardModifier,
    ) -> None:
        at = _at(widget, place)
        everywhere = QPointF(widget.mapToGlobal(at))
        self._send(widget, QMouseEvent(kind, at, everywhere, button, down, keys))

    def _send(self, widget: QWidget, event: QEvent) -> None:
        QApplication.sendEvent(widget, event)
        self._answered()


def _at(widget: QWidget, place: Place) -> QPointF:
    return QPointF(round(place[0] * (widget.width() - 1)), round(place[1] * (widget.height() - 1)))
