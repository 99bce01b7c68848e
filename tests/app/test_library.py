"""The opened library: what pack and story folder hold, and what is said when they do not."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from atlas.app.library import Library, feature_from, load_story, open_library
from atlas.core.projection import ATLAS_PROJECTION
from atlas.core.resources import resources_dir
from atlas.core.story import StoryError
from geodata.pack import Pack, PackError, write_pack

STORY = resources_dir() / "story"
HEAVY = {"numpy", "shapely", "geopandas", "pandas", "pyproj", "pyogrio", "PIL", "PySide6"}


@pytest.fixture(scope="module")
def rows(pack_path: Path) -> list[dict[str, Any]]:
    with Pack.open(pack_path) as pack:
        found: list[dict[str, Any]] = pack.json("features.json")
    return found


def test_every_row_of_the_pack_is_there(library: Library, rows: list[dict[str, Any]]) -> None:
    atlas = library.atlas
    rows += library.pack.json("relation_features.json")
    assert [feature.id for feature in atlas.features] == [row["id"] for row in rows]
    assert len(atlas.feature_by_id) == len(atlas.features)
    assert len(atlas.polities) == len(library.pack.json("polities.json"))
    assert len(atlas.place_by_id) == len(library.pack.json("places.json"))
    assert atlas.seas
    assert atlas.credits
    assert atlas.data_version


def test_a_feature_is_what_its_row_says(library: Library, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        feature = library.atlas.feature_by_id[row["id"]]
        assert (feature.layer, feature.kind, feature.name) == (
            row["layer"], row["kind"], row["name"],
        )  # fmt: skip
        assert [list(map(list, part)) for part in feature.parts_m] == row["geometry"]["parts"]
        spans = [
            [s.earliest_start_day, s.latest_start_day, s.earliest_end_day, s.latest_end_day]
            for s in feature.when.spans
        ]
        assert spans == row["spans"]
        assert len(feature.waypoints) == len(row.get("waypoints") or ())


def test_points_lie_where_their_longitude_and_latitude_say(library: Library) -> None:
    for feature in library.atlas.features:
        if feature.geometry == "point":
            assert feature.anchor_m == pytest.approx(
                ATLAS_PROJECTION.forward(*feature.lonlat_deg), abs=12
            ), feature.id


def test_the_story_s_layers_and_panels_fit_the_features(library: Library) -> None:
    atlas = library.atlas
    layers = {layer.id for layer in atlas.story.layers}
    assert {feature.layer for feature in atlas.features} <= layers
    for panel in atlas.story.panels:
        assert panel.layers <= layers
        assert atlas.story.first_day <= panel.day <= atlas.story.last_day
    assert atlas.story.panel(atlas.story.default_panel) in atlas.story.panels
    assert {f.panel for f in atlas.features} - {p.id for p in atlas.story.panels} <= {""}


def test_the_built_in_story_has_no_problems(library: Library) -> None:
    assert library.problems == ()


def test_cards_are_read_when_first_asked_for(pack_path: Path) -> None:
    library = open_library(pack_file=pack_path)
    assert library.atlas.cards == {}
    for feature in library.atlas.features:
        card = library.card(feature.id)
        assert card["sources"], feature.id
    assert library.card("no-such-feature") == {}


def test_a_row_with_nothing_but_the_needful_is_a_feature() -> None:
    needful = {
        "id": "a", "layer": "events", "kind": "event", "actor": None, "name": "A",
        "geometry": {"type": "point", "parts": [[[1.0, 2.0]]]}, "lonlat": [104.0, 24.0],
        "bbox_m": [1.0, 2.0, 1.0, 2.0], "radius_m": None, "spans": [[1, 1, 2, 2]],
        "confidence": None, "group": None, "draw_as": None, "area_ref": None,
        "default_visible": None, "rank": None, "panel": None, "inset": None, "growth": None,
        "fractions": None, "waypoints": None, "schematic": None, "same_as": None,
    }  # fmt: skip
    feature = feature_from(needful)
    assert (feature.actor, feature.radius_m, feature.rank) == ("", 0.0, 2)
    assert feature.default_visible
    assert not feature.inset
    assert feature.growth == feature.waypoints == ()
    assert not feature_from(needful | {"default_visible": False}).default_visible


def test_a_story_is_a_folder_that_can_be_copied(library: Library, tmp_path: Path) -> None:
    copy = shutil.copytree(STORY, tmp_path / "my story")
    story, problems = load_story(copy)
    assert problems == []
    assert story == library.atlas.story


def test_a_story_needs_no_claims(tmp_path: Path) -> None:
    copy = shutil.copytree(STORY, tmp_path / "story")
    (copy / "claims.json").unlink()
    story, problems = load_story(copy)
    assert story.claims == ()
    # What the panels say of claims that are gone is told, not hidden.
    assert len(story.panels) == len(list((copy / "panels").glob("*.md")))
    assert all(problem.file for problem in problems)


def test_a_bad_panel_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    copy = shutil.copytree(STORY, tmp_path / "story")
    whole, _ = load_story(copy)
    victim = sorted((copy / "panels").glob("*.md"))[3]
    victim.write_text("no front matter at all\n", encoding="utf-8")
    story, problems = load_story(copy)
    assert len(story.panels) == len(whole.panels) - 1
    assert any(victim.name in problem.file for problem in problems)


def test_a_story_without_panels_is_no_story(tmp_path: Path) -> None:
    copy = shutil.copytree(STORY, tmp_path / "story")
    shutil.rmtree(copy / "panels")
    with pytest.raises(StoryError):
        load_story(copy)


def test_a_missing_story_names_its_file(pack_path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoryError, match=r"story\.toml: cannot be read"):
        open_library(tmp_path / "nowhere", pack_path)


def test_a_missing_pack_names_file_and_remedy(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"none\.pack: .*python -m geodata build"):
        open_library(pack_file=tmp_path / "none.pack")


def test_a_pack_without_features_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "thin.pack"
    write_pack(path, {"meta.json": json.dumps({"credits": []}).encode()}, "0" * 64)
    with pytest.raises(PackError, match=r"no part “features\.json”"):
        open_library(pack_file=path)


def test_opening_needs_the_standard_library_only(pack_path: Path, project_root: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from atlas.app.library import open_library\n"
        f"assert open_library(pack_file=Path({str(pack_path)!r})).atlas.features\n"
        f"sys.exit(', '.join({HEAVY!r} & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=project_root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
