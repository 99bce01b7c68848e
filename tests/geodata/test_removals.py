"""Nothing may go missing unseen: take any source, date or id away and the check names the place.

Every removal from every feature is tried, one at a time, against the checks of one feature and the
inventory; that the whole check runs both is tested in test_inventory.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from geodata.bibliography import read_works
from geodata.evidence import LAYERS, SOURCES_FOLDER, read_features
from geodata.faults import Faults
from geodata.inventory import INVENTORY, Inventory, read_inventory
from geodata.inventory_records import feature_records
from geodata.validate_features import Known, check_feature, id_of
from geodata.validate_inventory import losses
from geodata.validate_schema import check_schema

FEATURES = {layer: read_features(SOURCES_FOLDER, layer) for layer in LAYERS}
EVERY = [(layer, feature) for layer, features in FEATURES.items() for feature in features]
KNOWN = Known(
    {layer: frozenset(map(id_of, features)) for layer, features in FEATURES.items()},
    read_works(SOURCES_FOLDER).keys(),
    None,
)
LISTED: Inventory = read_inventory(SOURCES_FOLDER / INVENTORY, Faults("")) or {}
Place = tuple[Any, Any]
"""A record or list, and the field or number in it that is taken out."""


def test_every_list_entry_of_every_feature_is_missed() -> None:
    counts = dict.fromkeys(("sources", "timespans", "names", "relations", "waypoints", "growth"), 0)
    for layer, original in EVERY:
        for kind in counts:
            for number in range(len(entries(original, kind))):
                feature = copy(original)
                del entries(feature, kind)[number]
                assert_named(layer, original, problems(layer, feature), f"{kind} {number}")
                counts[kind] += 1
    assert counts["sources"] >= 669
    assert min(counts.values()) >= 33


def test_every_field_of_every_feature_is_missed() -> None:
    tried = 0
    for layer, original in EVERY:
        for number in range(len(list(fields(original)))):
            feature = copy(original)
            record, field = list(fields(feature))[number]
            del record[field]
            assert_named(layer, original, problems(layer, feature), field)
            tried += 1
    assert tried > 5_000


def test_every_feature_is_missed_where_it_was() -> None:
    for layer, feature in EVERY:
        file = f"{layer}.geojson"
        held = {name: items for name, items in LISTED[file].items() if name != id_of(feature)}
        lines = [problem.line() for problem in losses(file, LISTED[file], held)]
        assert len(lines) == 1
        assert lines[0].startswith(f"error: {file}: {id_of(feature)}: is in the inventory")


@pytest.mark.parametrize(("layer", "feature"), EVERY[::7], ids=lambda value: str(value)[:30])
def test_a_feature_without_its_sources_is_named(layer: str, feature: dict[str, Any]) -> None:
    changed = copy(feature)
    changed["properties"]["sources"] = []
    lines = problems(layer, changed)
    assert len(lines) == 1, "said once, although the inventory misses each source as well"
    assert f"{layer}.geojson: {id_of(feature)} sources" in lines[0]


def test_a_work_that_is_not_there_is_named() -> None:
    for layer, original in EVERY:
        feature = copy(original)
        source = feature["properties"]["sources"][-1]
        source["key"] += "-x"
        assert any(f"“{source['key']}”" in line for line in problems(layer, feature))


def test_words_may_change_freely() -> None:
    for layer, original in EVERY:
        feature = copy(original)
        feature["properties"] |= {"summary": "Put better.", "name": "Put better", "disputes": "?"}
        for source in feature["properties"]["sources"]:
            source["supports"] = "put better"
        assert problems(layer, feature) == []


def problems(layer: str, feature: dict[str, Any]) -> list[str]:
    """Return what the checks of a feature and the inventory say, of this feature alone."""
    faults = Faults(f"{layer}.geojson", id_of(feature) or "feature 1")
    check_feature(feature, KNOWN, faults)
    check_schema("features", feature, faults, part="feature")
    listed = LISTED[faults.file]
    mine = {name: listed[name] for name in (feature["properties"]["id"],)}
    found = losses(faults.file, mine, feature_records([feature]), faults.problems)
    return [problem.line() for problem in [*faults.problems, *found]]


def assert_named(layer: str, feature: dict[str, Any], lines: list[str], what: str) -> None:
    assert lines, f"{what} of {id_of(feature)} went unseen"
    named = (f"{layer}.geojson: {id_of(feature)}", f"{layer}.geojson: feature 1 id: is missing")
    assert all(line.startswith(named, len("error: ")) for line in lines), lines


def copy(feature: dict[str, Any]) -> dict[str, Any]:
    copied: dict[str, Any] = json.loads(json.dumps(feature))
    return copied


def entries(feature: dict[str, Any], kind: str) -> list[Any]:
    holder = {"timespans": feature["when"], "names": feature, "relations": feature}
    found: list[Any] = holder.get(kind, feature["properties"]).get(kind, [])
    return found


def fields(feature: dict[str, Any]) -> Iterator[Place]:
    """Yield every field with an id, a date or a source in it."""
    properties = feature["properties"]
    yield from ((feature, "id"), (feature, "when"), (properties, "sources"))
    yield from ((properties, name) for name in ("panel", "menu_start") if name in properties)
    for span in feature["when"]["timespans"]:
        yield from ((span, side) for side in ("start", "end"))
        yield from ((span[side], "edtf") for side in ("start", "end"))
    for source in properties["sources"]:
        yield from ((source, name) for name in source)
        yield from ((source["also"], number) for number in range(len(source.get("also", []))))
    for point in properties.get("waypoints", []):
        yield from ((point, name) for name in ("place", "date", "date_iso", "source"))
        yield from ((point["source"], name) for name in point["source"])
    for pair in feature.get("relations", []):
        yield pair, "to"
    for name in feature.get("names", []):
        yield from ((name, part) for part in ("name", "lang"))
