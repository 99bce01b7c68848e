from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from atlas.app.library import Library
from atlas.app.session import load_session, session_path
from atlas.core import actions
from atlas.core.viewport import Camera
from atlas.ui.application import run
from atlas.ui.window import MainWindow
from tests.app.fake_library import STORY, day


def in_the_window(do: Callable[[MainWindow], None]) -> None:
    """Do something once the window stands, then close it."""

    def act() -> None:
        (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)
                     and w.isVisible())  # fmt: skip
        try:
            do(window)
        finally:
            window.close()

    QTimer.singleShot(50, act)


def test_it_ends_after_the_first_map(library: Library, qtbot: QtBot) -> None:
    assert run(library, None, until_first_map=True) == 0
    assert not session_path().exists()


def test_the_next_run_takes_up_where_the_last_one_ended(library: Library, qtbot: QtBot) -> None:
    def leave(window: MainWindow) -> None:
        window._store.do(actions.open_panel(STORY.panel("war")))
        window._store.do(actions.set_day(day(1980, 2, 3), STORY))
        window.panel_dock.set_text_px(21.0)
        window.layers_dock.hide()
        window.panel_dock.place.take_up({"bases": (0, 0, 0.75)})

    in_the_window(leave)
    assert run(library) == 0
    saved = load_session(session_path(), library.atlas)
    assert saved.state is not None
    assert saved.state.day == day(1980, 2, 3)
    seen = []

    def look(window: MainWindow) -> None:
        state = window._store.state
        seen.append((state.panel, state.day, window.panel_dock.text_px,
                     window.layers_dock.isVisible(),
                     window.panel_dock.place.share("bases")))  # fmt: skip

    in_the_window(look)
    assert run(library) == 0
    assert seen == [("war", day(1980, 2, 3), 21.0, False, 0.75)]


def test_a_window_left_narrow_has_its_layers_where_there_is_room_again(
    library: Library, qtbot: QtBot
) -> None:
    def narrow(window: MainWindow) -> None:
        window.resize(1280, 800)
        qtbot.waitUntil(window.layers_dock.isVisible)
        window.resize(900, 600)
        qtbot.waitUntil(window.layers_dock.isHidden)
        qtbot.waitUntil(lambda: window.canvas.width() > 500)
        left.append(window._store.state.camera)

    left: list[Camera] = []
    seen = []

    def widen(window: MainWindow) -> None:
        qtbot.waitUntil(window.layers_dock.isHidden)
        window.resize(1280, 800)
        qtbot.waitUntil(window.layers_dock.isVisible)
        qtbot.waitUntil(lambda: window.text_dock.width() > 340)
        seen.append(window.text_dock.width())

    in_the_window(narrow)
    assert run(library) == 0
    saved = load_session(session_path(), library.atlas)
    assert saved.state is not None
    assert [saved.state.camera.m_per_px] == pytest.approx([camera.m_per_px for camera in left])
    in_the_window(widen)
    assert run(library) == 0
    assert len(seen) == 1


def test_a_state_from_outside_wins_over_the_session(library: Library, qtbot: QtBot) -> None:
    in_the_window(lambda window: None)
    run(library)
    given = actions.open_panel(STORY.panel("bases"))(actions.initial_state(STORY, (800, 600)))
    seen = []
    in_the_window(lambda window: seen.append(window._store.state.panel))
    run(library, given)
    assert seen == ["bases"]


def test_a_link_opens_its_view_with_the_habits_of_the_session(
    library: Library, qtbot: QtBot
) -> None:
    in_the_window(lambda window: window._store.do(actions.set_theme("night")))
    run(library)
    seen = []

    def look(window: MainWindow) -> None:
        state = window._store.state
        seen.append((state.panel, state.day, state.theme, window.status.currentMessage()))

    in_the_window(look)
    run(library, link="atlas:1/small/war?d=1980-02-03&on=nothing")
    assert seen[0][:3] == ("war", day(1980, 2, 3), "night")
    assert "no layer “nothing”" in seen[0][3]


def test_a_damaged_session_is_told_and_the_atlas_starts(library: Library, qtbot: QtBot) -> None:
    session_path().parent.mkdir(parents=True)
    session_path().write_text("{ not json")
    seen = []
    in_the_window(lambda window: seen.append(window.status.currentMessage()))
    assert run(library) == 0
    assert "session.json.broken" in seen[0]


def test_a_session_that_cannot_be_saved_does_not_stop_the_end(
    library: Library, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    blocked = tmp_path / "a file"
    blocked.write_text("in the way")
    monkeypatch.setenv("INDOCHINA_ATLAS_HOME", str(blocked))
    told = []

    def look(window: MainWindow) -> None:
        qtbot.waitUntil(lambda: window.told_forgetful)
        told.append(window.status.currentMessage())

    in_the_window(look)
    assert run(library) == 0
    assert "Nothing can be remembered" in told[0]
    assert str(blocked) in told[0]
    assert "could not be saved" in caplog.text


def test_a_disk_that_fills_while_the_atlas_runs_is_told_at_the_end(
    library: Library, qtbot: QtBot
) -> None:
    told = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            told.append(box.informativeText())
            box.close()

    def leave(window: MainWindow) -> None:
        qtbot.waitUntil(lambda: window._is_complete)
        session_path().parent.rmdir()
        session_path().parent.write_text("in the way")
        QTimer.singleShot(0, answer)

    in_the_window(leave)
    assert run(library) == 0
    assert str(session_path()) in told[0]
    assert "cannot be written" in told[0]


def test_garbage_is_looked_for_in_quiet_moments_until_the_end(
    library: Library, qtbot: QtBot
) -> None:
    before = gc.get_threshold()
    in_the_window(lambda _: qtbot.waitUntil(lambda: gc.get_threshold()[2] > 10_000))
    assert run(library) == 0
    assert gc.get_threshold() == before
