"""A slim title bar for docks: a word, and a button that hides the dock.

Floor: ui; neighbours: window. Dragging it moves the dock, a double click floats it: Qt does both
for any title bar that leaves the mouse alone.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QToolButton, QWidget


class DockBar(QWidget):
    """Stands above a dock's contents."""

    def __init__(self, dock: QDockWidget, *, titled: bool = True) -> None:
        super().__init__(dock)
        self.setObjectName(f"{dock.objectName()}_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setToolTip("Drag to move, double click to float")
        hide = QToolButton()
        hide.setObjectName("dock_hide")
        hide.setText("×")
        hide.setToolTip(f"Hide; View > {dock.windowTitle()} brings it back")
        hide.setAccessibleName(f"Hide {dock.windowTitle()}")
        hide.setCursor(Qt.CursorShape.ArrowCursor)
        hide.clicked.connect(dock.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 4, 0)
        row.addWidget(QLabel(dock.windowTitle() if titled else "", objectName="dock_title"), 1)
        row.addWidget(hide)
