"""Long work told step by step, and stopped between two steps when nobody wants it any more.

Floor: app; neighbours: booklet, film, web_page, and whoever shows how far they are.
"""

from __future__ import annotations

from collections.abc import Callable

Report = Callable[[int, int], bool]
"""Told (steps done, steps in all) before each step; returns whether to go on."""


class Cancelled(Exception):
    """The work was stopped before its end: nothing was written."""


def silently(_done: int, _total: int) -> bool:
    """Tell nobody and go on."""
    return True


def tell(report: Report, done: int, total: int) -> None:
    """Report a step.

    Raises
    ------
    Cancelled
        If whoever was told wants no more of it.
    """
    if not report(done, total):
        raise Cancelled
