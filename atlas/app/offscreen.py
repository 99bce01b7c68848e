"""Starts the part of Qt that draws pictures, on machines with a display or without.

Floor: app; neighbours: preflight, refusal. Pictures never ask a display server, so that a dead
one cannot stop them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from atlas.app import preflight
from atlas.app.qt_code import kept_code
from atlas.app.qt_enums import make_quickly
from atlas.app.refusal import Refusal

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication


def start_drawing() -> QGuiApplication:
    """Return the application that pictures need; the caller keeps it while drawing.

    Raises
    ------
    Refusal
        If the system lacks libraries Qt draws with; the text names the command that installs them.
    """
    found = preflight.report({"QT_QPA_PLATFORM": "offscreen"})
    if not found.ok:
        raise Refusal("Qt", " ".join(found.lines))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    make_quickly()
    with kept_code():
        from PySide6.QtGui import QGuiApplication

    from atlas.render.fonts import load_fonts

    application = QGuiApplication.instance()
    if not isinstance(application, QGuiApplication):
        application = QGuiApplication(["indochina-atlas"])
    load_fonts()
    return application
