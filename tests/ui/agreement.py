"""What each part of the window says about the date, read from the parts themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from atlas.core.model import Story
from atlas.core.words import day_in_words
from atlas.ui.window import MainWindow

HOLDS: str = "holds the date shown"


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at the window: its date as told by field, track, map and painted map."""

    field: str
    track: str
    plate_of_map: str
    painted_day: int
    marked_panel: str

    def disagreements(self, day: int, story: Story) -> list[str]:
        """Return what is not as it should be on a day, in words."""
        words, panel = day_in_words(day), story.panel_at(day)
        told = {
            "date field": (self.field, words),
            "date on the map": (self.plate_of_map, words),
            "track": (self.track, f"{words}, told in: {panel.title}"),
            "panel marked": (self.marked_panel, panel.title),
            "painted map": (day_in_words(self.painted_day), words),
        }
        return [f"{who} says {said!r}, not {due!r}" for who, (said, due) in told.items()
                if said != due]  # fmt: skip


class Watcher(QObject):
    """Watches a window's map being painted; `read` tells what stands everywhere now."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.painted_days: list[int] = []
        window.canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.painted_days.append(self._window.canvas.scene.day)
        return False

    def read(self) -> Reading:
        field = part(self._window, QLineEdit, "date_edit")
        track = part(self._window, QWidget, "time_track")
        contents = part(self._window, QListWidget, "contents_list")
        rows = [contents.item(row) for row in range(contents.count())]
        told = [(row.data(Qt.ItemDataRole.AccessibleTextRole) or "", row) for row in rows]
        marked = [row.toolTip() for words, row in told if HOLDS in words]
        return Reading(
            field.text(),
            track.accessibleDescription(),
            self._window.canvas.scene.date_text,
            self.painted_days[-1] if self.painted_days else 0,
            " and ".join(marked),
        )


def part(window: QWidget, kind: type, name: str) -> Any:
    found = window.findChild(kind, name)
    if found is None:
        raise LookupError(f"there is no {name}")
    return found
