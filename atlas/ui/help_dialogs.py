"""Help > Keys and Help > About: two quiet pages of text.

Floor: ui; neighbours: commands (the one table of keys), window_commands, which opens them.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, qVersion
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from atlas import __version__
from atlas.app.library import Library
from atlas.ui.commands import listed_keys

BOUNDARIES: Final = (
    "Lines are present-day de facto boundaries of Natural Earth, joined to the states of the "
    "date shown; no territorial claim is made."
)
MOUSE: Final = (
    ("Drag the map", "Move it"),
    ("Wheel or pinch on the map", "Zoom at the pointer"),
    ("Double click, with Shift", "Zoom in, zoom out"),
    ("Click a mark, click again", "Select it, then the next one below"),
    ("Drag on the time track", "Change the date"),
    ("Drag with Ctrl on the time track", "Change it from event to event"),
    ("Drag with Shift on the time track", "Look at a stretch of time"),
    ("Drag a handle of the stretch, or its middle", "Change or move it"),
    ("Drag with Alt on the time track", "Move the date compared with"),
    ("Wheel or pinch on the time track", "Show more or fewer years"),
)


LINKS: Final = (
    ("Red, underlined", "A mark on the map"),
    ("Blue, underlined", "A place"),
    ("Dotted line", "A date"),
    ("Faint line and a sign", "A claim that was checked"),
)
"""How the links of the text look, and what they lead to."""


class PageArea(QScrollArea):
    """What a page holds; scrolls by keys."""


class _Page(QDialog):
    """A titled page with a button to close it."""

    def __init__(self, title: str, body: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        head = QLabel(title, objectName="dialog_title")
        area = PageArea()
        area.setAccessibleName(title)
        area.setWidget(body)
        area.setWidgetResizable(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(head)
        column.addWidget(area, 1)
        column.addWidget(self.buttons)


class KeysDialog(_Page):
    """Lists every key in force, and the gestures; `change_wanted` asks to change keys."""

    change_wanted = Signal()

    def __init__(
        self, parent: QWidget, keys_of: Callable[[str], tuple[str, ...]] | None = None
    ) -> None:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        rows = [(" or ".join(map(_shown, keys)), words) for words, keys in listed_keys(keys_of)]
        links = [(f"{look} in the text", words) for look, words in LINKS]
        for row, (keys, words) in enumerate((*rows, *MOUSE, *links)):
            label = QLabel(f"<b>{escape(keys)}</b>")
            grid.addWidget(label, row, 0)
            grid.addWidget(QLabel(words), row, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        super().__init__("Keys and gestures", body, parent)
        change = QPushButton("Change &keys…")
        change.setObjectName("change_keys")
        change.setAutoDefault(False)
        change.clicked.connect(self.change_wanted)
        self.buttons.addButton(change, QDialogButtonBox.ButtonRole.ActionRole)
        self.resize(QSize(660, 640).boundedTo(parent.window().size() - QSize(24, 48)))


class AboutDialog(_Page):
    """Says what the atlas is, in which version, and whose work it shows."""

    def __init__(self, library: Library, parent: QWidget) -> None:
        body = QLabel(about_html(library))
        body.setWordWrap(True)
        body.setAlignment(Qt.AlignmentFlag.AlignTop)
        body.setContentsMargins(0, 0, 16, 0)
        body.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        super().__init__("About the Indochina Atlas", body, parent)
        self.resize(QSize(560, 520).boundedTo(parent.window().size() - QSize(24, 48)))


def about_html(library: Library) -> str:
    """Return the text of the about page, escaped."""
    atlas = library.atlas
    versions = f"Version {__version__}, data of {atlas.data_version}, Qt {qVersion()}."
    credits = "".join(f"<li>{escape(line)}</li>" for line in _credit_lines(library))
    return (
        f"<p><b>{escape(atlas.story.title)}</b><br/>{escape(atlas.story.subtitle)}</p>"
        f"<p>{escape(versions)}</p><p>{escape(BOUNDARIES)}</p>"
        f"<p><b>Sources and credits</b></p><ul>{credits}</ul>"
    )


def _credit_lines(library: Library) -> list[str]:
    """Return the credits of story and data, each line once, the boundary note not repeated."""
    lines = dict.fromkeys((*library.atlas.story.credits, *library.atlas.credits))
    return [line for line in lines if line != BOUNDARIES and not line.startswith("Boundaries ")]


def _shown(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
