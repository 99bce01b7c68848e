from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.core import actions
from atlas.core.link import LONGEST, LinkError, is_link, link_to, read_link
from atlas.core.model import Atlas, Layer
from atlas.core.projections import ALL
from atlas.core.state import BASE_LAYERS, State
from atlas.core.viewport import Camera, in_projection
from tests.core.samples import camp, day, story
from tests.records import replace

BASE = tuple(Layer(layer, layer.title(), "base") for layer in BASE_LAYERS)
STORY = replace(story(), layers=(*BASE, *story().layers))
ATLAS = Atlas(STORY, (camp("camp"), camp("Q&A/é, ü")), (), ())
START = actions.initial_state(STORY, (1000, 700))
HOSTILE = (
    "", "atlas", "atlas:", "atlas:1", "atlas:1/", "atlas:1//?", "atlas:99/sample/war", "http://x/",
    "atlas:1/sample/war/more", "atlas:1/sample/war?d=yesterday", "atlas:1/sample/war?d=1979-02-30",
    "atlas:1/sample/war?d=٢٠٢٠-01-01", "atlas:1/sample/war?at=1,2", "atlas:1/sample/war?at=nan,1,1",
    "atlas:1/sample/war?at=1e9,1,1", "atlas:1/sample/war?at=1,1,0", "atlas:1/sample/war?at=200,1,1",
    "atlas:1/sample/war?d=1979-01-07&d=1979-01-08", "atlas:1/sample/war#x", "javascript:alert(1)",
    "atlas:1/sample/war?on=" + ",".join("x" * 3 for _ in range(101)), "atlas:" + "9" * 5000,
    "atlas:1/sample/war?d=" + "\x00" * 9, "atlas:1/sample/war?op=camps:0",
    "atlas:1/sample/war?op=camps:-5", "atlas:1/sample/war?op=camps",
)  # fmt: skip


def states() -> st.SearchStrategy[State]:
    camera = st.builds(
        lambda projection, *place: in_projection(Camera(*place), projection),
        st.sampled_from(ALL),
        st.floats(-2e6, 2e6),
        st.floats(-2e6, 2e6),
        st.floats(200.0, 9000.0),
    )
    return st.builds(
        replace,
        st.just(START),
        day=st.integers(STORY.first_day, STORY.last_day),
        camera=camera,
        viewport_px=st.tuples(st.integers(200, 4000), st.integers(200, 4000)),
        layers=st.sets(st.sampled_from([layer.id for layer in STORY.layers])).map(frozenset),
        panel=st.sampled_from([panel.id for panel in STORY.panels]),
        selection=st.sampled_from(["", *ATLAS.feature_by_id]),
        attested_only=st.booleans(),
        solo=st.sampled_from(["", "camps", "fronts"]),
        opacity=st.dictionaries(
            st.sampled_from([layer.id for layer in STORY.layers]), st.integers(10, 99)
        ).map(lambda shares: tuple(sorted(shares.items()))),
    )


@settings(max_examples=150, deadline=None)
@given(states())
def test_a_view_survives_the_trip_through_a_link(state: State) -> None:
    text = link_to(state, STORY)
    assert len(text) < LONGEST
    assert text.isascii()
    camera = in_projection(START.camera, state.camera.projection)
    now = replace(START, camera=camera, viewport_px=state.viewport_px)
    found = read_link(text, ATLAS, now)
    assert found.remarks == ()
    assert replace(found.state, camera=state.camera) == state
    # Nothing moves by as much as a pixel, and what is linked again is the same link.
    k = state.camera.m_per_px
    assert found.state.camera.x_m == pytest.approx(state.camera.x_m, abs=max(k, 25))
    assert found.state.camera.m_per_px == pytest.approx(k, rel=2e-3)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.text().map(lambda s: f"atlas:1/sample/{s}"),
                 st.text().map(lambda s: f"atlas:1/sample/war?{s}")))  # fmt: skip
def test_any_text_gives_a_view_or_a_reason(text: str) -> None:
    try:
        found = read_link(text, ATLAS, START)
    except LinkError as error:
        assert str(error)  # noqa: PT017
        return
    assert STORY.first_day <= found.state.day <= STORY.last_day
    assert STORY.panel(found.state.panel)
    assert found.state.layers <= {layer.id for layer in STORY.layers}


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_no_link_is_refused_in_few_words(text: str) -> None:
    with pytest.raises(LinkError) as refused:
        read_link(text, ATLAS, START)
    assert len(str(refused.value)) < 200
    assert str(refused.value).isprintable()


def test_what_a_panel_opens_with_is_not_said() -> None:
    state = actions.open_panel(STORY.panel("war"))(START)
    assert link_to(state, STORY).startswith("atlas:1/sample/war?d=1970-03-18&at=106")
    assert not {"on=", "off=", "sel="} & set(link_to(state, STORY).split("&"))
    assert read_link("atlas:1/sample/war", ATLAS, START).state == state


def test_the_readers_own_habits_stay() -> None:
    mine = replace(START, theme="night", step="year", furniture=frozenset({"legend"}))
    state = read_link(link_to(START, STORY), ATLAS, mine).state
    assert (state.theme, state.step, state.furniture) == ("night", "year", {"legend"})


def test_another_window_shows_as_much() -> None:
    text = link_to(START, STORY)
    state = read_link(text, ATLAS, replace(START, viewport_px=(500, 350))).state
    assert state.camera.m_per_px == pytest.approx(2 * START.camera.m_per_px, rel=1e-3)


def test_what_the_story_does_not_know_is_told() -> None:
    text = "atlas:1/other/wars?d=2100-01-01&on=camp,events&sel=campp&zz=1&off=relief"
    found = read_link(f"  <{text}>\n", ATLAS, START)
    said = " ".join(found.remarks)
    for words in (
        "another story, “other”", "no panel “wars” (did you mean war?)", "1 January 2100",
        "no layer “camp” (did you mean camps?)", "no layer “events”", "no mark “campp”", "“zz”",
    ):  # fmt: skip
        assert words in said
    assert found.state.panel == "late"
    assert found.state.day == day("2026-12-31")
    assert found.state.layers == frozenset(BASE_LAYERS) - {"relief"}


def test_links_are_known_by_their_beginning() -> None:
    assert is_link(" <ATLAS:1/x/y> ")
    assert not is_link("an atlas: maps")
