"""Every link in the text does one thing; nothing is loaded, nothing scrolls by itself."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QTextBlock, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMessageBox,
    QTextBrowser,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from atlas.app.library import Library
from atlas.core import actions
from atlas.core.day import day_from_ymd
from atlas.core.model import Claim, DatedName, Source
from atlas.core.panel_markup import Link
from atlas.core.store import Change, Store
from atlas.core.verdicts import VERDICTS, sentence_on
from atlas.core.when import span_from_edtf
from atlas.render.style import Style
from atlas.ui.claim_card import ClaimCard
from atlas.ui.panel_dock import PanelDock
from atlas.ui.panel_links import PanelLinks
from atlas.ui.panel_view import PanelView
from atlas.ui.reveal import shown
from tests.records import replace
from tests.ui.reading.reader import (
    click,
    point_of,
    scrolled,
    story,
    texts,
)

# What the offscreen platform says of windows that pop up.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LEFT = Qt.MouseButton.LeftButton


def test_nothing_is_ever_loaded(view: PanelView, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    for url in (QUrl.fromLocalFile(str(secret)), QUrl("https://example.org/x.png")):
        for kind in QTextDocument.ResourceType:
            assert view.loadResource(kind.value, url).isEmpty()
            assert not view.document().resource(kind.value, url)


def test_a_date_is_one_change_and_the_text_stays(
    dock: PanelDock, view: PanelView, store: Store, changes: list[Change], qtbot: QtBot
) -> None:
    click(view, qtbot, "date", "1979-01-07")
    assert store.state.day == day_from_ymd(1979, 1, 7)
    assert store.state.panel == "intro"
    assert [(change.cause, change.fields) for change in changes] == [
        ("panel_dock", frozenset({"day"}))
    ]
    assert texts(dock)[1] == "A question"


def test_a_feature_is_revealed(
    view: PanelView, store: Store, changes: list[Change], qtbot: QtBot
) -> None:
    click(view, qtbot, "feature", "fall-of-phnom-penh")
    assert store.state.selection == "fall-of-phnom-penh"
    assert store.state.day == day_from_ymd(1979, 1, 7)
    assert len(changes) == 1


def test_a_feature_far_outside_the_map_leaves_the_view(store: Store, library: Library) -> None:
    far = replace(library.atlas.feature_by_id["bombing"], id="far", inset=True, lonlat_deg=(2, 48))
    atlas = replace(library.atlas, features=(*library.atlas.features, far))
    camera = store.state.camera
    store.do(actions.pan(5000, 0))
    moved = store.state.camera
    store.do(shown("far", atlas))
    assert (store.state.selection, store.state.camera) == ("far", moved)
    assert store.state.day == day_from_ymd(1973, 8, 6)
    store.do(shown("bombing", atlas))
    assert store.state.camera not in (moved, camera)


def test_a_place_off_screen_is_brought_in(
    view: PanelView, store: Store, library: Library, changes: list[Change], qtbot: QtBot
) -> None:
    store.do(actions.pan(5000, 0))
    changes.clear()
    click(view, qtbot, "place", "phnom-penh")
    place = library.atlas.place_by_id["phnom-penh"]
    assert [change.fields for change in changes] == [frozenset({"camera"})]
    assert store.state.camera.x_m == pytest.approx(place.x_m)


def test_a_place_in_view_leaves_the_map(
    view: PanelView, changes: list[Change], qtbot: QtBot
) -> None:
    click(view, qtbot, "place", "phnom-penh")
    assert not changes


def test_a_link_to_a_panel_opens_it(
    view: PanelView, store: Store, changes: list[Change], qtbot: QtBot
) -> None:
    store.do(actions.open_panel(story().panel("war")))
    changes.clear()
    click(view, qtbot, "panel", "intro")
    assert store.state.panel == "intro"
    assert len(changes) == 1


def test_keys_reach_the_links(view: PanelView, store: Store, qtbot: QtBot) -> None:
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert store.state.day == day_from_ymd(1979, 1, 7)


def test_a_claim_and_its_sign_are_one_stop_of_the_keyboard(view: PanelView, qtbot: QtBot) -> None:
    view.setFocus()
    stops: list[str] = []
    while len(stops) < 8 and view.hasFocus():
        qtbot.keyClick(view, Qt.Key.Key_Tab)
        stops.append(view.textCursor().charFormat().anchorHref())
        if view.hasFocus():
            (shown,) = view.extraSelections()
            assert shown.cursor.charFormat().anchorHref() == stops[-1]
    assert stops.count("claim:c1") == 1
    view.clearFocus()
    assert not view.extraSelections()


def shown_card() -> ClaimCard | None:
    cards = [w for w in QApplication.topLevelWidgets() if isinstance(w, ClaimCard)]
    return next((card for card in cards if card.isVisible()), None)


def test_a_claim_opens_its_card_and_escape_closes_it(
    view: PanelView, store: Store, qtbot: QtBot
) -> None:
    before = store.state
    click(view, qtbot, "claim", "c1")
    card = shown_card()
    assert card is not None
    text = card.findChild(QTextBrowser, "claim_text").toPlainText()
    assert "All <i>agree</i>." in text
    assert "They do & they don’t." in text
    assert "A work for: page 3 (not checked) example.org" in text
    assert "Another\n" in text + "\n"
    assert "Another (not checked)" not in text
    assert card.findChild(QLabel, "claim_verdict").text() == "Disputed"
    assert "disputed" in card.accessibleName()
    qtbot.keyClick(card.findChild(QTextBrowser, "claim_text"), Qt.Key.Key_Escape)
    qtbot.wait_until(lambda: shown_card() is None)
    assert store.state == before


@pytest.mark.parametrize("verdict", sorted(VERDICTS))
def test_the_head_of_a_card_is_never_cut(qtbot: QtBot, style: Style, verdict: str) -> None:
    claim = Claim("c1", "intro", "All agree.", verdict, "They do.", "low", ())
    card = ClaimCard(claim, style)
    qtbot.add_widget(card)
    card.adjustSize()
    card.show()
    for name in ("claim_verdict", "claim_sentence"):
        label = card.findChild(QLabel, name)
        assert label.height() >= label.heightForWidth(label.width())
        assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()


def test_cards_leave_nothing_behind(qtbot: QtBot, style: Style) -> None:
    def documents() -> int:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        found = [one for one in gc.get_objects() if type(one) is QTextDocument]
        return sum(isValid(one) and one.parent() is None for one in found)

    before = documents()
    for _ in range(3):
        card = ClaimCard(
            Claim("c1", "intro", "All agree.", "disputed", "They do.", "low", ()), style
        )
        qtbot.add_widget(card)
        card.show()
    assert documents() == before


def test_a_web_page_is_asked_about_first(
    view: PanelView, changes: list[Change], qtbot: QtBot
) -> None:
    asked: list[str] = []

    def refuse() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            asked.append(box.informativeText())
            QTest.mouseClick(box.button(QMessageBox.StandardButton.Cancel), LEFT)

    clock = QTimer()
    clock.timeout.connect(refuse)
    clock.start(20)
    click(view, qtbot, "web", "https://example.org/page")
    clock.stop()
    assert asked == ["https://example.org/page"]
    assert not changes


def test_a_selection_from_the_map_lights_up_and_scrolls(view: PanelView, store: Store) -> None:
    assert scrolled(view) == 0
    store.do(actions.select("office-100"), cause="map_canvas")
    lit = [s.cursor.selectedText() for s in view.extraSelections()]
    assert lit == ["At last Office 100 again.", "Office 100"]
    assert scrolled(view) > 0
    box = view.box_of(next(p for p in view.placed if p.link.target == "office-100"))
    assert view.viewport().rect().contains(box.center())
    store.do(actions.select(""), cause="map_canvas")
    assert not view.extraSelections()


def test_a_selection_from_the_text_moves_no_line(view: PanelView, qtbot: QtBot) -> None:
    link = Link("feature", "fall-of-phnom-penh")
    before = view.viewport().mapToGlobal(point_of(view, link))
    click(view, qtbot, link.kind, link.target)
    assert view.viewport().mapToGlobal(point_of(view, link)) == before
    assert view.extraSelections()


def test_pointing_at_a_feature_is_told(dock: PanelDock, view: PanelView, qtbot: QtBot) -> None:
    link = Link("feature", "fall-of-phnom-penh")
    with qtbot.wait_signal(dock.feature_hovered) as told:
        qtbot.mouseMove(view.viewport(), point_of(view, link))
    assert told.args == ["fall-of-phnom-penh"]
    with qtbot.wait_signal(dock.feature_hovered) as told:
        qtbot.mouseMove(view.viewport(), QPoint(2, 2))
    assert told.args == [""]


def test_a_place_tells_the_name_it_has_on_the_map(store: Store, library: Library) -> None:
    names = tuple(
        DatedName(name, "en", span_from_edtf(*years))
        for name, years in (("Peking", ("1949", "1978")), ("Beijing", ("1979", "..")))
    )
    place = replace(library.atlas.places[0], id="beijing", name="Beijing", names=names)
    links = PanelLinks(store, replace(library.atlas, places=(place,)))
    told = []
    for year in (1940, 1975, 1979):
        store.do(actions.set_day(day_from_ymd(year, 6, 1), library.atlas.story))
        told.append(links.words(Link("place", "beijing")))
    end = "Show on the map: Beijing"
    assert told == [end, f"{end}, then Peking", end]


def test_a_verdict_without_a_source_read_is_provisional(library: Library) -> None:
    (claim,) = library.atlas.story.claims
    unread = replace(claim, sources=(Source("A work", "", False),))
    assert sentence_on(claim) == "The sources disagree."
    assert sentence_on(unread).startswith("Provisional")
    assert sentence_on(replace(unread, verdict="unverifiable")).startswith("No source at hand")


def test_no_line_begins_with_a_full_stop_or_a_sign(view: PanelView) -> None:
    text = view.document().clone()
    assert any("agree.\u2060\u202f\ufffc " in block.text() for block in _blocks(text))
    for width_px in range(120, 480, 3):
        text.setTextWidth(width_px)
        for block in _blocks(text):
            layout = block.layout()
            starts = [layout.lineAt(i).textStart() for i in range(layout.lineCount())]
            lines = [block.text()[i:].lstrip("\u2060\u202f") for i in starts]
            assert not [line for line in lines if line[:1] in (".", "\ufffc")], width_px


def _blocks(text: QTextDocument) -> Iterator[QTextBlock]:
    block = text.begin()
    while block.isValid():
        yield block
        block = block.next()
