"""Nothing may go missing unseen: take any source, date or id away and the check names the place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.bibliography import read_works
from geodata.evidence import LAYERS, SOURCES_FOLDER, read_features
from geodata.faults import Faults
from geodata.validate_features import Known, check_feature, id_of
from geodata.validate_schema import check_schema

FEATURES = {layer: read_features(SOURCES_FOLDER, layer) for layer in LAYERS}
EVERY = [feature for features in FEATURES.values() for feature in features]
KNOWN = Known(
    {layer: frozenset(map(id_of, features)) for layer, features in FEATURES.items()},
    read_works(SOURCES_FOLDER).keys(),
    None,
)


def problems(feature: dict[str, Any]) -> list[str]:
    faults = Faults("evidence.geojson", id_of(feature) or "feature 1")
    check_feature(feature, KNOWN, faults)
    check_schema("features", feature, faults, part="feature")
    return [problem.line() for problem in faults.problems]


def copy(feature: dict[str, Any]) -> dict[str, Any]:
    copied: dict[str, Any] = json.loads(json.dumps(feature))
    return copied


def removals(feature: dict[str, Any]) -> list[tuple[Any, Any]]:
    """Return every (record, field) that must not be taken out of a feature."""
    spans = feature["when"]["timespans"]
    sources = feature["properties"]["sources"]
    waypoints = feature["properties"].get("waypoints", [])
    found: list[tuple[Any, Any]] = [(feature, "id"), (feature, "when")]
    found += [(span, side) for span in spans for side in ("start", "end")]
    found += [(span[side], "edtf") for span in spans for side in ("start", "end")]
    found += [(source, field) for source in sources for field in ("key", "seen", "supports")]
    found += [(point, field) for point in waypoints for field in ("date", "date_iso", "source")]
    found += [(pair, "to") for pair in feature.get("relations", [])]
    return found


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_what_is_taken_away_is_missed(data: st.DataObject) -> None:
    feature = copy(data.draw(st.sampled_from(EVERY)))
    name = id_of(feature)
    record, field = data.draw(st.sampled_from(removals(feature)))
    del record[field]
    found = problems(feature)
    assert found
    assert all((name if field != "id" else "feature 1") in line for line in found)


@pytest.mark.parametrize("feature", EVERY[::7], ids=id_of)
def test_a_feature_without_its_sources_is_named(feature: dict[str, Any]) -> None:
    changed = copy(feature)
    changed["properties"]["sources"] = []
    assert [line for line in problems(changed) if id_of(feature) in line and "sources" in line]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_work_that_is_not_there_is_named(data: st.DataObject) -> None:
    feature = copy(data.draw(st.sampled_from(EVERY)))
    source = data.draw(st.sampled_from(feature["properties"]["sources"]))
    source["key"] += "-x"
    found = problems(feature)
    assert any(source["key"] in line and id_of(feature) in line for line in found)
