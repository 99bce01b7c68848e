from __future__ import annotations

import sys

import pytest

from atlas.ui.caught import told_at_once


def test_an_error_is_told_and_goes_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: told.append(error))
    with told_at_once():
        raise ValueError("of a map")
    assert [str(error) for error in told] == ["of a map"]


def test_an_interrupt_goes_on() -> None:
    with pytest.raises(KeyboardInterrupt), told_at_once():
        raise KeyboardInterrupt


def test_what_goes_well_goes_well() -> None:
    with told_at_once():
        done = True
    assert done
