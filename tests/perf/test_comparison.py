"""The bench's own arithmetic, and that the peers are given our very vertices."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.app.library import open_library
from atlas.core.resolve import resolve
from atlas.render.basemap import BaseMap
from atlas.render.frame import frame_of
from atlas.render.style import load_style
from tests.perf.comparison import OURS, Row, Task, as_json, table
from tests.perf.contestants import Contestant, Peer, is_there, ours
from tests.perf.same_base import base_sheets
from tests.perf.same_states import screen


def task() -> Task:
    ours = Row(OURS, samples=[10.0, 20.0, 60.0], goals=(("p50", 20.0), ("most", 50.0)))
    quick = Row("quick", samples=[10.0], goals=(("ratio", 1.5),), unlike="draws less")
    slow = Row("slow", samples=[80.0], goals=(("ratio", 0.25),), unlike="draws less")
    return Task("drawing", [ours, quick, slow, Row("absent", missing="apt: absent")])


def test_a_ratio_is_ours_over_theirs() -> None:
    found = task()
    assert [found.ratio(row) for row in found.rows] == [None, 2.0, 0.25, None]


def test_what_is_missed_is_named() -> None:
    found = task()
    verdicts = [found.verdict(row) for row in found.rows]
    assert verdicts == ["MISSED (max)", "MISSED (ratio)", "met", ""]


def test_the_table_tells_who_is_not_there_and_what_is_not_alike() -> None:
    told = table([task()])
    assert "not installed (apt: absent)" in told
    assert told.count("draws less") == 1, "one note for both"
    assert told.count("[1]") == 3
    assert [row.get("result", "none") for row in as_json([task()])][2:] == ["met", "none"]


def test_a_peer_without_its_python_is_not_there() -> None:
    assert not is_there(Peer("nobody", ("/nowhere/python",), "json", ""))


def test_a_contestant_that_ends_says_why() -> None:
    one = Contestant("brief", ("python3", "-c", "import sys; sys.exit('no licence')"))
    with pytest.raises(RuntimeError, match="no licence"):
        one.ask("redraw")
    one.close()


def test_our_own_contestants_answer(
    pack_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    window, painter = ours("tests.perf.window_frames"), ours("tests.perf.ours")
    told = window.ask("gesture", what="pan")
    assert len(told["ms"]) == len(told["cpu_ms"]) == 80
    assert told["stall_ms"] > 0
    assert window.ask("memory")["peak_mb"] > 50
    picture = tmp_path / "screen.png"
    assert len(painter.ask("redraw", sheet="screen", keep=str(picture))["ms"]) == 1
    assert picture.stat().st_size > 100_000
    window.close()
    painter.close()


def test_peers_draw_the_vertices_we_draw(qapp: object, pack_path: Path) -> None:
    library = open_library(pack_file=pack_path)
    basemap = BaseMap(library.pack)
    asked = screen(library)
    scene = resolve(asked.state, library.atlas)
    frame = frame_of(scene, basemap)
    sheets = base_sheets(library.pack, basemap, load_style("paper"), scene, frame)
    theirs = {sheet.name: sheet.vertices for sheet in sheets}
    everywhere = (-1e9, -1e9, 1e9, 1e9)
    for layer in ("land", "coast"):
        pieces = list(basemap.pieces(layer, frame.level, everywhere))
        ours = sum(piece.path.elementCount() for piece in pieces)
        # Runs of a coast share the vertex they meet in.
        assert ours - len(pieces) <= theirs[layer] <= ours
