"""The film of the whole story: panel after panel, with time to read and ways between."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication

from atlas.app.arguments import read_arguments
from atlas.app.library import Library
from atlas.app.publish.book import sections_of
from atlas.app.publish.film import write_film
from atlas.app.publish.film_plan import (
    ALONE_S,
    FLIGHT_S,
    MOST_STEPS,
    StoryPlan,
    days_of_section,
    plate_s,
    shots_of,
)
from atlas.app.publish.film_words import film_asked
from atlas.app.refusal import Refusal
from atlas.app.steps import Cancelled
from atlas.core.actions import fit
from atlas.core.state import State
from atlas.render.title_plate import Plate
from tests.app.fake_library import STORY, day, fake_library
from tests.records import replace


@pytest.fixture
def library(qapp: QGuiApplication, tmp_path: Path) -> Library:
    """Three panels, the last of which looks elsewhere."""
    made = fake_library(tmp_path)
    *others, last = made.atlas.story.panels
    panels = (*others, replace(last, bbox_deg=(98.0, 12.0, 112.0, 22.0)))
    return replace(made, atlas=replace(made.atlas, story=replace(STORY, panels=panels)))


def asked(library: Library, words: str = "") -> tuple[State, StoryPlan]:
    said = ["film", "a.mp4", "--story", "--size", "320x200", *words.split()]
    state, plan = film_asked(library, read_arguments(said))
    assert isinstance(plan, StoryPlan)
    return state, plan


def test_every_panel_is_named_and_shown_through_its_dates(library: Library) -> None:
    state, plan = asked(library)
    shots = shots_of(library, state, plan, flight_fps=10)
    order = [panel for panel, _ in groupby(shot.state.panel for shot in shots)]
    assert order == ["intro", "bases", "war"]
    plates = [p for p, _ in groupby(shot.plate for shot in shots) if p]
    assert [plate.title for plate in plates] == [STORY.title, *(p.title for p in STORY.panels)]
    assert plates[2].above == "2 of 3"
    assert plates[2].below == "1 Jan 1963 – 31 Dec 1970"
    for plate in plates:
        full = [shot for shot in shots if shot.plate == plate and shot.opacity == 1]
        assert sum(shot.shown_s for shot in full) == plate_s(plate) >= 3
    bases = [s.state.day for s in shots if s.state.panel == "bases" and s.plate is None]
    assert bases == sorted(bases)
    assert (bases[0], bases[-1]) == (day(1963, 1, 1), day(1970, 12, 31))
    assert len(set(bases)) <= MOST_STEPS + 2


def test_the_camera_flies_where_panels_look_elsewhere(library: Library) -> None:
    state, plan = asked(library)
    shots = shots_of(library, state, plan, flight_fps=10)
    cameras = [camera for camera, _ in groupby(shot.state.camera for shot in shots)]
    # One view for the first two panels, the way, and the view of the last.
    assert len(cameras) == 2 + round(FLIGHT_S * 10) - 1
    ways = [s for s in shots if s.state.camera in cameras[1:-1]]
    assert {s.state.panel for s in ways} == {"war"}
    assert sum(s.shown_s for s in ways) == pytest.approx(FLIGHT_S, abs=0.11)
    assert fit((98.0, 12.0, 112.0, 22.0))(shots[-1].state).camera == cameras[-1]


def test_it_stays_on_the_days_a_text_names(library: Library) -> None:
    state, plan = asked(library, "--hold 2 --fps 4")
    shots = shots_of(library, state, plan, flight_fps=10)
    held = {s.state.day: s.shown_s for s in shots if s.plate is None and s.shown_s >= 2}
    alone = 2.25 + ALONE_S
    assert held == {day(1975, 6, 21): alone, day(1966, 3, 1): 2.25, day(1979, 1, 7): 2.25} | {
        day(1991, 12, 31): 0.25 + plan.end_s
    }


def test_steps_may_be_asked_for_but_not_too_many(library: Library) -> None:
    _, plan = asked(library, "--step 2y")
    bases = sections_of(library)[1]
    years = days_of_section(bases, STORY, plan.step)
    assert [d for d in years if d != bases.panel.day] == [
        day(1963, 1, 1), day(1965, 1, 1), day(1967, 1, 1), day(1969, 1, 1), day(1970, 12, 31)
    ]  # fmt: skip
    with pytest.raises(Refusal, match="too many"):
        asked(library, "--step 1d")


def test_long_titles_stay_longer() -> None:
    short, long = Plate("", "One", ""), Plate("9 of 14", "A title of many words " * 3, "1979")
    assert plate_s(short) == 3
    assert plate_s(long) > 6


@pytest.mark.parametrize(
    "words",
    [
        "a.gif",
        "a.gif --from 1979",
        "a.gif --story --from 1979",
        "a.gif --story --from 1979 --to 1980",
        "a.gif --story --panel deng",
        "a.gif --story --date 1979",
        "a.gif --story --title x",
    ],
)
def test_half_a_wish_is_wrong_use(words: str) -> None:
    with pytest.raises(SystemExit):
        read_arguments(["film", *words.split()])


def test_a_folder_after_story_is_that_story() -> None:
    said = read_arguments(["film", "a.gif", "--story", "mine"])
    assert (said.story, said.whole_story) == (Path("mine"), True)
    said = read_arguments(["film", "a.gif", "--from", "1979", "--to", "1980", "--story", "mine"])
    assert (said.story, said.first) == (Path("mine"), "1979")
    assert read_arguments(["film", "a.gif", "--story"]).story is None
    assert read_arguments(["--story", "mine", "film", "a.gif", "--story"]).story == Path("mine")


def test_the_story_as_a_gif_and_no_trace_of_one_cancelled(library: Library, tmp_path: Path) -> None:
    state, plan = asked(library, "--step 5y --size 160x120")
    path = tmp_path / "story.gif"
    path.write_bytes(b"older")
    with pytest.raises(Cancelled):
        write_film(library, state, path, plan, lambda done, total: done < 20)
    assert path.read_bytes() == b"older"
    told: list[tuple[int, int]] = []

    def report(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    write_film(library, state, path, plan, report)
    assert [done for done, _ in told] == list(range(told[0][1]))
    with Image.open(path) as image:
        assert image.size == (160, 120)
        assert image.n_frames > 20
