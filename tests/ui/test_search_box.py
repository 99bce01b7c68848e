from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from atlas.app.library import Library
from atlas.core import actions
from atlas.core.typesetting import typed
from atlas.core.viewport import to_px
from atlas.render.style import load_style
from atlas.ui.search_list import NOTHING_FOUND
from tests.app.fake_library import PLACES, STORY, day
from tests.ui.conftest import LEFT
from tests.ui.whole_window import Atlas, on_screen

PLAIN, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class Searcher(Atlas):
    """A reader at the keyboard."""

    def search(self, words: str) -> list[str]:
        self.press(Qt.Key.Key_K, CONTROL)
        self.qtbot.keyClicks(QApplication.focusWidget(), words)
        return self.shown()

    def shown(self) -> list[str]:
        if self.list is None or not self.list.isVisible():
            return []
        return [self.list.item(row).text() for row in range(self.list.count())]

    @property
    def field(self) -> QLineEdit:
        return self.window.search

    @property
    def list(self) -> QListWidget | None:
        return self.window.findChild(QListWidget, "search_list")


@pytest.fixture
def reader(qtbot: QtBot, library: Library) -> Iterator[Searcher]:
    with on_screen(Searcher(qtbot, library)) as made:
        yield made


def test_nothing_is_gathered_before_it_is_asked_for(reader: Searcher) -> None:
    assert reader.list is None
    assert not reader.window.library.atlas.cards
    assert reader.field.accessibleName() == "Search"


def test_a_town_comes_to_the_middle_with_a_ring_and_one_undo_takes_it_back(
    reader: Searcher,
) -> None:
    before = reader.store.state
    assert reader.search("pnom penh")[0] == "Phnom Penh"
    reader.press(Qt.Key.Key_Return)
    state, town = reader.store.state, PLACES[0]
    assert (state.camera.x_m, state.camera.y_m) == (town.x_m, town.y_m)
    assert state.camera.m_per_px <= before.camera.m_per_px
    assert reader.window.canvas.hasFocus()
    assert reader.field.text() == ""
    assert not reader.shown()
    middle = to_px(state.camera, state.viewport_px, town.x_m, town.y_m)
    at = QPoint(round(middle[0]) + 18, round(middle[1]))
    ringed = reader.window.canvas.grab().toImage().pixelColor(at)
    reader.store.undo()
    assert reader.store.state == before
    reader.store.redo()
    assert reader.window.canvas.grab().toImage().pixelColor(at) != ringed
    assert reader.store.state == state


def test_a_feature_is_selected_on_a_day_it_was_there(reader: Searcher) -> None:
    reader.search("ofice 100")
    reader.press(Qt.Key.Key_Enter)
    state = reader.store.state
    assert state.selection == "office-100"
    assert reader.window.library.atlas.feature_by_id["office-100"].when.presence(state.day)
    reader.store.undo()
    assert not reader.store.can_undo


def test_other_names_on_a_card_are_found(reader: Searcher) -> None:
    assert reader.search("munti") == ["Office 100"]


def test_a_date_is_gone_to(reader: Searcher) -> None:
    assert reader.search("6 aug 1973")[0] == "Go to 6 August 1973"
    reader.press(Qt.Key.Key_Return)
    assert reader.store.state.day == day(1973, 8, 6)


def test_a_date_is_gone_to_as_one_day_from_a_stretch_of_time(reader: Searcher) -> None:
    reader.store.do(actions.set_range(day(1978, 12, 25), day(1979, 3, 5), STORY))
    reader.search("7 January 1979")
    reader.press(Qt.Key.Key_Return)
    state = reader.store.state
    assert (state.day, state.range_days) == (day(1979, 1, 7), 0)


def test_a_panel_is_opened(reader: Searcher) -> None:
    assert reader.search("the war")[0] == "The war"
    reader.press(Qt.Key.Key_Return)
    assert reader.store.state.panel == "war"
    assert reader.store.state.day == day(1979, 1, 7)


def test_words_of_the_text_are_lit_up_where_they_stand(reader: Searcher) -> None:
    reader.window.text_dock.hide()
    shown = reader.search("forest about")
    at = shown.index("About 7 January 1979 and Bases in the forest.")
    for _ in range(at):
        reader.press(Qt.Key.Key_Down)
    reader.press(Qt.Key.Key_Return)
    assert reader.store.state.panel == "bases"
    assert reader.window.text_dock.isVisible()
    lit = reader.window.findChild(object, "panel_view").extraSelections()
    words = typed(lit[0].cursor.selectedText())
    assert words.startswith("About 7 January 1979 and Bases in the forest")
    assert words.endswith(".")


def test_arrows_go_round_and_the_field_says_where_they_are(reader: Searcher) -> None:
    shown = reader.search("a")
    assert 2 < len(shown) <= 12
    assert reader.field.accessibleDescription().startswith(f"1 of {len(shown)}: {shown[0]}")
    reader.press(Qt.Key.Key_Up)
    assert reader.list.currentRow() == len(shown) - 1
    reader.press(Qt.Key.Key_Down)
    reader.press(Qt.Key.Key_Down)
    assert reader.field.accessibleDescription().startswith(f"2 of {len(shown)}: {shown[1]}")
    reader.press(Qt.Key.Key_PageDown)
    assert reader.list.currentRow() == min(6, len(shown) - 1)


def test_escape_puts_all_away_and_changes_nothing(reader: Searcher) -> None:
    before = reader.store.state
    reader.search("phnom")
    reader.press(Qt.Key.Key_Escape)
    assert not reader.shown()
    assert reader.window.canvas.hasFocus()
    assert reader.store.state == before


def test_what_is_not_there_is_said_and_enter_does_nothing(reader: Searcher) -> None:
    before = reader.store.state
    assert reader.search("zzzz") == [NOTHING_FOUND]
    reader.press(Qt.Key.Key_Down)
    reader.press(Qt.Key.Key_Return)
    assert reader.store.state == before
    assert reader.field.hasFocus()


def test_keys_of_the_window_are_typed_while_searching(reader: Searcher) -> None:
    before = reader.store.state
    reader.search("h . , + - 0")
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Space):
        reader.press(key)
    assert reader.field.text() == "h . , + - 0 "
    assert reader.store.state == before


def test_the_search_key_works_from_the_date_field_and_leaves_its_text(reader: Searcher) -> None:
    reader.press(Qt.Key.Key_G, CONTROL)
    date = QApplication.focusWidget()
    assert isinstance(date, QLineEdit)
    said = date.text()
    date.home(False)
    reader.press(Qt.Key.Key_K, CONTROL)
    assert reader.field.hasFocus()
    assert date.text() == said


def test_the_mouse_chooses_too(reader: Searcher) -> None:
    shown = reader.search("bomb")
    assert shown == ["Bombing of Neak Leung"]
    view = reader.list
    middle = view.visualItemRect(view.item(0)).center()
    reader.qtbot.mouseClick(view.viewport(), LEFT, PLAIN, middle)
    assert reader.store.state.selection == "bombing"
    assert not reader.shown()


def test_leaving_the_field_puts_the_list_away(reader: Searcher) -> None:
    reader.search("phnom")
    reader.window.canvas.setFocus()
    assert not reader.shown()
    reader.press(Qt.Key.Key_K, CONTROL)
    assert reader.shown()


def test_the_list_stays_inside_a_small_window(reader: Searcher) -> None:
    reader.window.resize(820, 560)
    reader.search("a")
    assert reader.window.rect().contains(reader.list.geometry())
    assert reader.list.geometry().top() >= reader.field.height()


def test_menus_hidden_for_the_map_come_only_for_the_search(reader: Searcher) -> None:
    reader.window.show_map_and_text_only(True)
    reader.press(Qt.Key.Key_K, CONTROL)
    assert reader.field.hasFocus()
    assert reader.window.menuBar().isVisible()
    reader.press(Qt.Key.Key_Escape)
    assert reader.window.menuBar().isHidden()
    assert reader.window.map_and_text_only


@pytest.mark.parametrize("theme", ["night", "print", "paper"])
def test_the_list_takes_the_theme(reader: Searcher, theme: str) -> None:
    reader.search("phnom")
    reader.store.do(actions.set_theme(theme))
    accent = load_style(theme).color("accent")
    reader.qtbot.waitUntil(lambda: reader.list.grab().toImage().pixelColor(2, 20) == accent)
