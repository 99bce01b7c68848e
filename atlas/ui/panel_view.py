"""The reading text: shows a panel's document, lights up sentences, asks nothing of the net.

Floor: ui; neighbours: panel_document writes it, panel_dock decides what a link does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QPoint, QRect, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QCursor,
    QFocusEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QToolTip, QWidget

from atlas.core.model import Claim
from atlas.core.panel_markup import Block, Link, link_to, sentence_around
from atlas.render.marks import with_alpha
from atlas.ui.panel_document import Look, PanelWriter, Placed, between_signs, find_words
from atlas.ui.plain_text import plain

MARGIN_PX: Final = 20.0
LONGEST_LINE_EM: Final = 38.0
"""Lines stay this short however wide the text becomes."""
TIP_MS: Final = 700
READING_SHARE: Final = 0.3
"""How far down the view a sentence is brought."""

_Lights = list[QTextEdit.ExtraSelection]


class PanelView(QTextBrowser):
    """Shows one panel. `followed` carries a link clicked, `pointed_at` the one pointed at."""

    followed = Signal(object)
    pointed_at = Signal(object)
    zoomed = Signal(int)

    def __init__(self, words_for: Callable[[Link], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words_for = words_for
        self._placed: tuple[Placed, ...] = ()
        self._text_px = 17.0
        self._look: Look | None = None
        self._document: QTextDocument | None = None
        self._pointed: Link | None = None
        self._lights: _Lights = []
        self._spoken: _Lights = []
        # Whole sentences are links: a tip that came at once would cover what is being read.
        self._tip = QTimer(self, singleShot=True, interval=TIP_MS)
        self._tip.timeout.connect(self._show_tip)
        self.setObjectName("panel_view")
        self.setAccessibleName("Text of the panel")
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(self._on_clicked)
        self.highlighted.connect(self._on_highlighted)

    @property
    def placed(self) -> tuple[Placed, ...]:
        """The links of the panel shown, in reading order."""
        return self._placed

    def show_panel(
        self,
        blocks: Sequence[Block],
        claims: Sequence[Claim],
        verdict: Callable[[str], str],
        look: Look,
        *,
        explained: bool = False,
    ) -> None:
        """Show a panel from its beginning.

        With `explained` a line tells what the looks of the links mean.
        """
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        writer = PanelWriter(document, look, verdict)
        if claims:
            writer.write_verdicts(claims)
        if explained:
            writer.write_link_key()
        placed = writer.write(blocks)
        self.setDocument(document)
        if self._document is not None:
            self._document.deleteLater()
        self._document = document
        self._placed, self._look, self._text_px = placed, look, look.text_px
        self._set_margins()
        self._spoken = []
        self._light([])
        self.verticalScrollBar().setValue(0)

    def light_up(self, feature_id: str) -> list[Placed]:
        """Light up the links to a feature with their sentences; returns them."""
        found = [p for p in self._placed if p.link == Link("feature", feature_id)]
        if not feature_id:
            found = []
        self._light(self._lit_up(found, 0.26))
        return found

    def light_spoken(self, placed: Sequence[Placed]) -> None:
        """Light up the sentences that speak of the day shown, below those of the selection."""
        self._spoken = self._lit_up(placed, 0.16)
        self._light(self._lights)

    def _lit_up(self, placed: Sequence[Placed], alpha: float) -> _Lights:
        """Return the lights of links and, fainter, of the sentences round them."""
        sentences = dict.fromkeys(self._sentence(p) for p in placed)
        words, document = [(p.start, p.end) for p in placed], self.document()
        faint = [self._lit(*part, 0.09) for part in between_signs(document, sentences)]
        return [*faint, *(self._lit(*part, alpha) for part in between_signs(document, words))]

    def bring_into_view(self, placed: Placed) -> None:
        """Scroll to a link unless it can be read already."""
        box = self.box_of(placed)
        view = self.viewport().rect()
        if view.top() <= box.top() and box.bottom() <= view.bottom():
            return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + box.top() - round(view.height() * READING_SHARE))

    def show_words(self, words: str) -> bool:
        """Light up words of one paragraph and scroll to them; False if they are not there."""
        found = find_words(self.document(), words)
        if found is None:
            return False
        self._light([self._lit(*found, 0.2)])
        self.bring_into_view(Placed(Link("", ""), *found))
        return True

    def box_of(self, placed: Placed) -> QRect:
        """Return where a link begins in the viewport: its first letters, all on one line."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(placed.start)
        box = self.cursorRect(cursor)
        cursor.setPosition(min(placed.end, placed.start + 8))
        end = self.cursorRect(cursor)
        return box.united(end) if end.top() == box.top() else box.adjusted(0, 0, 4, 0)

    def loadResource(self, kind: int, name: QUrl) -> QByteArray:
        """Give nothing: no file is read and no page fetched, whatever a text asks for."""
        # Empty, not missing: for what is missing Qt would look among the files.
        return QByteArray()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the size of the text with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def _set_margins(self) -> None:
        """Keep lines short: what is left of the width goes to the margins."""
        room_px = self.width() - LONGEST_LINE_EM * self._text_px
        side = round(max(MARGIN_PX, room_px / 2))
        self.setViewportMargins(side, 4, side - 8, 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        # First, for the text is laid out to what the margins leave.
        self._set_margins()
        super().resizeEvent(event)

    def focusNextPrevChild(self, following: bool) -> bool:
        """Go to the next link, and show plainly which it is."""
        went = super().focusNextPrevChild(following)
        self._light(self._lights)
        return went

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no link as the keyboard's any more."""
        super().focusOutEvent(event)
        self._light(self._lights)

    def _light(self, selections: _Lights) -> None:
        """Light up stretches of the text, and the link that the keyboard is on."""
        self._lights = selections
        cursor = self.textCursor()
        on_link = self.hasFocus() and cursor.hasSelection() and cursor.charFormat().isAnchor()
        ends = (cursor.selectionStart(), cursor.selectionEnd())
        stop = [self._lit(*ends, 0.3, "focus")] if on_link else []
        self.setExtraSelections([*_beside(self._spoken, selections), *selections, *stop])

    def _lit(
        self, start: int, end: int, alpha: float, ink: str = "accent"
    ) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        if self._look is not None:
            form.setBackground(with_alpha(self._look.style.color(ink), alpha))
        # PySide makes both plain attributes of the struct.
        selection.cursor = cursor
        selection.format = form
        return selection

    def _sentence(self, placed: Placed) -> tuple[int, int]:
        block = self.document().findBlock(placed.start)
        base = block.position()
        first, last = sentence_around(block.text(), placed.start - base, placed.end - base)
        return base + first, base + last

    def _on_clicked(self, url: QUrl) -> None:
        link = link_to(url.toString())
        if link is not None:
            self.followed.emit(link)

    def _on_highlighted(self, url: QUrl) -> None:
        self._pointed = link_to(url.toString()) if not url.isEmpty() else None
        self.pointed_at.emit(self._pointed)
        if self._pointed is None:
            self._tip.stop()
            QToolTip.hideText()
        else:
            self._tip.start()

    def _show_tip(self) -> None:
        if self._pointed is not None and self.viewport().underMouse():
            at = QCursor.pos() + QPoint(0, 8)
            QToolTip.showText(at, plain(self._words_for(self._pointed)), self.viewport())


def _beside(lights: _Lights, others: _Lights) -> _Lights:
    """Return the lights that do not lie on others: lit twice, words would be too dark to read."""
    lit = {(o.cursor.selectionStart(), o.cursor.selectionEnd()) for o in others}
    return [
        light
        for light in lights
        if (light.cursor.selectionStart(), light.cursor.selectionEnd()) not in lit
    ]


def point_of_claim(view: PanelView, claim_id: str) -> QPoint:
    """Return where to open a claim's card: at the pointer, or at the link if keys opened it."""
    viewport = view.viewport()
    if viewport.rect().contains(viewport.mapFromGlobal(QCursor.pos())):
        return QCursor.pos()
    placed = next(p for p in view.placed if p.link == Link("claim", claim_id))
    return viewport.mapToGlobal(view.box_of(placed).center())
