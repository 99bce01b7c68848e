"""Errors told of where they happen, for what Qt calls. Floor: ui; neighbours: fault_hooks.

An error that leaves a method Qt called is kept by Qt's binding until Python's turn comes; what
Qt calls meanwhile fails for it, and hides it behind errors that nobody made.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def told_at_once() -> Iterator[None]:
    """Hand an error to whoever tells of errors, and go on after the block."""
    try:
        yield
    except Exception:  # noqa: BLE001 - whatever it is, it is told
        sys.excepthook(*sys.exc_info())
