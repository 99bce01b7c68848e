"""Two dates on one camera: which scenes are shown, where, and how pixels become map points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core import actions, viewport
from atlas.core.legend import legend_of
from atlas.core.link import link_to, read_link
from atlas.core.panes import panes, place_px
from atlas.core.resolve import resolve
from atlas.core.state import COMPARE_MODES, State
from tests.core.samples import atlas, camp, day, state, story
from tests.records import replace

THEN, NOW = day("1969-06-01"), day("1979-01-07")
KNOWN = atlas(camp("old", "1968", "1970"), camp("new", "1979-01-01", "1979-02-01", kind="battle"))


def compared(mode: str, share: float = 0.5) -> State:
    begun = actions.compare(mode, story())(state("1969-06-01"))
    return actions.swipe_to(share)(actions.set_other_day(NOW, story())(begun))


def test_one_date_is_one_pane() -> None:
    (alone,) = panes(state(), KNOWN)
    assert alone.scene == resolve(state(), KNOWN)
    assert alone.clip_px == (0.0, state().viewport_px[0])


@given(st.floats(0.02, 0.98))
def test_swiped_dates_share_the_window_at_the_handle(share: float) -> None:
    first, second = panes(compared("swipe", share), KNOWN)
    width = state().viewport_px[0]
    assert first.clip_px == (0.0, round(width * share))
    assert second.clip_px == (round(width * share), width)
    assert (first.scene.day, second.scene.day) == (THEN, NOW)
    assert first.scene.camera == second.scene.camera == state().camera


def test_each_pane_is_what_its_date_alone_would_be() -> None:
    for pane in panes(compared("swipe"), KNOWN):
        alone = resolve(replace(state(), day=pane.scene.day), KNOWN)
        assert (pane.scene.marks, pane.scene.political) == (alone.marks, alone.political)


def test_the_legend_explains_both_dates() -> None:
    first, second = panes(compared("swipe"), KNOWN)
    assert legend_of(first.scene) == legend_of(second.scene)
    alone = {entry.symbol for entry in legend_of(resolve(state(), KNOWN))}
    assert alone < {entry.symbol for entry in legend_of(first.scene)}


def test_side_by_side_each_shows_all_that_the_window_would() -> None:
    shown = compared("side")
    left, bottom, right, top = viewport.extent_m(shown.camera, shown.viewport_px)
    width, height = shown.viewport_px
    for pane in panes(shown, KNOWN):
        x0, y0, x1, y1 = viewport.extent_m(pane.scene.camera, pane.scene.size_px)
        assert x0 <= left + 1
        assert y0 <= bottom + 1
        assert x1 >= right - 1
        assert y1 >= top - 1
        assert pane.scene.size_px == (width // 2, height)
    first, second = panes(shown, KNOWN)
    assert (first.clip_px[0], first.clip_px[1], second.clip_px[1]) == (0, second.clip_px[0], width)


@pytest.mark.parametrize("mode", COMPARE_MODES)
@given(x_px=st.floats(0, 390), y_px=st.floats(0, 590))
def test_a_point_is_seen_where_its_pixel_is(mode: str, x_px: float, y_px: float) -> None:
    shown = compared(mode)
    pane = panes(shown, KNOWN)[0]
    assert place_px(shown, *pane.to_m(x_px, y_px)) == pytest.approx((x_px, y_px), abs=1e-6)


def test_the_second_date_is_one_day_beside_a_stretch_of_time() -> None:
    ranged = actions.set_range(day("1978-12-25"), NOW, story())(compared("swipe"))
    first, second = panes(actions.set_other_day(NOW + 60, story())(ranged), KNOWN)
    assert (first.scene.range_days, second.scene.range_days) == (13, 0)


def test_comparing_begins_with_another_date_and_keeps_it() -> None:
    for panel in story().panels:
        opened = actions.open_panel(panel)(state())
        begun = actions.compare("swipe", story())(opened)
        assert begun.other_day is not None
        assert begun.other_day != begun.day
    moved = actions.set_other_day(NOW, story())(begun)
    ended = actions.compare("off", story())(moved)
    assert ended.other_day is None
    assert actions.compare("side", story())(ended).other_day == NOW


def test_the_modes_come_round() -> None:
    step, seen = actions.compare_next(story()), []
    shown = state()
    for _ in COMPARE_MODES:
        shown = step(shown)
        seen.append(shown.comparison.mode)
    assert seen == ["swipe", "side", "off"]
    with pytest.raises(ValueError, match="compared"):
        actions.compare("upside-down", story())


def test_the_second_date_steps_and_stays_in_the_era() -> None:
    assert actions.step_other(1, story())(compared("swipe")).other_day == NOW + 1
    assert actions.step_other(1, story())(state()) == state()
    last = actions.set_other_day(10**7, story())(compared("swipe"))
    assert last.other_day == story().last_day


@pytest.mark.parametrize("mode", COMPARE_MODES)
def test_a_link_carries_the_comparison(mode: str) -> None:
    shown = compared(mode)
    read = read_link(link_to(shown, story()), KNOWN, state()).state
    assert (read.comparison.mode, read.other_day) == (mode, shown.other_day)
