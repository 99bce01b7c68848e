"""Work shared out over turns of the event loop, so that gestures come in between. Floor: ui."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

_NEXT_TURN_MS: Final = 1
"""What Qt is to do after 0 it does in the same turn, before it looks for gestures."""


def in_turns(owner: QObject, *steps: Callable[[], None]) -> None:
    """Do each step in a turn of its own, for as long as the owner lives."""

    def do_first() -> None:
        steps[0]()
        if steps[1:]:
            in_turns(owner, *steps[1:])

    QTimer.singleShot(_NEXT_TURN_MS, owner, do_first)
