"""Catches every error that nothing else took, from any thread, and hands it on at leisure.

Floor: ui; neighbours: application, which keeps the hooks in place while it runs; fault_dialog,
which tells. An error may come to light in the middle of painting: it is written down at once, and
told of when the event loop is free, so that no dialog ever opens inside a paint event.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from atlas.app.fault_report import Fault, fault_of

MOST_KINDS: Final = 12
"""So many different faults are told of; more words would help nobody."""


class FaultHooks(QObject):
    """Takes every error that nothing else took, from any thread, while used as a context."""

    met = Signal(object)
    """Carries a `Fault`, always when the event loop is at leisure."""

    def __init__(self, tell: Callable[[Fault], None]) -> None:
        super().__init__()
        self.count = 0
        self._seen: set[str] = set()
        self.met.connect(tell, Qt.ConnectionType.QueuedConnection)

    def __enter__(self) -> FaultHooks:
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook, threading.excepthook = self._on_error, self._on_thread_error
        return self

    def __exit__(self, *_: object) -> None:
        sys.excepthook, threading.excepthook = self._before

    def _on_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self._meet(fault_of(kind, error, trace))

    def _on_thread_error(self, args: threading.ExceptHookArgs) -> None:
        if not issubclass(args.exc_type, SystemExit):
            self._meet(fault_of(args.exc_type, args.exc_value, args.exc_traceback))

    def _meet(self, fault: Fault) -> None:
        self.count += 1
        if fault.place not in self._seen and len(self._seen) < MOST_KINDS:
            self._seen.add(fault.place)
            logging.getLogger(__name__).error("An error nobody expected\n%s", fault.trace)
        self.met.emit(fault)
