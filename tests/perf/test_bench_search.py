"""How long a reader waits for the first list of hits; printed by `make bench`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from atlas.app.library import open_library
from atlas.core.search import SearchIndex, find_all
from atlas.core.search_entries import search_entries
from tests.perf.figures import Figure, figure, table

TYPED = ("s", "sagon", "ofice 102", "Thành phố Hồ Chí Minh", "金边", "7 jan 1979", "vietnamese war")


@pytest.mark.bench
def test_search(pack_path: Path) -> None:
    library = open_library(pack_file=pack_path)
    start = time.perf_counter()
    index = SearchIndex(search_entries(library.atlas, library.alternative_names()))
    gathered_ms = (time.perf_counter() - start) * 1000
    figures: list[Figure] = [figure("search: gathering, once", [gathered_ms])]
    for typed in TYPED:
        samples = []
        for _ in range(20):
            start = time.perf_counter()
            assert find_all(index, library.atlas.story, typed)
            samples.append((time.perf_counter() - start) * 1000)
        figures.append(figure(f"search: {typed}", samples))
    sys.stdout.write(f"\n{table(figures)}\n")
