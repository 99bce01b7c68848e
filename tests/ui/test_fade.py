"""The map fades while the player runs, and never under a hand or where motion is unwelcome."""

from __future__ import annotations

import pytest

from atlas.app.player import CAUSE
from atlas.core import actions
from atlas.ui import map_view
from atlas.ui.map_view import PLAYER
from tests.app.fake_library import STORY, day
from tests.ui.whole_window import Atlas


@pytest.fixture
def softened(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    told: list[int] = []
    monkeypatch.setattr(atlas.picture, "soften", told.append)
    return told


def go(atlas: Atlas, cause: str) -> None:
    atlas.store.do(actions.set_day(day(1970, 1, 2), STORY), cause)


def test_the_player_goes_by_that_name() -> None:
    assert PLAYER == CAUSE


def test_only_the_player_fades(
    atlas: Atlas, softened: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_view, "wants_motion", lambda _: True)
    go(atlas, "slider")
    assert softened == [0]
    atlas.store.undo()
    softened.clear()
    go(atlas, CAUSE)
    assert softened == [map_view.FADE_MS]


def test_reduced_motion_is_kept(
    atlas: Atlas, softened: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_view, "wants_motion", lambda _: False)
    go(atlas, CAUSE)
    assert softened == [0]


def test_a_copied_picture_is_never_half_way(atlas: Atlas, softened: list[int]) -> None:
    atlas.window.canvas.image()
    assert softened == [0]
