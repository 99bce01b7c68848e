"""What is told of an error nobody expected: a record from any thread, and a report to pass on.

Floor: app; neighbours: whoever catches at a thread's edge. Nothing of the error itself is kept: the
frames it passed through would keep alive what they were working with, painters for one.
"""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple

from atlas import __version__

MOST_LINES: Final = 60
LONGEST_WORDS: Final = 300
_BY_QT: Final = r"Error calling Python override of \S+ "


class Fault(NamedTuple):
    """One error: what it says, where it arose, on which thread, and the way there."""

    words: str
    place: str
    thread: str
    trace: str


def fault_of(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> Fault:
    """Return the record of an error, called on the thread where it came to light."""
    import traceback

    lines = "".join(traceback.format_exception(kind, error, trace)).splitlines()
    if len(lines) > MOST_LINES:
        half = MOST_LINES // 2
        lines = [*lines[:half], "  ...", *lines[-half:]]
    steps = traceback.extract_tb(trace)
    # Where it recursed too deep differs from time to time.
    deep = kind is RecursionError or not steps
    place = "" if deep else f"{steps[-1].filename}:{steps[-1].lineno}"
    said = re.sub(_BY_QT, "", " ".join(traceback.format_exception_only(kind, error)[-1].split()))
    return Fault(
        _homeless(said[:LONGEST_WORDS]),
        f"{kind.__name__} {place}",
        threading.current_thread().name,
        _homeless(re.sub(_BY_QT, "", "\n".join(lines))),
    )


def report(faults: Iterable[tuple[Fault, int]], about: str = "") -> str:
    """Return a text to pass on: versions, what was shown, every fault and how often it was met."""
    import platform

    system = f"Python {platform.python_version()}, {platform.platform()}"
    parts = [f"Indochina Atlas {__version__}, {system}", about]
    for fault, count in faults:
        times = f", met {count} times" if count > 1 else ""
        parts.append(f"\nOn thread {fault.thread}{times}:\n{fault.trace}")
    return "\n".join(filter(None, parts)) + "\n"


class Survived(AbstractContextManager[None]):
    """Ends a piece of work on a thread, not the thread, when it fails: the fault is handed on."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Hand an error to `threading.excepthook`; let pass what is to end the program."""
        if kind is None or not issubclass(kind, Exception):
            return False
        here = threading.current_thread()
        threading.excepthook(threading.ExceptHookArgs((kind, error, trace, here)))
        return True


def _homeless(text: str) -> str:
    """Return a text without the reader's own name, which is part of the path of a home."""
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > 1 else text


def tell_terminal(text: str) -> None:
    """Print a report where the program was started."""
    if sys.stderr is not None:
        sys.stderr.write(text)
        sys.stderr.flush()
