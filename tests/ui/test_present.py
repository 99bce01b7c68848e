"""Presenting: the screen is borrowed and given back exactly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from atlas.app.session import load_session, session_path
from atlas.app.tour import reading_ms
from atlas.core import actions
from atlas.ui.application import _save
from tests.app.fake_library import STORY
from tests.ui.whole_window import Atlas

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def presented(atlas: Atlas) -> Iterator[Atlas]:
    """Halfway through reading, then F5."""
    atlas.store.do(actions.open_panel(STORY.panel("bases")))
    atlas.store.do(actions.zoom(1.7))
    atlas.window.panel_dock.set_text_px(19.0)
    atlas.press(KEY.Key_F5)
    atlas.qtbot.waitUntil(atlas.window.isFullScreen)
    yield atlas
    atlas.press(KEY.Key_Escape)


def looks(atlas: Atlas) -> tuple[object, ...]:
    window = atlas.window
    parts = (window.menuBar(), window.status, window.layers_dock, window.text_dock,
             window.time_dock)  # fmt: skip
    return (
        window.size(), window.canvas.size(), window.isFullScreen(), window.panel_dock.text_px,
        tuple(part.isVisible() for part in parts), window.panel_dock.place.scrolled_px,
        window.map_and_text_only, atlas.store.state, window.time_bar.track.scale,
    )  # fmt: skip


def end(atlas: Atlas) -> None:
    atlas.press(KEY.Key_Escape)
    atlas.qtbot.waitUntil(lambda: atlas.window.commands.presentation._before is None)


def test_map_and_text_fill_the_screen_in_large_letters(presented: Atlas) -> None:
    window = presented.window
    assert not window.menuBar().isVisible()
    assert not window.time_dock.isVisible()
    assert not window.layers_dock.isVisible()
    assert window.text_dock.isVisible()
    assert window.panel_dock.text_px > 25
    presented.qtbot.waitUntil(lambda: window.canvas.width() > window.text_dock.width())
    assert "Esc: end" in hint(presented)


def hint(atlas: Atlas) -> str:
    label = atlas.part(QLabel, "present_hint")
    assert isinstance(label, QLabel)
    return label.text() if label.isVisible() else ""


@pytest.mark.parametrize(
    ("keys", "panel"),
    [
        ([KEY.Key_Space], "war"), ([KEY.Key_Right], "war"), ([KEY.Key_Left], "intro"),
        ([KEY.Key_PageUp], "intro"), ([KEY.Key_End], "war"), ([KEY.Key_Home], "intro"),
        ([KEY.Key_Right, KEY.Key_Right], "war"), ([KEY.Key_Down], "bases"),
    ],
)  # fmt: skip
def test_keys_step_through_the_panels(presented: Atlas, keys: list[Qt.Key], panel: str) -> None:
    for key in keys:
        presented.press(key)
    assert presented.panel == panel
    assert not presented.window.time_bar.player.playing


def test_escape_gives_everything_back_and_undo_the_last_panel(atlas: Atlas) -> None:
    atlas.store.do(actions.open_panel(STORY.panel("bases")))
    atlas.store.do(actions.zoom(1.7))
    atlas.store.do(actions.select("office-100"))
    before = looks(atlas)
    atlas.press(KEY.Key_F5)
    atlas.qtbot.waitUntil(atlas.window.isFullScreen)
    atlas.press(KEY.Key_Space)
    assert looks(atlas) != before
    end(atlas)
    assert looks(atlas) == before
    assert not atlas.action("present_action").isChecked()
    assert atlas.window.canvas.hasFocus()
    atlas.store.undo()
    assert atlas.panel == "war"


def test_f5_ends_it_too_and_it_can_be_begun_again(atlas: Atlas) -> None:
    before = looks(atlas)
    for _ in range(2):
        atlas.press(KEY.Key_F5)
        atlas.qtbot.waitUntil(atlas.window.isFullScreen)
        atlas.press(KEY.Key_F5)
        atlas.qtbot.waitUntil(lambda: atlas.window.commands.presentation._before is None)
        assert looks(atlas) == before


def test_the_session_keeps_what_was_before(presented: Atlas) -> None:
    presented.press(KEY.Key_Space)
    _save(presented.window, presented.store)
    saved = load_session(session_path(), presented.library.atlas)
    assert saved.state is not None
    assert (saved.state.panel, saved.text_px) == ("bases", 19.0)


def test_the_tour_turns_pauses_and_ends(atlas: Atlas) -> None:
    atlas.press(KEY.Key_F5, SHIFT)
    atlas.qtbot.waitUntil(atlas.window.isFullScreen)
    tour = atlas.window.commands.presentation.tour
    assert tour.running
    tour.advance(1000)
    assert "next panel in" in hint(atlas)
    atlas.press(KEY.Key_P)
    assert not tour.running
    assert "paused" in hint(atlas)
    atlas.press(KEY.Key_P)
    assert tour.running
    for panel in STORY.panels[1:]:
        tour.advance(reading_ms(STORY.panel(atlas.panel).body))
        assert atlas.panel == panel.id
    tour.advance(reading_ms(STORY.panels[-1].body))
    assert not tour.running
    assert "ends here" in hint(atlas)
    end(atlas)
    assert atlas.panel == "intro"
