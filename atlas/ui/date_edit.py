"""A field for the date in words: takes what a person types, says what it cannot read.

Floor: ui; neighbours: time_bar. Enter commits, Escape restores; nothing changes on a misreading.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from atlas.core.edtf import EdtfError
from atlas.core.model import Story
from atlas.core.typed_dates import days_from_typed
from atlas.core.words import day_in_words, days_in_words, short_date

EXAMPLES: Final = "7 January 1979 or 1979-01-07"
HINT: Final = (
    f"Type a date: {EXAMPLES}; or a stretch of time: 25 Dec 1978 - 7 Jan 1979. "
    "Enter goes there, Escape restores."
)
DATE_PX: Final = 176
SHORT_DATE_PX: Final = 126
DATES_PX: Final = 232
LEAST_PX: Final = 108


Days = tuple[int, int]
"""First and last day."""


class DateEdit(QLineEdit):
    """Shows a day, or the first and last of several.

    `days_chosen` carries new ones, `refused` why a text was not taken (or "").

    `done` says that the keyboard is wanted here no longer: after Enter and after Escape.
    """

    days_chosen = Signal(int, int)
    refused = Signal(str)
    done = Signal()

    def __init__(
        self, story: Story, days: Days, parent: QWidget | None = None, name: str = "date_edit"
    ) -> None:
        super().__init__(parent)
        self._story, self._days = story, days
        self._short = False
        self._typing = False
        self.setObjectName(name)
        self.setAccessibleName("Date shown")
        self.setToolTip(HINT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaxLength(80)
        self.show_days(days)
        self.textEdited.connect(self._on_edited)
        self.returnPressed.connect(self.commit)

    def show_days(self, days: Days) -> None:
        """Show another first and last day, unless a person is typing."""
        self._days = days
        if not self._typing:
            self.setText(self._words())
            self.setMaximumWidth(self._wanted_px())
            self.updateGeometry()

    def set_short(self, short: bool) -> None:
        """Write a single day with a short month, where room is scarce."""
        if short != self._short:
            self._short = short
            self.show_days(self._days)

    def sizeHint(self) -> QSize:
        """Return the room the words want."""
        return QSize(self._wanted_px(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the room a short date takes; longer words are cut off in a narrow window."""
        return QSize(LEAST_PX, super().minimumSizeHint().height())

    def _words(self) -> str:
        first, last = self._days
        return short_date(last) if self._short and first == last else days_in_words(first, last)

    def _wanted_px(self) -> int:
        if self._days[0] != self._days[1]:
            return DATES_PX
        return SHORT_DATE_PX if self._short else DATE_PX

    def commit(self) -> None:
        """Take the text as a date, or say why not."""
        try:
            days = self._read()
        except EdtfError as error:
            self._mark(with_examples(str(error)))
            self.selectAll()
            return
        self.restore(days)
        self.days_chosen.emit(*days)
        self.deselect()
        self.done.emit()

    def restore(self, days: Days | None = None) -> None:
        """Show the date again, whatever was typed."""
        self._typing = False
        self._mark("")
        self.show_days(days or self._days)

    def _read(self) -> Days:
        if not self.text().strip():
            raise EdtfError(f"type a date: {EXAMPLES}")
        days = days_from_typed(self.text())
        if not self._story.first_day <= days[0] <= days[1] <= self._story.last_day:
            first, last = day_in_words(self._story.first_day), day_in_words(self._story.last_day)
            raise EdtfError(f"the atlas covers {first} to {last}")
        return days

    def event(self, event: QEvent) -> bool:
        """Take Escape before a window does: it belongs to the field while that has the focus."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def _on_edited(self) -> None:
        self._typing = True
        self._mark("")

    def _mark(self, message: str) -> None:
        """Mark the field as misread, or as well; the style sheet colours it."""
        self.setProperty("misread", bool(message))
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleDescription(message or HINT)
        self.refused.emit(message[:1].upper() + message[1:])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape restores the date and leaves the field."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        self.restore()
        self.deselect()
        self.done.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Restore the date when the field is left without Enter."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.restore()


def with_examples(message: str) -> str:
    """Return why a text is no date, with two that are, unless it shows them already."""
    shown = any(example in message for example in (*EXAMPLES.split(" or "), "the atlas covers"))
    return message if shown else f"{message}; write {EXAMPLES}"
