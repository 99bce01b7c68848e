"""The identify card over the map: what is selected, in words, with its doubt and its sources.

Floor: ui; neighbours: card_html (the words), canvas (the parent). It stands in the corner that
does not cover the mark; Escape closes it and deselects.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from atlas.app.library import Library
from atlas.core import actions
from atlas.core.own import is_cell
from atlas.core.panes import place_px
from atlas.core.store import Change, Store
from atlas.core.typesetting import typeset
from atlas.render.style import Style
from atlas.ui.links import ask_and_open
from atlas.ui.mentions import panel_telling_of
from atlas.ui.own_card import into_cell, place_linked, told_of

CAUSE: Final = "identify_card"
MAX_WIDTH_PX: Final = 340
MARGIN_PX: Final = 14
MARK_ROOM_PX: Final = 24
TOP_PX: Final = 64
"""The card begins under the date that stands in the map's corner."""
LEAST_HEIGHT_PX: Final = 220
SLIM_PX: Final = 250
"""The least width in which the buttons stand side by side."""
SCALE_BAR_PX: Final = (250, 58)
"""Width and height, from the lower left corner, of what the scale bar needs."""
BESIDE_SCROLL_PX: Final = 8
_PADDING_PX: Final = (16, 12, 10, 12)
_CHANGE_WORDS: Final = frozenset({"day", "range_days", "comparison", "attested_only"})
_TAKES_KEYS: Final = (
    Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


class IdentifyCard(QFrame):
    """Tells of the selected feature; hidden while nothing is selected."""

    show_in_text = Signal(str)
    entered = Signal()
    went_there = Signal(str)

    def __init__(self, store: Store, library: Library, style: Style, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = parent
        self._store, self._library = store, library
        self.setObjectName("identify_card")
        # Clicks and wheel on the card are not meant for the map below.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self._name = QLabel(wordWrap=True, objectName="card_name")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._stack: tuple[str, ...] = ()
        self._place_in_stack = QLabel(objectName="card_stack")
        self._close = QToolButton()
        self._text = _CardText(self)
        self._text.anchorClicked.connect(self._open_link)
        self._build()
        self.set_style(style)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()
        parent.installEventFilter(self)
        self._unsubscribe = store.subscribe(self._on_change)
        self._show_selection()

    def _build(self) -> None:
        self._close.setObjectName("card_close")
        self._close.setText("×")
        self._close.setToolTip("Close (Esc)")
        self._close.setAccessibleName("Close the card")
        self._close.clicked.connect(self._deselect)
        go_there = QPushButton("Go there", objectName="card_go_there")
        go_there.clicked.connect(self._go_there)
        self._in_text = QPushButton("Show in text", objectName="card_show_in_text")
        self._in_text.clicked.connect(self._tell_show_in_text)
        head, foot, names = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._place_in_stack)
        names.addWidget(self._name)
        head.addLayout(names, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(go_there)
        foot.addWidget(self._in_text)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*_PADDING_PX)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._text, 1)
        column.addLayout(foot)

    def set_style(self, style: Style) -> None:
        """Take the colours and fonts of a theme."""
        self._name.setFont(style.font("title", 17))
        self._text.setFont(style.font("label", 14))
        self._text.document().setDefaultStyleSheet(_css(style))
        self._fill()

    def set_stack(self, feature_ids: tuple[str, ...]) -> None:
        """Take what lies under the click that selects, topmost first."""
        self._stack = feature_ids
        if self.isVisible():
            self._fill()
            self._place()

    def close_down(self) -> None:
        """Stop listening to the store."""
        self._unsubscribe()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the card inside the canvas when that changes size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tell the map that the pointer is no longer on it."""
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._deselect()
        else:
            super().keyPressEvent(event)

    def _on_change(self, change: Change) -> None:
        if "selection" in change.fields:
            self._show_selection()
        elif (
            change.fields & {"day", "range_days", "comparison", "attested_only"}
            and self.isVisible()
        ):
            self._fill()

    def _show_selection(self) -> None:
        shown = self._store.state.selection in self._library.atlas.feature_by_id
        if not shown and self.isVisible():
            self._give_back_focus()
        self.setVisible(shown)
        if shown:
            self._offer_text()
            self._fill()
            self._text.verticalScrollBar().setValue(0)
            self._place()
            self.raise_()

    def _offer_text(self) -> None:
        """Offer the text only where some panel links the feature."""
        atlas, state = self._library.atlas, self._store.state
        feature = atlas.feature_by_id[state.selection]
        told = panel_telling_of(feature, atlas.story, state.panel) is not None
        self._in_text.setEnabled(told)
        self._in_text.setToolTip("" if told else "The text does not speak of it")

    def _give_back_focus(self) -> None:
        focused = self.window().focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self._canvas.setFocus()

    def _fill(self) -> None:
        feature = self._library.atlas.feature_by_id.get(self._store.state.selection)
        if feature is None:
            return
        told = told_of(self._library, feature, self._store.state)
        self._place_in_stack.setText(stack_words(self._stack, feature.id))
        self._place_in_stack.setVisible(bool(self._place_in_stack.text()))
        scroll_px = self._text.verticalScrollBar().value()
        self._name.setText(typeset(told.name))
        self._text.setHtml(told.html)
        self._text.verticalScrollBar().setValue(scroll_px)
        self.setAccessibleName(f"Card: {told.heard}")
        self.setAccessibleDescription(told.plain)

    def _place(self) -> None:
        room = self._canvas.size()
        width = max(min(MAX_WIDTH_PX, room.width() - 2 * MARGIN_PX), 120)
        self._text.fit(width - _PADDING_PX[0] - _PADDING_PX[2])
        wanted = QSize(width, self._wanted_height(width))
        box = card_box(room, wanted, self._mark_px())
        if box.width() < width:
            # Its lines are shorter now, and more: as high as they need, up to what there is.
            self._text.fit(box.width() - _PADDING_PX[0] - _PADDING_PX[2])
            box.setHeight(min(box.height(), self._wanted_height(box.width())))
        self.setFixedSize(box.size())
        self.move(box.topLeft())

    def _mark_px(self) -> QPoint:
        state = self._store.state
        atlas = self._library.atlas.seen_in(state.camera.projection)
        feature = atlas.feature_by_id.get(state.selection)
        if feature is None:
            return QPoint(-1000, -1000)
        return QPoint(*map(round, place_px(state, *feature.anchor_m)))

    def _wanted_height(self, width: int) -> int:
        """Return the height that shows everything, reckoned part by part."""
        inner = width - _PADDING_PX[0] - _PADDING_PX[2]
        head = self._name.heightForWidth(inner - self._close.sizeHint().width() - 6)
        if self._place_in_stack.text():
            head += self._place_in_stack.sizeHint().height() + 2
        foot = self._in_text.sizeHint().height()
        return head + self._text.sizeHint().height() + foot + 2 * 6 + 24

    def _open_link(self, url: QUrl) -> None:
        place = place_linked(url.toString(), self._store.state.selection)
        if place:
            self._store.do(actions.select(place), cause=CAUSE)
        else:
            ask_and_open(self, url.toString())

    def _deselect(self) -> None:
        self._store.do(actions.select(""), cause=CAUSE)

    def _go_there(self) -> None:
        selection = self._store.state.selection
        if is_cell(selection):
            self._store.do(into_cell(self._library, selection), cause=CAUSE)
            return
        self._store.do(actions.reveal(selection, self._library.atlas), cause=CAUSE)
        self.went_there.emit(selection)

    def _tell_show_in_text(self) -> None:
        self.show_in_text.emit(self._store.state.selection)


class _CardText(QTextBrowser):
    """Read-only text that loads nothing and asks for as much height as it fills."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card_text")
        self._height_px = 100
        self.setOpenLinks(False)
        self.setTextInteractionFlags(_TAKES_KEYS)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("What is known of it")
        self.document().setDocumentMargin(0)
        self.setViewportMargins(0, 0, BESIDE_SCROLL_PX, 0)

    def loadResource(self, kind: int, name: QUrl) -> None:
        """Load nothing: neither files nor the network."""
        return

    def fit(self, width_px: int) -> None:
        """Work out the height the text fills at a width."""
        measured = self.document().clone(self)
        measured.setTextWidth(width_px - BESIDE_SCROLL_PX)
        self._height_px = round(measured.size().height()) + 4
        measured.deleteLater()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Ask for the height the text fills."""
        return QSize(MAX_WIDTH_PX - 30, self._height_px)

    def minimumSizeHint(self) -> QSize:
        """Shrink to a few lines; the rest scrolls."""
        return QSize(100, min(80, self._height_px))


def card_box(room: QSize, wanted: QSize, mark_px: QPoint) -> QRect:
    """Return where the card stands in a canvas: clear of the mark if there is any such place.

    It stands at the left under the date, else at the right; where the mark would lie under it
    on both sides it grows slim beside the mark, ends above it, or begins below it.
    """
    top = TOP_PX if room.height() > 2 * TOP_PX + LEAST_HEIGHT_PX else MARGIN_PX
    height = max(min(wanted.height(), room.height() - top - MARGIN_PX), 60)
    left = QRect(MARGIN_PX, top, wanted.width(), height)
    right = left.translated(room.width() - wanted.width() - 2 * MARGIN_PX, 0)
    left, right = _off_scale_bar(left, room), _off_scale_bar(right, room)
    above = QRect(left.topLeft(), QSize(wanted.width(), mark_px.y() - MARK_ROOM_PX - top))
    below = QRect(left)
    below.setTop(mark_px.y() + MARK_ROOM_PX)
    below.setBottom(min(below.top() + wanted.height(), room.height() - MARGIN_PX))
    below = _off_scale_bar(below, room)
    slim = _slim(left, right, mark_px, room)
    for box in (left, right, *slim, above, below):
        near_px = MARK_ROOM_PX - 1
        grown = box.adjusted(-near_px, -near_px, near_px, near_px)
        enough = box.height() >= min(LEAST_HEIGHT_PX, height)
        if enough and not grown.contains(mark_px, True):
            return box
    return right if mark_px.x() < room.width() / 2 else left


def _slim(left: QRect, right: QRect, mark_px: QPoint, room: QSize) -> tuple[QRect, ...]:
    """Return a slimmer box beside the mark, on the side with more room; none if too slim."""
    height = room.height() - left.top() - MARGIN_PX
    beside = QRect(left.topLeft(), QSize(mark_px.x() - MARK_ROOM_PX - MARGIN_PX, height))
    after = QRect(QPoint(mark_px.x() + MARK_ROOM_PX, right.top()), QSize(0, height))
    after.setRight(room.width() - MARGIN_PX - 1)
    widest = max(beside, after, key=QRect.width)
    if not SLIM_PX <= widest.width() <= left.width():
        return ()
    return (_off_scale_bar(widest, room),)


def _off_scale_bar(box: QRect, room: QSize) -> QRect:
    """Return a box cut to end above the scale bar, if that leaves enough of it."""
    width, height = SCALE_BAR_PX
    bar = QRect(0, room.height() - height, width, height)
    cut = QRect(box.topLeft(), QSize(box.width(), bar.top() - box.top()))
    enough = cut.height() >= min(LEAST_HEIGHT_PX, box.height())
    return cut if enough and box.intersects(bar) else box


def stack_words(stack: tuple[str, ...], feature_id: str) -> str:
    """Return which of the marks under the pointer is shown; empty where it is alone."""
    if len(stack) < 2 or feature_id not in stack:
        return ""
    place = f"{stack.index(feature_id) + 1} of {len(stack)} here"
    return f"{place}; click again for the next"


def _css(style: Style) -> str:
    text, soft, accent = (style.color(name).name() for name in ("text", "text_soft", "accent"))
    return (
        f"body, p, li {{ color: {text}; }} p {{ margin: 0 0 8px 0; }}"
        f".kicker, .soft {{ color: {soft}; }} .head {{ color: {soft}; font-weight: bold; }}"
        f".mark {{ color: {accent}; font-style: italic; }} a {{ color: {accent}; }}"
        "ul { margin: 0 0 8px 14px; -qt-list-indent: 0; } li { margin-bottom: 4px; }"
    )
