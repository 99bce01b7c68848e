"""Opens the window over the small atlas, uses it a little, says what it told, closes it."""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from atlas.core import actions
from atlas.ui.application import make_application, run
from atlas.ui.window import MainWindow
from tests.app.fake_library import STORY, fake_library


def use_when_complete(clock: QTimer) -> None:
    """Use the window once it stands whole."""
    windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
    if not windows or not windows[0]._is_complete:
        return
    clock.stop()
    window = windows[0]
    QTest.qWait(50)
    print("told:", window.status.currentMessage())
    window._store.do(actions.open_panel(STORY.panel("war")))
    QTimer.singleShot(200, press_enter)
    window.commands.keep_view()
    print("bookmark:", window.status.currentMessage())
    print("view:", window._store.state.panel)
    window.close()


def press_enter() -> None:
    """Agree to the name of the bookmark."""
    QTest.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Return)


def main() -> int:
    """Run the atlas with its data in the folder given."""
    make_application()
    with tempfile.TemporaryDirectory(dir=sys.argv[1]) as folder:
        library = fake_library(Path(folder))
        clock = QTimer(interval=20)
        clock.timeout.connect(partial(use_when_complete, clock))
        clock.start()
        return run(library)


if __name__ == "__main__":
    sys.exit(main())
