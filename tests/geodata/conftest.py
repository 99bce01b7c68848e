"""One pack for all tests of the data floor: the built one if it is fresh, else a new one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from geodata.build import PACK_PATH, build, is_fresh
from geodata.pack import Pack


@pytest.fixture(scope="session")
def built_pack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pack]:
    path: Path = PACK_PATH
    if not is_fresh(path):
        path = tmp_path_factory.mktemp("pack") / "atlas.pack"
        build(path)
    with Pack.open(path) as pack:
        yield pack
