from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core import actions, viewport
from atlas.core.projection import ATLAS_PROJECTION
from atlas.core.state import BASE_LAYERS, LEAST_OPACITY, STEPS
from tests.core.samples import MIDDLE, atlas, camp, day, state, story

STORY = story()


def test_the_first_start_opens_the_default_panel() -> None:
    first = actions.initial_state(STORY, (800, 600))
    assert (first.panel, first.day) == ("intro", day("1975-04-17"))
    assert first.layers == {*BASE_LAYERS, "camps", "fronts"}
    assert first.camera == viewport.fit_bbox((101.0, 8.0, 111.0, 24.0), (800, 600))


def test_a_panel_brings_date_camera_and_layers_at_once() -> None:
    before = state(selection="camp", layers=frozenset({"rivers", "events"}))
    after = actions.open_panel(STORY.panel("late"))(before)
    assert (after.panel, after.day, after.selection) == ("late", day("1979-01-07"), "")
    assert after.layers == {"rivers", "camps", "fronts"}, "base layers switched off stay off"


@given(st.integers(-10_000_000, 10_000_000))
def test_the_date_stays_in_the_era(number: int) -> None:
    after = actions.set_day(number, STORY)(state())
    assert STORY.first_day <= after.day <= STORY.last_day


@given(st.sampled_from(STEPS), st.integers(0, 60))
def test_a_step_forward_is_never_backward(step: str, count: int) -> None:
    assert actions.stepped_day(day("1975-04-17"), step, count) >= day("1975-04-17")


@pytest.mark.parametrize(
    ("step", "then"),
    [
        ("day", "1972-03-01"),
        ("week", "1972-03-07"),
        ("month", "1972-03-29"),
        ("year", "1973-02-28"),
    ],
)
def test_steps_follow_the_calendar(step: str, then: str) -> None:
    after = actions.step_by(1, STORY, step)(state("1972-02-29"))
    assert after.day == day(then)


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(ValueError, match="one of day, week"):
        actions.set_step("fortnight")
    with pytest.raises(ValueError, match="one of day, week"):
        actions.stepped_day(0, "fortnight", 1)


def test_the_chosen_step_is_used() -> None:
    chosen = actions.set_step("year")(state("1970-01-01"))
    assert actions.step_by(-1, STORY)(chosen).day == day("1969-01-01")


def test_neighbours_end_at_both_ends() -> None:
    after = actions.neighbour_panel(STORY, "early", 1)
    assert after is not None
    assert after.id == "war"
    assert actions.neighbour_panel(STORY, "intro", -1) is None
    assert actions.neighbour_panel(STORY, "late", 1) is None


def test_following_the_date_turns_only_the_page() -> None:
    before = state("1979-06-01", panel="early")
    after = actions.follow_date(STORY)(before)
    assert after.panel == "late"
    assert (after.camera, after.day, after.layers) == (before.camera, before.day, before.layers)
    assert actions.follow_date(STORY)(after) is after


def test_the_next_panel_s_overlays_take_the_place_of_the_last_one_s() -> None:
    war, late = STORY.panel("war"), STORY.panel("late")._replace(layers=frozenset({"events"}))
    panels = tuple(late if panel.id == "late" else panel for panel in STORY.panels)
    story = STORY._replace(panels=panels)
    opened = actions.open_panel(war)(state("1979-01-07", layers=frozenset({"rivers"})))
    later = actions.set_day(day("1990-01-01"), story)(opened)
    turned = actions.follow_date(story)(later)
    assert turned.panel == "late"
    assert turned.layers == {"rivers", "events"}
    chosen = actions.show_layer("relations", True)(later)
    assert actions.follow_date(story)(chosen).layers == chosen.layers | {"events"}


def test_zoom_without_a_pixel_keeps_the_middle() -> None:
    after = actions.zoom(2.0)(state())
    assert (after.camera.x_m, after.camera.y_m) == pytest.approx((MIDDLE.x_m, MIDDLE.y_m))
    assert after.camera.m_per_px == MIDDLE.m_per_px / 2


def test_pan_there_and_back() -> None:
    after = actions.pan(-30, 12)(actions.pan(30, -12)(state()))
    assert after.camera.x_m == pytest.approx(MIDDLE.x_m)
    assert after.camera.y_m == pytest.approx(MIDDLE.y_m)


def test_resizing_keeps_the_middle_and_what_the_shorter_side_shows() -> None:
    after = actions.resize((1600, 1200))(state(viewport_px=(800, 600)))
    assert (after.camera.x_m, after.camera.y_m) == (MIDDLE.x_m, MIDDLE.y_m)
    assert after.camera.m_per_px == pytest.approx(MIDDLE.m_per_px / 2)
    assert actions.resize((0, 0))(state()).camera == MIDDLE


def test_layers_and_furniture_come_and_go() -> None:
    off = actions.show_layer("camps", False)(state())
    assert "camps" not in off.layers
    assert actions.show_layer("camps", True)(off) == state()
    bare = actions.show_furniture("date", False)(state())
    assert bare.furniture == state().furniture - {"date"}
    assert actions.show_furniture("date", True)(bare) == state()


def test_camera_theme_and_selection() -> None:
    far_off = viewport.Camera(1e9, 0.0, 1e9)
    assert actions.set_camera(far_off)(state()).camera == viewport.clamped(far_off)
    assert actions.fit((101, 8, 111, 24))(state()).camera.m_per_px > 0
    assert actions.set_theme("night")(state()).theme == "night"
    assert actions.select("camp")(state()).selection == "camp"


def test_revealing_brings_layer_day_and_camera() -> None:
    far_east = (2_000_000.0, 0.0)
    known = atlas(camp(parts_m=((far_east,),)))
    after = actions.reveal("camp", known)(state("1950-01-01", layers=frozenset()))
    assert after.selection == "camp"
    assert after.layers == {"camps"}
    assert after.day == day("1968-12-31")
    assert (after.camera.x_m, after.camera.y_m) == far_east


def test_revealing_what_is_in_view_moves_nothing() -> None:
    before = state("1969-01-01")
    after = actions.reveal("camp", atlas(camp()))(before)
    assert (after.camera, after.day) == (before.camera, before.day)


def test_bringing_in_a_point_in_view_moves_nothing() -> None:
    middle_deg = ATLAS_PROJECTION.inverse(MIDDLE.x_m, MIDDLE.y_m)
    assert actions.bring_in(*middle_deg)(state()).camera == MIDDLE
    far_m = ATLAS_PROJECTION.forward(130.0, 24.0)
    moved = actions.bring_in(130.0, 24.0)(state()).camera
    assert (moved.x_m, moved.y_m) == pytest.approx(far_m)


def test_an_overlay_alone_hides_the_others_and_gives_them_back() -> None:
    before = actions.open_panel(STORY.panel("war"))(state())
    alone = actions.show_alone("camps")(before)
    assert alone.shown_layers == (before.layers & frozenset(BASE_LAYERS)) | {"camps"}
    assert actions.show_alone("")(alone) == before
    assert actions.show_layer("fronts", False)(alone).shown_layers == before.layers - {"fronts"}
    assert actions.open_panel(STORY.panel("late"))(alone).solo == ""


def test_opacity_stays_between_faint_and_full() -> None:
    faint = actions.set_opacity("camps", 3)(actions.set_opacity("relief", 55)(state()))
    assert faint.opacity == (("camps", LEAST_OPACITY), ("relief", 55))
    assert actions.set_opacity("camps", 200)(faint).opacity == (("relief", 55),)
