from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from atlas.app.interrupts import INTERRUPTED, stoppable


@pytest.fixture(autouse=True)
def heeded() -> Iterator[None]:
    """Heed interrupts as a terminal's program does: who runs the tests may ignore them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupted() -> int:
    signal.raise_signal(signal.SIGINT)
    return 0


def interrupted_within_qt() -> int:
    """Fail as a call into Qt does that is interrupted while its values are turned into Qt's."""
    try:
        interrupted()
    except KeyboardInterrupt as error:
        raise SystemError("bad argument to internal function") from error
    return 0


def at_fault() -> int:
    raise SystemError("of its own")


def test_what_is_not_interrupted_returns_its_code() -> None:
    assert stoppable(lambda: 7) == 7


@pytest.mark.parametrize("work", [interrupted, interrupted_within_qt])
def test_an_interrupt_ends_the_work_wherever_it_arrives(work) -> None:
    assert stoppable(work) == INTERRUPTED


def test_a_fault_of_its_own_is_no_interrupt() -> None:
    with pytest.raises(SystemError, match="of its own"):
        stoppable(at_fault)


def test_interrupts_are_heeded_as_before_afterwards() -> None:
    before = signal.getsignal(signal.SIGINT)
    stoppable(interrupted)
    assert signal.getsignal(signal.SIGINT) is before


def test_an_interrupt_nobody_heeds_stays_unheeded() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        assert stoppable(interrupted) == 0
    finally:
        signal.signal(signal.SIGINT, before)
