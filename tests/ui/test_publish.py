"""Publications from the window: asked where to, told how far, stopped, told why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QProgressDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from atlas.app.steps import Cancelled, Report, tell
from atlas.ui import publish


def test_the_bar_follows_the_work(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    seen: list[tuple[int, int]] = []

    def work(report: Report) -> None:
        for step in range(5):
            tell(report, step, 5)
            bar = parent.findChild(QProgressDialog)
            seen.append((bar.value(), bar.maximum()))

    publish.with_progress(parent, "Writing", work)
    assert seen == [(step, 5) for step in range(5)]


def test_the_button_stops_the_work(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    done: list[int] = []

    def press() -> None:
        bar = parent.findChild(QProgressDialog)
        bar.findChild(QPushButton).click()

    def work(report: Report) -> None:
        for step in range(1000):
            tell(report, step, 1000)
            done.append(step)
            if step == 3:
                press()

    with pytest.raises(Cancelled):
        publish.with_progress(parent, "Writing", work)
    assert done == [0, 1, 2, 3]


def test_a_refusal_is_told_with_its_remedy(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    told: list[str] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        told.append(f"{box.text()} {box.informativeText()}")
        box.close()

    QTimer.singleShot(0, answer)
    path = tmp_path / "none" / "x.pdf"
    from atlas.app.files import write_whole

    assert publish.written(parent, path, "the booklet", lambda p, _: write_whole(p, b"x")) is None
    assert "no folder" in told[0]
    assert "create it" in told[0]


def test_what_was_written_is_returned(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    path = tmp_path / "x.bin"
    assert publish.written(parent, path, "x", lambda p, _: p.write_bytes(b"x")) == path
    assert publish.written(parent, None, "x", lambda p, _: None) is None
