from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.pack import MAGIC, Pack, PackError, write_pack

BLOBS = {"a.json": b'{"x":[1,2]}', "empty": b"", "long/name.bin": bytes(range(256)) * 3}
HASH = "0" * 64


@pytest.fixture
def path(tmp_path: Path) -> Path:
    out = tmp_path / "sub" / "test.pack"
    write_pack(out, BLOBS, HASH)
    return out


def test_blobs_come_back_as_they_went_in(path: Path) -> None:
    with Pack.open(path) as pack:
        assert pack.names() == tuple(sorted(BLOBS))
        assert {name: bytes(pack.blob(name)) for name in BLOBS} == BLOBS
        assert pack.json("a.json") == {"x": [1, 2]}
        assert pack.header["inputs_sha256"] == HASH


def test_blobs_are_read_only_and_aligned(path: Path) -> None:
    with Pack.open(path) as pack:
        assert pack.blob("a.json").readonly
        assert all(offset % 16 == 0 for offset, _ in pack.header["blobs"].values())


def test_same_blobs_make_the_same_bytes(path: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.pack"
    write_pack(again, dict(reversed(BLOBS.items())), HASH)
    assert again.read_bytes() == path.read_bytes()


def test_views_outlive_the_pack(path: Path) -> None:
    pack = Pack.open(path)
    view = pack.blob("long/name.bin")
    pack.close()
    assert bytes(view) == BLOBS["long/name.bin"]


def test_no_part_file_is_left_behind(path: Path) -> None:
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_failed_write_leaves_the_old_pack(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(TypeError):
        write_pack(path, {"bad": "not bytes"}, HASH)  # type: ignore[dict-item]
    assert path.read_bytes() == before
    assert len(list(path.parent.iterdir())) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"short",
        b"NOTAPACK" + bytes(64),
        MAGIC + struct.pack("<Q", 1 << 60),
        MAGIC + struct.pack("<Q", 2) + b"[]",
        MAGIC + struct.pack("<Q", 4) + b"\xff\xfe\xfd\xfc",
        MAGIC + struct.pack("<Q", 13) + b'{"version":2}',
        MAGIC + struct.pack("<Q", 13) + b'{"version":1}',
    ],
)
def test_garbage_is_refused_with_file_and_remedy(tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "bad.pack"
    bad.write_bytes(content)
    with pytest.raises(PackError, match=r"bad\.pack.*python -m geodata build"):
        Pack.open(bad)


@pytest.mark.parametrize("entry", [[0], [0, -1], [0.5, 1], ["0", 1], [0, 10**9], [True, 1], None])
def test_bad_table_entries_are_refused(tmp_path: Path, entry: object) -> None:
    header = json.dumps({"version": 1, "inputs_sha256": HASH, "blobs": {"a": entry}}).encode()
    bad = tmp_path / "bad.pack"
    bad.write_bytes(MAGIC + struct.pack("<Q", len(header)) + header + bytes(64))
    with pytest.raises(PackError):
        Pack.open(bad)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"there is no map data here.*geodata build"):
        Pack.open(tmp_path / "none.pack")


def test_a_missing_part_is_named(path: Path) -> None:
    with Pack.open(path) as pack, pytest.raises(PackError, match="no part “b”"):
        pack.blob("b")


def test_a_part_that_is_no_json_is_named(path: Path) -> None:
    with Pack.open(path) as pack, pytest.raises(PackError, match=r"long/name\.bin"):
        pack.json("long/name.bin")


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_mutated_packs_never_crash(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    good = folder / "good.pack"
    if not good.exists():
        write_pack(good, BLOBS, HASH)
    content = bytearray(good.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    bad = folder / "mutated.pack"
    bad.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    # Whatever the damage, the only thing that may come out is a PackError that names the file.
    told = []
    try:
        with Pack.open(bad) as pack:
            for name in pack.names():
                assert len(pack.blob(name)) <= len(content)
                try:
                    pack.json(name)
                except PackError as error:
                    told.append(str(error))
    except PackError as error:
        told.append(str(error))
    assert all(bad.name in line for line in told)
