from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, QUrl
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMessageBox,
    QPushButton,
    QTextBrowser,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from atlas.app.library import Library
from atlas.core import actions
from atlas.core.card_words import kind_and_side, where_in_words
from atlas.core.store import Store
from atlas.core.typesetting import typed
from atlas.core.verdicts import is_web_link
from atlas.core.viewport import to_px
from atlas.core.when import When, span_from_edtf
from atlas.render.style import Style
from atlas.ui.card_html import (
    card_html,
    plain_text,
)
from atlas.ui.halo import tip_words
from atlas.ui.identify import MARK_ROOM_PX, SCALE_BAR_PX, IdentifyCard, card_box
from atlas.ui.progress import progress_words, time_in_words
from tests.app.fake_library import CARDS, FEATURES, STORY, day
from tests.records import replace
from tests.ui.conftest import SIZE

OFFICE, CAMP, FALL, _ = FEATURES
ROOM = QSize(*SIZE)


@pytest.fixture
def ground(qtbot: QtBot, store: Store) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(*SIZE)
    made.show()
    return made


@pytest.fixture
def card(store: Store, library: Library, style: Style, ground: QWidget) -> Iterator[IdentifyCard]:
    made = IdentifyCard(store, library, style, ground)
    yield made
    made.close_down()


def words(card: IdentifyCard) -> str:
    return card.findChild(QWidget, "card_text").toPlainText()


def button(card: IdentifyCard, name: str) -> QPushButton:
    found = card.findChild(QPushButton, name)
    assert found is not None
    return found


def test_nothing_selected_nothing_shown(card: IdentifyCard) -> None:
    assert not card.isVisible()


def test_a_selection_is_told_with_its_doubt_and_sources(card: IdentifyCard, store: Store) -> None:
    store.do(actions.select("office-100"))
    assert card.isVisible()
    said = words(card)
    assert "A <b>jungle</b> camp & its guards." in said
    assert "About 1963 to about November 1967" in said
    assert "Somewhere within 25 km of this point" in said
    assert "Medium." in said
    assert "Some place it across the border." in said
    assert "Munti 100" in said
    assert "Author, Book, p. 1 for: camp at Ta Not not checked" in said
    assert "Court order, para. 7 for: the office example.org" in said
    assert "Office 100" in card.accessibleName()


def test_the_words_follow_the_date(card: IdentifyCard, store: Store, library: Library) -> None:
    story = library.atlas.story
    store.do(actions.select("office-100"))
    store.do(actions.set_day(day(1965, 5, 5), story))
    assert "On 5 May 1965: within its dates." in words(card)
    store.do(actions.set_day(day(1963, 2, 1), story))
    assert "On 1 February 1963: perhaps; its dates are in doubt." in words(card)
    store.do(actions.set_day(day(1990, 1, 1), story))
    assert "Past: it ended 22 years before 1 January 1990." in words(card)
    store.do(actions.select("fall-of-phnom-penh"))
    store.do(actions.set_day(day(1978, 12, 26), story))
    assert "Still to come: it begins 12 days after 26 December 1978." in words(card)


def test_a_finished_movement_is_told_from_one_under_way(library: Library) -> None:
    spans = (span_from_edtf("1978-12-25", "1979-01-07"),)
    axis = replace(
        FALL,
        name="Route 1",
        when=When(spans),
        growth=((day(1978, 12, 25), 0.0), (day(1979, 1, 5), 1.0)),
    )
    atlas = replace(library.atlas, features=(axis,))
    told = [
        (day(1978, 12, 30), "Route 1: in progress", "On 30 December 1978: in progress."),
        (day(1979, 1, 19), "Route 1: ended 12 days ago", "Past: it ended 12 days before"),
        (day(1978, 12, 1), "Route 1", "Still to come"),
    ]
    for on, tip, row in told:
        assert tip_words(atlas, (axis.id,), on) == tip
        assert row in typed(card_html(axis, {"start": "1978-12-25"}, on))
    doubtful = replace(axis, when=When((span_from_edtf("1978-12-25", "1979-01"),)))
    assert progress_words(doubtful, day(1979, 1, 20)) == "perhaps ended"
    assert progress_words(FALL, day(1979, 1, 7)) == ""


def test_it_hides_when_deselected(card: IdentifyCard, store: Store) -> None:
    store.do(actions.select("office-100"))
    store.do(actions.select(""))
    assert not card.isVisible()


def test_the_close_button_deselects(card: IdentifyCard, store: Store, qtbot: QtBot) -> None:
    store.do(actions.select("office-100"))
    close = card.findChild(QToolButton, "card_close")
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert store.state.selection == ""


def test_escape_in_the_text_deselects_and_gives_the_focus_back(
    card: IdentifyCard, store: Store, qtbot: QtBot, ground: QWidget
) -> None:
    ground.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    store.do(actions.select("office-100"))
    text = card.findChild(QWidget, "card_text")
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert store.state.selection == ""
    assert ground.window().focusWidget() is ground


def test_go_there_brings_the_mark_on_screen(card: IdentifyCard, store: Store, qtbot: QtBot) -> None:
    store.do(actions.select("office-100"))
    store.do(actions.fit((120.0, 30.0, 125.0, 35.0)))
    qtbot.mouseClick(button(card, "card_go_there"), Qt.MouseButton.LeftButton)
    x_px, y_px = to_px(store.state.camera, SIZE, *OFFICE.anchor_m)
    assert 0 < x_px < SIZE[0]
    assert 0 < y_px < SIZE[1]


def test_show_in_text_tells_which(
    store: Store, library: Library, style: Style, ground: QWidget, qtbot: QtBot
) -> None:
    told_of = replace(STORY.panels[1], body="The [camp](feature:office-100).")
    story = replace(STORY, panels=(STORY.panels[0], told_of, STORY.panels[2]))
    atlas = replace(library.atlas, story=story)
    card = IdentifyCard(store, Library(atlas, library.pack, ()), style, ground)
    store.do(actions.select("camp-two"))
    assert not button(card, "card_show_in_text").isEnabled()
    store.do(actions.select("office-100"))
    with qtbot.waitSignal(card.show_in_text) as told:
        qtbot.mouseClick(button(card, "card_show_in_text"), Qt.MouseButton.LeftButton)
    assert told.args == ["office-100"]
    card.close_down()


def test_it_tells_which_of_the_marks_at_one_spot_is_shown(card: IdentifyCard, store: Store) -> None:
    said = card.findChild(QLabel, "card_stack")
    store.do(actions.select("office-100"))
    assert said.isHidden()
    card.set_stack(("camp-two", "office-100", "bombing"))
    assert said.text() == "2 of 3 here; click again for the next"
    store.do(actions.select("fall-of-phnom-penh"))
    assert said.isHidden()


def test_in_a_small_canvas_it_grows_slim_beside_the_mark(
    card: IdentifyCard, store: Store, ground: QWidget
) -> None:
    ground.resize(593, 374)
    for x in (290, 300, 230, 310):
        box = card_box(ground.size(), QSize(340, 700), QPoint(x, 220))
        assert ground.rect().contains(box)
        assert not box.contains(QPoint(x, 220))
        assert box.width() >= 250


def test_it_leaves_the_scale_bar_alone() -> None:
    width, height = SCALE_BAR_PX
    for room in (QSize(900, 640), QSize(590, 380), QSize(1300, 900)):
        bar = QRect(0, room.height() - height, width, height)
        for x in range(0, room.width(), 40):
            box = card_box(room, QSize(340, 900), QPoint(x, 200))
            assert not box.intersects(bar)


def test_the_text_keeps_off_the_scroll_bar(
    card: IdentifyCard, store: Store, ground: QWidget
) -> None:
    ground.resize(400, 300)
    store.do(actions.select("office-100"))
    text = card.findChild(QTextBrowser, "card_text")
    bar = text.verticalScrollBar()
    assert bar.isVisible()
    assert text.viewport().geometry().right() + 8 <= bar.mapTo(text, QPoint(0, 0)).x()


def test_it_keeps_clear_of_the_mark_and_inside_the_canvas(
    card: IdentifyCard, store: Store, ground: QWidget
) -> None:
    store.do(actions.reveal("office-100", card._library.atlas))
    for x_m in (0, 200_000, 400_000, 600_000, 800_000):
        anchor_x, anchor_y = OFFICE.anchor_m
        camera = store.state.camera
        store.do(actions.select(""))
        store.do(actions.set_camera(type(camera)(anchor_x - x_m, anchor_y, camera.m_per_px)))
        store.do(actions.select("office-100"))
        mark = QPoint(*map(round, to_px(store.state.camera, SIZE, *OFFICE.anchor_m)))
        assert ground.rect().contains(card.geometry())
        assert not card.geometry().contains(mark)


@given(
    st.integers(700, 3000), st.integers(500, 2000), st.integers(80, 900),
    st.floats(0, 1), st.floats(0, 1),
)  # fmt: skip
def test_where_there_is_room_the_card_is_clear_of_the_mark(
    width: int, height: int, wanted: int, fx: float, fy: float
) -> None:
    room, mark = QSize(width, height), QPoint(round(fx * width), round(fy * height))
    box = card_box(room, QSize(340, wanted), mark)
    assert QRect(QPoint(), room).contains(box)
    if width > 2 * (340 + 14 + 2 * MARK_ROOM_PX):
        assert not box.contains(mark)


def test_a_long_card_scrolls(card: IdentifyCard, store: Store, ground: QWidget) -> None:
    ground.resize(400, 200)
    store.do(actions.select("office-100"))
    assert card.height() <= 200
    assert words(card)


def test_a_link_asks_before_it_opens(card: IdentifyCard, store: Store, qtbot: QtBot) -> None:
    store.do(actions.select("office-100"))
    asked: list[str] = []

    def decline() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.informativeText())
        box.button(QMessageBox.StandardButton.Cancel).click()

    QTimer.singleShot(0, decline)
    card.findChild(QWidget, "card_text").anchorClicked.emit(QUrl("https://example.org/order?a=1"))
    assert asked == ["https://example.org/order?a=1"]


def test_card_text_is_escaped() -> None:
    evil = {**CARDS["office-100"], "disputes": "<img src=x>", "place": "<a href='file:///'>"}
    html = card_html(OFFICE, evil, 0)
    assert "<img" not in html
    assert "file:///'>" not in html
    assert html.count("<a ") == 1


@pytest.mark.parametrize(
    ("url", "good"),
    [("https://a.org/x", True), ("http://a.org", True), ("javascript:alert(1)", False),
     ("file:///etc/passwd", False), ("https://", False), ("", False), ("http://[", False)],
)  # fmt: skip
def test_only_web_links_are_links(url: str, good: bool) -> None:
    assert is_web_link(url) is good


def test_places_in_words() -> None:
    assert where_in_words(FALL, {"precision_km": 1}) == "Known to within about 1 km."
    assert where_in_words(FALL, {"precision_km": 80}).startswith("Claimed or likely, not located")
    assert where_in_words(OFFICE, {}) == "Somewhere within 25 km of this point."


def test_several_stretches_are_all_told() -> None:
    card = {"intervals": [["1979~", "1985-02-15"], ["1989~", "1996-08-08"]], "alt_names": ["Malai"]}
    html = typed(card_html(CAMP, card, 0))
    assert "about 1979 to 15 February 1985; about 1989 to 8 August 1996" in html
    assert "Malai" in html


@pytest.mark.parametrize(
    ("days", "said"), [(1, "1 day"), (15, "15 days"), (100, "3 months"), (2900, "8 years")]
)
def test_stretches_of_time(days: int, said: str) -> None:
    assert time_in_words(days) == said


def test_between_two_stretches_it_is_not_there() -> None:
    spans = (span_from_edtf("1960", "1961"), span_from_edtf("1970", "1971"))
    lost = replace(CAMP, when=When(spans))
    assert "Not on 1 January 1965" in typed(card_html(lost, {"start": "1960"}, day(1965, 1, 1)))


def test_stages_name_dates_without_a_source() -> None:
    stages = [
        {"place": "Snuol", "date": "1978-12-25~", "source": "A book", "note": "held before"},
        {"place": "Kratie", "date": "1978-12-30"},
        {"place": "Beyond"},
    ]
    html = typed(card_html(CAMP, {"waypoints": stages}, 0))
    assert "about 25 December 1978: Snuol" in html
    assert "(held before)" in html
    assert "(no source for the date)" in html
    assert "no date given: Beyond" in html


def test_one_sentence_for_screen_readers() -> None:
    said = plain_text(FALL, CARDS["fall-of-phnom-penh"])
    assert said == "Fall of Phnom Penh. War and arms · Vietnam. 7 January 1979."


def test_a_source_is_not_said_to_be_for_the_thing_itself() -> None:
    told = [
        {"citation": "A book", "claim": CAMP.name, "seen": True},
        {"citation": "general knowledge, no source checked"},
    ]
    html = card_html(CAMP, {"sources": told}, 0)
    assert "for:" not in html
    assert html.count("checked") == 1


def test_sides_are_spelled_out() -> None:
    assert kind_and_side(CAMP, {"belligerent": "CPT, hosted by CPK"}).endswith(
        "Communist Party of Thailand, hosted by Communist Party of Kampuchea"
    )


def test_each_side_s_name_for_the_war_is_told() -> None:
    names = [{"by": "China", "name": "one & all"}, {"by": "Vietnam", "name": "another"}]
    html = card_html(CAMP, {"war_names": names}, 0)
    assert "What each side calls the war" in html
    assert "China: “one &amp; all”" in html
    assert "Vietnam: “another”" in html
    assert "calls the war" not in card_html(CAMP, {}, 0)
