"""Links to views: copied, pasted, typed into the search field, opened at the start."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget

from atlas.core import actions
from atlas.core.link import link_to
from atlas.core.store import Change
from tests.app.fake_library import STORY, day
from tests.ui.whole_window import Atlas

CONTROL = Qt.KeyboardModifier.ControlModifier
BOTH = CONTROL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def far(atlas: Atlas) -> str:
    """A link to a view unlike the one on the screen."""
    atlas.store.do(actions.open_panel(STORY.panel("war")))
    atlas.store.do(actions.set_day(day(1985, 2, 3), STORY))
    atlas.store.do(actions.zoom(3))
    atlas.store.do(actions.select("office-100"))
    atlas.store.do(actions.show_layer("relief", False))
    text = link_to(atlas.store.state, STORY)
    while atlas.store.undo():
        pass
    return text


def test_a_view_is_copied_and_pasted_as_one_step(atlas: Atlas) -> None:
    atlas.store.do(actions.zoom(2.5))
    atlas.press(Qt.Key.Key_L, BOTH)
    copied, there = QApplication.clipboard().text(), atlas.store.state
    assert copied.startswith("atlas:1/small/intro?d=1975-06-21&at=")
    atlas.store.do(actions.open_panel(STORY.panel("war")))
    elsewhere = atlas.store.state
    changes: list[Change] = []
    atlas.store.subscribe(changes.append)
    atlas.press(Qt.Key.Key_V, BOTH)
    assert len(changes) == 1
    assert replace(atlas.store.state, camera=there.camera) == there
    assert link_to(atlas.store.state, STORY) == copied
    atlas.store.undo()
    assert atlas.store.state == elsewhere


def test_a_link_to_one_day_ends_a_stretch_of_time(atlas: Atlas) -> None:
    atlas.store.do(actions.set_day(day(1979, 1, 7), STORY))
    QApplication.clipboard().setText(link_to(atlas.store.state, STORY))
    atlas.store.do(actions.set_range(day(1978, 12, 25), day(1979, 3, 5), STORY))
    atlas.press(Qt.Key.Key_V, BOTH)
    state = atlas.store.state
    assert (state.day, state.range_days) == (day(1979, 1, 7), 0)


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "no link to a view"), ("atlas:7/small/war", "version 7"), ("x" * 5000, "characters")],
)
def test_what_is_no_link_is_told_and_changes_nothing(atlas: Atlas, text: str, says: str) -> None:
    before = atlas.store.state
    QApplication.clipboard().setText(text)
    atlas.press(Qt.Key.Key_V, BOTH)
    assert atlas.store.state == before
    assert says in atlas.window.status.currentMessage()


def test_what_the_story_lacks_is_told(atlas: Atlas) -> None:
    QApplication.clipboard().setText("atlas:1/small/wars?on=events,gone")
    atlas.press(Qt.Key.Key_V, BOTH)
    said = atlas.window.status.currentMessage()
    assert "no panel “wars” (did you mean war?)" in said
    assert "no layer “gone”" in said


def test_a_link_pasted_into_the_search_field_leads_there(atlas: Atlas, far: str) -> None:
    before = atlas.store.state
    QApplication.clipboard().setText(f" {far}\n")
    atlas.press(Qt.Key.Key_K, CONTROL)
    atlas.press(Qt.Key.Key_V, CONTROL)
    rows = atlas.part(QListWidget, "search_list")
    assert isinstance(rows, QListWidget)
    assert [rows.item(i).text() for i in range(rows.count())] == ["The war, 3 February 1985"]
    atlas.press(Qt.Key.Key_Return)
    assert link_to(atlas.store.state, STORY) == far
    assert atlas.window.canvas.hasFocus()
    atlas.store.undo()
    assert atlas.store.state == before


def test_a_broken_link_in_the_search_field_says_why(atlas: Atlas) -> None:
    before = atlas.store.state
    atlas.press(Qt.Key.Key_K, CONTROL)
    atlas.qtbot.keyClicks(QApplication.focusWidget(), "atlas:1/small/war?d=never")
    rows = atlas.part(QListWidget, "search_list")
    assert isinstance(rows, QListWidget)
    assert rows.item(0).text() == "This link cannot be opened"
    atlas.press(Qt.Key.Key_Return)
    assert rows.isVisible()
    assert atlas.store.state == before
