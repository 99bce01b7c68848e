"""The film dialog: tells what would be written while it is typed, and what is wrong with it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialogButtonBox
from pytestqt.qtbot import QtBot

from atlas.app.library import Library
from atlas.app.publish import film_kinds
from atlas.app.publish.film_plan import FilmPlan, StoryPlan
from atlas.core import actions
from atlas.core.store import Store
from atlas.ui.film_dialog import FilmDialog
from tests.app.fake_library import day

SAVE = QDialogButtonBox.StandardButton.Save


@pytest.fixture
def dialog(qtbot: QtBot, store: Store, library: Library) -> FilmDialog:
    story = library.atlas.story
    store.do(actions.set_day(day(1979, 1, 7), story), "test")
    made = FilmDialog(store.state, story)
    qtbot.addWidget(made)
    made.show()
    return made


def write(qtbot: QtBot, dialog: FilmDialog, first: str, last: str) -> None:
    for field, text in ((dialog.first, first), (dialog.last, last)):
        field.selectAll()
        qtbot.keyClicks(field, text)


def test_it_proposes_the_month_around_the_date(dialog: FilmDialog) -> None:
    assert isinstance(dialog.plan, FilmPlan)
    assert dialog.plan.days[0] == day(1978, 12, 23)
    assert len(dialog.plan.days) == 31
    assert "31 frames" in dialog.told.text()


def test_what_is_typed_becomes_the_plan(qtbot: QtBot, dialog: FilmDialog) -> None:
    write(qtbot, dialog, "1979-01-01", "March 1979")
    qtbot.keyClick(dialog.step, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.fps, Qt.Key.Key_Up)
    qtbot.mouseClick(dialog.buttons.button(SAVE), Qt.MouseButton.LeftButton)
    assert dialog.result() == dialog.DialogCode.Accepted
    assert isinstance(dialog.plan, FilmPlan)
    assert dialog.plan.days[:2] == (day(1979, 1, 1), day(1979, 1, 8))
    assert dialog.plan.days[-1] == day(1979, 3, 31)
    assert dialog.plan.fps == 4
    assert dialog.plan.options.size_px == (1280, 720)


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("1979-01-10", "1979-01-01", "before"),
        ("soon", "1979", "date"),
        ("1930", "2020", "too many frames"),
        ("1979", "2300", "outside"),
    ],
)
def test_what_cannot_be_filmed_is_said_and_not_saved(
    qtbot: QtBot, dialog: FilmDialog, first: str, last: str, says: str
) -> None:
    write(qtbot, dialog, first, last)
    assert says in dialog.told.text().lower()
    assert not dialog.buttons.button(SAVE).isEnabled()


def choose(qtbot: QtBot, box: QComboBox, words: str) -> None:
    """Choose the line of a list that begins so, from the first one down."""
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.count()):
        if not box.currentText().startswith(words):
            qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText().startswith(words)


def test_the_whole_story_needs_no_dates(qtbot: QtBot, dialog: FilmDialog) -> None:
    write(qtbot, dialog, "soon", "never")
    assert dialog.plan is None
    choose(qtbot, dialog.subject, "The whole")
    assert not dialog.first.isEnabled()
    assert isinstance(dialog.plan, StoryPlan)
    assert (dialog.plan.fps, dialog.plan.hold_s) == (8, 0.5)
    assert "3 panels" in dialog.told.text()
    assert "MP4 takes half" in dialog.told.text()
    choose(qtbot, dialog.kind_of, "A folder")
    assert dialog.kind == ""
    assert "MP4" not in dialog.told.text()
    choose(qtbot, dialog.subject, "A stretch")
    assert dialog.first.isEnabled()
    assert dialog.plan is None


def test_without_pyav_videos_are_seen_but_not_to_be_had(
    qtbot: QtBot, store: Store, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(film_kinds, "find_spec", lambda _name: None)
    dialog = FilmDialog(store.state, library.atlas.story)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "pip install" in dialog.missing.text()
    assert dialog.missing.isVisible()
    dialog.kind_of.setFocus()
    for _ in range(5):
        qtbot.keyClick(dialog.kind_of, Qt.Key.Key_Down)
    assert dialog.kind == "", "the keys pass over what is grey"
    qtbot.keyClick(dialog.kind_of, Qt.Key.Key_Up)
    assert dialog.kind == ".webp"


def test_with_pyav_videos_are_to_be_had(
    qtbot: QtBot, store: Store, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(film_kinds, "find_spec", lambda name: name == "av" or None)
    dialog = FilmDialog(store.state, library.atlas.story)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.missing.isVisible()
    choose(qtbot, dialog.kind_of, "MP4")
    assert dialog.kind == ".mp4"
