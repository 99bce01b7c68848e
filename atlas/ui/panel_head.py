"""What frames the reading text: number, title and note above it, back and forward below.

Floor: ui; neighbours: panel_dock. Both say what they are given and tell what was clicked.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from atlas.core.model import Panel
from atlas.ui.plain_text import plain


class PanelHead(QWidget):
    """Number and title of the open panel, the button that unfolds the contents, the note."""

    unfolded = Signal(bool)
    turn_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = QLabel(objectName="panel_number")
        self._title = QLabel(objectName="panel_title", wordWrap=True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._note = QLabel(objectName="panel_note", wordWrap=True)
        self._note.setTextFormat(Qt.TextFormat.RichText)
        self._note.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self._note.linkActivated.connect(self.turn_wanted)
        self._note.hide()
        self._fold = QToolButton()
        self._fold.setObjectName("contents_button")
        self._fold.setText("Contents")
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self.unfolded)
        row = QHBoxLayout()
        row.addWidget(self._number, 1)
        row.addWidget(self._fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 6, 16, 6)
        column.setSpacing(5)
        column.addLayout(row)
        column.addWidget(self._title)
        column.addWidget(self._note)

    def show_panel(self, number: int, count: int, title: str) -> None:
        """Show which panel of how many is open."""
        self._number.setText(f"{number} of {count}")
        self._number.setAccessibleName(f"Panel {number} of {count}")
        self._title.setText(title)

    def show_note(self, words: str, title: str, ink: QColor) -> None:
        """Show a note that ends in a link to a panel; none for empty words."""
        if words:
            link = f'<a href="turn" style="color: {ink.name()}">{escape(title)}</a>'
            self._note.setText(f"{escape(words)} {link}")
        self._note.setVisible(bool(words))

    def set_tight(self, tight: bool) -> None:
        """Take less room, for a low window; the style sheet sets the smaller title."""
        if tight != self.property("tight"):
            self.setProperty("tight", tight)
            self._title.setProperty("tight", tight)
            self._title.style().unpolish(self._title)
            self._title.style().polish(self._title)

    def fold(self) -> None:
        """Fold the contents up."""
        self._fold.setChecked(False)

    def fold_by_key(self) -> None:
        """Fold the contents up and leave the keyboard at their button."""
        self.fold()
        self._fold.setFocus()

    @property
    def fold_bottom_px(self) -> int:
        """Where the button that unfolds the contents ends in the parent: they begin below it."""
        return self.y() + self._fold.geometry().bottom() + 5


class PanelFoot(QWidget):
    """The buttons back and forward, each with the short title of where it leads."""

    back = Signal()
    forward = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._previous = self._button("previous_panel", "Previous panel")
        self._next = self._button("next_panel", "Next panel")
        self._previous.clicked.connect(self.back)
        self._next.clicked.connect(self.forward)
        self._titles = {self._previous: "", self._next: ""}
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 12)
        row.setSpacing(10)
        row.addWidget(self._previous, 1)
        row.addWidget(self._next, 1)

    def show_neighbours(self, previous: Panel | None, following: Panel | None) -> None:
        """Show where the buttons lead; one that leads nowhere is hidden."""
        for button, panel in ((self._previous, previous), (self._next, following)):
            self._titles[button] = panel.short_title if panel else ""
            button.setVisible(panel is not None)
            button.setToolTip(plain(panel.title) if panel else "")
        self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the titles take what room there is."""
        super().resizeEvent(event)
        self._write()

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(objectName=name)
        button.setAccessibleName(words)
        policy = button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        button.setSizePolicy(policy)
        return button

    def _write(self) -> None:
        room_px = max((self.width() - 42) // 2 - 44, 50)
        for button, form in ((self._previous, "‹ {}"), (self._next, "{} ›")):
            metrics = QFontMetrics(button.font())
            mode = Qt.TextElideMode.ElideRight
            title = metrics.elidedText(self._titles[button], mode, room_px)
            button.setText(form.format(title.replace("&", "&&")))
