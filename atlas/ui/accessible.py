"""What a screen reader is told of the widgets painted by hand: the time track, the map, a page.

Floor: ui; neighbours: application, whose factory imports this module only once somebody asks;
time_track, map_view, help_dialogs. The track is a slider whose value is a day number and whose
words are the date.
"""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtGui import QAccessible, QAccessibleValueInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from atlas.ui.time_track import TimeTrack

_ROLES: Final = {
    "MapCanvas": QAccessible.Role.Canvas,
    "PageArea": QAccessible.Role.Document,
    "QKeySequenceEdit": QAccessible.Role.HotkeyField,
}


def told_of(widget: QWidget) -> QAccessibleWidget:
    """Return what tells a screen reader of a widget of the classes the application names."""
    told: QAccessibleWidget
    if isinstance(widget, TimeTrack):
        told = TrackAccessible(widget)
    else:
        role = _ROLES[type(widget).__name__]
        told = QAccessibleWidget(widget, role, widget.accessibleName())
    # Qt owns it and asks for it again; without a name of its own Python would let it go.
    vars(widget)["told"] = told
    return told


class TrackAccessible(QAccessibleWidget):
    """The time track as a slider over the days of the era."""

    def __init__(self, track: TimeTrack) -> None:
        super().__init__(track, QAccessible.Role.Slider, track.accessibleName())
        self._track = track
        self._value = _Days(track)

    def text(self, kind: QAccessible.Text) -> str:
        """Return the date in words as the value."""
        if kind == QAccessible.Text.Value:
            return self._track.date_text
        return super().text(kind)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """Return the value's interface."""
        if kind == QAccessible.InterfaceType.ValueInterface:
            return self._value
        return super().interface_cast(kind)


class _Days(QAccessibleValueInterface):
    """The day number as a value a screen reader reads and sets."""

    def __init__(self, track: TimeTrack) -> None:
        super().__init__()
        self._track = track

    def currentValue(self) -> int:
        return self._track.day

    def setCurrentValue(self, value: Any) -> None:
        self._track.go_to(int(value))

    def minimumValue(self) -> int:
        return self._track.era[0]

    def maximumValue(self) -> int:
        return self._track.era[1]

    def minimumStepSize(self) -> int:
        return 1
