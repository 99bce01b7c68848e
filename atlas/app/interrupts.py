"""Work that Ctrl+C stops without a traceback. Floor: app; neighbours: cli."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType
from typing import Final

INTERRUPTED: Final = 130


def stoppable(work: Callable[[], int]) -> int:
    """Do the work and return its exit code, `INTERRUPTED` if the reader stopped it.

    An interrupt that arrives while Qt's binding turns Python's values into Qt's comes out of it as
    a SystemError: after an interrupt that is the interrupt, at any other time a fault.
    """
    asked = False

    def note(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        raise KeyboardInterrupt

    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:  # else whoever started us wants none heeded
        signal.signal(signal.SIGINT, note)
    try:
        return work()
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemError:
        if not asked:
            raise
        return INTERRUPTED
    finally:
        signal.signal(signal.SIGINT, before)
