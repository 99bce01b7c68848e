"""Evidence of any size: too large, it is refused unread; large, it is checked to the end."""

from __future__ import annotations

import json
import shutil
from math import cos, sin, tau
from pathlib import Path

import pytest

from geodata.exporters.reading import ReadingError, read_geojson
from geodata.faults import Faults
from geodata.text_files import MAX_BYTES, read_json, read_text
from geodata.validate import validate_sources

GOOD = Path(__file__).parents[1] / "data" / "good" / "evidence"
TEN_MILLION_VERTICES = 10_000_000 * len("[102.00001,13.00001],")


def hollow(path: Path, size: int) -> Path:
    """Make a file of a size that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(size)
    return path


@pytest.mark.parametrize("size", [TEN_MILLION_VERTICES, 1 << 40])
def test_a_ring_of_ten_million_vertices_is_refused_unread(tmp_path: Path, size: int) -> None:
    path, faults = hollow(tmp_path / "ring.geojson", size), Faults("ring.geojson")
    assert read_text(path, faults) is None
    assert [problem.line() for problem in faults.problems] == [
        f"error: ring.geojson: is larger than {MAX_BYTES >> 20} MB (split or simplify it)"
    ]
    with pytest.raises(ReadingError, match="is larger than 32 MB"):
        read_geojson(path)


def test_a_long_ring_that_crosses_itself_is_named(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(GOOD, tmp_path / "evidence"))
    path = folder / "thai_border_areas.geojson"
    whole = json.loads(path.read_text())
    count = 30_000
    turns = [3 * tau * i / count for i in range(count)]
    ring = [[102.5 + 0.1 * cos(t) * (1 + t / 60), 13.5 + 0.1 * sin(t)] for t in turns]
    whole["features"][0]["geometry"] = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    path.write_text(json.dumps(whole))
    lines = [problem.line() for problem in validate_sources(folder, frozenset({"deng"}))]
    assert any("self-intersection at" in line for line in lines), lines[:3]


@pytest.mark.parametrize(
    ("text", "says"),
    [("[" * 100_000, "nested too deep"), ("9" * 5000, "is no JSON"), ('{"a": NaN', "is no JSON")],
)
def test_what_python_cannot_read_is_named(tmp_path: Path, text: str, says: str) -> None:
    path, faults = tmp_path / "a.json", Faults("a.json")
    path.write_text(text)
    assert read_json(path, faults) is None
    assert says in faults.problems[0].line()


def test_many_keys_written_twice_take_no_time_squared(tmp_path: Path) -> None:
    path, faults = tmp_path / "a.json", Faults("a.json")
    path.write_text("{" + ",".join(f'"{i % 100_000}": 0' for i in range(200_000)) + "}")
    read_json(path, faults)
    assert "is written twice" in faults.problems[0].message


def test_a_folder_or_a_pipe_is_no_file(tmp_path: Path) -> None:
    faults = Faults("a")
    assert read_text(tmp_path, faults) is None
    assert "is no file" in faults.problems[0].line()
