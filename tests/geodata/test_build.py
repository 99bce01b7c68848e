from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from geodata import build as builder
from geodata.__main__ import main
from geodata.evidence import BASE_FOLDER, SOURCES_FOLDER
from geodata.pack import Pack, write_pack


def test_the_hash_follows_the_inputs(tmp_path: Path) -> None:
    sources = Path(shutil.copytree(SOURCES_FOLDER, tmp_path / "sources"))
    before = builder.inputs_sha256(BASE_FOLDER, sources)
    assert before == builder.inputs_sha256(BASE_FOLDER, SOURCES_FOLDER)
    events = sources / "events.geojson"
    events.write_text(events.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert builder.inputs_sha256(BASE_FOLDER, sources) != before


def test_a_fresh_pack_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "atlas.pack"
    write_pack(out, {"only": b"this"}, builder.inputs_sha256())
    said: list[str] = []
    assert builder.is_fresh(out)
    assert builder.build(out, report=said.append) is False
    assert "up to date" in said[0]
    with Pack.open(out) as pack:
        assert pack.names() == ("only",)


def test_a_stale_or_damaged_pack_is_not_fresh(tmp_path: Path) -> None:
    out = tmp_path / "atlas.pack"
    assert not builder.is_fresh(out)
    write_pack(out, {}, "0" * 64)
    assert not builder.is_fresh(out)
    out.write_bytes(b"garbage")
    assert not builder.is_fresh(out)


def test_the_same_inputs_make_the_same_bytes(built_pack: Pack) -> None:
    again = builder.all_blobs(lambda _: None)
    assert set(again) == set(built_pack.names())
    differing = [name for name, blob in again.items() if blob != bytes(built_pack.blob(name))]
    assert differing == []


def test_the_pack_credits_its_sources(built_pack: Pack) -> None:
    meta = built_pack.json("meta.json")
    credit = " ".join(meta["credits"])
    for name in ("Natural Earth", "GeoNames", "CC BY 4.0", "GSHHG"):
        assert name in credit
    assert "no territorial claim" in credit
    assert meta["region_bbox_deg"] == [72.0, -2.0, 136.0, 54.0]
    assert meta["data_version"] == builder.DATA_VERSION


def test_check_command_finds_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "no problems" in capsys.readouterr().out


def test_check_command_fails_on_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 1
    assert "events.geojson: cannot be read" in capsys.readouterr().out


def test_wrong_use_exits_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["paint"])
    assert stop.value.code == 2
    assert "invalid choice" in capsys.readouterr().err


def test_the_reader_loads_no_geometry_library() -> None:
    import subprocess
    import sys

    code = "import sys, geodata.pack, geodata.build; print(sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    for heavy in ("'numpy'", "'shapely'", "'geopandas'", "'pyproj'", "'PIL'", "'PySide6'"):
        assert heavy not in loaded.stdout
