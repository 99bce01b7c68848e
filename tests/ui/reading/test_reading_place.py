"""The place in each panel, and how far one came, are kept."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot

from atlas.core import actions
from atlas.core.store import Store
from atlas.ui.contents_list import SHARE
from atlas.ui.panel_dock import PanelDock
from atlas.ui.panel_view import PanelView
from atlas.ui.reading_place import Place
from tests.ui.reading.reader import scrolled, story


def turn(view: PanelView, notches: int) -> None:
    at = QPointF(50, 50)
    event = QWheelEvent(
        at, view.viewport().mapToGlobal(at), QPoint(), QPoint(0, -120 * notches),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def top_words(view: PanelView) -> str:
    return view.cursorForPosition(QPoint(0, 2)).block().text()


def opened(store: Store, panel: str) -> None:
    store.do(actions.open_panel(story().panel(panel)))


def test_turning_back_finds_the_line_again(view: PanelView, store: Store) -> None:
    turn(view, 3)
    before = scrolled(view)
    assert before > 0
    opened(store, "bases")
    assert scrolled(view) == 0
    opened(store, "intro")
    assert scrolled(view) == before
    store.undo()
    store.undo()
    assert scrolled(view) == before


def test_an_earlier_runs_place_is_taken_up_at_any_size_of_text(
    dock: PanelDock, view: PanelView, store: Store
) -> None:
    letter = view.toPlainText().index("At last")
    dock.set_text_px(24.0)
    dock.place.take_up({"intro": Place(letter - 200)})
    assert top_words(view).startswith("A paragraph")
    assert scrolled(view) > 1000


def test_the_contents_tell_how_much_was_read(
    dock: PanelDock, view: PanelView, store: Store, qtbot: QtBot
) -> None:
    contents = dock.findChild(QListWidget, "contents_list")

    def shares() -> list[str]:
        return [contents.item(row).data(SHARE) or "" for row in range(3)]

    first = dock.place.share("intro")
    assert 0 < first < 0.5
    assert shares() == [f"{first:.0%} read", "", ""]
    said = contents.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith(f"open, {first:.0%} read") or said.endswith(f"{first:.0%} read")
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert shares()[0] == "read"
    view.verticalScrollBar().setValue(0)
    assert shares()[0] == "read"
    opened(store, "bases")
    assert shares()[1] == "read"


def test_only_the_readers_own_scrolling_counts_as_such(
    dock: PanelDock, view: PanelView, qtbot: QtBot
) -> None:
    moves: list[int] = []
    dock.place.moved.connect(lambda: moves.append(scrolled(view)))
    view.verticalScrollBar().setValue(50)
    dock.place.read_on(0.5)
    assert not moves
    turn(view, 1)
    dock.place.scroll_lines(1)
    assert moves
