from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.samples import atlas, axis, camp, day, story, town

STORY = story()


@given(st.integers(STORY.first_day, STORY.last_day))
def test_every_day_of_the_era_belongs_to_one_panel(on: int) -> None:
    holding = [p for p in STORY.panels if p.span and p.span.presence(on)]
    assert len(holding) == 1
    assert STORY.panel_at(on) == holding[0]


def test_outside_every_span_the_first_panel_is_open() -> None:
    assert STORY.panel_at(day("1900-01-01")).id == "intro"


def test_an_unknown_panel_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        STORY.panel("nowhere")


def test_the_anchor_is_the_point_or_the_middle_of_the_box() -> None:
    assert camp().anchor_m == (0.0, -1_000_000.0)
    line = axis()
    x_min, y_min, x_max, y_max = line.bbox_m
    assert line.anchor_m == ((x_min + x_max) / 2, (y_min + y_max) / 2)


def test_records_are_found_by_id() -> None:
    known = atlas(camp("a"), camp("b"), places=(town("pailin"),))
    assert known.feature_by_id["b"].id == "b"
    assert known.place_by_id["pailin"].name == "Pailin"
    assert known.claim_by_id == {}
