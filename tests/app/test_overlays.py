"""A reader's own overlay outside the window: in exports and what they tell, never at a start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from atlas.app.arguments import read_arguments
from atlas.app.export import Exporter, panes_of
from atlas.app.export_options import ExportOptions
from atlas.app.images.carried import read_frame
from atlas.app.library import Library
from atlas.app.overlays import layer_for, with_overlays
from atlas.app.pictures import judge
from atlas.app.refusal import Refusal
from atlas.app.session import state_from_json, state_to_json
from atlas.core import actions
from atlas.core.own import layer_of
from tests.app.fake_library import STORY, fake_library

FILE = "name,lon,lat,date\nHere,105,12.5,1979-01-07\nThere,105.01,12.5,1979-01-07\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return fake_library(tmp_path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "secret folder" / "mine.csv"
    path.parent.mkdir()
    path.write_text(FILE, encoding="utf-8")
    return path


def test_the_layer_tells_the_file_and_not_its_folder(path: Path) -> None:
    layer = layer_for(path)
    assert layer.startswith("own:mine-")
    assert "secret" not in layer
    assert layer != layer_for(path.parent.parent / "mine.csv")


def test_an_export_shows_it_and_says_whose_it_is(
    library: Library, path: Path, tmp_path: Path, qapp: object
) -> None:
    words = ["export", str(tmp_path / "a.png"), "--panel", "war", "--overlay", str(path)]
    state, options = judge(library, read_arguments(words), print)
    (shown,) = panes_of(library, state, options)
    assert [cell.number for cell in shown.scene.own[0].cells] == [2]
    assert any("mine.csv" in line and "not checked" in line for line in shown.scene.credits)
    picture = tmp_path / "a.png"
    Exporter(library, "paper").write(state, picture, options)
    assert b"secret" not in picture.read_bytes()
    plain = actions.close_own(state.own[0])(state)
    whole = Exporter(library, "paper").image(plain, ExportOptions())
    assert Exporter(library, "paper").image(state, ExportOptions()) != whole
    # Where it is not open, the rest of the view is had; where it is, it stays as it is.
    assert read_frame(picture, fake_library(tmp_path)).state.own == ()
    assert read_frame(picture, library).on(state).own == state.own


def test_a_file_that_gives_none_is_refused_in_a_line(library: Library, tmp_path: Path) -> None:
    start = actions.initial_state(STORY, (800, 600))
    with pytest.raises(Refusal, match=r"gone\.csv: does not exist; choose"):
        with_overlays(library.atlas, start, [tmp_path / "gone.csv"])


@pytest.mark.parametrize(
    "words", [["data", "a.csv", "--overlay", "b.csv"], ["export", "--list", "a", "--overlay", "b"]]
)
def test_it_goes_with_pictures_alone(words: list[str]) -> None:
    with pytest.raises(SystemExit):
        read_arguments(words)


def test_several_may_be_named() -> None:
    said = read_arguments(["--overlay", "a.csv", "--overlay", "b.gpkg"])
    assert said.overlays == (Path("a.csv"), Path("b.gpkg"))


def test_a_state_knows_only_overlays_that_are_open(library: Library, path: Path) -> None:
    start = actions.initial_state(STORY, (800, 600))
    state = with_overlays(library.atlas, start, [path])
    state = actions.select(f"{state.own[0]}#1")(state)
    assert state_from_json(state_to_json(state), library.atlas) == state
    library.atlas.own.clear()
    without = state_from_json(state_to_json(state), library.atlas)
    assert without.own == ()
    assert without.layers == start.layers
    assert without.selection == ""


def test_places_are_features_in_every_projection(library: Library, path: Path) -> None:
    from atlas.core.projections import ALL

    state = with_overlays(library.atlas, actions.initial_state(STORY, (800, 600)), [path])
    there = f"{state.own[0]}#1"
    assert layer_of(there) in library.atlas.own
    for projection in ALL:
        feature = library.atlas.seen_in(projection).feature_by_id[there]
        assert feature.name == "There"
        assert feature.anchor_m == pytest.approx(projection.forward(105.01, 12.5))
    assert there in library.atlas.feature_by_id
    assert there not in set(library.atlas.feature_by_id)
    assert library.card(there)["start"] == "1979-01-07"
    for unknown in ("own:other-000000#1", f"{state.own[0]}#9", "nothing"):
        assert unknown not in library.atlas.feature_by_id


def test_numpy_waits_for_the_first_overlay() -> None:
    code = (
        "import sys, atlas.ui.window_parts, atlas.app.overlays;"
        "sys.exit(', '.join({'numpy', 'pyproj', 'sqlite3'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
