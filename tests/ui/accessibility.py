"""Looks at widgets as a screen reader and a keyboard do: names, roles, stops of Tab, focus."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QMenuBar,
    QWidget,
)

USED_BY_HAND = (
    QAbstractButton,
    QLineEdit,
    QComboBox,
    QAbstractItemView,
    QAbstractSpinBox,
)
PARTS_OF = (
    QComboBox,
    QAbstractSpinBox,
    QMenuBar,
    QLineEdit,
    QKeySequenceEdit,
    QAbstractItemView,
)
NO_ROLE = frozenset({QAccessible.Role.NoRole, QAccessible.Role.Client})
MOST_STOPS = 400


def controls(root: QWidget) -> Iterator[QWidget]:
    """Yield what a person can use in a window: visible, enabled, and not part of another."""
    for widget in root.findChildren(QWidget):
        if not (widget.isVisible() and widget.isEnabled()) or widget.window() is not root.window():
            continue
        if isinstance(widget.parent(), PARTS_OF):
            continue
        if isinstance(widget, QMenuBar) or _is_viewport(widget):
            continue
        tabbed = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if tabbed or isinstance(widget, USED_BY_HAND):
            yield widget


def _is_viewport(widget: QWidget) -> bool:
    parent = widget.parent()
    return isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget


def called(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName() or '(no object name)'}"


def name_of(widget: QWidget) -> str:
    """Return what a screen reader calls a widget.

    A combo box without a label is called by what is chosen in it, on Linux: that is no name.
    """
    told = QAccessible.queryAccessibleInterface(widget)
    name = told.text(QAccessible.Text.Name)
    if name and not isinstance(widget, QComboBox):
        return name
    labels = (of for of, relation in told.relations() if relation == QAccessible.RelationFlag.Label)
    return next((of.text(QAccessible.Text.Name) for of in labels), "")


def unnamed(root: QWidget) -> list[str]:
    """Return the controls without a name or a role."""
    found = []
    for widget in controls(root):
        role = QAccessible.queryAccessibleInterface(widget).role()
        if role in NO_ROLE:
            found.append(f"{called(widget)} has no role")
        if not name_of(widget).strip():
            found.append(f"{called(widget)} has no name")
    return found


def tab_stops(start: QWidget) -> list[tuple[QWidget, bool]]:
    """Press Tab from a widget until it came round; return each stop, and whether focus showed."""
    start.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(start, Qt.Key.Key_Tab)
    stops: list[tuple[QWidget, bool]] = []
    for _ in range(MOST_STOPS):
        at = QApplication.focusWidget()
        assert at is not None, "the keyboard is nowhere"
        with_focus = seen(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
        within = QApplication.focusWidget() is at
        stops.append((at, within or seen(at) != with_focus))
        if at is start and not within:
            return stops
    raise AssertionError(f"Tab does not come back to {called(start)}: it is at {called(at)}")


def seen(widget: QWidget) -> QImage:
    """Return the picture of a widget with a little of what is round it."""
    window = widget.window()
    box = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-4, -4, 4, 4)
    return window.grab(box.intersected(window.rect())).toImage()


def faults(root: QWidget, start: QWidget) -> list[str]:
    """Return what a person without a mouse or without sight would miss in a window."""
    stops = tab_stops(start)
    reached = {id(widget) for widget, _ in stops}
    found = unnamed(root)
    found += [f"Tab never reaches {called(w)}" for w in controls(root) if id(w) not in reached]
    found += sorted({f"focus does not show on {called(w)}" for w, shows in stops if not shows})
    return found
