"""The reading beside the map: links do one thing each, the text stays while only dates move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QTextDocument, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QListWidget,
    QMessageBox,
    QPushButton,
    QTextBrowser,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from atlas.app.library import Library
from atlas.core import actions
from atlas.core.day import day_from_ymd
from atlas.core.model import Claim, Source, Story
from atlas.core.store import Change, Store
from atlas.ui.claim_card import ClaimCard
from atlas.ui.panel_dock import TEXT_PX, PanelDock
from atlas.ui.panel_markup import Link
from atlas.ui.panel_view import PanelView
from atlas.ui.reveal import shown
from tests.app.fake_library import STORY, fake_library

# What the offscreen platform says of windows that pop up.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LEFT = Qt.MouseButton.LeftButton
BODY = """
On [7 January 1979](date:1979-01-07) the army came to [Phnom Penh](place:phnom-penh).
It was [the fall](feature:fall-of-phnom-penh). [All agree](claim:c1). [Lost](feature:nowhere) and
[a page](https://example.org/page) with <b>tags</b> and ![a picture](https://example.org/x.png).

"""
FILLER = "A paragraph that only takes room, so that what follows lies out of sight.\n\n" * 40
CLAIM = Claim(
    "c1", "war", "All <i>agree</i>.", "disputed", "They do & they don't.", "low",
    (Source("A work", "page 3", False, "https://example.org/work"), Source("Another", "", True)),
)  # fmt: skip


def story() -> Story:
    bodies = {
        "intro": BODY + FILLER + "At last [Office 100](feature:office-100) again.",
        "bases": "Only [one thing](feature:office-100).",
        "war": "The [end](panel:intro).",
    }
    panels = tuple(replace(panel, body=bodies[panel.id]) for panel in STORY.panels)
    return replace(STORY, panels=panels, claims=(replace(CLAIM, panel="intro"),))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = fake_library(tmp_path)
    return Library(replace(made.atlas, story=story()), made.pack, ())


@pytest.fixture
def store(library: Library) -> Store:
    return Store(actions.initial_state(library.atlas.story, (800, 600)))


@pytest.fixture
def dock(store: Store, library: Library, style: object, qtbot: QtBot) -> Iterator[PanelDock]:
    widget = PanelDock(store, library)
    qtbot.add_widget(widget)
    widget.resize(420, 640)
    widget.show()
    qtbot.wait_exposed(widget)
    yield widget
    widget.close_down()


@pytest.fixture
def view(dock: PanelDock) -> PanelView:
    return dock.findChild(QTextBrowser, "panel_view")


def point_of(view: PanelView, link: Link) -> QPoint:
    placed = next(p for p in view.placed if p.link == link)
    return view.box_of(replace(placed, end=placed.start)).center() + QPoint(3, 0)


def click(view: PanelView, qtbot: QtBot, kind: str, target: str) -> None:
    qtbot.mouseClick(view.viewport(), LEFT, pos=point_of(view, Link(kind, target)))


def scrolled(view: PanelView) -> int:
    return view.verticalScrollBar().value()


def texts(dock: PanelDock) -> tuple[str, str]:
    number = dock.findChild(QLabel, "panel_number").text()
    return number, dock.findChild(QLabel, "panel_title").text()


def note(dock: PanelDock) -> QLabel:
    return dock.findChild(QLabel, "panel_note")


def test_the_header_counts_and_names_the_panel(dock: PanelDock, store: Store) -> None:
    assert texts(dock) == ("1 of 3", "A question")
    store.do(actions.open_panel(story().panel("war")))
    assert texts(dock) == ("3 of 3", "The war")


def test_the_text_is_shown_as_it_stands(view: PanelView) -> None:
    text = view.toPlainText()
    assert "with <b>tags</b> and a picture" in text
    assert "Claims checked: 1 disputed" in text
    assert {p.link.href for p in view.placed} == {
        "date:1979-01-07", "place:phnom-penh", "feature:fall-of-phnom-penh", "claim:c1",
        "https://example.org/page", "feature:office-100",
    }  # fmt: skip


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
    assert "They do & they don't." in text
    assert "A work for: page 3 (not checked) example.org" in text
    assert "Another\n" in text + "\n"
    assert "Another (not checked)" not in text
    assert card.findChild(QLabel, "claim_verdict").text() == "Disputed"
    assert "disputed" in card.accessibleName()
    qtbot.keyClick(card.findChild(QTextBrowser, "claim_text"), Qt.Key.Key_Escape)
    qtbot.wait_until(lambda: shown_card() is None)
    assert store.state == before


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


def test_contents_fold_out_and_open_a_panel(
    dock: PanelDock, store: Store, changes: list[Change], qtbot: QtBot
) -> None:
    contents = dock.findChild(QListWidget, "contents_list")
    assert not contents.isVisible()
    qtbot.mouseClick(dock.findChild(QToolButton, "contents_button"), LEFT)
    assert contents.isVisible()
    row = contents.visualItemRect(contents.item(2)).center()
    qtbot.mouseClick(contents.viewport(), LEFT, pos=row)
    assert store.state.panel == "war"
    assert len(changes) == 1
    assert {"panel", "day", "camera", "layers"} >= changes[0].fields
    assert not contents.isVisible()
    assert [contents.item(i).font().bold() for i in range(3)] == [False, False, True]


def test_contents_are_walked_by_keys(dock: PanelDock, store: Store, qtbot: QtBot) -> None:
    qtbot.mouseClick(dock.findChild(QToolButton, "contents_button"), LEFT)
    contents = dock.findChild(QListWidget, "contents_list")
    qtbot.keyClick(contents, Qt.Key.Key_Down)
    qtbot.keyClick(contents, Qt.Key.Key_Return)
    assert store.state.panel == "bases"


def test_back_and_forward(dock: PanelDock, store: Store, qtbot: QtBot) -> None:
    back = dock.findChild(QPushButton, "previous_panel")
    forward = dock.findChild(QPushButton, "next_panel")
    assert back.isHidden()
    qtbot.mouseClick(forward, LEFT)
    qtbot.mouseClick(forward, LEFT)
    assert store.state.panel == "war"
    assert forward.isHidden()
    assert "Bases" in back.text()
    qtbot.mouseClick(back, LEFT)
    assert store.state.panel == "bases"


def test_the_panel_of_the_date_is_marked_in_the_contents(dock: PanelDock, store: Store) -> None:
    contents = dock.findChild(QListWidget, "contents_list")
    store.do(actions.open_panel(story().panel("bases")))
    store.do(actions.set_day(day_from_ymd(1980, 1, 1), story()))
    said = [contents.item(i).data(Qt.ItemDataRole.AccessibleTextRole) for i in range(3)]
    assert said == ["A question", "Bases in the forest, open", "The war, holds the date shown"]


@pytest.mark.parametrize("scrolled_px", [0, 300])
def test_a_date_elsewhere_is_noted_and_the_lines_stay_where_they_are(
    dock: PanelDock, view: PanelView, store: Store, scrolled_px: int
) -> None:
    view.verticalScrollBar().setValue(scrolled_px)
    document = view.document()
    line = view.cursorForPosition(QPoint(30, 200))

    def line_y() -> int:
        return view.viewport().mapToGlobal(view.cursorRect(line).topLeft()).y()

    before = line_y()
    assert note(dock).isHidden()
    for year in range(1976, 1991):
        store.do(actions.set_day(day_from_ymd(year, 1, 1), story()), "time_track", "drag-1")
        assert line_y() == before
    assert view.document() is document
    assert not note(dock).isHidden()
    assert "1 January 1990" in note(dock).text()
    assert "The war" in note(dock).text()
    store.do(actions.set_day(story().panel("intro").day, story()), "time_track", "drag-1")
    assert note(dock).isHidden()
    assert line_y() == before


def test_the_note_turns_to_the_panel_and_leaves_date_and_view(
    dock: PanelDock, store: Store, changes: list[Change]
) -> None:
    store.do(actions.pan(200, 100))
    store.do(actions.set_day(day_from_ymd(1990, 1, 1), story()))
    before = store.state
    changes.clear()
    note(dock).linkActivated.emit("turn")
    assert store.state.panel == "war"
    assert (store.state.day, store.state.camera) == (before.day, before.camera)
    assert len(changes) == 1
    assert note(dock).isHidden()


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


def test_the_size_of_the_text_is_changed_by_keys_and_wheel(
    dock: PanelDock, view: PanelView, qtbot: QtBot
) -> None:
    view.setFocus()
    dock.activateWindow()
    before = view.document().size().height()
    with qtbot.wait_signal(dock.text_px_changed):
        qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert dock.text_px == TEXT_PX + 1
    assert view.document().size().height() > before
    qtbot.keyClick(view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert dock.text_px == TEXT_PX - 1
    at = QPointF(100, 100)
    event = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)
    assert dock.text_px == TEXT_PX
    for _ in range(40):
        qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert dock.text_px == 30
    qtbot.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert dock.text_px == TEXT_PX


def test_the_reader_keeps_the_place_when_the_size_changes(dock: PanelDock, view: PanelView) -> None:
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    dock.set_text_px(22)
    assert bar.value() == pytest.approx(bar.maximum() / 2, abs=4)


def test_another_theme_is_put_on(dock: PanelDock, store: Store) -> None:
    before = dock.grab().toImage()
    store.do(actions.set_theme("night"))
    assert dock.grab().toImage() != before
    assert texts(dock)[1] == "A question"
