"""Errors nobody expected, really raised: in slots, while painting, on the worker, before a map.

`test_faults` runs each of them in a process of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from atlas.app.library import Library
from atlas.core import actions
from atlas.ui.application import run
from atlas.ui.fault_dialog import FaultDialog
from atlas.ui.window import MainWindow
from geodata.pack import Pack, write_pack
from tests.app.fake_library import STORY, day, pack_blobs


def dialogs() -> list[FaultDialog]:
    return [w for w in shown_widgets() if isinstance(w, FaultDialog)]


def shown_widgets() -> list[QWidget]:
    return [w for w in QApplication.topLevelWidgets() if w.isVisible()]


def text_of(dialog: FaultDialog) -> str:
    text = dialog.findChild(QPlainTextEdit, "fault_text")
    assert text is not None
    return text.toPlainText()


class InTheWindow:
    """Does something in the running atlas; what fails there fails the test, not the atlas."""

    def __init__(self, qtbot: QtBot, library: Library) -> None:
        self.qtbot, self._library = qtbot, library
        self.failed: list[BaseException] = []

    def run(self, do: Callable[[MainWindow], None]) -> int:
        def act() -> None:
            window = next(w for w in shown_widgets() if isinstance(w, MainWindow))
            try:
                do(window)
            except BaseException as error:  # noqa: BLE001 - the atlas would tell it as a fault
                self.failed.append(error)
            finally:
                window.close()

        QTimer.singleShot(50, act)
        code = run(self._library)
        for error in self.failed:
            raise error
        return code

    def one_dialog(self) -> FaultDialog:
        self.qtbot.waitUntil(lambda: len(dialogs()) == 1)
        return dialogs()[0]


@pytest.fixture
def running(qtbot: QtBot, library: Library) -> InTheWindow:
    return InTheWindow(qtbot, library)


def in_a_slot(error: Exception) -> None:
    """Raise where Qt calls Python, as any slot might."""

    def raising() -> None:
        raise error

    QTimer.singleShot(0, raising)


def is_alive(running: InTheWindow, window: MainWindow) -> None:
    window._store.do(actions.set_day(day(1980, 2, 3), STORY))
    running.qtbot.waitUntil(lambda: "3 February 1980" in window.status._date.text())


def test_an_error_in_a_slot_is_told_once_with_a_report_to_copy(
    running: InTheWindow, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(window: MainWindow) -> None:
        in_a_slot(ValueError("out of <b>tune</b>"))
        dialog = running.one_dialog()
        assert QApplication.activeModalWidget() is None, "one can go on beside it"
        assert "ValueError: out of <b>tune</b>" in text_of(dialog)
        assert "Indochina Atlas" in text_of(dialog)
        assert "panel intro" in text_of(dialog)
        copy = dialog.findChild(QPushButton, "copy_report")
        assert copy is not None
        copy.click()
        assert QApplication.clipboard().text() == text_of(dialog)
        is_alive(running, window)
        dialog.close()

    assert running.run(fail) == 0
    assert "An error nobody expected" in caplog.text


def test_errors_in_a_row_share_one_dialog_and_none_is_told_twice(running: InTheWindow) -> None:
    def fail(window: MainWindow) -> None:
        for _ in range(3):
            in_a_slot(ValueError("again and again"))
        in_a_slot(KeyError("another"))
        dialog = running.one_dialog()
        # Both were raised on the same line of this file; their kinds tell them apart.
        running.qtbot.waitUntil(lambda: "KeyError" in text_of(dialog))
        assert "met 3 times" in text_of(dialog)
        dialog.close()
        running.qtbot.waitUntil(lambda: not dialogs())
        in_a_slot(ValueError("again and again"))
        is_alive(running, window)
        assert not dialogs(), "it was told already"
        in_a_slot(OSError("a third kind"))
        assert "a third kind" in text_of(running.one_dialog())
        dialogs()[0].close()

    assert running.run(fail) == 0


class Broken(QWidget):
    """Begins to paint, every time, and fails in the middle."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        Broken.painted += 1
        with QPainter(self) as painter:
            painter.drawLine(0, 0, 10, 10)
            raise RuntimeError("the brush broke")


def test_errors_while_painting_bring_no_storm_of_dialogs(running: InTheWindow) -> None:
    def fail(window: MainWindow) -> None:
        Broken.painted = 0
        broken = Broken(window)
        broken.resize(200, 200)
        broken.show()
        for number in range(1, 21):
            broken.update()
            running.qtbot.waitUntil(lambda number=number: Broken.painted >= number)
        dialog = running.one_dialog()
        running.qtbot.waitUntil(lambda: f"met {Broken.painted} times" in text_of(dialog))
        dialog.close()
        running.qtbot.waitUntil(lambda: not dialogs())
        before = Broken.painted
        broken.update()
        running.qtbot.waitUntil(lambda: Broken.painted > before)
        is_alive(running, window)
        assert not dialogs()
        broken.close()

    assert running.run(fail) == 0


@pytest.mark.qt_log_ignore("Painter ended with", extend=True)
def test_a_map_that_cannot_be_painted_leaves_the_rest_of_the_window(
    running: InTheWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(window: MainWindow) -> None:
        def broken(*_: object) -> None:
            raise RuntimeError("no map today")

        monkeypatch.setattr(window.canvas._picture._look.painter, "paint_live", broken)
        window.canvas.update()
        assert "no map today" in text_of(running.one_dialog())
        is_alive(running, window)
        monkeypatch.undo()
        dialogs()[0].close()

    assert running.run(fail) == 0


def test_an_error_on_the_worker_is_told_and_the_next_map_is_painted(running: InTheWindow) -> None:
    def fail(window: MainWindow) -> None:
        picture = window.canvas._picture
        running.qtbot.waitUntil(lambda: picture.is_sharp)
        worker = picture._worker
        paint, failed = worker._paint, []

        def once_broken(*asked: object) -> object:
            if not failed:
                failed.append(threading.current_thread().name)
                raise RuntimeError("the ground gave way")
            return paint(*asked)

        worker._paint = once_broken
        camera = window._store.state.camera
        window._store.do(actions.zoom(2.0))
        dialog = running.one_dialog()
        assert failed == ["atlas-ground"]
        assert "On thread atlas-ground" in text_of(dialog)
        dialog.close()
        window._store.do(actions.zoom(2.0))
        running.qtbot.waitUntil(lambda: picture.is_sharp)
        assert window._store.state.camera != camera

    assert running.run(fail) == 0


@pytest.mark.qt_log_ignore("Painter ended with", extend=True)
@pytest.mark.parametrize("damage", ["missing", "garbled"])
def test_a_start_that_is_timed_ends_with_the_report_and_code_1(
    library: Library, tmp_path: Path, qtbot: QtBot, capfd: pytest.CaptureFixture[str], damage: str
) -> None:
    blobs = pack_blobs()
    part = blobs.pop("base/land/l0.paths")
    if damage == "garbled":
        blobs["base/land/l0.paths"] = part
    write_pack(tmp_path / "bad.pack", blobs, "0" * 64)
    data = (tmp_path / "bad.pack").read_bytes()
    if damage == "garbled":
        (tmp_path / "bad.pack").write_bytes(data.replace(part, part[:9] + b"\xff" + part[10:]))
    broken = Library(library.atlas, Pack.open(tmp_path / "bad.pack"), ())
    code = run(broken, None, until_first_map=True)
    for window in shown_widgets():
        window.hide()
    assert code == 1
    said = capfd.readouterr().err
    assert "PackError" in said
    assert "base/land/l0.paths" in said
    assert "build it again" in said
    assert not dialogs()
