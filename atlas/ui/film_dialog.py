"""File > Film: a stretch of time or the whole story, in which steps, how fast, as which kind.

Floor: ui; neighbours: publish, which opens it and writes the film. What is typed is judged by
`atlas.app.publish.film_words`, as on the command line, and told while it is typed.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from atlas.app.export_options import ExportOptions
from atlas.app.publish.film_kinds import VIDEO, missing_words
from atlas.app.publish.film_plan import FilmPlan, Plan
from atlas.app.publish.film_words import LARGE_GIF, FilmWords, days_of, story_plan
from atlas.app.refusal import Refusal
from atlas.core.model import Story
from atlas.core.state import State
from atlas.core.words import day_in_words
from atlas.ui.plain_text import plain

RANGE, WHOLE = "range", "story"
SUBJECTS: Final = (
    (RANGE, "A stretch of time, as the map is now"),
    (WHOLE, "The whole story, with flights from panel to panel"),
)
KINDS: Final = (
    (".gif", "GIF"),
    (".webp", "Moving WebP"),
    (".mp4", "MP4 (H.264)"),
    (".webm", "WebM (VP9)"),
    ("", "A folder of PNG frames"),
)
STEPS: Final = (("1d", "A day"), ("1w", "A week"), ("1m", "A month"), ("1y", "A year"))
SIZES: Final = (
    ((1280, 720), "1280 × 720"),
    ((1920, 1080), "1920 × 1080"),
    ((800, 600), "800 × 600"),
    (None, "As in this window"),
)
PACES: Final = tuple((fps, f"{fps} a second") for fps in (1, 2, 4, 8, 12, 24))
HOLDS: Final = (
    (0.5, "Half a second longer"),
    (1.0, "A second longer"),
    (2.0, "Two seconds longer"),
    (0.0, "No longer"),
)
_AROUND_DAYS: Final = 30


class FilmDialog(QDialog):
    """Asks for a film of a state's view; `plan` is what was asked once it is accepted."""

    def __init__(self, state: State, story: Story, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("film_dialog")
        self.setWindowTitle("Film the map")
        self._state, self._story = state, story
        self.plan: Plan | None = None
        first, last = _first_stretch(state, story)
        self.first = QLineEdit(day_in_words(first), objectName="film_from")
        self.last = QLineEdit(day_in_words(last), objectName="film_to")
        self.subject = _combo("film_subject", SUBJECTS)
        self.kind_of = _combo("film_kind", KINDS)
        self._missing = missing_words()
        self.step = _combo("film_step", STEPS)
        self.size_of = _combo("film_size", SIZES)
        self.fps = _combo("film_fps", PACES)
        self.fps.setCurrentIndex(self.fps.findData(8))
        self.hold = _combo("film_hold", HOLDS)
        self.told = QLabel(objectName="film_told", wordWrap=True)
        self.missing = QLabel(self._missing, objectName="film_missing", wordWrap=True)
        self.missing.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        boxes = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(boxes.Save | boxes.Cancel)
        self._rows = QFormLayout()
        self._lay_out()
        self._connect()
        self._judge()

    @property
    def kind(self) -> str:
        """The ending of the file to be written; empty for a folder."""
        return str(self.kind_of.currentData())

    @property
    def films_story(self) -> bool:
        """Whether the whole story is filmed."""
        return self.subject.currentData() == WHOLE

    def _lay_out(self) -> None:
        rows = self._rows
        rows.addRow("Film", self.subject)
        rows.addRow("From", self.first)
        rows.addRow("To", self.last)
        rows.addRow("From date to date", self.step)
        rows.addRow("Dates", self.fps)
        rows.addRow("Stay on events", self.hold)
        rows.addRow("Size", self.size_of)
        rows.addRow("Kind", self.kind_of)
        if self._missing:
            _grey(self.kind_of, VIDEO)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addWidget(QLabel("Film the map", objectName="dialog_title"))
        column.addLayout(rows)
        column.addWidget(self.told)
        column.addWidget(self.missing)
        self.missing.setVisible(bool(self._missing))
        # Room for the longest of its sentences, so that nothing moves while one types.
        self.told.setMinimumHeight(3 * self.told.fontMetrics().lineSpacing())
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.buttons)
        self.setMinimumWidth(500)

    def _connect(self) -> None:
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        for field in (self.first, self.last):
            field.textChanged.connect(self._judge)
        for box in (self.subject, self.kind_of, self.step, self.size_of, self.fps, self.hold):
            box.currentIndexChanged.connect(self._judge)

    def _judge(self) -> None:
        """Tell what the film would be, or what is wrong with what was typed."""
        for field in (self.first, self.last, self.step):
            field.setEnabled(not self.films_story)
            self._rows.labelForField(field).setEnabled(not self.films_story)
        try:
            self.plan, words = self._planned()
        except Refusal as refusal:
            self.plan = None
            words = f"{refusal.what[:1].upper()}{refusal.what[1:]}. {refusal.remedy}"
        self.told.setText(plain(words))
        save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setEnabled(self.plan is not None)

    def _planned(self) -> tuple[Plan, str]:
        """Return the film asked for, and a sentence on it; Refusal if it cannot be had."""
        fps, hold_s = float(self.fps.currentData()), float(self.hold.currentData())
        size_px = self.size_of.currentData() or self._state.viewport_px
        options = ExportOptions(size_px=tuple(size_px))
        if self.films_story:
            paced = FilmWords(fps=str(fps), hold=str(hold_s))
            count = len(self._story.panels)
            words = f"{count} panels, each with its title and its dates; writing takes minutes."
            if self.kind in (".gif", ".webp"):
                words += f" Note: {LARGE_GIF}."
            return story_plan(paced, self._story, options), words
        typed = FilmWords(self.first.text(), self.last.text(), str(self.step.currentData()))
        days = days_of(typed, self._story)
        lasts = f"at least {len(days) / fps:.0f} seconds"
        words = f"{len(days):,} frames, {lasts}, of the map as it is shown now."
        return FilmPlan(days, fps, hold_s, options=options), words


def _first_stretch(state: State, story: Story) -> tuple[int, int]:
    """Return the stretch looked at, or a month around the date, inside the era."""
    if state.range_days:
        return state.first_day, state.day
    first = max(state.day - _AROUND_DAYS // 2, story.first_day)
    return first, min(first + _AROUND_DAYS, story.last_day)


def _combo(name: str, rows: tuple[tuple[object, str], ...]) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    for data, words in rows:
        box.addItem(words, data)
    return box


def _grey(box: QComboBox, unavailable: tuple[str, ...]) -> None:
    """Let some choices be seen and not taken."""
    model = box.model()
    assert isinstance(model, QStandardItemModel)
    for row in range(box.count()):
        if box.itemData(row) in unavailable:
            model.item(row).setEnabled(False)
