from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.app.session import (
    HOME_VARIABLE,
    Session,
    SessionError,
    load_session,
    save_session,
    session_path,
    state_from_json,
    state_to_json,
)
from atlas.core.actions import choose_projection, initial_state
from atlas.core.model import Atlas
from atlas.core.projection import Projection
from atlas.core.projections import ALL
from atlas.core.state import State
from atlas.core.viewport import MAX_M_PER_PX
from tests.app.fake_library import FEATURES, PLACES, STORY
from tests.records import replace

ATLAS = Atlas(STORY, FEATURES, (), PLACES)
STATE = replace(
    initial_state(STORY, (900, 600)),
    selection="office-100",
    theme="night",
    step="month",
    name_language="both",
    by_alignment=True,
)


def saved(state: State = STATE, **changes: Any) -> dict[str, Any]:
    return {**state_to_json(state), **changes}


def test_a_state_survives_the_trip() -> None:
    assert state_from_json(json.loads(json.dumps(state_to_json(STATE))), ATLAS) == STATE


@pytest.mark.parametrize("projection", ALL, ids=lambda p: p.key)
def test_the_projection_survives_the_trip(projection: Projection) -> None:
    state = choose_projection(projection)(STATE)
    back = state_from_json(json.loads(json.dumps(state_to_json(state))), ATLAS)
    assert back == state
    assert back.camera.projection == projection


def test_a_session_without_a_projection_is_of_the_default_one() -> None:
    data = state_to_json(STATE)
    del data["camera"]["projection"]
    assert state_from_json(data, ATLAS) == STATE


def test_an_unknown_projection_makes_no_sense_of_a_camera() -> None:
    data = state_to_json(STATE)
    data["camera"]["projection"] = "globe"
    with pytest.raises(SessionError, match="globe"):
        state_from_json(data, ATLAS)


def test_a_session_survives_the_trip(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "session.json"
    session = Session(STATE, b"\x00geometry", b"docks\xff", 19.0, {"war": (120, -3, 0.25)})
    save_session(path, session)
    assert load_session(path, ATLAS) == session
    assert [file.name for file in path.parent.iterdir()] == ["session.json"]


@pytest.mark.parametrize(
    "place", [3, None, [1], [1, 2, "x"], [-1, 0, 0.5], [1, 2, 3.0], [1e9, 0, 0]]
)
def test_a_place_that_makes_no_sense_is_forgotten(tmp_path: Path, place: object) -> None:
    path = tmp_path / "session.json"
    save_session(path, Session(STATE, reading={"war": (1, 2, 0.5)}))
    data = json.loads(path.read_text())
    data["reading"]["intro"] = place
    path.write_text(json.dumps(data))
    assert load_session(path, ATLAS).reading == {"war": (1, 2, 0.5)}


def test_no_file_is_an_empty_session(tmp_path: Path) -> None:
    assert load_session(tmp_path / "session.json", ATLAS) == Session()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"version": 99}', b'{"version": 1, "state": 7}',
     b'{"version": 1, "state": {"day": 1}}', b'{"version": 1, "docks": "*"}', b"[" * 100_000],
)  # fmt: skip
def test_a_damaged_file_is_put_aside_with_a_word(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "session.json"
    path.write_bytes(content)
    session = load_session(path, ATLAS)
    assert session.state is None
    assert "session.json.broken" in session.notice
    assert not path.exists()
    assert (tmp_path / "session.json.broken").read_bytes() == content


def test_what_the_story_does_not_know_is_dropped() -> None:
    odd = saved(
        panel="gone", layers=["events", "gone"], selection="gone", step="hour", theme="neon",
        name_language="klingon",
        furniture=["date", "gone"], day=10**9, solo="relief",
        opacity={"events": 500, "gone": 50, "rivers": 50},
    )  # fmt: skip
    state = state_from_json(odd, ATLAS)
    assert state.panel == "intro"
    assert state.layers == {"events"}
    assert state.selection == ""
    assert (state.step, state.theme, state.name_language) == ("day", "paper", "english")
    assert state.furniture == {"date"}
    assert (state.solo, state.opacity) == ("", (("rivers", 50),))
    assert state.day == STORY.last_day


def test_a_camera_off_the_map_is_brought_back() -> None:
    state = state_from_json(saved(camera={"x_m": 1e30, "y_m": -1e30, "m_per_px": 1e9}), ATLAS)
    assert state.camera.m_per_px == MAX_M_PER_PX


@pytest.mark.parametrize(
    "changes",
    [{"camera": {}}, {"camera": {"x_m": "nan", "y_m": 0, "m_per_px": 1}}, {"layers": "events"},
     {"viewport_px": [1]}, {"opacity": [1]},
     {"opacity": {"events": "x"}}, {"day": None}, {"camera": None}, {"day": float("inf")}],
)  # fmt: skip
def test_wrong_types_are_refused_in_words(changes: dict[str, Any]) -> None:
    with pytest.raises(SessionError):
        state_from_json(saved(**changes), ATLAS)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(state_to_json(STATE))), json_values)
def test_any_value_gives_a_state_or_a_session_error(field: str, value: Any) -> None:
    try:
        state = state_from_json(saved(**{field: value}), ATLAS)
    except SessionError:
        return
    assert STORY.first_day <= state.day <= STORY.last_day
    assert STORY.panel(state.panel)


def test_the_folder_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert session_path() == tmp_path / "session.json"


def test_an_unwritable_folder_is_an_os_error_and_keeps_the_old_file(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(OSError):  # noqa: PT011
        save_session(blocked / "session.json", Session(STATE))
    assert blocked.read_text() == "in the way"
