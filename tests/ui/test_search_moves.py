from __future__ import annotations

import pytest

from atlas.core.model import Atlas, Polity
from atlas.core.projection import ATLAS_PROJECTION
from atlas.core.search import Entry
from atlas.core.when import span_from_edtf
from atlas.core.wishes import deepest_rank
from atlas.ui.search_moves import going_to, spot_of
from tests.core import samples
from tests.records import replace

TOWN = Entry("place", "village", "Village", "", ("Village",))
LAND = Entry("state", "Land", "Land", "", ("Land",))


def land(start: str, end: str) -> Polity:
    polity = samples.polity("L", ("L",), span_from_edtf(start, end))
    return replace(polity, label="Land", area_m2=4e11)


@pytest.fixture
def atlas() -> Atlas:
    village = samples.town("village", rank=8, x_m=5_000.0)
    return samples.atlas(polities=(land("1950", "1959"), land("1970", "1975")), places=(village,))


def test_a_town_is_seen_from_near_enough_to_be_named(atlas: Atlas) -> None:
    hidden = samples.state(layers=frozenset(), selection="camp")
    state = going_to(TOWN, atlas)(hidden)
    assert deepest_rank(state.camera.m_per_px) >= 8
    assert "places" in state.layers
    assert state.selection == ""
    assert state.day == hidden.day
    town = atlas.place_by_id["village"]
    assert spot_of(TOWN, atlas) == (town.lon_deg, town.lat_deg)
    assert ATLAS_PROJECTION.inverse(state.camera.x_m, state.camera.y_m) == pytest.approx(
        (town.lon_deg, town.lat_deg)
    )


def test_who_is_nearer_already_stays_as_near(atlas: Atlas) -> None:
    near = samples.state(camera=replace(samples.MIDDLE, m_per_px=150.0))
    assert going_to(TOWN, atlas)(near).camera.m_per_px == 150.0


@pytest.mark.parametrize(
    ("on", "then"),
    [("1972-05-05", "1972-05-05"), ("1955-01-01", "1955-01-01"), ("1965-06-01", "1950-01-01")],
)
def test_a_territory_is_shown_on_a_day_it_had_that_name(atlas: Atlas, on: str, then: str) -> None:
    state = going_to(LAND, atlas)(samples.state(on, layers=frozenset()))
    assert state.day == samples.day(then)
    assert "polities" in state.layers
    assert spot_of(LAND, atlas) is None


def test_a_territory_fits_into_the_window(atlas: Atlas) -> None:
    state = going_to(LAND, atlas)(samples.state())
    assert 632_000 < state.camera.m_per_px * min(state.viewport_px) < 1_500_000
