"""Where the reader is in each panel's text: kept when panels are turned, and how far they came.

Floor: ui; neighbours: panel_view, whose scroll bar it moves and watches; panel_dock, contents_list.
What the reader scrolls is told apart from what the atlas scrolls.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractSlider

from atlas.ui.motion import wants_motion
from atlas.ui.panel_view import PanelView

STILL_SHARE: Final = 0.08
"""For so much of a panel's time in a tour the text stands still, first and last."""
LINES: Final = 3


class Place(NamedTuple):
    """Where one panel is being read.

    The first letter in view, how many pixels of its line lie above the view, and the share of the
    panel read at most.
    """

    letter: int = 0
    above_px: int = 0
    share: float = 0.0


class ReadingPlace(QObject):
    """Knows the place in each panel. `moved` tells that the reader scrolled, `came` a new share."""

    moved = Signal()
    came = Signal()

    def __init__(self, view: PanelView) -> None:
        super().__init__(view)
        self._view, self._bar = view, view.verticalScrollBar()
        self._places: dict[str, Place] = {}
        self._panel = ""
        self._bar.actionTriggered.connect(lambda _: self.moved.emit())
        self._bar.valueChanged.connect(lambda _: self._note_share())
        self._bar.rangeChanged.connect(lambda *_: self._note_share())

    @property
    def places(self) -> dict[str, Place]:
        """The place in every panel that was open, by its id."""
        self._note_letter()
        return dict(self._places)

    def take_up(self, places: Mapping[str, tuple[int, int, float]]) -> None:
        """Go on where an earlier run left off."""
        self._places.update({panel: Place(*place) for panel, place in places.items()})
        self._go_to_place()

    def share(self, panel_id: str) -> float:
        """Return how much of a panel was in view so far, from 0 to 1."""
        return self._places.get(panel_id, Place()).share

    def leave(self) -> None:
        """Note where the reader stands before a text is shown anew."""
        self._note_letter()
        # Until it stands, what the scroll bar tells is of neither text.
        self._panel = ""

    def _note_letter(self) -> None:
        if self._panel:
            cursor = self._view.cursorForPosition(QPoint(0, 2))
            cursor.movePosition(QTextCursor.MoveOperation.StartOfLine)
            letter = cursor.position() if self._bar.value() else 0
            above_px = -self._view.cursorRect(cursor).top()
            self._places[self._panel] = Place(letter, above_px, self.share(self._panel))

    def arrive(self, panel_id: str) -> None:
        """Go to where the reader stood in the panel shown now."""
        self._panel = panel_id
        self._go_to_place()
        self._note_share()

    def _go_to_place(self) -> None:
        place = self._places.get(self._panel)
        if place is not None and place.letter:
            cursor = QTextCursor(self._view.document())
            cursor.setPosition(min(place.letter, self._view.document().characterCount() - 1))
            top_px = self._view.cursorRect(cursor).top() + place.above_px
            self._bar.setValue(self._bar.value() + top_px)

    def _note_share(self) -> None:
        whole_px = self._bar.maximum() + self._bar.pageStep()
        if not self._panel or not self._view.isVisible() or whole_px <= 0:
            return
        share = (self._bar.value() + self._bar.pageStep()) / whole_px
        if share > self.share(self._panel):
            place = self._places.get(self._panel, Place())
            self._places[self._panel] = place._replace(share=share)
            self.came.emit()

    @property
    def scrolled_px(self) -> int:
        """How far the text is scrolled."""
        return self._bar.value()

    def scroll_to(self, scrolled_px: int) -> None:
        """Scroll to where it was."""
        self._bar.setValue(scrolled_px)

    def scroll_lines(self, way: int) -> None:
        """Scroll a few lines on (1) or back (-1), as the reader's own doing."""
        steps = QAbstractSlider.SliderAction
        for _ in range(LINES):
            self._bar.triggerAction(
                steps.SliderSingleStepAdd if way > 0 else steps.SliderSingleStepSub
            )

    def read_on(self, share: float) -> None:
        """Scroll to what is read after a share of the time; page by page if nothing may move."""
        spent = (share - STILL_SHARE) / (1 - 2 * STILL_SHARE)
        at_px = min(max(spent, 0.0), 1.0) * self._bar.maximum()
        page_px = max(self._bar.pageStep() * 0.8, 1.0)
        self._bar.setValue(round(at_px if wants_motion(self._view) else at_px // page_px * page_px))
