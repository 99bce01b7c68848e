"""What the words of a view mean, judged without Qt."""

from __future__ import annotations

import pytest

from atlas.app.refusal import Refusal
from atlas.app.view import ViewWords, state_for
from atlas.core import viewport
from atlas.core.projection import Projection
from atlas.core.projections import ALL
from atlas.core.state import BASE_LAYERS
from tests.core.samples import day, story
from tests.records import replace

SIZE = (800, 600)
BASE = frozenset(BASE_LAYERS)


def test_nothing_said_is_the_first_start() -> None:
    state = state_for(ViewWords(), story(), SIZE)
    assert (state.panel, state.day, state.viewport_px) == ("intro", day("1975-04-17"), SIZE)
    assert not ViewWords().any


def test_a_panel_brings_its_own_date_camera_and_layers() -> None:
    state = state_for(ViewWords(panel="late"), story(), SIZE)
    assert (state.panel, state.day) == ("late", day("1979-01-07"))
    assert state.camera == viewport.fit_bbox((101, 8, 111, 24), SIZE)
    assert state.layers == BASE | {"camps", "fronts"}


def test_a_date_alone_opens_the_panel_it_falls_in() -> None:
    state = state_for(ViewWords(date="1 May 1970"), story(), SIZE)
    assert (state.panel, state.day) == ("war", day("1970-05-01"))


def test_a_panel_at_another_date_keeps_that_date() -> None:
    state = state_for(ViewWords(panel="early", date="1979-02-17"), story(), SIZE)
    assert (state.panel, state.day) == ("early", day("1979-02-17"))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("camps", BASE | {"camps"}),
        ("none", BASE),
        ("rivers", {"rivers"}),
        ("rivers, camps", {"rivers", "camps"}),
    ],
)
def test_overlays_said_replace_the_panels_and_keep_the_base_map(said: str, shown: set[str]) -> None:
    sample = story()
    known = (*sample.layers, *(type(sample.layers[0])(name, name, "base") for name in BASE))
    state = state_for(ViewWords(layers=said), replace(sample, layers=known), SIZE)
    assert state.layers == shown


def test_the_tint_by_side_is_taken() -> None:
    assert state_for(ViewWords(sides="yes"), story(), SIZE).by_alignment
    assert not state_for(ViewWords(), story(), SIZE).by_alignment


def test_the_language_of_names_is_taken() -> None:
    assert state_for(ViewWords(names="both"), story(), SIZE).name_language == "both"
    assert state_for(ViewWords(), story(), SIZE).name_language == "english"


def test_a_box_and_a_theme_are_taken() -> None:
    state = state_for(ViewWords(bbox="103,10,108,14", theme="night"), story(), SIZE)
    assert state.camera == viewport.fit_bbox((103, 10, 108, 14), SIZE)
    assert state.theme == "night"


@pytest.mark.parametrize("projection", ALL, ids=lambda p: p.key)
def test_a_projection_shows_the_same_box(projection: Projection) -> None:
    box = (102.0, 9.5, 108.0, 15.0)
    words = ViewWords(panel="late", bbox="102,9.5,108,15", projection=projection.key)
    assert state_for(words, story(), SIZE).camera == viewport.fit_bbox(box, SIZE, projection)
    words = words._replace(bbox="")
    opened = state_for(words, story(), SIZE).camera
    assert opened == viewport.fit_bbox((101, 8, 111, 24), SIZE, projection)
    assert ViewWords(projection=projection.key).any


def test_a_box_beyond_the_map_is_cut_to_the_map() -> None:
    state = state_for(ViewWords(bbox="-10,-80,180,80"), story(), SIZE)
    assert state.camera == viewport.fit_bbox(viewport.REGION_DEG, SIZE)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (ViewWords(panel="lat"), "--panel: there is no panel “lat”; did you mean late?"),
        (ViewWords(panel="zzz"), "choose one of intro, early, war, late"),
        (ViewWords(date="soon"), "--date: “soon” is not a date"),
        (ViewWords(date="1929-12-31"), "it is 1 January 1930 to 31 December 2026"),
        (ViewWords(date="2027"), "outside the story’s era"),
        (ViewWords(bbox="1,2,3"), "--bbox: “1,2,3” is not four numbers"),
        (ViewWords(bbox="a,b,c,d"), "is not four numbers"),
        (ViewWords(bbox="nan,8,111,24"), "is not four numbers"),
        (ViewWords(bbox="111,8,101,24"), "is no box on the Earth"),
        (ViewWords(bbox="-20,0,10,10"), "outside the mapped region; the map covers 72,-2,136,54"),
        (ViewWords(layers="camp"), "--layers: there is no layer “camp”; did you mean camps?"),
        (ViewWords(names="lokal"), "--names: names cannot be “lokal”; did you mean local?"),
        (ViewWords(projection="mercater"), "did you mean mercator?"),
        (ViewWords(theme="nigth"), "--theme: there is no theme “nigth”; did you mean night?"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(words: ViewWords, says: str) -> None:
    with pytest.raises(Refusal) as refused:
        state_for(words, story(), SIZE)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
