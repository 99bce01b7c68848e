"""The `data` command: which records, which format, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from atlas.app import data_export
from atlas.app.arguments import read_arguments
from atlas.app.data_export import collection_for, format_for, write_data
from atlas.app.library import Library
from atlas.app.refusal import Refusal
from atlas.core.day import day_from_ymd
from geodata.exporters.reading import read_csv, read_geojson, read_linked_places
from geodata.exporters.records import Collection, ExportError

INVASION = day_from_ymd(1979, 1, 7)


def chosen(library: Library, words: str) -> Collection:
    return collection_for(library, read_arguments(["data", "a.csv", *words.split()]))


def test_without_a_word_everything_is_written(library: Library) -> None:
    ids = [record.id for record in chosen(library, "").records]
    assert ids == [f.id for f in library.atlas.features if f.layer != "relations"]


def test_layers_are_those_named(library: Library) -> None:
    found = chosen(library, "--layers fronts,border_war").records
    assert {record.layer for record in found} == {"fronts", "border_war"}
    assert len(found) == sum(f.layer in ("fronts", "border_war") for f in library.atlas.features)


def test_visible_is_what_held_on_the_day_and_is_drawn(library: Library) -> None:
    collection = chosen(library, "--date 1979-01-07 --visible")
    assert collection.on_day == "1979-01-07"
    assert [record.id for record in collection.records] == [
        feature.id
        for feature in library.atlas.features
        if feature.layer != "relations"
        and feature.default_visible
        and feature.when.presence(INVASION)
    ]


def test_a_panel_gives_its_layers_and_on_request_its_day(library: Library) -> None:
    panel = library.atlas.story.panel("deng")
    shown = chosen(library, "--panel deng").records
    assert {record.layer for record in shown} <= panel.layers
    collection = chosen(library, "--panel deng --visible")
    assert collection.on_day == "1979-01-07"
    assert set(collection.records) < set(shown)


def test_records_keep_the_days_of_the_atlas(library: Library) -> None:
    features = {feature.id: feature for feature in library.atlas.features}
    for record in chosen(library, "").records:
        assert record.when == features[record.id].when


@pytest.mark.parametrize(
    ("name", "asked", "format_name"),
    [
        ("a.geojson", "", "geojson"),
        ("a.JSON", "", "geojson"),
        ("a.gpkg", "", "gpkg"),
        ("a.csv", "", "csv"),
        ("a.kml", "", "kml"),
        ("a.json", "linked-places", "linked-places"),
        ("a", "csv", "csv"),
    ],
)
def test_the_format_is_the_one_asked_or_the_endings(
    name: str, asked: str, format_name: str
) -> None:
    assert format_for(Path(name), asked) == format_name


def test_files_can_be_read_again(library: Library, tmp_path: Path) -> None:
    wish = ["--layers", "dk_zones"]
    for name, words, read in (
        ("a.geojson", [], read_geojson),
        ("a.json", ["--format", "linked-places"], read_linked_places),
        ("a.csv", [], read_csv),
    ):
        path = tmp_path / name
        assert write_data(library, read_arguments(["data", str(path), *wish, *words])) == path
        assert read(path) == chosen(library, "--layers dk_zones").records
    whole = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))
    assert whole["data_version"] == library.atlas.data_version
    assert any("MIT licence" in line for line in whole["rights"])
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("--layers front", "--layers: there is no layer “front”; did you mean fronts?"),
        ("--layers rivers", "--layers: “rivers” is a layer of the base map"),
        ("--layers none", "--layers: there is no layer “none”; choose one of ratanakiri_bases,"),
        ("--layers ,", "there is nothing to write in these layers"),
        ("--panel dengg", "--panel: there is no panel “dengg”; did you mean deng?"),
        ("--date soon --visible", "--date: “soon” is not a date"),
        ("--date 1900 --visible", "outside the story’s era"),
        ("--date 1930-01-02 --visible", "there is nothing to write on 2 January 1930"),
        ("--format kmll", "--format: there is no format “kmll”; did you mean kml?"),
        ("--format shp", "choose one of geojson, linked-places, gpkg, csv, kml"),
    ],
)
def test_what_cannot_be_had_is_refused(
    library: Library, tmp_path: Path, words: str, says: str
) -> None:
    path = tmp_path / "a.csv"
    with pytest.raises(Refusal) as refused:
        write_data(library, read_arguments(["data", str(path), *words.split()]))
    assert says in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_refused(library: Library, tmp_path: Path) -> None:
    for name, says in (
        ("a.shp", "its ending names no format; end the name in .geojson"),
        ("missing/a.csv", "there is no folder"),
    ):
        with pytest.raises(Refusal, match=says):
            write_data(library, read_arguments(["data", str(tmp_path / name)]))


def test_a_format_that_fails_leaves_the_older_file(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Collection) -> bytes:
        raise ExportError("camp: the year is odd")

    path = tmp_path / "a.csv"
    path.write_text("older")
    monkeypatch.setitem(data_export.WRITERS, "csv", fail)
    with pytest.raises(Refusal, match=r"a\.csv: camp: the year is odd"):
        write_data(library, read_arguments(["data", str(path)]))
    assert path.read_text() == "older"


@pytest.mark.parametrize(
    "words",
    [
        "data",
        "data a.csv b.csv",
        "data a.csv --date 1979",
        "data a.csv --visible",
        "data a.csv --size 10x10",
        "--theme night data a.csv",
        "--bbox 1,2,3,4 data a.csv",
    ],
)
def test_wrong_use_ends_with_2_and_the_usage(
    words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        read_arguments(words.split())
    assert ended.value.code == 2
    assert "usage: indochina-atlas" in capsys.readouterr().err


def test_the_options_are_read_on_either_side() -> None:
    before = read_arguments(["--date", "1979", "data", "a.csv", "--visible"])
    after = read_arguments(["data", "--visible", "--date", "1979", "a.csv"])
    assert before == after
    assert (after.view.date, after.visible, after.file) == ("1979", True, Path("a.csv"))
