"""Date and map follow the reader's scrolling, and nothing else."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from atlas.app.library import Library
from atlas.core import actions
from atlas.core.day import day_from_ymd
from atlas.core.panel_markup import Link
from atlas.core.store import Change, Store
from atlas.core.viewport import to_px
from atlas.ui.follow_text import told_by
from atlas.ui.panel_dock import PanelDock
from atlas.ui.panel_view import PanelView
from tests.records import replace
from tests.ui.reading.reader import story
from tests.ui.reading.test_reading_place import turn

FALL = day_from_ymd(1979, 1, 7)


def rested(dock: PanelDock, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dock.follow._rest.isActive())


def to_the_end(dock: PanelDock, view: PanelView, qtbot: QtBot) -> None:
    """Scroll by the wheel till the last paragraph is the one read."""
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() - 8)
    turn(view, 1)
    rested(dock, qtbot)


def test_the_paragraph_in_view_brings_date_and_place(
    dock: PanelDock, view: PanelView, store: Store, changes: list[Change], qtbot: QtBot
) -> None:
    store.do(actions.pan(5000, 0))
    before = store.state
    changes.clear()
    dock.follow.switch(True)
    assert store.state.day == FALL
    assert len(changes) == 1
    to_the_end(dock, view, qtbot)
    feature = dock._atlas.feature_by_id["office-100"]
    assert feature.when.presence(store.state.day)
    x_px, y_px = to_px(store.state.camera, store.state.viewport_px, *feature.anchor_m)
    assert 0 < x_px < 800
    assert 0 < y_px < 600
    assert store.state.panel == "intro"
    store.undo()
    assert store.state == before


def test_what_the_reader_does_stands_until_another_paragraph(
    dock: PanelDock, view: PanelView, store: Store, qtbot: QtBot
) -> None:
    dock.follow.switch(True)
    store.do(actions.set_day(FALL + 900, story()), cause="time_track")
    mine = store.state
    turn(view, 1)
    turn(view, -3)
    rested(dock, qtbot)
    assert store.state == mine
    store.do(actions.select("office-100"), cause="map_canvas")
    rested(dock, qtbot)
    assert store.state.day == FALL + 900


def test_switched_off_nothing_follows(
    dock: PanelDock, view: PanelView, store: Store, changes: list[Change], qtbot: QtBot
) -> None:
    to_the_end(dock, view, qtbot)
    dock.follow.switch(True)
    dock.follow.switch(False)
    changes.clear()
    view.verticalScrollBar().setValue(0)
    turn(view, 1)
    rested(dock, qtbot)
    assert not changes


@pytest.mark.parametrize(
    ("links", "day"),
    [
        ([], "stays"),
        ([Link("date", "1979-01-07"), Link("date", "1980")], FALL),
        ([Link("date", "1975")], "stays"),
        ([Link("date", ".."), Link("feature", "gone")], "stays"),
        ([Link("feature", "fall-of-phnom-penh")], FALL),
        ([Link("feature", "fall-of-phnom-penh"), Link("date", "1975")], "stays"),
        ([Link("date", "1978-12-25"), Link("feature", "fall-of-phnom-penh")], FALL - 13),
    ],
)
def test_the_date_told(library: Library, store: Store, links: list[Link], day: int | str) -> None:
    state = store.state
    told = told_by(links, library.atlas)(state)
    assert told.day == (state.day if day == "stays" else day)


def test_a_day_the_paragraph_tells_an_event_of_stays(library: Library, store: Store) -> None:
    links = [Link("date", "1978-12-25"), Link("feature", "fall-of-phnom-penh")]
    at_the_fall = replace(store.state, day=FALL)
    assert told_by(links, library.atlas)(at_the_fall).day == FALL


def test_the_map_draws_back_to_show_all_and_else_stays(library: Library, store: Store) -> None:
    near = replace(store.state.camera, m_per_px=150.0)
    state = replace(store.state, camera=near)
    links = [Link("place", "phnom-penh"), Link("feature", "office-100")]
    told = told_by(links, library.atlas)(state)
    assert told.camera.m_per_px > 150
    for x_m, y_m in (library.atlas.feature_by_id["office-100"].anchor_m,
                     library.atlas.places[0][2:4]):  # fmt: skip
        x_px, y_px = to_px(told.camera, told.viewport_px, x_m, y_m)
        assert 0.1 * 800 < x_px < 0.9 * 800
        assert 0.1 * 600 < y_px < 0.9 * 600
    assert told_by(links, library.atlas)(told).camera == told.camera
