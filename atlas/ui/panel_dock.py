"""The reading beside the map: number and title, contents, the text, back and forward.

Floor: ui; neighbours: panel_head and panel_view for its parts, panel_links for what links do,
contents_list and claim_card. The text changes only with the panel: a date that leaves the panel's
span is told in a note, the reader stays where they read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from atlas.app.library import Library
from atlas.core import actions
from atlas.core.model import Panel
from atlas.core.panel_markup import Link, known_only, read_blocks, typeset_blocks
from atlas.core.store import Change, Store
from atlas.core.words import day_in_words
from atlas.render.style import Style, load_style
from atlas.ui.claim_card import ClaimCard
from atlas.ui.contents_list import ContentsList
from atlas.ui.follow_text import FollowText
from atlas.ui.links import ask_and_open
from atlas.ui.panel_document import Look
from atlas.ui.panel_head import PanelFoot, PanelHead
from atlas.ui.panel_links import CAUSE, PanelLinks, turned_to
from atlas.ui.panel_view import PanelView, point_of_claim
from atlas.ui.reading_place import ReadingPlace
from atlas.ui.spoken_of import DayLights

TEXT_PX: Final = 17.0
LEAST_TEXT_PX: Final = 12.0
MOST_TEXT_PX: Final = 30.0
TIGHT_BELOW_PX: Final = 480


class PanelDock(QWidget):
    """Shows the open panel. `feature_hovered` and `place_hovered` carry an id or ""."""

    feature_hovered = Signal(str)
    place_hovered = Signal(str)
    text_px_changed = Signal(float)

    def __init__(self, store: Store, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._atlas = store, library.atlas
        self._story = library.atlas.story
        self._links = PanelLinks(store, library.atlas)
        self._style = load_style(store.state.theme)
        self._text_px = TEXT_PX
        self.setObjectName("panel_dock")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._dress()
        self._show_panel()
        self._unsubscribe = store.subscribe(self._on_change)

    @property
    def text_px(self) -> float:
        """Size of the reading text in pixels."""
        return self._text_px

    def set_text_px(self, text_px: float) -> None:
        """Set the size of the reading text, kept within bounds."""
        text_px = min(max(text_px, LEAST_TEXT_PX), MOST_TEXT_PX)
        if text_px != self._text_px:
            self._text_px = text_px
            self._dress()
            self._show_panel(keep_place=True)
            self.text_px_changed.emit(text_px)

    def set_style(self, style: Style) -> None:
        """Take another theme."""
        if style.theme != self._style.theme:
            self._style = style
            self._dress()
            self._show_panel(keep_place=True)

    def close_down(self) -> None:
        """Stop listening to the store."""
        self.follow.close_down()
        self._unsubscribe()

    def sizeHint(self) -> QSize:
        """Return the width of a comfortable column."""
        return QSize(420, 600)

    def minimumSizeHint(self) -> QSize:
        """Return the least width that still reads."""
        return QSize(240, 180)

    # Building

    def _make_parts(self) -> None:
        self._head, self._foot = PanelHead(), PanelFoot()
        self._contents = ContentsList(self._story, self)
        self._contents.hide()
        self.view = PanelView(self._links.words)
        self.place = ReadingPlace(self.view)
        self.follow = FollowText(self.view, self.place, self._store, self._atlas)
        self._day_lights = DayLights(self.view, self._atlas)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.view, 1)
        column.addWidget(self._foot)

    def _connect(self) -> None:
        self._head.unfolded.connect(self._unfold)
        self._head.turn_wanted.connect(self._turn_to_date)
        self._contents.chosen.connect(self._open)
        self._contents.dismissed.connect(self._head.fold_by_key)
        self._foot.back.connect(lambda: self._turn(-1))
        self._foot.forward.connect(lambda: self._turn(1))
        self.view.followed.connect(self._follow)
        self.view.pointed_at.connect(self._point_at)
        self.place.came.connect(lambda: self._contents.show_shares(self.place.share))
        self.view.zoomed.connect(lambda way: self.set_text_px(self._text_px + way))
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, size in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1), ("Ctrl+0", 0)):
            shortcut = QShortcut(QKeySequence(keys), self, context=within)
            shortcut.activated.connect(lambda way=size: self._resize_text(way))

    # Showing

    def _on_change(self, change: Change) -> None:
        if "theme" in change.fields:
            self.set_style(load_style(change.new.theme))
        if "panel" in change.fields:
            self._show_panel()
        elif change.fields & {"day", "range_days"}:
            self._keeping_lines_still(self._show_date)
        if "selection" in change.fields:
            self._show_selection(scroll=change.cause != CAUSE)

    def _show_panel(self, keep_place: bool = False) -> None:
        panel = self._panel
        self.place.leave()
        blocks = typeset_blocks(known_only(read_blocks(panel.body), self._links.is_known))
        claims = [claim for claim in self._story.claims if claim.panel == panel.id]
        look = Look(self._style, self._text_px, self.devicePixelRatioF())
        index = self._story.panels.index(panel)
        self.view.show_panel(blocks, claims, self._links.verdict, look, explained=index == 0)
        self._head.show_panel(index + 1, len(self._story.panels), panel.title)
        self._foot.show_neighbours(self._neighbour(-1), self._neighbour(1))
        self._day_lights.take_up(self.view.placed)
        self._show_date()
        self.place.arrive(panel.id)
        self._show_selection(scroll=not keep_place)

    @property
    def _panel(self) -> Panel:
        return self._story.panel(self._store.state.panel)

    def _neighbour(self, offset: int) -> Panel | None:
        return actions.neighbour_panel(self._story, self._panel.id, offset)

    def _show_date(self) -> None:
        day, ink = self._store.state.day, self._style.color("accent")
        dated = self._story.panel_at(day)
        self._day_lights.show(self._store.state.first_day, day)
        self._contents.mark(self._panel.id, dated.id, ink)
        self._contents.show_shares(self.place.share)
        self._head.show_note(note_words(self._panel, dated, day), dated.title, ink)

    def _keeping_lines_still(self, show: Callable[[], None]) -> None:
        """Scroll by as much as the note above moves the view: the lines stay where they are."""
        before = self.view.y()
        show()
        if layout := self.layout():
            layout.activate()
        bar = self.view.verticalScrollBar()
        bar.setValue(bar.value() + self.view.y() - before)

    def _show_selection(self, scroll: bool) -> None:
        found = self.view.light_up(self._store.state.selection)
        if found and scroll:
            self.view.bring_into_view(found[0])

    def _dress(self) -> None:
        self.setStyleSheet(panel_qss(self._style, self._text_px / TEXT_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the text most of a low window."""
        self._head.set_tight(event.size().height() < TIGHT_BELOW_PX)
        super().resizeEvent(event)
        self._contents.spread(self._head.fold_bottom_px)

    # Doing

    def _unfold(self, unfolded: bool) -> None:
        self._contents.setVisible(unfolded)
        if unfolded:
            self._contents.spread(self._head.fold_bottom_px)
            self._contents.setFocus()

    def _open(self, panel_id: str) -> None:
        self._head.fold()
        self._store.do(actions.open_panel(self._story.panel(panel_id)), CAUSE)

    def _turn(self, offset: int) -> None:
        panel = self._neighbour(offset)
        if panel is not None:
            self._store.do(actions.open_panel(panel), CAUSE)

    def _turn_to_date(self) -> None:
        panel = self._story.panel_at(self._store.state.day)
        self._store.do(turned_to(panel, self._story), CAUSE)

    def _resize_text(self, way: int) -> None:
        self.set_text_px(self._text_px + way if way else TEXT_PX)

    def _point_at(self, link: Link | None) -> None:
        kind, target = (link.kind, link.target) if link else ("", "")
        self.feature_hovered.emit(target if kind == "feature" else "")
        self.place_hovered.emit(target if kind == "place" else "")

    def _follow(self, link: Link) -> None:
        if link.kind == "claim":
            self._show_claim(link.target)
        elif link.kind == "web":
            ask_and_open(self, link.target)
        else:
            self._links.follow(link)

    def _show_claim(self, claim_id: str) -> None:
        card = ClaimCard(self._atlas.claim_by_id[claim_id], self._style, self)
        card.link_chosen.connect(lambda url: ask_and_open(self, url))
        card.open_at(point_of_claim(self.view, claim_id), self)


def note_words(open_panel: Panel, dated: Panel, day: int) -> str:
    """Return the note's words before the title of the panel that tells of the date.

    Empty while the map shows what the open panel is about.
    """
    if dated.id == open_panel.id or (open_panel.span is None and day == open_panel.day):
        return ""
    return f"The map now shows {day_in_words(day)}, told in:"


def panel_qss(style: Style, larger: float = 1.0) -> str:
    """Return what the reading adds to the window's style sheet; titles grow with the text."""
    title_px, tight_px = round(23 * max(larger, 0.8)), round(18 * max(larger, 0.8))
    names = ("panel", "paper", "rule", "text", "text_soft", "focus")
    panel, paper, rule, text, soft, focus = (style.color(name).name() for name in names)
    return f"""
    #panel_dock {{ background: {panel}; }}
    #panel_number {{ color: {soft}; font-size: 12px; letter-spacing: 1px; }}
    #panel_title {{ color: {text}; font-family: "Noto Serif"; font-size: {title_px}px;
      font-weight: bold; }}
    #panel_title[tight="true"] {{ font-size: {tight_px}px; }}
    #panel_note {{ color: {text}; background: {paper}; border-left: 2px solid {rule};
      padding: 5px 8px; }}
    #contents_list {{ background: {paper}; border: 1px solid {rule}; border-radius: 3px; }}
    #panel_view {{ background: {panel}; border: 1px solid {panel};
      selection-background-color: {focus}; selection-color: {panel}; }}
    #panel_view:focus {{ border: 1px solid {focus}; }}
    """
