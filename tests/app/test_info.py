"""What this copy says of itself: counts by theme, how well sourced, which pack exactly."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from atlas.app.info import info_lines, info_of
from atlas.app.library import open_library


@pytest.mark.slow
def test_two_builds_make_the_same_pack(pack_path: Path, tmp_path: Path) -> None:
    from geodata.build import build

    again = tmp_path / "atlas.pack"
    build(again, force=True)
    hashes = [info_of(open_library(pack_file=path))["pack_sha256"] for path in (pack_path, again)]
    assert hashes[0] == hashes[1] == hashlib.sha256(again.read_bytes()).hexdigest()


def test_info_counts_every_theme(pack_path: Path) -> None:
    facts = info_of(open_library(pack_file=pack_path))
    themes = facts["by_theme"]
    assert themes["events"] == 140
    assert themes["ratanakiri_bases"] + themes["dk_zones"] == 62
    assert themes["relations"] == 41
    assert themes["claims"] == 87
    assert themes["panels"] == len(facts["panels"])
    assert sum(facts["features_by_layer"].values()) == facts["features"]


def test_info_tells_how_well_the_features_are_sourced(pack_path: Path) -> None:
    library = open_library(pack_file=pack_path)
    sources = info_of(library)["sources"]
    read = sources["features_with_a_read_source"]
    count = sum(feature.layer != "relations" for feature in library.atlas.features)
    assert 0 < read < count
    assert sources["share_of_features_with_a_read_source"] == pytest.approx(read / count, abs=0.001)
    assert sources["citations_read"] < sources["citations"]
    assert any("source that was read" in line for line in info_lines(library))
