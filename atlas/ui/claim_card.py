"""The card of one claim: what the article says, the verdict, why, the sources.

Floor: ui; neighbours: panel_dock, which opens it near the click; verdicts for words and signs. It
closes with Escape or a click elsewhere.
"""

from __future__ import annotations

from html import escape
from math import ceil
from typing import Final
from urllib.parse import urlsplit

from PySide6.QtCore import QByteArray, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from atlas.core.model import Claim, Source
from atlas.core.verdicts import (
    NOT_CHECKED,
    is_to_be_marked,
    is_web_link,
    sentence_on,
    verdict_of,
)
from atlas.render.style import Style
from atlas.render.verdict_signs import badge
from atlas.ui.card_html import said
from atlas.ui.plain_text import plain

WIDTH_PX: Final = 400
MOST_PX: Final = 460
SIDE_PX: Final = 15
BADGE_PX: Final = 20
_CONFIDENCE: Final = {
    "high": "High: the judgement is well founded.",
    "medium": "Medium: more reading could shift the judgement.",
    "low": "Low: the judgement rests on little.",
}


class ClaimCard(QFrame):
    """A pop-up about one claim. `link_chosen` carries a web address to ask about."""

    link_chosen = Signal(str)

    def __init__(self, claim: Claim, style: Style, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        verdict = verdict_of(claim.verdict)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("claim_card")
        self.setAccessibleName(f"Claim: {verdict.word.lower()}")
        self.setAccessibleDescription(sentence_on(claim))
        self.setFixedWidth(WIDTH_PX)
        self.setStyleSheet(_sheet(style))
        self._text = _CardText(self)
        self._text.anchorClicked.connect(self._on_link)
        self._text.setHtml(claim_html(claim, style))
        self._lay_out(claim, style)

    def open_at(self, at: QPoint, inside: QWidget) -> None:
        """Open near a point of the screen, inside the window that holds a widget."""
        self.adjustSize()
        window = inside.window()
        room = window.rect().translated(window.mapToGlobal(QPoint(0, 0)))
        x = min(max(at.x() - WIDTH_PX // 3, room.left() + 8), room.right() - self.width() - 8)
        below = at.y() + 18
        fits = below + self.height() <= room.bottom()
        y = below if fits else max(at.y() - self.height() - 12, room.top() + 8)
        self.move(x, y)
        self.show()
        self._text.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, claim: Claim, style: Style) -> None:
        verdict = verdict_of(claim.verdict)
        sign = QLabel()
        ratio = self.devicePixelRatioF()
        sign.setPixmap(QPixmap.fromImage(badge(claim.verdict, style, BADGE_PX, ratio)))
        word = QLabel(plain(verdict.word), objectName="claim_verdict", wordWrap=True)
        sentence = QLabel(plain(sentence_on(claim)), objectName="claim_sentence", wordWrap=True)
        close = QToolButton()
        close.setObjectName("claim_close")
        close.setText("×")
        close.setAccessibleName("Close")
        close.clicked.connect(self.close)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(sign)
        head.addWidget(word, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE_PX, 10, SIDE_PX, 12)
        column.addLayout(head)
        # Under the word, not beside it: both may be long.
        column.addWidget(sentence)
        column.addWidget(self._text)
        self._text.fit(WIDTH_PX - 2 * SIDE_PX)

    def _on_link(self, url: QUrl) -> None:
        address = url.toString()
        self.close()
        self.link_chosen.emit(address)


class _CardText(QTextBrowser):
    """The card's text: selectable, read by keyboard, never fetching anything."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("claim_text")
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)

    def fit(self, width_px: int) -> None:
        """Be as high as the text needs at a width, within bounds."""
        # The sheet's font must hold, and a copy be measured: a hidden view lays nothing out.
        self.ensurePolished()
        copy = self.document().clone()
        copy.setDefaultFont(self.font())
        copy.setTextWidth(width_px)
        self.setFixedSize(width_px, min(ceil(copy.size().height()) + 2, MOST_PX))
        # Nobody else owns a copy, and Python does not.
        copy.deleteLater()

    def loadResource(self, kind: int, name: QUrl) -> QByteArray:
        """Give nothing, whatever is asked for."""
        # Empty, not missing: for what is missing Qt would look among the files.
        return QByteArray()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Escape to the card."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


def claim_html(claim: Claim, style: Style) -> str:
    """Return the card's text; everything in it is escaped."""
    soft = style.color("text_soft").name()
    rows = [
        _row("The article’s claim, in our words", f'<span class="serif">{said(claim.text)}</span>'),
        _row("Why this verdict", said(claim.annotation)),
        _row("Confidence", escape(_CONFIDENCE.get(claim.confidence, claim.confidence))),
    ]
    items = "".join(f"<li>{_source(source)}</li>" for source in claim.sources)
    if items:
        rows.append(f'<p><span class="head">Sources</span></p><ul>{items}</ul>')
    sheet = f"""<style>
    p {{ margin: 0 0 9px 0; }} ul {{ margin: 0 0 0 -22px; }} li {{ margin: 0 0 4px 0; }}
    .head {{ color: {soft}; font-size: 11px; letter-spacing: 1px; }}
    .serif {{ font-family: "Noto Serif"; font-size: 15px; }}
    .soft, .mark {{ color: {soft}; }} .mark {{ font-style: italic; }}
    a {{ color: {style.color("focus").name()}; }}
    </style>"""
    return sheet + "".join(rows)


def _row(head: str, words: str) -> str:
    return f'<p><span class="head">{head}</span><br/>{words}</p>' if words else ""


def _source(source: Source) -> str:
    text = said(source.citation)
    if source.supports:
        text += f' <span class="soft">for: {said(source.supports)}</span>'
    if is_to_be_marked(source.seen, source.citation):
        text += f' <span class="mark">({NOT_CHECKED})</span>'
    if is_web_link(source.url):
        text += f' <a href="{escape(source.url)}">{escape(urlsplit(source.url).netloc)}</a>'
    return text


def _sheet(style: Style) -> str:
    names = ("panel", "plate_edge", "text", "text_soft")
    panel, edge, text, soft = (style.color(name).name() for name in names)
    return f"""
    #claim_card {{ background: {panel}; border: 1px solid {edge}; }}
    #claim_verdict {{ font-family: "Noto Serif"; font-size: 17px; font-weight: bold; }}
    #claim_sentence {{ color: {soft}; }}
    #claim_close {{ font-size: 18px; padding: 0 5px 2px 5px; color: {text}; border: none; }}
    #claim_text {{ background: transparent; color: {text}; font-size: 13px; }}
    """
