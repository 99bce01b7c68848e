"""The film dialog: tells what would be written while it is typed, and what is wrong with it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from atlas.app.library import Library
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
    assert dialog.plan is not None
    assert dialog.plan.days[0] == day(1978, 12, 23)
    assert len(dialog.plan.days) == 31
    assert "31 frames" in dialog.told.text()


def test_what_is_typed_becomes_the_plan(qtbot: QtBot, dialog: FilmDialog) -> None:
    write(qtbot, dialog, "1979-01-01", "March 1979")
    qtbot.keyClick(dialog.step, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.fps, Qt.Key.Key_Up)
    qtbot.mouseClick(dialog.buttons.button(SAVE), Qt.MouseButton.LeftButton)
    assert dialog.result() == dialog.DialogCode.Accepted
    assert dialog.plan is not None
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
